"""The power supply: what a question gives its calculator."""

from __future__ import annotations

from assistant.understand.request import Inputs, Reading, Request, Rule, rival
from assistant.understand.watts import CARD_ASSUMED, CARD_WATTS, SUPPLY, watts

_ASK_CARD = "Which GPUs, and how many? Or how many watts does each draw?"

_PSU_SIZE = (
    r"\b(?:what|which|how|enough|suffic\w*|suffice|size\w*|need\w*|run|power|carry|handle|support|"
    r"recommend\w*|calculate|do|big|overkill|feed|drive)\b|"
    r"^(?:psu|power supply) for\b|\b(?:psu|power supply)\?*$"  # "psu for two 220 W cards"
)
_PSU_ELSE = (
    r"\b(?:why|brands?|manufacturers?|connectors?|cables?|\d-?pins?|quiet|noise|noisy|modular|"
    r"two psus|second psu|psus in|coolbits|efficien\w+|gold or|platinum or|worth|fan)\b"
)


def _asks_psu(reading: Reading) -> bool:
    about = reading.says(rf"\b(?:{SUPPLY})") or reading.says(
        r"how (?:many watts|much (?:power|wattage|watts))|what wattage|watts (?:do|would|should)|"
        r"\d ?w(?:atts?)? (?:be |really )?(?:enough|suffic\w*|ok|okay|do|run|power)\b"
    )
    if not about or reading.says(_PSU_ELSE) or not reading.says(_PSU_SIZE):
        return False
    return reading.names_cards or bool(reading.of("gpus")) or "card" in watts(reading)


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
    backwards = (
        r"how many\s(?:of\s)?(?:[\w-]+\s){0,3}?"
        r"(?:gpus?|cards?|gtx|rtx|titans?|\d{3,4}|they|it|can|will)"
    )
    if "supply_watts" in found and reading.says(backwards) and found.get("count") in (None, 1):
        found.pop("count", None)
    return found


def _finish_psu(inputs: Inputs) -> Request:
    if "gpu" in inputs or "gpu_watts" in inputs:
        return Request("psu", inputs)
    if "count" in inputs:
        assumed = {"gpu_watts": CARD_ASSUMED}
        return Request("psu", {**inputs, "gpu_watts": CARD_WATTS}, assumed)
    return Request("psu", inputs, missing={"gpu": _ASK_CARD})


PSU = Rule(
    "psu",
    _asks_psu,
    _collect_psu,
    _finish_psu,
    (rival("gpu", "gpu_watts"), rival("cpu", "cpu_watts")),
)
