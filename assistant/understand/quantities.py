"""Numbers with units in running text, in every spelling that people use."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from assistant.understand.numerals import tidy
from assistant.understand.parts import find_parts
from assistant.understand.unit_patterns import BLANK, SPELLINGS, Kind, Spelling

LARGEST = 1e15  # what is more than this is refused by every calculator, and infinity by none


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity, where it stands.

    value is in the kind's own unit: W, kWh, kg/kWh, hours (durations), ms (short times), GB, MB/s,
    V. Money is in unit, the currency as written ("€", "cents", "" where none is said), memory and
    efficiency have the unit or the rating as written. A shape and the size of an image have values.
    """

    kind: Kind
    value: float | int
    unit: str
    start: int
    end: int
    values: tuple[int, ...] = ()


def find_quantities(text: str) -> list[Amount]:
    """Return the quantities in a text, in order; numbers in names of hardware are left out."""
    return list(_find_quantities(text))


@lru_cache(maxsize=256)
def _find_quantities(text: str) -> tuple[Amount, ...]:
    left = text
    for mention in find_parts(text):
        left = _blank(left, mention.start, mention.end)
    lowered = left.lower()
    found: list[Amount] = []
    for spelling in SPELLINGS:
        if not any(hint in lowered for hint in spelling.hints):
            continue
        for match in spelling.pattern.finditer(left):
            found.append(_read(spelling, match))
            left = _blank(left, match.start(), match.end())
    return tuple(sorted(found, key=lambda amount: amount.start))


def _read(spelling: Spelling, match: re.Match[str]) -> Amount:
    value, unit = spelling.read(match)
    value = min(value, LARGEST)
    values: tuple[int, ...] = ()
    if spelling.kind in ("shape", "image"):
        values = tuple(int(side) for side in re.findall(r"\d+", match[0]))
        if len(values) == 1:
            values *= 2  # "224 pixels square"
    return Amount(spelling.kind, tidy(value), unit, match.start(), match.end(), values)


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + BLANK * (end - start) + text[end:]


def of_kind(amounts: Iterable[Amount], *kinds: Kind) -> list[Amount]:
    """Return the amounts of some kinds, in order."""
    return [amount for amount in amounts if amount.kind in kinds]
