"""Answers read back from their JSON: the way home from Answer.to_json."""

from __future__ import annotations

from typing import Any

from assistant.types import Answer, Calculation, Citation, Figure, Json, Note, ScoredLines, Value
from corpus.types import Lines, Years


def answer_from_json(row: Json) -> Answer:
    """Return the answer that to_json wrote; scores and timings are as rounded there.

    :raises KeyError: a field is missing.
    """
    return Answer(
        question=row["question"],
        mode=row["mode"],
        outcome=row["outcome"],
        text=row["answer"],
        citations=tuple(_citation(item) for item in row["citations"]),
        passages=tuple(ScoredLines(Lines(*p["lines"]), p["score"]) for p in row["passages"]),
        calculations=tuple(_calculation(item) for item in row["calculations"]),
        notes=tuple(Note(item["kind"], item["text"]) for item in row["notes"]),
        timings_ms=dict(row["timings_ms"]),
        more=row["more"],
        more_citations=tuple(_citation(item) for item in row["more_citations"]),
        suggestions=tuple(row["suggestions"]),
        unsupported=row["unsupported"],
    )


def _citation(row: Json) -> Citation:
    return Citation(
        n=row["n"],
        lines=Lines(*row["lines"]),
        quote=row["quote"],
        role=row["role"],
        section=row["section"],
        years=Years(*row["years"]),
    )


def _calculation(row: Json) -> Calculation:
    return Calculation(
        calculator=row["calculator"],
        inputs={name: _value(value) for name, value in row["inputs"].items()},
        results={name: _value(value) for name, value in row["results"].items()},
        steps=tuple(row["steps"]),
        lines=tuple(Lines(*lines) for lines in row["lines"]),
        notes=tuple(row["notes"]),
    )


def _value(value: Any) -> Value:  # noqa: ANN401 - JSON
    if isinstance(value, dict):
        return Figure(value["value"], value["unit"])
    return tuple(_value(item) for item in value) if isinstance(value, list) else value
