"""Slots and PCIe lanes: what a question gives their calculator."""

from __future__ import annotations

from assistant.understand.asking import (
    WHY,
    asks,
    asks_amount,
    asks_cards,
    asks_enough,
    is_of_others,
)
from assistant.understand.quantities import Amount
from assistant.understand.request import Inputs, Reading, Request, Rule

SSD_LANES = 4

_FITS = (
    r"\b(?:fits?|takes?|room|support\w*|put|run|goe?s?|squeeze|cram|install|mount|hold|holds|house|"
    r"accommodate|plug|use|have|sit)\b"
)
_SLOTS = r"(?:(?:pci-?e|pci express|expansion|x16|adjacent|free)\s){0,2}slots?\b(?!\sspeeds?)"
_LANES = r"(?:(?:pci-?e|pci express|cpu)\s)?lanes?\b"
_NO_COUNT = (
    r"\b(?:faster|bridges?|spacings?|brackets?|sag\w*|bar|"
    r"(?:in|into) which slots?|which slots? (?:of|do|does|should|must)|"
    r"which (?:\w+ ){1,3}boards?)\b"
)
_SPLIT = (
    r"\b(?:split|shared?|divi(?:de[sd]?|sion)|distribut\w+|spread|allocat\w+|lane mode)\b|"
    r"\blanes (?:per|for (?:each|every)) (?:gpu|card)\b|"
    r"\bwhat\b[^?]*\b(?:each|every|worst[- ]off|per (?:gpu|card))\b"
)
_ENOUGH = r"\b(?:enough|suffic\w+|suffice)\b"
_OF_CARD = r"(?:[a-z-]+\s){0,2}(?:cards?|gpus?|coolers?)\b|wide\b|per\b"
_WIDE = (
    (1, r"\b(?:single|one|1)[- ](?:slot|width|wide)"),
    (3, r"\b(?:three|triple|3)[- ](?:slot|width|wide)"),
)


def _asks_slots(reading: Reading) -> bool:
    if reading.says(rf"{WHY}|{_NO_COUNT}") or is_of_others(reading):
        return False
    return _asks_for_slots(reading) or _asks_for_lanes(reading)


def _asks_for_slots(reading: Reading) -> bool:
    if not reading.says(r"\bslots?\b"):
        return False
    counted = bool(_slot_counts(reading))
    if counted and asks_cards(reading) and reading.says(_FITS):
        return True
    if reading.card_count in (None, 1):
        return False
    wanted = asks_amount(reading, _SLOTS) and not asks(
        reading, r"\b(?:per|in(?:to)? (?:a|one)) slot"
    )
    return wanted or (
        counted
        and (asks_enough(reading) or asks(reading, rf"\b(?:can|could|do|will|would)\b[^?]*{_FITS}"))
    )


def _asks_for_lanes(reading: Reading) -> bool:
    counted = bool(_lane_counts(reading))
    if not (counted or reading.cpu) or not reading.says(r"\blanes?\b"):
        return False
    if counted and asks_cards(reading) and reading.says(_FITS):
        return True
    if reading.card_count is None:
        return False
    return (
        asks_amount(reading, rf"(?:{_LANES}|widths?\b)")
        or asks(reading, r"\bhow (?:wide|broad)\b|\bwidths?\b")
        or asks(reading, _SPLIT)
        or asks(reading, rf"\blanes?\b[^?]*{_ENOUGH}|{_ENOUGH}[^?]*\blanes?\b")
    )


def _lane_counts(reading: Reading) -> list[Amount]:
    """Return the numbers of lanes that are there to be shared; "x16" is the width of one link."""
    return [
        amount
        for amount in reading.of("lanes")
        if "lane" in reading.text[amount.start : amount.end].lower()
        and not reading.follows(amount, r"(?:each|apiece|per (?:card|gpu)|(?:to )?every)\b")
    ]


def _slot_counts(reading: Reading) -> list[Amount]:
    """Return the numbers of slots that are there; those of a "3-slot" card are its width."""
    return [
        amount
        for amount in reading.of("slots")
        if not reading.follows(
            amount, r"(?:[a-z-]+\s){0,2}(?:cards?|gpus?|coolers?)\b|wide\b|per\b"
        )
    ]


_CPU = r"\b(?:cpu|processor|chip)\b"


def _collect_lanes(reading: Reading) -> Inputs:
    found: Inputs = {}
    if reading.card_count is not None:
        found["gpus"] = reading.card_count
    switched = reading.says(r"\bplx\b|\bswitch")
    for amount in _lane_counts(reading):
        if reading.leads(amount, r"\b(?:ssd|nvme|m\.2|drive)\b") or reading.follows(
            amount, r"(?:for|to|by)\s(?:an?\s|the\s)?(?:pci-?e\s)?(?:ssd|nvme|m\.2)"
        ):
            found["ssd_lanes"] = amount.value
        elif switched and (
            reading.leads(amount, r"\b(?:plx|switch\w*)\b")
            or reading.follows(amount, r"(?:plx|switch)")
        ):
            found["switch_lanes"] = amount.value
        elif "cpu_lanes" not in found:
            found["cpu_lanes"] = amount.value
    for some in reading.of("gpus"):
        if some.unit == "them" and reading.leads(some, r"\b(?:ssd|nvme|m\.2|drive)\b"):
            found["ssd_lanes"] = some.value  # "an SSD that takes four of them"
    for bare in reading.of("number"):
        if "switch_lanes" in found and "cpu_lanes" not in found and reading.leads(bare, _CPU):
            found["cpu_lanes"] = bare.value  # "… 64 lanes, but the CPU has just 16"
    if "cpu_lanes" not in found and reading.says("lane") and reading.cpu:
        found |= {"cpu_lanes": reading.cpu.hardware.lanes} if reading.cpu.hardware.lanes else {}
    return found


def _collect_slots(reading: Reading) -> Inputs:
    found = _collect_lanes(reading)
    if asks_cards(reading):
        found.pop("gpus", None)  # "four of these" in it are lanes or slots
    for slots in _slot_counts(reading)[:1]:
        found["slots"] = slots.value
    for width, pattern in _WIDE:
        if reading.says(pattern):
            found["gpu_width"] = width
    if (
        "ssd_lanes" not in found
        and "cpu_lanes" in found
        and reading.says(r"\b(?:nvme|m\.2|pci-?e ssd)\b")
    ):
        found["ssd_lanes"] = SSD_LANES
    return found


def _finish_slots(inputs: Inputs) -> Request:
    if not {"gpus", "slots", "cpu_lanes"} & set(inputs):
        return Request("slots_and_lanes", inputs, missing={"gpus": "How many GPUs?"})
    return Request("slots_and_lanes", inputs)


SLOTS = Rule("slots_and_lanes", _asks_slots, _collect_slots, _finish_slots)
