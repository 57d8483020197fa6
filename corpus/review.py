"""How far a blind reading, and the heuristic parser, agree with the reviewed comments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.load import Corpus
from corpus.parser import Guess, boundary_f1, guess_comments, role_accuracy
from corpus.reader import COMMENTS, DATA, paragraphs
from corpus.rows import comment_from, read_jsonl
from corpus.types import Comment, Lines


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement with the reviewed data; links and years are None where a reading has none."""

    lines: Lines
    boundary_f1: float
    role_accuracy: float
    link_accuracy: float | None = None
    years_overlapping: float | None = None


BLIND = DATA / "blind.jsonl"  # 120 lines, by a reader who had seen no other reading
SECOND = DATA / "second.jsonl"  # all lines, by readers who had not seen the first reading


def reading_agreement(corpus: Corpus, path: Path) -> Agreement:
    """Compare another reading of a stretch of lines with the reviewed comments.

    A link is right when a comment with the same first line replies to the same comment, or to
    none; years are right when the two ranges share a year.
    """
    blind = [comment_from(row) for row in read_jsonl(path.read_text("utf-8"), path.name)]
    span = Lines(blind[0].lines.first, blind[-1].lines.last)
    reviewed = _within(corpus.comments, span)
    known = {comment.id: comment for comment in reviewed}
    same = [(comment, known[comment.id]) for comment in blind if comment.id in known]
    return Agreement(
        lines=span,
        boundary_f1=boundary_f1([c.lines for c in blind], [c.lines for c in reviewed]),
        role_accuracy=role_accuracy([Guess(c.lines, c.role) for c in blind], reviewed),
        link_accuracy=sum(ours.reply_to == theirs.reply_to for ours, theirs in same) / len(same),
        years_overlapping=sum(
            ours.years.first <= theirs.years.last and theirs.years.first <= ours.years.last
            for ours, theirs in same
        )
        / len(same),
    )


def parser_agreement(corpus: Corpus) -> Agreement:
    """Compare the heuristic parser with all reviewed comments."""
    guesses = guess_comments(paragraphs(COMMENTS))
    return Agreement(
        lines=COMMENTS,
        boundary_f1=boundary_f1([g.lines for g in guesses], [c.lines for c in corpus.comments]),
        role_accuracy=role_accuracy(guesses, corpus.comments),
    )


def _within(comments: Sequence[Comment], span: Lines) -> list[Comment]:
    return [comment for comment in comments if comment.lines.overlaps(span)]
