"""What figure a question asks for: "what would that set me back?" wants an amount of money."""

from __future__ import annotations

import re

# What asks for a kind of figure, and what such a figure looks like.
_KINDS = (
    (
        r"costs?|prices?|priced|set me back|how much (?:money|more expensive|do i pay)|expensive|"
        r"afford|budget|cheap(?:er|est)?",
        r"[$€£]\s?\d|\d\s?(?:[$€£]|dollars|euros?|usd|eur|cents?)\b",
    ),
    (
        r"%|percent\w*|how much (?:\w+ )?(?:faster|slower|loss|performance|gain|speed ?up)|"
        r"by how much|how big is the (?:loss|gain)|(?:speed|slow)[- ]?(?:up|down)",
        r"\d\s?(?:%|percent|x\b|times\b|-fold)",
    ),
    (r"watts?|how much power|draws?|tdp|wattage", r"\d\s?(?:w|watts?|kw)\b"),
    (r"how (?:hot|warm)|temperatures?|degrees", r"\d\s?(?:°|degrees?|c\b)"),
    (
        r"how long|how (?:many|much) (?:time|ms|milliseconds|seconds|minutes|hours|days|weeks)",
        r"\d\s?(?:ms|milliseconds?|s|seconds?|minutes?|hours?|days?|weeks?|months?)\b",
    ),
    (
        r"how (?:much|many) (?:\w+ )?(?:ram|memory|vram|gb|gigs?|storage)|what size",
        r"\d\s?(?:gb|mb|tb|g\b)",
    ),
)
_COMPILED = tuple(
    (re.compile(rf"(?i)(?:\b|(?=%))(?:{asks})"), re.compile(has, re.I)) for asks, has in _KINDS
)


def figures_asked(question: str) -> tuple[re.Pattern[str], ...]:
    """Return patterns of the figures that a question asks for; none for most questions."""
    return tuple(has for asks, has in _COMPILED if asks.search(question))
