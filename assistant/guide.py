"""The whole source for reading: sections, conversations, what became of each stretch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from corpus.load import Corpus
from corpus.reader import NAVIGATION, SOURCE
from corpus.types import Change, Comment, Gap, Holds, Lines, Role, Section, Source, Topic, Years

WRITTEN = Years(2018, 2018)  # the article


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of what a stretch says: whether it holds, and the newer lines if not."""

    lines: Lines
    gist: str
    holds: Holds
    newer: Lines | None


@dataclass(frozen=True, slots=True)
class Standing:
    """A stretch as one view in the history of a subject."""

    change: str
    subject: str
    current: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the source, with what is to be said after it."""

    number: int
    text: str
    outcomes: tuple[Outcome, ...]
    standings: tuple[Standing, ...]
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """What one speaker said in one go: a paragraph of the article, or a comment."""

    lines: Lines
    role: Role
    years: Years
    asks: bool
    topics: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A section of the article; its heading is the first line and no part of the paragraphs."""

    title: str
    heading: Unit
    level: int
    paragraphs: tuple[Unit, ...]
    children: tuple[Chapter, ...]


@dataclass(frozen=True, slots=True)
class Talk:
    """A comment with the replies to it; answers holds the line of the comment it replies to."""

    comment: Unit
    answers: int | None
    sure: bool
    replies: tuple[Talk, ...]


@dataclass(frozen=True, slots=True)
class Guide:
    """The whole source, line by line in its place; navigation is what belongs to neither part."""

    source: Source
    navigation: tuple[Row, ...]
    chapters: tuple[Chapter, ...]
    talks: tuple[Talk, ...]
    topics: tuple[Topic, ...]
    comments: int


Marked = TypeVar("Marked", Outcome, Gap)


class Reading:
    """Puts a corpus in the order in which it is read."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._outcomes = _by_last_line(
            Outcome(card.lines, card.gist, card.holds, card.superseded_by) for card in corpus.cards
        )
        self._gaps = _by_last_line(corpus.gaps)
        self._standings: dict[int, list[Standing]] = {}
        for change in corpus.changes:
            for position in change.positions:
                self._standings.setdefault(position.lines.last, []).append(
                    Standing(change.id, change.subject, position.current)
                )

    def guide(self) -> Guide:
        """Return the whole source."""
        corpus = self._corpus
        return Guide(
            source=SOURCE,
            navigation=tuple(self._row(number) for number in sorted(NAVIGATION)),
            chapters=tuple(self._chapter(section) for section in corpus.sections),
            talks=tuple(self._talk(c) for c in corpus.comments if c.reply_to is None),
            topics=corpus.topics,
            comments=len(corpus.comments),
        )

    def _row(self, number: int) -> Row:
        return Row(
            number=number,
            text=self._corpus.lines[number - 1].strip(),
            outcomes=tuple(self._outcomes.get(number, ())),
            standings=tuple(dict.fromkeys(self._standings.get(number, ()))),
            gaps=tuple(self._gaps.get(number, ())),
        )

    def _unit(self, lines: Lines, comment: Comment | None = None) -> Unit:
        return Unit(
            lines=lines,
            role=comment.role if comment else "article",
            years=comment.years if comment else WRITTEN,
            asks=bool(comment and comment.asks),
            topics=topics_of(self._corpus, lines, comment),
            rows=tuple(self._row(number) for number in range(lines.first, lines.last + 1)),
        )

    def _chapter(self, section: Section) -> Chapter:
        first, last = section.lines
        own = Lines(first + 1, section.children[0].lines.first - 1 if section.children else last)
        return Chapter(
            title=section.title,
            heading=self._unit(Lines(first, first)),
            level=section.level,
            paragraphs=tuple(self._unit(lines) for lines in _paragraphs(self._corpus.lines, own)),
            children=tuple(self._chapter(child) for child in section.children),
        )

    def _talk(self, comment: Comment) -> Talk:
        corpus = self._corpus
        return Talk(
            comment=self._unit(comment.lines, comment),
            answers=corpus.by_id[comment.reply_to].lines.first if comment.reply_to else None,
            sure=comment.sure,
            replies=tuple(self._talk(reply) for reply in corpus.replies.get(comment.id, ())),
        )


def topics_of(corpus: Corpus, lines: Lines, comment: Comment | None) -> tuple[str, ...]:
    """Return the topics that lines are filed under.

    A comment without a card, mostly a question, has the topics of what answers it, else of what it
    answers.
    """
    own = _filed_under(corpus, [lines])
    if own or comment is None:
        return own
    answers = _filed_under(corpus, [c.lines for c in corpus.replies.get(comment.id, ())])
    if answers or not comment.reply_to:
        return answers
    return _filed_under(corpus, [corpus.by_id[comment.reply_to].lines])


def _filed_under(corpus: Corpus, spans: Sequence[Lines]) -> tuple[str, ...]:
    cards = (card for card in corpus.cards if any(card.lines.overlaps(span) for span in spans))
    return tuple(dict.fromkeys(topic for card in cards for topic in card.topics))


def _paragraphs(source: Sequence[str], span: Lines) -> list[Lines]:
    """Cut a span where a line starts with a space; the other lines continue their paragraph."""
    found: list[Lines] = []
    for number in range(span.first, span.last + 1):
        if found and not source[number - 1].startswith(" "):
            found[-1] = Lines(found[-1].first, number)
        else:
            found.append(Lines(number, number))
    return found


def _by_last_line(marks: Iterable[Marked]) -> dict[int, list[Marked]]:
    found: dict[int, list[Marked]] = {}
    for mark in marks:
        found.setdefault(mark.lines.last, []).append(mark)
    return found


@dataclass(frozen=True, slots=True)
class History:
    """A subject on which the advice changed, with the words of each position, oldest first."""

    change: Change
    words: tuple[tuple[str, ...], ...]


def history_of(corpus: Corpus, change: Change) -> History:
    """Return a subject with the lines that each of its positions rests on."""
    return History(
        change,
        tuple(
            tuple(line.strip() for line in corpus.lines[p.lines.first - 1 : p.lines.last])
            for p in change.positions
        ),
    )
