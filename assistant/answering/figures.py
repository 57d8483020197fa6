"""Numbers with their units in running text, and whether the evidence holds them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from assistant.answering.check import MARKER, NUMBER, canonical

# How units are written, and the one name that stands for all spellings.
_SPELLINGS = {
    "GB/s": r"gi?b\s?/\s?s|gbps|gigabytes? (?:per|a) second",
    "MB/s": r"mi?b\s?/\s?s|mbps|megabytes? (?:per|a) second",
    "kWh": r"kwh|kilowatt[- ]?hours?",
    "kW": r"kw|kilowatts?",
    "W": r"w|watts?",
    "V": r"(?-i:V)|volts?",
    "TB": r"ti?b|terabytes?",
    "GB": r"gi?b|gigabytes?|gigs?|(?-i:G)",
    "MB": r"mi?b|megabytes?",
    "kB": r"ki?b|kilobytes?",
    "GHz": r"ghz",
    "MHz": r"mhz",
    "ms": r"ms|milliseconds?",
    "µs": r"[µu]s|microseconds?",
    "second": r"seconds?|secs?",
    "minute": r"minutes?|mins?",
    "hour": r"hours?|hrs?|h",
    "day": r"days?",
    "week": r"weeks?",
    "month": r"months?",
    "year": r"years?|yrs?",
    "°C": r"°\s?c|(?-i:C)|degrees?(?: celsius)?|celsius",
    "%": r"%|percent|per cent",
    "$": r"\$|usd|dollars?|bucks",
    "€": r"€|eur|euros?",
    "£": r"£|gbp|pounds?",
    "thousand": r"k|thousand",
    "million": r"(?-i:M)|million",
    "billion": r"billion|bn",
    "bit": r"bits?",
    "fps": r"fps|frames? (?:per|a) second",
    "gpu": r"gpus?|(?:graphics? |video )?cards?",
    "cpu": r"cpus?|processors?",
    "lane": r"(?:pci-?e |cpu )?lanes?",
    "core": r"(?:cpu |physical )?cores?",
    "thread": r"(?:cpu )?threads?",
    "slot": r"(?:pci-?e )?slots?",
    "fan": r"fans?",
    "monitor": r"monitors?|screens?|displays?",
    "times": r"times|-?fold",
}
# "Quad x8" holds no "4 slots": these words count only what stands next to them.
_ADJECTIVES = frozenset({"dual", "triple", "quad"})
_BESIDE = "beside"  # what is counted by an adjective that names nothing known
# What is counted is often written without its name ("x8", "4 x GTX 1080"): a bare number in the
# evidence is then enough. What is measured is not: "1250 GB" does not follow from "1250".
_COUNTED = frozenset({"gpu", "cpu", "lane", "core", "thread", "slot", "fan", "monitor", "times"})
_CURRENCIES = frozenset("$€£")
_WORDS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "sixteen": 16, "twenty": 20, "thirty": 30, "forty": 40,
    "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100,
    "dual": 2, "triple": 3, "quad": 4, "dozen": 12,
}  # fmt: skip
_RANGE = r"(?:\s?(?:-|–|to|or)\s?\d[\d.,]*)"
_SUM = r"(?:\s?[×x*+/=-]\s?\d[\d.,]*)"
_UNIT = "|".join(f"(?P<u{n}>{spelling})" for n, spelling in enumerate(_SPELLINGS.values()))
_FIGURE = re.compile(
    rf"(?i)(?P<before>[$€£]\s?|(?<!\w)x)?(?P<number>{NUMBER.pattern}|\b(?:{'|'.join(_WORDS)})\b)"
    rf"(?=(?P<range>{_RANGE}?)(?P<sum>{_SUM}*)\s?-?(?:{_UNIT})(?![a-z]))?"
)
_NAMES = tuple(_SPELLINGS)

Readings = frozenset[tuple[str, str]]


def unsupported_figures(claim: str, evidence: Iterable[str]) -> list[str]:
    """Return the numbers of a claim, as written, that the evidence does not hold with their unit.

    The claim's citation markers are no numbers of it. "1250 watts" is held by "1250 W", and
    "two" by "2", but "1250 GB" is not held by "1250 W".
    """
    known = {reading for text in evidence for _, found in _figures(text) for reading in found}
    numbers = {number for number, unit in known if unit != _BESIDE}
    return [
        written
        for written, readings in _figures(MARKER.sub(" ", claim))
        if not any(_is_held(number, unit, known, numbers) for number, unit in readings)
    ]


def holds_figure(claim: str, text: str) -> bool:
    """Tell whether a text holds a number of a claim, with its unit."""
    count = len(list(_figures(MARKER.sub(" ", claim))))
    return len(unsupported_figures(claim, [text])) < count


def _is_held(number: str, unit: str, known: set[tuple[str, str]], numbers: set[str]) -> bool:
    if (number, unit) in known or (not unit and number in numbers):
        return True
    return unit in _COUNTED and (number, "") in known


def _figures(text: str) -> Iterator[tuple[str, Readings]]:
    """Yield each number as written, with the numbers and units that it can be read as."""
    for found in _FIGURE.finditer(text):
        written = found["number"]
        number = str(_WORDS.get(written.lower(), "")) or canonical(written)
        before = (found["before"] or "").strip().lower()
        if before in _CURRENCIES:
            units = {before}
        elif before == "x":
            units = {"lane"}
        else:
            bare = _BESIDE if written.lower() in _ADJECTIVES else ""
            units = {_NAMES[n] for n in range(len(_NAMES)) if found[f"u{n}"]} or {bare}
            if found["sum"]:
                units.add("")  # "4×250 + 150 = 1150 watts": the 4 counts, the 250 are watts
        yield written, frozenset((number, unit) for unit in units)
