"""What cards, and the questions that stand on them, must fulfil."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from corpus.faults import Fault, missing_numbers
from corpus.load import Corpus
from corpus.reader import ARTICLE, paragraphs, text_of
from corpus.types import Card

GIST_WORDS = 30


def card_faults(corpus: Corpus) -> Iterator[Fault]:
    """Yield the faults of cards, of stances and unanswered questions, and of what has no card."""
    yield from _own_faults(corpus)
    yield from _stance_faults(corpus)
    yield from _unanswered_faults(corpus)
    yield from _coverage_faults(corpus)


def _own_faults(corpus: Corpus) -> Iterator[Fault]:
    for card in corpus.cards:
        where = f"lines {card.lines}"
        words = len(card.gist.split())
        if words > GIST_WORDS:
            yield Fault("cards", where, f"its gist has {words} words, more than {GIST_WORDS}")
        if missing := missing_numbers(card.gist, card.lines):
            yield Fault("cards", where, f"its gist has {missing}, its lines have not")
        if len({question.casefold() for question in card.questions}) != len(card.questions):
            yield Fault("cards", where, "a question stands twice")
        yield from _superseding_faults(corpus, card)


def _superseding_faults(corpus: Corpus, card: Card) -> Iterator[Fault]:
    where = f"lines {card.lines}"
    if (card.holds == "superseded") != (card.superseded_by is not None):
        yield Fault("cards", where, "superseded and superseded_by must stand together")
    if card.superseded_by is None:
        return
    newer = corpus.years_at(card.superseded_by.first)
    follows = card.superseded_by.first > card.lines.first
    replaced_by_article = corpus.in_article(card.superseded_by.first)
    later = newer.last == card.years.last and (follows or replaced_by_article)
    if not (newer.last > card.years.last or later):
        yield Fault("cards", where, f"what replaces it (lines {card.superseded_by}) is not newer")


def _stance_faults(corpus: Corpus) -> Iterator[Fault]:
    asked = {(card.lines, question) for card in corpus.cards for question in card.questions}
    for stance in corpus.stances:
        where = f"lines {stance.lines}, {stance.question!r}"
        if (stance.lines, stance.question) not in asked:
            yield Fault("stances", where, "no card of these lines asks this")
        if (stance.stance == "depends") != bool(stance.on):
            yield Fault("stances", where, "depends and on must stand together")
        if missing := missing_numbers(stance.on, stance.lines):
            yield Fault("stances", where, f"its lines have no {missing}")
    if len(corpus.stance_on) != len(corpus.stances):
        yield Fault("stances", "end", "a question of a card has two stances")


def _unanswered_faults(corpus: Corpus) -> Iterator[Fault]:
    carded = {card.lines for card in corpus.cards}
    expected = {question.casefold() for card in corpus.cards for question in card.questions}
    for row in corpus.unanswered:
        if row.lines is not None and row.lines not in carded:
            yield Fault("unanswered", f"lines {row.lines}", "no card has these lines")
    for question, count in Counter(map(str.casefold, corpus.without_answer)).items():
        if question in expected:
            yield Fault("unanswered", repr(question), "a card says that it answers this")
        if count > 1:
            yield Fault("unanswered", repr(question), "stands twice")


def _coverage_faults(corpus: Corpus) -> Iterator[Fault]:
    carded = {n for card in corpus.cards for n in range(card.lines.first, card.lines.last + 1)}
    for paragraph in paragraphs(ARTICLE):
        if paragraph.lines.first not in carded and not _is_heading(corpus, paragraph.lines.first):
            yield Fault("cards", f"lines {paragraph.lines}", "an article paragraph without a card")
    for comment in corpus.comments:
        lines = range(comment.lines.first, comment.lines.last + 1)
        answers = comment.role == "author" and not comment.asks
        long = len(text_of(comment.lines).split()) > 25  # shorter ones are thanks
        if answers and long and not carded.intersection(lines):
            yield Fault("cards", comment.id, "an answer of the author's without a card")


def _is_heading(corpus: Corpus, line: int) -> bool:
    section = corpus.section_at(line)
    return section is not None and section.lines.first == line
