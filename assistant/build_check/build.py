"""A build as recognised: what the rules look at."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.types import Part
from corpus.types import Hardware

TWO_CPUS = r"\b(?:2|two|dual)[\s-]?x?\s?(?:cpus?|processors?|xeons?|sockets?)\b"


@dataclass(frozen=True)
class Build:
    """A build as recognised.

    ram_gb and psu_watts are sums; slots and lanes are those that the text gives, lanes those of
    all CPUs together.
    """

    text: str
    parts: tuple[Part, ...]
    unknown: tuple[str, ...]
    gpus: tuple[tuple[int, Hardware], ...] = ()
    cpus: tuple[tuple[int, Hardware], ...] = ()
    ram_gb: float | None = None
    psu_watts: float | None = None
    slots: int | None = None
    lanes: int | None = None
    disks: tuple[str, ...] = ()
    case: str | None = None
    unknown_gpus: bool = False
    unknown_cpus: bool = False

    @property
    def gpu_count(self) -> int:
        """How many GPUs are recognised."""
        return sum(count for count, _ in self.gpus)

    @property
    def cpu_count(self) -> int:
        """How many CPUs are recognised, or spoken of ("2 CPUs")."""
        named = sum(count for count, _ in self.cpus)
        return max(named, 2) if self.says(TWO_CPUS) else named

    def says(self, pattern: str) -> bool:
        """Tell whether a pattern stands in the text, case ignored."""
        return re.search(pattern, self.text, re.I) is not None
