"""Cooling: what a question gives its calculator."""

from __future__ import annotations

from assistant.understand.asking import (
    WHY,
    asks,
    asks_amount,
    asks_cards,
    asks_enough,
    is_of_others,
)
from assistant.understand.request import Inputs, Reading, Request, Rule

_HEAT = (
    r"\b(?:\w*cool\w*|throttl\w*|hot|heat\w*|blowers?|open[- ](?:air|fans?)|overheat\w*|"
    r"temperatures?|thermal\w*|fans?|packed|jammed|wedged|crammed|warm\w*|gaps?|"
    r"stacked|next to each other|side by side|adjacent|"
    r"slot between|against each other|stuck together)\b"
)
_WATER = (
    r"\b(?:(?:water|liquid)[- ]?(?:cool\w*|blocks?|loops?)|(?:under|on) (?:water|liquid)|"
    r"cool\w* (?:by|with) (?:water|liquid)|aio)\b"
)
_SLOWDOWN = (
    r"(?:slower|slow(?:ing|s)?[- ]?downs?|slow (?:down|one another|each other)|throttl\w*|"
    r"(?:perf(?:ormance)?|speed)(?: (?:loss|drop|penalty|hit))?|percent(?:age)?|%)(?!\w)"
)
_LOSES = (
    rf"\bhow (?:badly|strongly|much|many per ?cent)\b[^.?]*{_SLOWDOWN}|"
    r"\b(?:performance|speed) lost\b|^\W*(?:%|percent|per cent) slow|"
    rf"\bby (?:what|which|how)\b[^.?]*{_SLOWDOWN}|{_SLOWDOWN}[^.?]*\b(?:expect|to be expected)"
)
_COST = r"(?:costs?|prices?|money|dollars|bucks|extra|more)\b"
_PAYS = (
    rf"\bhow much\b[^.?]*\b(?:pay|spend|{_COST})|"
    r"\b(?:what|which) (?:sum|amount|outlay|expense|budget)\b|"
    r"\b(?:what|much)\b[^.?]*\b(?:pay|spend|set \w+ back)\b"
)
# What no line gives: revolutions, and how much slower a card is that may draw less.
_NO_RULE = (
    r"\b(?:rpm|undervolt\w*|power[- ]?(?:limit|cap|target)\w*|"
    r"(?:reduc|lower|limit|cap|cut)\w*\b[^.?]{0,30}\bwatts?)\b"
)
_ONE = r"\b(?:one|1|single|lone)\b"  # not "a card"
_CHEAPEST = r"\bcheapest\b|\bwhat cooling\b|\bwhich cooling\b"
_ADJACENT = (
    r"\b(?:adjacent|next to each other|side by side|packed|stacked|sandwiched|crammed|"
    r"(?:no|without (?:an?y?\s)?)\s?(?:spaces?|gaps?|room)|jammed|wedged|touching|"
    r"against (?:each|one an)other|stuck together|back to back)\b"
)
_SPACED = r"\b(?:spaced|apart|(?:space|gap|room|slots?) between)\b"
_OPEN_FANS = (
    r"\b(?:open[- ](?:air|fans?)|non-?blowers?|(?:no|not|without) blowers?|dual[- ]fans?|axial|"
    r"(?:ordinary|normal|standard|usual) fans?)\b"
)


def _asks_cooling(reading: Reading) -> bool:
    if reading.says(rf"{WHY}|{_NO_RULE}") or is_of_others(reading):
        return False
    water = reading.says(_WATER)
    if water and reading.of("money") and (asks_cards(reading) or asks_enough(reading)):
        return True
    # "with one card, and with several": two cases, and how many the several are is not said.
    several = reading.says(r"\b(?:several|many|multiple) (?:gpus|cards)\b")
    one = reading.card_count == 1
    if reading.card_count is None or (one and (several or not reading.says(_ONE))):
        return False
    if water and (asks_amount(reading, _COST) or asks(reading, rf"{_PAYS}|^[^?]*\bcost\b")):
        return True
    if not (water or reading.says(_HEAT)):
        return False
    if reading.of("share") and asks(reading, _CHEAPEST):
        return True
    return asks_amount(reading, _SLOWDOWN) or asks(reading, _LOSES)


def _collect_cooling(reading: Reading) -> Inputs:
    found: Inputs = {}
    if reading.card_count is not None:
        found["gpus"] = reading.card_count
    if reading.says(_ADJACENT):
        found["spacing"] = "adjacent"
    elif reading.says(_SPACED):
        found["spacing"] = "spaced"
    if reading.says(_OPEN_FANS):
        found["fan"] = "open"
    elif reading.says(r"\bblower"):
        found["fan"] = "blower"
    if reading.says(_WATER):
        found["water"] = True
    share, money = reading.of("share"), reading.of("money")
    if share:
        found["most_slowdown"] = round(100 * share[0].value, 6)
    if money:
        found["budget"] = money[0].value
    return found


def _finish_cooling(inputs: Inputs) -> Request:
    if {"gpus", "budget"} & set(inputs):
        return Request("cooling", inputs)
    return Request("cooling", inputs, missing={"gpus": "How many GPUs?"})


COOLING = Rule("cooling", _asks_cooling, _collect_cooling, _finish_cooling)
