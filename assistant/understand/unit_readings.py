"""What a match of a unit pattern says: its number in the kind's own unit, and the unit."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.understand.numerals import ORDINALS, read_number

Match = re.Match[str]
Reader = Callable[[Match], tuple[float, str]]

# 80 PLUS ratings: efficiency at half load on 115 V.
RATINGS = {
    "white": 0.80,
    "bronze": 0.85,
    "silver": 0.88,
    "gold": 0.90,
    "platinum": 0.92,
    "titanium": 0.94,
}
_HOURS = {"s": 1 / 3600, "m": 1 / 60, "h": 1, "d": 24, "w": 168, "f": 336, "mo": 730.5, "y": 8766}
_DAYS_A_WEEK = 7
_GIGABYTES = {"k": 1e-6, "m": 1e-3, "g": 1, "t": 1e3}
_TUPLES = {"s": 1, "d": 2, "t": 3, "q": 4, "h": 6, "o": 8}  # single, dual, triple, quad …


def plain(unit: str = "", factor: float = 1) -> Reader:
    """Return a reader of the number as it stands, times a factor."""
    return lambda found: (read_number(found["n"]) * factor, unit)


def in_thousands(unit: str) -> Reader:
    """Return a reader of a number that a "k" multiplies by 1000."""
    return lambda found: (read_number(found["n"]) * (1000 if found["k"] else 1), unit)


def fixed(value: float, unit: str) -> Reader:
    """Return a reader of words that always mean the same."""
    return lambda _: (value, unit)


def tuple_word(found: Match) -> tuple[float, str]:
    """Read "dual", "quad" and the like."""
    return _TUPLES[found["t"][0].lower()], ""


def money(found: Match) -> tuple[float, str]:
    """Read an amount of money and its currency as written."""
    if found["c1"]:
        return read_number(found["n1"]), found["c1"]
    currency = {"p": "pence", "quid": "£"}.get(found["c2"].lower(), found["c2"])
    return read_number(found["n2"]) * (1000 if found["k"] else 1), currency


def per_unit(found: Match) -> tuple[float, str]:
    """Read what a unit of energy costs: "28p a unit"."""
    return read_number(found["n"]), "pence" if found["u"] == "p" else found["u"]


def rent(found: Match) -> tuple[float, str]:
    """Read money for a time, as "€/hour"."""
    number, currency = money(found)
    span = {"h": "hour", "d": "day", "w": "week", "m": "month", "y": "year"}[found["p"][0].lower()]
    return number, f"{currency}/{span}"


def price(found: Match) -> tuple[float, str]:
    """Read the price of a kWh."""
    return (read_number(found["bare"]), "") if found["bare"] else money(found)


def _hours(unit: str) -> float:
    unit = unit.lower()
    return _HOURS["mo" if unit.startswith("mo") else unit[0]]


def span(found: Match) -> tuple[float, str]:
    """Read a duration in hours."""
    return read_number(found["n"]) * _hours(found["u"]), "hours"


def period(found: Match) -> tuple[float, str]:
    """Read "per month" as the hours of one."""
    return _hours(found["u"]), "hours"


def milliseconds(found: Match) -> tuple[float, str]:
    """Read a short time in ms."""
    factor = {"m": 1.0, "u": 0.001, "µ": 0.001}[found["u"][0].lower()]
    return read_number(found["n"]) * factor, "ms"


def gigabytes(found: Match) -> tuple[float, str]:
    """Read memory in GB; "2x16GB" is 32."""
    times = found.groupdict().get("x")
    sticks = read_number(times) if times else 1
    return sticks * read_number(found["n"]) * _GIGABYTES[found["u"][0].lower()], found["u"]


def megabytes_a_second(found: Match) -> tuple[float, str]:
    """Read a speed in MB/s."""
    return read_number(found["n"]) * _GIGABYTES[found["u"][0].lower()] * 1000, "MB/s"


def megabits_a_second(found: Match) -> tuple[float, str]:
    """Read a speed in bits, as a network's, in MB/s."""
    return megabytes_a_second(found)[0] / 8, "MB/s"


def bits_of_bytes(found: Match) -> tuple[float, str]:
    """Read the bytes of a value as bits."""
    return read_number(found["n"]) * 8, "bit"


def hours_a_week(found: Match) -> tuple[float, str]:
    """Read hours of each week as those of each day."""
    return read_number(found["n"]) / _DAYS_A_WEEK, "hours"


def ordinal(found: Match) -> tuple[float, str]:
    """Read "second-generation" or "2nd gen"."""
    word = (found["n"] or found["after"]).lower()
    return (float(word[0]) if word[0].isdigit() else ORDINALS.index(word) + 1.0), ""


def large(found: Match) -> tuple[float, str]:
    """Read a number with "M" or "k" after it."""
    return read_number(found["n"] + (found["m"] or "")), ""


def precision(found: Match) -> tuple[float, str]:
    """Read 8, 16 or 32 bits."""
    if re.search(r"16|half|mixed", found[0], re.I):
        return 16.0, "bit"
    return (8.0 if "8" in found[0] else 32.0), "bit"


def rating(found: Match) -> tuple[float, str]:
    """Read an 80 PLUS rating as the efficiency at half load."""
    return RATINGS[found["r"].lower()], found["r"].lower()


def resolution(found: Match) -> tuple[float, str]:
    """Read the height of a video in pixels."""
    if found["n"]:
        return read_number(found["n"]), "p"
    return (1080.0 if found[0].lower().startswith("f") else 2160.0), "p"


def carbon(found: Match) -> tuple[float, str]:
    """Read kg of CO2 for a kWh."""
    return read_number(found["n"]) / (1 if found["k"] else 1000), "kg/kWh"


def share(found: Match) -> tuple[float, str]:
    """Read a percentage as a share."""
    return read_number(found["n"]) / 100, "%"


def sides(_: Match) -> tuple[float, str]:
    """Read nothing: the sides of a shape are taken from the match."""
    return 0.0, ""
