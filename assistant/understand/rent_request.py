"""Buying or renting: what a question gives its calculator."""

from __future__ import annotations

import re

from assistant.understand.numerals import read_number
from assistant.understand.request import Inputs, Reading, Request, Rule, rival, written
from assistant.understand.watts import watts

_RENTING = (
    r"\b(?:rent\w*|hire|hiring|cloud|aws|ec2|gcp|azure|hetzner|instances?|break[- ]?even|"
    r"pays?(?!\sattention)|paid|cheaper|recoup\w*|buy\w*|money back|own|worth it|vs|versus)\b"
)
_HIRING = r"\b(?:rent\w*|hir(?:e|ing)|cloud|aws|gcp|azure|instances?|break[- ]?even)\b"
_OWNING = rf"\b(?:own|buy\w*)\b|{_HIRING}"
# "renting at 0.9 an hour", "0.9 hourly": without a currency, and the hour is no duration
_BARE_RENT = re.compile(
    r"(?i)(?:\b(?:rent\w*|cloud|aws|ec2|instances?|hire)\b[^.?!;,\d]{0,30}?(?P<n>\d+(?:\.\d+)?)\s?"
    r"(?:(?:an?|per|/)\s?(?:hour|hr|h)|hourly)\b)|\bhourly (?:rate|price|rent)[^.?!;\d]{0,20}?"
    r"(?P<after>\d+(?:\.\d+)?)\b"
)
# "Buy for 9k", "a box at 4000": a price without a currency
_BARE_PRICE = re.compile(
    r"(?i)\b(?:buy\w*|bought|price[ds]?|costs?|box|machine|rig|pc|workstation|computer|server)\b"
    r"[^.?!;,\d$€£]{0,20}?(?<![\w.])(?P<n>\d{3,6}|\d+(?:\.\d+)?\s?(?:k|grand|thousand))\b"
    r"(?!\s?(?:w|watts?|gb|days?|hours?|weeks?|months?|years?|ti)\b)"
)
_DAY = 24
_WHOLE = re.compile(r"(?i)\w+ (?:whole|entire|full)")


def _asks_rent(reading: Reading) -> bool:
    if reading.says(r"\bwhy\b") or not reading.says(_RENTING):
        return False
    price, rent = _price(reading), _rent(reading)
    if price is not None and rent is not None:
        return True
    if (price is None and rent is None) or not reading.of("duration", "hours_per_day"):
        return False
    return reading.says(_OWNING if price is None else _HIRING)


def _price(reading: Reading) -> str | float | None:
    """Return the price of the machine: the most of the money that is named for no time."""
    amounts = reading.of("money")
    if amounts:
        most = max(amounts, key=lambda amount: amount.value)
        return written(most.value, most.unit)
    if _rent(reading) is None:
        return None
    for bare in _BARE_PRICE.finditer(reading.text):
        if not any(part.start <= bare.start("n") < part.end for part in reading.parts):
            return read_number(re.sub(r"grand", "thousand", bare["n"], flags=re.I))
    return None


def _rent(reading: Reading) -> str | float | None:
    """Return what renting costs for an hour or longer."""
    for rent in reading.of("rent")[:1]:
        return written(rent.value, rent.unit)
    bare = _BARE_RENT.search(reading.text)
    return float(bare["n"] or bare["after"]) if bare else None


def _collect_rent(reading: Reading) -> Inputs:
    known = {"price": _price(reading), "rent": _rent(reading)}
    found: Inputs = {name: value for name, value in known.items() if value is not None}
    powers = watts(reading)
    if powers:
        found["power"] = next(iter(powers.values()))
    for price in reading.of("price")[:1]:
        unit = f"{price.unit}/kWh"
        found["power_price"] = written(price.value, unit) if price.unit else price.value
    hours = reading.first("hours_per_day")
    if hours is not None:
        found["hours_per_day"] = hours
    spans = [
        span
        for span in reading.of("duration", "period")
        if span.value >= _DAY
        and (span.kind == "duration" or _WHOLE.match(reading.text, span.start))
    ]
    for span in spans[:1]:
        months = reading.text[span.start : span.end].lower().rstrip("s").endswith("month")
        found["months" if months else "days"] = round(span.value / (730.5 if months else 24), 6)
    return found


def _finish_rent(inputs: Inputs) -> Request:
    missing = {}
    given = [name for name in ("price", "rent") if name in inputs]
    if len(given) == 1 and not {"days", "months"} & set(inputs):
        name = "rent" if given == ["price"] else "price"
        asks = {"rent": "What does renting cost an hour?", "price": "What does the machine cost?"}
        missing[name] = asks[name]
    return Request("buy_or_rent", inputs, missing=missing)


RENT = Rule("buy_or_rent", _asks_rent, _collect_rent, _finish_rent, (rival("days", "months"),))
