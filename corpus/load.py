"""The corpus as a whole: every data file read once into typed values."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from corpus.errors import CorpusError
from corpus.reader import ARTICLE, DATA, read_lines
from corpus.rows import (
    Row,
    card_from,
    change_from,
    comment_from,
    gap_from,
    hardware_from,
    later_from,
    read_jsonl,
    section_from,
    stance_from,
    unanswered_from,
)
from corpus.seal import read_sealed
from corpus.types import (
    Card,
    Change,
    Comment,
    Gap,
    Hardware,
    Later,
    Lines,
    Role,
    Rule,
    Section,
    Stance,
    Topic,
    Unanswered,
    Years,
)

Read = Callable[[Path, str], str]


@cache
def load_hardware(folder: Path = DATA, read: Read = read_sealed) -> tuple[Hardware, ...]:
    """Read hardware.csv alone, which takes a few milliseconds.

    :raises CorpusError: the file is missing, damaged, or lacks a column.
    """
    try:
        table = read(folder, "hardware.csv").splitlines()
        return tuple(hardware_from(row) for row in csv.DictReader(table))
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise CorpusError(f"hardware.csv is damaged: {error!r}.") from error


@cache
def load_later(folder: Path = DATA, read: Read = read_sealed) -> tuple[Later, ...]:
    """Read later.csv alone, which takes a millisecond.

    :raises CorpusError: the file is missing, damaged, or lacks a column.
    """
    try:
        table = csv.DictReader(read(folder, "later.csv").splitlines())
        return tuple(later_from(row) for row in table)
    except (OSError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise CorpusError(f"later.csv is damaged: {error!r}.") from error


@dataclass(frozen=True)
class Corpus:
    """The text and everything we know about it."""

    __hash__ = object.__hash__  # as a key one is told apart by identity: equal ones are the same

    lines: tuple[str, ...]
    sections: tuple[Section, ...]
    comments: tuple[Comment, ...]
    cards: tuple[Card, ...]
    stances: tuple[Stance, ...]
    unanswered: tuple[Unanswered, ...]
    rules: tuple[Rule, ...]
    changes: tuple[Change, ...]
    gaps: tuple[Gap, ...]
    topics: tuple[Topic, ...]
    hardware: tuple[Hardware, ...]
    later: tuple[Later, ...]

    @cached_property
    def by_id(self) -> dict[str, Comment]:
        """Comments by their id."""
        return {comment.id: comment for comment in self.comments}

    @cached_property
    def stance_on(self) -> dict[tuple[Lines, str], Stance]:
        """Stances by the lines of their card and the question."""
        return {(stance.lines, stance.question): stance for stance in self.stances}

    @cached_property
    def without_answer(self) -> tuple[str, ...]:
        """Questions that the text is known not to answer, those that a lost thing would have."""
        asked = [row.question for row in self.unanswered]
        return (*asked, *(question for gap in self.gaps for question in gap.asks))

    @cached_property
    def rule_at(self) -> dict[int, str]:
        """The words that state a calculator's rule, by their line."""
        return {rule.line: rule.words for rule in self.rules}

    @cached_property
    def replies(self) -> dict[str, tuple[Comment, ...]]:
        """The comments that reply to each comment, in order."""
        found: dict[str, tuple[Comment, ...]] = {}
        for comment in self.comments:
            if comment.reply_to:
                found[comment.reply_to] = (*found.get(comment.reply_to, ()), comment)
        return found

    @cached_property
    def _comment_at(self) -> dict[int, Comment]:
        return {
            line: comment
            for comment in self.comments
            for line in range(comment.lines.first, comment.lines.last + 1)
        }

    def comment_at(self, line: int) -> Comment | None:
        """Return the comment that a line belongs to; None in the article."""
        return self._comment_at.get(line)

    def section_at(self, line: int) -> Section | None:
        """Return the innermost article section that a line belongs to."""
        found, level = None, self.sections
        while inner := next((s for s in level if s.lines.covers(line)), None):
            found, level = inner, inner.children
        return found

    def role_at(self, line: int) -> Role:
        """Tell whose words a line holds."""
        comment = self.comment_at(line)
        return comment.role if comment else "article"

    def years_at(self, line: int) -> Years:
        """Return the years in which a line was likely written."""
        comment = self.comment_at(line)
        return comment.years if comment else Years(2018, 2018)

    def thread(self, comment: Comment) -> tuple[Comment, ...]:
        """Return the whole conversation that a comment belongs to, in the order of the source."""
        root = comment
        while root.reply_to:
            root = self.by_id[root.reply_to]
        members, waiting = [], [root]
        while waiting:
            member = waiting.pop()
            members.append(member)
            waiting.extend(self.replies.get(member.id, ()))
        return tuple(sorted(members, key=lambda member: member.lines))

    def in_article(self, line: int) -> bool:
        """Tell whether a line belongs to the article."""
        return ARTICLE.covers(line)


@cache
def load_corpus(folder: Path = DATA, read: Read = read_sealed) -> Corpus:
    """Read the whole corpus; `read` returns the content of a file of the folder by its name.

    :raises CorpusError: a file is missing, damaged, or lacks a field.
    """

    def rows(name: str) -> Iterator[Row]:
        return read_jsonl(read(folder, name), name)

    try:
        return Corpus(
            lines=read_lines(folder),
            sections=tuple(section_from(row) for row in json.loads(read(folder, "sections.json"))),
            comments=tuple(comment_from(row) for row in rows("comments.jsonl")),
            cards=tuple(card_from(row) for row in rows("cards.jsonl")),
            stances=tuple(stance_from(row) for row in rows("stances.jsonl")),
            unanswered=tuple(unanswered_from(row) for row in rows("unanswered.jsonl")),
            rules=tuple(Rule(**row) for row in rows("rules.jsonl")),
            changes=tuple(change_from(row) for row in rows("changes.jsonl")),
            gaps=tuple(gap_from(row) for row in rows("gaps.jsonl")),
            topics=tuple(Topic(**row) for row in json.loads(read(folder, "topics.json"))),
            hardware=load_hardware(folder, read),
            later=load_later(folder, read),
        )
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise CorpusError(
            f"The corpus data is damaged: {error!r}. Run `rigwise corpus check`."
        ) from error
