"""The power supply: what a question gives its calculator."""

from __future__ import annotations

from assistant.understand.asking import asks, asks_amount, asks_cards, asks_enough, is_of_others
from assistant.understand.request import Inputs, Reading, Request, Rule, rival
from assistant.understand.watts import (
    CARD_ASSUMED,
    CARD_WATTS,
    SUPPLY,
    ask_about_watts,
    power_role,
    unclear_watts,
    watts,
)

_ASK_CARD = "Which GPUs, and how many? Or how many watts does each draw?"

_UNIT = rf"(?:{SUPPLY}|\bw(?:atts?)?[\s-]units?\b)"
_WATTS = r"(?:watts|wattage|power (?:rating|budget))\b"
# What a supply has beside its watts, what others have used, and what is no supply of a build.
_PSU_ELSE = (
    r"\b(?:why|brands?|(?<!the )manufacturers?|connectors?|plugs|cables?|\d-?pins?|quiet|noise|"
    r"noisy|modular|"
    r"two psus|second psu|psus in|coolbits|efficien\w+|gold or|platinum or|worth|fan|"
    r"ups|va|e-?gpu|enclosure|outlet|sockets?|electrician|breaker|transients?|spikes?|peaks?|"
    r"unable|fail\w*|idl(?:e|es|ing)|batter(?:y|ies)|overclock\w*|undervolt\w*|compared|"
    r"power[- ]?(?:limit|cap|target)\w*|"
    r"which (?:one )?(?:draws?|uses?|takes?|pulls?|needs?) (?:fewer|less|more))\b"
)
# "2x 2080 ti psu", "power supply 3 rtx 2070", and nothing else
_COUNT = r"\d{1,2}\s?x?"
_NOTED = (
    rf"^(?:{_COUNT}\s(?:[\w.]+\s){{1,4}}(?:{_UNIT}|{_WATTS})(?:\s(?:size|wattage|watts))?|"
    rf"(?:{_UNIT}|{_WATTS})\s(?:size\s|wattage\s)?{_COUNT}\s(?:[\w.]+\s?){{1,4}})\W*$"
)
_FINE = r"\b(?:ok|okay|fine|alright)\b"
# "The supply died. How big must the new one be?"
_ITS_SIZE = (
    r"\bhow (?:big|large|strong|beefy|powerful) (?:\w+ ){0,4}?(?:it|one|that)\b|"
    r"\b(?:what|which) (?:size|rating|wattage) (?:\w+ ){0,3}?(?:it|one|that)\b"
)
_NEED = r"\b(?:i|we|you|one) (?:really |actually |even )?need\b"
_DRAWN = r"\bhow many watts\b.*\b(?:draws?|consumes?|uses?|pulls?|takes?)\b"


def _asks_psu(reading: Reading) -> bool:
    cards = reading.names_cards or bool(reading.of("gpus")) or "card" in watts(reading)
    if not cards or reading.says(_PSU_ELSE) or is_of_others(reading):
        return False
    several = reading.card_count not in (None, 1)
    if several and asks(reading, _NOTED):
        return True
    watts_given = bool(reading.of("power"))
    supply = reading.says(rf"\b{_UNIT}")
    if supply or (watts_given and asks_cards(reading)):
        judged = asks_enough(reading) or asks_cards(reading)
        judged |= watts_given and asks(reading, rf"{_NEED}|{_FINE}|^[^?]*\d ?w(?:atts?)?\s{_UNIT}$")
        if judged or asks_amount(reading, _UNIT) or asks(reading, _ITS_SIZE):
            return True
    # What a single card draws stands in its data: no supply is sized by it.
    if asks_amount(reading, _WATTS):
        return supply or several or not asks(reading, _DRAWN)
    return watts_given and (asks_enough(reading) or asks(reading, _FINE))


def _collect_psu(reading: Reading) -> Inputs:
    found, powers = reading.cards(), watts(reading)
    if "supply" not in powers and "system" in powers:
        powers["supply"] = powers["system"]  # "is 1000 W enough for …"
    names = {"supply": "supply_watts", "card": "gpu_watts", "cpu": "cpu_watts"}
    names["other"] = "other_watts"
    found |= {name: powers[role] for role, name in names.items() if role in powers}
    if reading.cpu and "cpu_watts" not in found:
        found["cpu"] = reading.cpu.hardware.model
    voltage = reading.first("voltage")
    if voltage is not None:
        found["mains_voltage"] = voltage
    if "supply_watts" in found and asks_cards(reading) and found.get("count") in (None, 1):
        found.pop("count", None)
    return found


def _finish_psu(inputs: Inputs) -> Request:
    if "gpu" in inputs or "gpu_watts" in inputs:
        return Request("psu", inputs)
    if "count" in inputs:
        assumed = {"gpu_watts": CARD_ASSUMED}
        return Request("psu", {**inputs, "gpu_watts": CARD_WATTS}, assumed)
    return Request("psu", inputs, missing={"gpu": _ASK_CARD})


def _ask_watts(reading: Reading) -> dict[str, str]:
    """Return what to ask back about watts whose role is not said; one may be the supply's."""
    unclear = unclear_watts(reading)
    if len(unclear) == 1 and not power_role(reading, unclear[0]) and "supply" not in watts(reading):
        # "Are 1000 W enough for four cards and a 95 W CPU?"
        unclear = [] if asks_enough(reading) or asks_cards(reading) else unclear
    return ask_about_watts(unclear)


PSU = Rule(
    "psu",
    _asks_psu,
    _collect_psu,
    _finish_psu,
    (rival("gpu", "gpu_watts"), rival("cpu", "cpu_watts")),
    _ask_watts,
)
