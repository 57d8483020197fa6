"""Numbers as people write them: "1,400", "0,30", "two", "half a million", "a dozen"."""

from __future__ import annotations

import re

_UP_TO_TWENTY = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen", "twenty",
)  # fmt: skip
CARDINALS = {word: number for number, word in enumerate(_UP_TO_TWENTY)} | {
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "eighty": 80,
    "ninety": 90,
    "hundred": 100,
}
MULTIPLES = {"single": 1, "dual": 2, "triple": 3, "quad": 4, "octa": 8}
GROUPS = {"pair": 2, "couple": 2, "dozen": 12}
ARTICLES = {"a": 1, "an": 1, "another": 1}
COUNTS = {**CARDINALS, **MULTIPLES, **GROUPS, **ARTICLES}
_SCALES = {
    "k": 1e3,
    "thousand": 1e3,
    "mil": 1e6,
    "m": 1e6,
    "million": 1e6,
    "b": 1e9,
    "bn": 1e9,
    "billion": 1e9,
    "dozen": 12,
    "hundred": 100,
}


def alternatives(words: dict[str, int]) -> str:
    """Return the words as the inside of a regular expression group, the longest first."""
    return "|".join(sorted(words, key=len, reverse=True))


DIGITS = r"(?<![\w.,])[-−]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?(?:e\+?\d{1,2})?|\.\d+)"
WORDS = rf"\b(?:one and a half|half an?|{alternatives(CARDINALS | GROUPS)}|an?)\b"
SCALE = r"(?:\s?(?:thousand|million|billion|dozen|hundred)\b)"
# A number in digits or words, with "million" and the like.
NUMBER = rf"(?:(?:{DIGITS}|{WORDS}){SCALE}?)"

_PIECES = re.compile(
    rf"(?i)\s*({DIGITS}|{WORDS})\s*(?:of\b)?\s*(k|thousand|mil|m|million|bn|b|billion|dozen|hundred)?\s*"
)
_THOUSANDS = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?")


def read_number(text: str) -> float:
    """Return the number that a text such as "1,400", "0,30", "half a million" or "25M" writes.

    :raises ValueError: it writes none.
    """
    found = _PIECES.fullmatch(text)
    if found is None:
        raise ValueError(f"not a number: {text[:40]!r}")
    number, scale = found[1].lower().replace("−", "-"), (found[2] or "").lower()
    return _plain(number) * _SCALES.get(scale, 1)


def _plain(number: str) -> float:
    if number == "one and a half":
        return 1.5
    if number.startswith("half"):
        return 0.5
    if number in COUNTS:
        return float(COUNTS[number])
    if _THOUSANDS.fullmatch(number):
        return float(number.replace(",", ""))
    return float(number.replace(",", "."))


def tidy(number: float) -> float | int:
    """Return a whole number as an int, another one to twelve digits."""
    rounded = float(f"{number:.12g}")
    return int(rounded) if rounded.is_integer() and abs(rounded) < 1e15 else rounded
