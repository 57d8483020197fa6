"""Rows of the data files as typed values."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from corpus.errors import CorpusError
from corpus.types import (
    Card,
    Change,
    Claim,
    Comment,
    Gap,
    Hardware,
    Later,
    Lines,
    Position,
    Section,
    Stance,
    Unanswered,
    Years,
)

Row = Mapping[str, Any]


def read_jsonl(content: str, name: str) -> Iterator[Row]:
    """Yield the objects of a JSON Lines file, given its content.

    :raises CorpusError: a line is not JSON; names the file and the line.
    """
    for number, line in enumerate(content.splitlines(), 1):
        try:
            yield json.loads(line)
        except ValueError as error:
            raise CorpusError(f"{name}, line {number}: not JSON ({error}).") from error


def section_from(row: Row) -> Section:
    """Build a section and its subsections."""
    return Section(
        title=row["title"],
        lines=Lines(*row["lines"]),
        level=row["level"],
        claims=tuple(Claim(Lines(*c["lines"]), c["claim"]) for c in row["claims"]),
        children=tuple(section_from(child) for child in row["children"]),
    )


def comment_from(row: Row) -> Comment:
    """Build a comment."""
    return Comment(**{**row, "lines": Lines(*row["lines"]), "years": Years(*row["years"])})


def card_from(row: Row) -> Card:
    """Build a card."""
    newer = row["superseded_by"]
    return Card(
        lines=Lines(*row["lines"]),
        gist=row["gist"],
        questions=tuple(row["questions"]),
        topics=tuple(row["topics"]),
        years=Years(*row["years"]),
        holds=row["holds"],
        superseded_by=Lines(*newer) if newer else None,
        subject=row.get("subject", ""),
    )


def change_from(row: Row) -> Change:
    """Build a subject with its positions."""
    return Change(
        id=row["id"],
        subject=row["subject"],
        topics=tuple(row["topics"]),
        terms=tuple(row["terms"]),
        positions=tuple(
            Position(Lines(*p["lines"]), Years(*p["years"]), p["role"], p["summary"], p["current"])
            for p in row["positions"]
        ),
        note=row["note"],
    )


def stance_from(row: Row) -> Stance:
    """Build a stance."""
    return Stance(Lines(*row["lines"]), row["question"], row["stance"], row["on"])


def unanswered_from(row: Row) -> Unanswered:
    """Build a question that the guide does not answer."""
    lines = row["lines"]
    return Unanswered(Lines(*lines) if lines is not None else None, row["question"])


def gap_from(row: Row) -> Gap:
    """Build a gap."""
    topics, asks = tuple(row["topics"]), tuple(row["asks"])
    return Gap(Lines(*row["lines"]), row["missing"], row["still"], topics, asks)


def hardware_from(row: Mapping[str, str]) -> Hardware:
    """Build a piece of hardware; an empty cell is an unknown figure."""

    def number(name: str) -> float | None:
        return float(row[name]) if row[name] else None

    def whole(name: str) -> int | None:
        return int(row[name]) if row[name] else None

    return Hardware(
        kind=row["kind"],  # type: ignore[arg-type]  # the validator holds it to the list
        maker=row["maker"],
        model=row["model"],
        aliases=tuple(filter(None, row["aliases"].split("|"))),
        generation=row["generation"],
        released=row["released"],
        memory_gb=number("memory_gb"),
        bandwidth_gbs=number("bandwidth_gbs"),
        power_w=number("power_w"),
        width_slots=number("width_slots"),
        connectors=row["connectors"],
        sixteen_bit=row["sixteen_bit"] or None,  # type: ignore[arg-type]
        nvlink={"yes": True, "no": False}.get(row["nvlink"]),
        lanes=whole("lanes"),
        cores=whole("cores"),
        threads=whole("threads"),
        source=row["source"],
    )


def later_from(row: Mapping[str, str]) -> Later:
    """Build something that came after the source."""
    return Later(row["name"], tuple(row["words"].split("|")), int(row["released"]))
