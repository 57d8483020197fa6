"""Video streams on a card: what is known to work, what is wanted, and which number is which."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from assistant.understand.quantities import Amount
from assistant.understand.request import Inputs, Reading, Request, Rule
from assistant.understand.unit_patterns import Kind

_STREAMS = r"\b(?:streams?|cameras?|cams?|feeds|videos?(?! cards?))\b"
_ASKS = r"\b(?:how|what|which|can|could|will|would|enough|number of)\b"
# Where what is known ends and what is asked for begins, or the other way round.
_BORDER = re.compile(
    r"(?i)[.?!;](?!\d)|->|→|=>|\b(?:how many|how much|what|which|if|instead|enough|that|but)\b"
)
_WISH = re.compile(r"(?i)\b(?:need|want|would|like|require|enough|can|could|how many|replace)\b")
_FORMATS: dict[str, Kind] = {"height": "resolution", "fps": "fps"}
_ANY_HEIGHT = 720
_HOW_MANY = r"\bhow many\b|\bnumber of\b"
_TO = r"\b(?:with|to|at)\s(?:only\s|just\s|about\s)?$"
_MOST_RATE = 120
_HEIGHT_ASSUMED = "No resolution is said: it is taken to stay the same."


@dataclass(frozen=True, slots=True)
class _Clause:
    """A part of a question between two borders."""

    start: int
    end: int

    def holds(self, amount: Amount) -> bool:
        return self.start <= amount.start < self.end


def _clauses(text: str) -> list[_Clause]:
    borders = [0, *(found.start() for found in _BORDER.finditer(text)), len(text)]
    return [_Clause(start, end) for start, end in pairwise(borders)]


def _amounts(reading: Reading, kind: Kind) -> list[Amount]:
    """Return the resolutions or rates; a rate may be a bare number that differs from the first.

    "They run at 60 frames a second. How many with 20?"
    """
    amounts = reading.of(kind)
    if kind == "fps" and len(amounts) == 1 and reading.of("streams") and reading.says(_HOW_MANY):
        bare = [n for n in reading.of("number") if reading.leads(n, _TO) and n.value <= _MOST_RATE]
        return [*amounts, *bare[:1]]
    return amounts


def _asks_video(reading: Reading) -> bool:
    if not (reading.says(_STREAMS) and reading.says(_ASKS)):
        return False
    counts, rates = reading.of("streams", "number"), _amounts(reading, "fps")
    heights = reading.of("resolution")
    # What works and what is wanted must differ in something. Two rates are enough where the
    # resolution stays what it is.
    differ = max(len(reading.of("streams")), len(rates), len(heights)) > 1
    return bool(counts and rates) and differ and (bool(heights) or len(rates) > 1)


def _known_count(reading: Reading) -> Amount | None:
    """Return the number of streams that work: the one whose clause says most of their format."""
    counts = reading.of("streams") or reading.of("number")
    clauses = _clauses(reading.text)

    def rank(count: Amount) -> tuple[int, bool]:
        clause = next(clause for clause in clauses if clause.holds(count))
        kinds = {a.kind for a in reading.of("resolution", "fps") if clause.holds(a)}
        return len(kinds), not _WISH.search(reading.text[clause.start : clause.end])

    return max(counts, key=rank, default=None)


def _known_format(reading: Reading, kind: Kind, count: Amount | None) -> Amount | None:
    """Return the resolution or the rate that goes with the known number of streams.

    It stands after it in its clause, or else before it there, or else after it anywhere.
    """
    amounts = _amounts(reading, kind)
    if count is None:
        return amounts[0] if amounts else None
    clause = next(clause for clause in _clauses(reading.text) if clause.holds(count))
    near = [amount for amount in amounts if clause.holds(amount)]
    after = [amount for amount in near if amount.end > count.start]
    later = [amount for amount in amounts if amount.start >= count.start]
    ranked = [*after, *reversed(near), *later, *amounts]
    return ranked[0] if ranked else None


def _says_again(reading: Reading, amount: Amount, known: Amount) -> bool:
    """Tell whether an amount is the known one in other words: "Full HD (1080p)"."""
    clause = next(clause for clause in _clauses(reading.text) if clause.holds(known))
    return amount.value == known.value and clause.holds(amount)


def _collect_video(reading: Reading) -> Inputs:
    """Read what is known, and what is wanted: what is left of each kind."""
    count = _known_count(reading)
    found: Inputs = {}
    if count is not None:
        found["streams"] = count.value
    wanted = [amount for amount in reading.of("streams") if amount is not count]
    if wanted and count is not None:
        found["to_streams"] = wanted[0].value
    for name, kind in _FORMATS.items():
        known = _known_format(reading, kind, count)
        if known is None:
            continue
        others = [amount for amount in _amounts(reading, kind) if amount is not known]
        others = [amount for amount in others if not _says_again(reading, amount, known)]
        found[f"from_{name}"] = known.value
        if others:
            found[f"to_{name}"] = others[0].value
    return found


def _finish_video(inputs: Inputs) -> Request:
    assumed = {}
    if {"streams", "from_fps"} <= set(inputs) and not {"from_height", "to_height"} & set(inputs):
        inputs, assumed = {**inputs, "from_height": _ANY_HEIGHT}, {"from_height": _HEIGHT_ASSUMED}
    asks = {
        "streams": "How many streams are known to work?",
        "from_height": "At which resolution do they work?",
        "from_fps": "At how many frames a second do they work?",
    }
    missing = {name: words for name, words in asks.items() if name not in inputs}
    return Request("video_streams", inputs, assumed, missing)


VIDEO = Rule("video_streams", _asks_video, _collect_video, _finish_video)
