"""The nouns of the source: pure values, shared by everything above."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Role = Literal["article", "author", "reader"]
Holds = Literal["yes", "dated", "superseded"]
Sixteen = Literal["none", "storage", "double", "tensor"]


class Lines(NamedTuple):
    """A span of 1-based line numbers of guide.txt, both ends included."""

    first: int
    last: int

    def overlaps(self, other: Lines) -> bool:
        """Tell whether the two spans share a line."""
        return self.first <= other.last and other.first <= self.last

    def covers(self, line: int) -> bool:
        """Tell whether the line lies in this span."""
        return self.first <= line <= self.last

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"


class Years(NamedTuple):
    """The years in which a text was likely written, both ends included."""

    first: int
    last: int

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"


@dataclass(frozen=True, slots=True)
class Source:
    """Where the text comes from."""

    title: str
    author: str
    address: str
    date: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: a line that starts with a space and the lines that continue it."""

    lines: Lines
    text: str


@dataclass(frozen=True, slots=True)
class Claim:
    """What a stretch of the article states, in one sentence of our own."""

    lines: Lines
    claim: str


@dataclass(frozen=True, slots=True)
class Section:
    """An article heading, its lines (subsections included) and the claims directly under it."""

    title: str
    lines: Lines
    level: int
    claims: tuple[Claim, ...]
    children: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment by a reader or the author, as worked out by reading."""

    id: str
    lines: Lines
    role: Literal["author", "reader"]
    asks: bool
    reply_to: str | None
    years: Years
    evidence: str
    sure: bool


@dataclass(frozen=True, slots=True)
class Card:
    """What a reader of these lines should know without reading them.

    subject is what its sentences speak of by a name that other lines give, if they do: "the second
    strategy".
    """

    lines: Lines
    gist: str
    questions: tuple[str, ...]
    topics: tuple[str, ...]
    years: Years
    holds: Holds
    superseded_by: Lines | None
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Stance:
    """What the lines of a card answer to one of its questions that yes or no can answer.

    on is what it depends on, to follow "It depends on", and empty otherwise.
    """

    lines: Lines
    question: str
    stance: Literal["yes", "no", "depends"]
    on: str


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question that sounds as if these lines answered it; neither they nor the guide does.

    One without lines is about something else altogether.
    """

    lines: Lines | None
    question: str


@dataclass(frozen=True, slots=True)
class Rule:
    """The words of a line that state what a calculator applies."""

    line: int
    words: str


@dataclass(frozen=True, slots=True)
class Position:
    """One view on a subject on which the advice changed or people disagree."""

    lines: Lines
    years: Years
    role: Role
    summary: str
    current: bool


@dataclass(frozen=True, slots=True)
class Change:
    """A subject with a history: its positions from the oldest to the newest."""

    id: str
    subject: str
    topics: tuple[str, ...]
    terms: tuple[str, ...]
    positions: tuple[Position, ...]
    note: str

    @property
    def current(self) -> tuple[Position, ...]:
        """The positions that hold, newest last."""
        return tuple(p for p in self.positions if p.current)


@dataclass(frozen=True, slots=True)
class Gap:
    """Something the text announces and the scrape lost.

    asks are questions that only the lost thing would have answered.
    """

    lines: Lines
    missing: str
    still: str
    topics: tuple[str, ...]
    asks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    """One of the subjects that cards are filed under."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Later:
    """Something that came after the last comment and has no row of its own in hardware.csv.

    words are the ways to write it, lower case; released is the year in which people could use it.
    """

    name: str
    words: tuple[str, ...]
    released: int


@dataclass(frozen=True, slots=True)
class Hardware:
    """A GPU, CPU or chipset by name. A figure that is not known is None, never a guess.

    Units: memory_gb GB, bandwidth_gbs GB/s, power_w W (board power or TDP), width_slots slots.
    """

    kind: Literal["gpu", "cpu", "chipset"]
    maker: str
    model: str
    aliases: tuple[str, ...]
    generation: str
    released: str
    memory_gb: float | None
    bandwidth_gbs: float | None
    power_w: float | None
    width_slots: float | None
    connectors: str
    sixteen_bit: Sixteen | None
    nvlink: bool | None
    lanes: int | None
    cores: int | None
    threads: int | None
    source: str

    @property
    def release_year(self) -> int:
        """The year of release, from the month as written ("2018-09")."""
        return int(self.released[:4])
