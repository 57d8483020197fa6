"""What was shown to the model and worked out for it in one turn: all that it may cite."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass
from functools import cached_property

from assistant.answering.phrasing import said_by
from assistant.calculators.registry import TITLES
from assistant.model.plain import as_data
from assistant.types import Calculation, Citation
from corpus.load import Corpus
from corpus.reader import text_of
from corpus.sentences import Sentence, sentences_of
from corpus.types import Lines, Role, Years


@dataclass(frozen=True)
class Shown:
    """A numbered passage, as the model has seen it."""

    n: int
    lines: Lines
    role: Role
    section: str | None
    years: Years

    @cached_property
    def text(self) -> str:
        """The lines of the source."""
        return text_of(self.lines)

    @cached_property
    def by(self) -> str:
        """Who says it and when."""
        return said_by(self.role, self.years)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences that can be quoted."""
        return sentences_of(self.lines)

    def cite(self, lines: Lines, quote: str) -> Citation:
        """Return a citation of a span of this passage, still with the passage's number."""
        return Citation(self.n, lines, quote, self.role, self.section, self.years)

    def render(self) -> str:
        """Return the passage as the model is shown it."""
        section = f' section="{as_data(self.section)}"' if self.section else ""
        return (
            f'<passage n="{self.n}" by="{self.by}" lines="{self.lines}"{section}>\n'
            f"{as_data(self.text)}\n</passage>"
        )


class Record:
    """The passages and calculations of one turn. Tools may run at the same time: it locks."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._passages: dict[Lines, Shown] = {}
        self._calculations: list[Calculation] = []
        self._lock = threading.Lock()

    @property
    def passages(self) -> dict[int, Shown]:
        """The passages shown so far, by their number."""
        return {shown.n: shown for shown in self._passages.values()}

    @property
    def calculations(self) -> tuple[Calculation, ...]:
        """The calculations made so far."""
        return tuple(self._calculations)

    def show(self, lines: Lines) -> Shown:
        """Return the passage at some lines, with the number that it keeps for this turn."""
        with self._lock:
            if lines not in self._passages:
                section = self._corpus.section_at(lines.first)
                self._passages[lines] = Shown(
                    n=len(self._passages) + 1,
                    lines=lines,
                    role=self._corpus.role_at(lines.first),
                    section=section.title if section else None,
                    years=self._corpus.years_at(lines.first),
                )
            return self._passages[lines]

    def calculate(self, calculation: Calculation) -> str:
        """Keep a calculation; return it as the model is shown it, with the passages to cite."""
        with self._lock:
            if calculation not in self._calculations:
                self._calculations.append(calculation)
        shown = [self.show(lines) for lines in calculation.lines]
        row = {**calculation.to_json(), "cite": [passage.n for passage in shown]}
        row.pop("lines")
        written = json.dumps(row, ensure_ascii=False)
        return "\n".join([written, *(passage.render() for passage in shown)])

    def render(self) -> str:
        """Return everything that the model has been shown."""
        rows = [
            json.dumps(calculation.to_json(), ensure_ascii=False)
            for calculation in self._calculations
        ]
        return "\n".join([*rows, *(passage.render() for passage in self.passages.values())])


def sentences_about(calculation: Calculation) -> list[str]:
    """Return what a calculation says, as sentences that can support others."""
    title = TITLES.get(calculation.calculator, calculation.calculator)
    inputs = [f"{name.replace('_', ' ')} {value}" for name, value in calculation.inputs.items()]
    results = [
        f"{title}: {name.replace('_', ' ')} {value}." for name, value in calculation.results.items()
    ]
    return [f"{title} for {', '.join(inputs)}.", *results, *calculation.steps, *calculation.notes]
