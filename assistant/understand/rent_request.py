"""Buying or renting: what a question gives its calculator."""

from __future__ import annotations

import re

from assistant.understand.numerals import CARDINAL, read_number
from assistant.understand.request import Inputs, Reading, Request, Rule, rival, written
from assistant.understand.watts import watts

_RENTING = (
    r"\b(?:rent\w*|hire|hiring|cloud|aws|ec2|gcp|azure|hetzner|instances?|break[- ]?even|"
    r"pays?(?!\sattention)|paid|cheaper|recoup\w*|buy\w*|money back|own|worth it|vs|versus)\b"
)
_HIRING = r"\b(?:rent\w*|hir(?:e|ing)|cloud|aws|gcp|azure|instances?|break[- ]?even)\b"
_OWNING = rf"\b(?:own|buy\w*)\b|{_HIRING}"
# "0.9 an hour", "0.9 hourly": without a currency, and the hour is no duration
_BARE_RENT = re.compile(
    r"(?i)(?<![\w.,])(?P<n>\d+(?:[.,]\d+)?)\s?(?:(?:an?|per|/)\s?(?:hour|hr|h)|hourly)\b|"
    r"\bhourly (?:rate|price|rent)[^.?!;\d]{0,20}?(?P<after>\d+(?:[.,]\d+)?)\b"
)
# "Buy for 9k", "a box at 4000": a price without a currency
_BARE_PRICE = re.compile(
    r"(?i)\b(?:buy\w*|bought|price[ds]?|costs?|box|machine|rig|pc|workstation|computer|server)\b"
    r"[^.?!;,\d$€£]{0,20}?(?<![\w.])"
    rf"(?P<n>\d{{3,6}}|(?:\d+(?:\.\d+)?|{CARDINAL})\s?(?:k|grand|thousand))\b"
    r"(?!\s?(?:w|watts?|gb|days?|hours?|weeks?|months?|years?|ti)\b)|"
    r"(?<![\w.,])(?P<before>\d{3,6}|\d+(?:\.\d+)?\s?k)\s"
    r"(?:for\s)?(?:an?\s|the\s|my\s|our\s)?(?:own\s)?(?:box|machine|rig|pc|workstation|computer|server|build)\b"
)
_DAY = 24
# Hours of which it is not said whether they are those of each day: asked back for.
_UNCLEAR_HOURS = "unclear_hours"
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
        start, number = bare.start(bare.lastgroup or 0), bare["n"] or bare["before"]
        if not any(part.start <= start < part.end for part in reading.parts):
            return read_number(re.sub(r"grand", "thousand", number, flags=re.I))
    return None


def _rent(reading: Reading) -> str | float | None:
    """Return what renting costs for an hour or longer."""
    for rent in reading.of("rent")[:1]:
        return written(rent.value, rent.unit)
    bare = _BARE_RENT.search(reading.text)
    return read_number(bare["n"] or bare["after"]) if bare else None


def _power(reading: Reading) -> Inputs:
    """Return what the machine draws: what is said of all of it, or its parts together.

    What its supply is rated for is not what it draws.
    """
    powers = watts(reading)
    if "system" in powers:
        return {"power": powers["system"]}
    cards = powers.get("card", 0) * (reading.card_count or 1)
    drawn = cards + powers.get("cpu", 0) + powers.get("other", 0)
    return {"power": drawn} if drawn else {}


def _collect_rent(reading: Reading) -> Inputs:
    known = {"price": _price(reading), "rent": _rent(reading)}
    found: Inputs = {name: value for name, value in known.items() if value is not None}
    found |= _power(reading)
    for price in reading.of("price")[:1]:
        unit = f"{price.unit}/kWh"
        found["power_price"] = written(price.value, unit) if price.unit else price.value
    hours = reading.first("hours_per_day")
    if hours is not None:
        found["hours_per_day"] = hours
    elif any(span.value < _DAY for span in reading.of("duration")):
        found[_UNCLEAR_HOURS] = True
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
    if _UNCLEAR_HOURS in inputs:
        inputs = {name: value for name, value in inputs.items() if name != _UNCLEAR_HOURS}
        missing["hours_per_day"] = "For how many hours of each day is it used?"
    if "power_price" in inputs and "power" not in inputs:
        missing["power"] = "How many watts does it draw while it is used?"
    given = [name for name in ("price", "rent") if name in inputs]
    if len(given) == 1 and not {"days", "months"} & set(inputs):
        name = "rent" if given == ["price"] else "price"
        asks = {"rent": "What does renting cost an hour?", "price": "What does the machine cost?"}
        missing[name] = asks[name]
    return Request("buy_or_rent", inputs, missing=missing)


RENT = Rule("buy_or_rent", _asks_rent, _collect_rent, _finish_rent, (rival("days", "months"),))
