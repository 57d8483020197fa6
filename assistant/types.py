"""The nouns of an answer: pure values, and the contract that they serialise to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from corpus.types import Lines, Role, Years

Mode = Literal["quotes", "model"]
Outcome = Literal["answered", "not_covered", "needs_input", "invalid_input"]
NoteKind = Literal["older_advice", "changed_advice", "gap", "assumption", "newer_hardware"]
Speaker = Literal["user", "assistant"]
VerdictKind = Literal["fine", "look", "fails", "unknown"]
About = Literal[
    "power", "connectors", "slots", "lanes", "ram", "cpu", "cooling", "mixed_gpus", "disk", "case"
]
PartKind = Literal[
    "gpu", "cpu", "ram", "psu", "motherboard", "disk", "case", "cooler", "monitor", "other"
]

Json = dict[str, Any]

# Units that are counted things, whose singular has no s; all others are symbols.
COUNTED = frozenset({"GPUs", "slots", "lanes", "cores", "threads", "streams", "samples", "steps"})


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a conversation."""

    role: Speaker
    content: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered, exact quotation: quote stands in these lines, white space folded."""

    n: int
    lines: Lines
    quote: str
    role: Role
    section: str | None
    years: Years

    def to_json(self) -> Json:
        """Return the citation as in the contract."""
        return {
            "n": self.n,
            "lines": list(self.lines),
            "quote": self.quote,
            "role": self.role,
            "section": self.section,
            "years": list(self.years),
        }


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit; the unit of a pure number is empty."""

    value: float | int
    unit: str

    def to_json(self) -> Json:
        """Return the figure as in the contract."""
        return {"value": self.value, "unit": self.unit}

    def __str__(self) -> str:
        number = f"{self.value:,.4g}" if abs(self.value) < 1000 else f"{self.value:,.0f}"
        unit = (
            self.unit.removesuffix("s") if self.value == 1 and self.unit in COUNTED else self.unit
        )
        return f"{number} {unit}".strip()


Value = Figure | str | bool | tuple[Any, ...] | None


@dataclass(frozen=True, slots=True)
class Calculation:
    """What a calculator worked out: its inputs, results, steps and the lines it stands on.

    Where it recommends something, the main figure is results["recommended"], otherwise
    results["value"]. notes are warnings and assumptions, in words.
    """

    calculator: str
    inputs: Mapping[str, Value]
    results: Mapping[str, Value]
    steps: tuple[str, ...]
    lines: tuple[Lines, ...]
    notes: tuple[str, ...] = ()

    @property
    def main(self) -> Value:
        """The main figure."""
        return self.results.get("recommended", self.results.get("value"))

    def to_json(self) -> Json:
        """Return the calculation as in the contract."""
        return {
            "calculator": self.calculator,
            "inputs": {name: _plain(value) for name, value in self.inputs.items()},
            "results": {name: _plain(value) for name, value in self.results.items()},
            "steps": list(self.steps),
            "lines": [list(lines) for lines in self.lines],
            "notes": list(self.notes),
        }


def _plain(value: Value) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, Figure):
        return value.to_json()
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


@dataclass(frozen=True, slots=True)
class Note:
    """Something to know about an answer that is not part of it."""

    kind: NoteKind
    text: str

    def to_json(self) -> Json:
        """Return the note as in the contract."""
        return {"kind": self.kind, "text": self.text}


@dataclass(frozen=True, slots=True)
class ScoredLines:
    """A passage that retrieval found, with its score in [0, 1]."""

    lines: Lines
    score: float

    def to_json(self) -> Json:
        """Return the passage as in the contract."""
        return {"lines": list(self.lines), "score": round(self.score, 4)}


@dataclass(frozen=True, slots=True)
class Answer:
    """A checked answer. text is Markdown whose [n] markers are the citations' numbers.

    more is what the short answer left out; unsupported counts the sentences that the check
    removed before anybody saw them.
    """

    question: str
    mode: Mode
    outcome: Outcome
    text: str
    citations: tuple[Citation, ...] = ()
    passages: tuple[ScoredLines, ...] = ()
    calculations: tuple[Calculation, ...] = ()
    notes: tuple[Note, ...] = ()
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    more: str = ""
    more_citations: tuple[Citation, ...] = ()
    suggestions: tuple[str, ...] = ()
    unsupported: int = 0

    def to_json(self, id: str | int | None = None) -> Json:
        """Return the answer as in the contract."""
        return {
            "id": id,
            "question": self.question,
            "mode": self.mode,
            "outcome": self.outcome,
            "answer": self.text,
            "citations": [citation.to_json() for citation in self.citations],
            "passages": [passage.to_json() for passage in self.passages],
            "calculations": [calculation.to_json() for calculation in self.calculations],
            "notes": [note.to_json() for note in self.notes],
            "timings_ms": {name: round(ms, 2) for name, ms in self.timings_ms.items()},
            "more": self.more,
            "more_citations": [citation.to_json() for citation in self.more_citations],
            "suggestions": list(self.suggestions),
            "unsupported": self.unsupported,
        }


@dataclass(frozen=True, slots=True)
class Part:
    """A recognised part of a build: text as written, model as hardware.csv names it."""

    text: str
    kind: PartKind
    model: str
    count: int

    def to_json(self) -> Json:
        """Return the part as in the contract."""
        return {"text": self.text, "kind": self.kind, "model": self.model, "count": self.count}


@dataclass(frozen=True, slots=True)
class Verdict:
    """One finding of the build check, with the calculation or the lines behind it."""

    about: About
    verdict: VerdictKind
    text: str
    lines: tuple[Lines, ...]
    calculation: Calculation | None = None

    def to_json(self) -> Json:
        """Return the verdict as in the contract."""
        return {
            "about": self.about,
            "verdict": self.verdict,
            "text": self.text,
            "lines": [list(lines) for lines in self.lines],
            "calculation": self.calculation.to_json() if self.calculation else None,
        }


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What the build check found: parts, what it did not recognise, verdicts."""

    parts: tuple[Part, ...]
    unknown_parts: tuple[str, ...]
    verdicts: tuple[Verdict, ...]

    def to_json(self, id: str | int | None = None) -> Json:
        """Return the report as in the contract."""
        return {
            "id": id,
            "parts": [part.to_json() for part in self.parts],
            "unknown_parts": list(self.unknown_parts),
            "verdicts": [verdict.to_json() for verdict in self.verdicts],
        }
