"""Cut the corpus into passages: what is retrieved, and what a citation points at."""

from __future__ import annotations

from corpus.load import Corpus
from corpus.reader import ARTICLE, paragraphs
from corpus.types import Card, Comment, Lines, Role, Years
from index.types import Passage


def build_passages(corpus: Corpus) -> tuple[Passage, ...]:
    """Return every passage of the corpus, in the order of the source.

    A card is a passage of its own, since it marks the lines that answer something. Lines that no
    card covers (questions, thanks) are passages too, by paragraph in the article and by comment.
    """
    spans: dict[tuple[Lines, int | None], None] = {}
    for number, card in enumerate(corpus.cards):
        spans[card.lines, number] = None
    covered = {
        line for card in corpus.cards for line in range(card.lines.first, card.lines.last + 1)
    }
    headings = _heading_lines(corpus)
    loose = [
        paragraph.lines
        for paragraph in paragraphs(ARTICLE)
        if paragraph.lines.first not in headings
    ]
    loose += [comment.lines for comment in corpus.comments]
    for lines in loose:
        if not any(line in covered for line in range(lines.first, lines.last + 1)):
            spans[lines, None] = None
    ordered = sorted(spans, key=lambda span: (span[0], span[1] or 0))
    return tuple(
        _passage(corpus, number, lines, card) for number, (lines, card) in enumerate(ordered)
    )


def _heading_lines(corpus: Corpus) -> set[int]:
    found, waiting = {2}, list(corpus.sections)
    while waiting:
        section = waiting.pop()
        found.add(section.lines.first)
        waiting.extend(section.children)
    return found


def _passage(corpus: Corpus, number: int, lines: Lines, card_number: int | None) -> Passage:
    comment: Comment | None = corpus.comment_at(lines.first)
    card: Card | None = corpus.cards[card_number] if card_number is not None else None
    section = None if comment else corpus.section_at(lines.first)
    parent = corpus.by_id[comment.reply_to] if comment and comment.reply_to else None
    role: Role = comment.role if comment else "article"
    return Passage(
        number=number,
        lines=lines,
        role=role,
        context=section.title if section else "",
        years=card.years if card else comment.years if comment else Years(2018, 2018),
        asks=bool(comment and comment.asks),
        holds=card.holds if card else "yes",
        reply_of=parent.lines if parent else None,
        card=card_number,
    )
