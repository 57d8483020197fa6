"""Question files: one JSON object a line; a broken line is named and the rest still counts."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from assistant.types import Turn
from corpus.types import Lines

Kind = Literal["fact", "opinion", "conflict", "table", "multi", "none", "calc", "follow_up"]
Half = Literal["tune", "report"]

QUESTIONS = Path(__file__).parent / "questions"
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Question:
    """A question with what a right answer holds.

    accepted are all places that answer it, helpful further places; facts are lists of
    alternatives, each a regular expression, one of which the answer's text must contain.
    cluster names the source passage it was written from: intervals are clustered by it.
    """

    id: str
    question: str
    kind: Kind
    half: Half
    accepted: tuple[Lines, ...]
    helpful: tuple[Lines, ...]
    facts: tuple[tuple[str, ...], ...]
    history: tuple[Turn, ...]
    older: tuple[Lines, ...]
    calculator: str | None
    results: Mapping[str, Mapping[str, Any]]

    @property
    def answerable(self) -> bool:
        """Whether the guide covers it."""
        return self.kind != "none"

    @property
    def cluster(self) -> str:
        """The source passage that it belongs to, or itself where it has none."""
        return str(self.accepted[0]) if self.accepted else self.id


@dataclass(frozen=True, slots=True)
class BrokenLine:
    """A line of a question file that cannot be used, and why."""

    number: int
    reason: str

    def __str__(self) -> str:
        return f"line {self.number}: {self.reason}"


def read_questions(path: Path) -> tuple[list[Question], list[BrokenLine]]:
    """Read a question file; what cannot be read is returned beside what can.

    :raises OSError: the file itself cannot be read.
    """
    questions, broken, seen = [], [], set()
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        if not line.strip():
            continue
        try:
            question = _question(json.loads(line))
            if question.id in seen:
                raise ValueError(f"the id {question.id!r} stands twice")
        except (ValueError, TypeError, KeyError, AttributeError, re.error) as error:
            reason = f"{error.args[0]!r} is missing" if isinstance(error, KeyError) else str(error)
            broken.append(BrokenLine(number, reason))
            continue
        seen.add(question.id)
        questions.append(question)
    return questions, broken


def _question(row: Any) -> Question:  # noqa: ANN401 - whatever JSON the line holds
    if not isinstance(row, dict):
        raise ValueError("not a JSON object")
    kind, half = row["kind"], row.get("half", "report")
    if kind not in KINDS:
        raise ValueError(f"kind must be one of {', '.join(KINDS)}, not {kind!r}")
    if half not in get_args(Half):
        raise ValueError(f"half must be tune or report, not {half!r}")
    accepted = _spans(row.get("accepted", []))
    if kind not in ("none", "calc") and not accepted:
        raise ValueError("accepted lines are missing")
    facts = tuple(tuple(alternatives) for alternatives in row.get("facts", []))
    for alternatives in facts:
        for pattern in alternatives:
            re.compile(pattern)
    return Question(
        id=str(row["id"]),
        question=str(row["question"]),
        kind=kind,
        half=half,
        accepted=accepted,
        helpful=_spans(row.get("helpful", [])),
        facts=facts,
        history=tuple(Turn(turn["role"], turn["content"]) for turn in row.get("history", [])),
        older=_spans(row.get("older", [])),
        calculator=row.get("calculator"),
        results=row.get("results", {}),
    )


def _spans(rows: list[list[int]]) -> tuple[Lines, ...]:
    return tuple(Lines(int(first), int(last)) for first, last in rows)
