"""One line of the table: what was measured, beside the recipe and the bar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure of ours, the recipe's where it has one, and the bar that we set ourselves.

    at_least tells that more is better; without it, less is.
    """

    name: str
    ours: float
    unit: str
    recipe: float | None = None
    bar: float | None = None
    at_least: bool = False
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times better than the recipe we are."""
        if not self.recipe or not self.ours:
            return None
        return self.ours / self.recipe if self.at_least else self.recipe / self.ours

    @property
    def met(self) -> bool | None:
        """Whether the bar is met; None where there is none."""
        if self.bar is None:
            return None
        return self.ours >= self.bar if self.at_least else self.ours <= self.bar

    def to_json(self) -> dict[str, Any]:
        """Return the line as JSON values."""
        return {
            "name": self.name,
            "ours": self.ours,
            "unit": self.unit,
            "recipe": self.recipe,
            "ratio": self.ratio,
            "bar": self.bar,
            "met": self.met,
            "note": self.note,
        }


def share_at(values: list[float], share: float) -> float:
    """Return the value below which a share of the values lie; 0.5 is the median."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
