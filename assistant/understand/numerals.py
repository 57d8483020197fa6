"""Numbers as people write them: "1,400", "0,30", "two", "forty-eight", "half a million"."""

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
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
    "hundred": 100,
}
MULTIPLES = {"single": 1, "dual": 2, "triple": 3, "quad": 4, "octa": 8}
GROUPS = {"pair": 2, "couple": 2, "trio": 3, "quartet": 4, "dozen": 12}
GROUPS |= {"half a dozen": 6, "half dozen": 6}
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
_ONES = alternatives({word: n for word, n in CARDINALS.items() if 0 < n < 10})
_TENS = alternatives({word: n for word, n in CARDINALS.items() if 20 <= n < 100})
_BELOW_HUNDRED = rf"(?:(?:{_TENS})[- ](?:{_ONES})|{alternatives(CARDINALS)})"
# Whole numbers: "forty-eight", "two hundred and fifty"; "two hundred" is a number with a scale.
_BELOW_THOUSAND = rf"(?:(?:(?:an?|{_ONES})\s)?hundred\s(?:and\s)?{_BELOW_HUNDRED}|{_BELOW_HUNDRED})"
# "two thousand two hundred": without what comes after the thousand it is a number with a scale.
_THOUSANDS_AND = (
    rf"(?:an?|{_BELOW_THOUSAND})\sthousand\s(?:and\s)?"
    rf"(?:(?:{_ONES})\shundred(?!\s(?:and\s)?{_BELOW_HUNDRED})|{_BELOW_THOUSAND})"
)
CARDINAL = rf"(?:{_THOUSANDS_AND}|{_BELOW_THOUSAND})"
# "First" has the index 0.
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
_PARTS = {"third": 3, "quarter": 4, "fifth": 5, "eighth": 8, "tenth": 10, "hundredth": 100}
_PART = rf"(?:(?:an?|{_ONES})\s)?(?:{alternatives(_PARTS)})s?\sof\san?"  # "a tenth of a second"
_GROUP = rf"(?:an?\s)?(?:{alternatives(GROUPS)})(?:\sof)?"
WORDS = rf"\b(?:{_PART}|{CARDINAL}\sand\sa\shalf|half an?|{CARDINAL}|{_GROUP}|an?)\b"
SCALE = r"(?:\s?(?:thousand|million|billion|dozen|hundred)(?:s(?:\sof)?)?\b)"
# A number in digits or words, with "million" and the like.
NUMBER = rf"(?:(?:{DIGITS}|{WORDS}){SCALE}?)"

_PIECES = re.compile(
    rf"(?i)\s*({DIGITS}|{WORDS})\s*(?:of\b)?\s*"
    r"(?:(k|thousand|mil|m|million|bn|b|billion|dozen|hundred)(?:s(?: of)?)?)?\s*"
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
    if number in COUNTS:
        return float(COUNTS[number])
    if re.match(r"[a-z]", number):
        return _worded(number)
    if _THOUSANDS.fullmatch(number):
        return float(number.replace(",", ""))
    return float(number.replace(",", "."))


def _worded(words: str) -> float:
    """Return the number that several words write: "two and a half", "a hundred and twenty"."""
    if part := re.match(r"(\w+ )?\b([a-z]+?)s?(?: of an?| an?)$", words):
        return COUNTS.get((part[1] or "a").strip(), 1) / {"half": 2, **_PARTS}[part[2]]
    if words.endswith(" and a half"):
        return _plain(words.removesuffix(" and a half")) + 0.5
    for word, size in (("thousand", 1000), ("hundred", 100)):
        many, found, rest = words.partition(word)
        if found:
            more = rest.strip().removeprefix("and ")
            return size * _plain(many.strip() or "a") + (_plain(more) if more else 0)
    if group := re.fullmatch(rf"(?:an? )?({alternatives(GROUPS)})(?: of)?", words):
        return float(GROUPS[group[1]])
    return float(sum(CARDINALS[word] for word in re.split(r"[- ]", words)))


def tidy(number: float) -> float | int:
    """Return a whole number as an int, another one to twelve digits."""
    rounded = float(f"{number:.12g}")
    return int(rounded) if rounded.is_integer() and abs(rounded) < 1e15 else rounded
