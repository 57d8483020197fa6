"""RAM: what a question gives its calculator."""

from __future__ import annotations

import re

from assistant.understand.asking import asks, asks_amount, asks_enough, is_of_others
from assistant.understand.quantities import Amount
from assistant.understand.request import Inputs, Reading, Request, Rule, rival

_RAM = (
    r"(?:(?:system|main|host|cpu|pc)[\s-](?:memory|ram)\b|\bram\b|"
    r"\bmemory\b(?=.{0,45}\b(?:(?:mother|main)?board|host)\b))"
)
_RAM_ELSE = (
    r"\b(?:clock\w*|speeds?|mhz|faster|ecc|frequency|timings?|brands?|channels?|why|matter|offload\w*|"
    r"swap)\b"
)
_DDR = r"\bddr\d\b"
_HOW_MUCH_DDR = r"\bhow (?:much|many (?:gb|gigs?|gigabytes)(?: of)?)\s(?:\w+\s)?ddr\d\b"
_CARD_NOUN = r"(?:gpus?|(?:graphics?\s|video\s)?cards?)\b"
_OF_CARD = (
    rf"(?:of\s)?(?:vram|(?:gpu|video|graphics) (?:ram|memory)|(?:memory\s)?{_CARD_NOUN})|"
    r"(?:of (?:memory|ram)\s)?(?:on[- ]?board|each|apiece|of (?:its|their) own)\b"
)
_OF_EITHER = r"(?:of\s)?memory\b"
_OF_HOST = r"(?:of\s)?(?:(?:system|main|host|cpu)\s(?:ram|memory)|ram|ddr\d)\b"
_OF_NONE = r"(?:sticks?|dimms?|modules?)\b"
_OWNER = re.compile(
    r"(?i)\b(?:(?P<card>gpus?|cards?|vram|quadros?|teslas?|accelerators?|each (?:with|has))|"
    r"ram|ddr\d|(?:system|main|host) memory|computer|pc|machine|box|host|board|rig|desktop|"
    r"workstation|server|laptop|i)\b"
)
_SERVED = (
    rf"\b(?:how (?:much|many|large|big)|what|which|largest|biggest)\b[^.?]{{0,40}}?\b{_CARD_NOUN}"
)


def _asks_ram(reading: Reading) -> bool:
    if reading.says(_RAM_ELSE) or reading.of("parameters") or is_of_others(reading):
        return False
    if _asks_served(reading):
        return True
    if not (reading.says(_RAM) or _has_host_memory(reading)) and not asks(reading, _HOW_MUCH_DDR):
        return _is_beyond_cards(reading) and asks_enough(reading)
    if (reading.says(_DDR) and not asks(reading, _HOW_MUCH_DDR)) or not (
        reading.names_cards or _card_memory(reading)
    ):
        return False
    # "Does it need 64 GB?", "Should it have as much as the card?": the rule answers these too.
    return (
        asks(reading, _HOW_MUCH_DDR)
        or asks_amount(reading, rf"(?:(?:gb|gigs?|gigabytes)\s(?:of\s)?)?{_RAM}")
        or asks_enough(reading)
        or asks(reading, r"\bneeds?\b|\b(?:should|must)\b.{0,60}\bas (?:much|large)\b")
    )


def _asks_served(reading: Reading) -> bool:
    """Tell whether a question asks for how large a card some RAM is enough."""
    ours = [
        amount
        for amount in reading.of("memory")
        if reading.follows(amount, rf"{_OF_HOST}|{_OF_EITHER}")
    ]
    return (
        bool(ours)
        and not _card_memory(reading)
        and not reading.names_cards
        and (asks(reading, _SERVED) and asks(reading, r"\b(?:memory|large|big|suits?|vram)\b"))
    )


def _is_beyond_cards(reading: Reading) -> bool:
    """Tell whether memory is said that no card of the question has: "are 64 gigs enough …?"."""
    own = [m.hardware.memory_gb for m in reading.gpus if m.hardware.memory_gb]
    memories = reading.of("memory")
    return (
        bool(own and memories)
        and all(amount.value > max(own) for amount in memories)
        and not reading.says(
            r"\b(?:vram|data ?sets?|data|files?|dis[ck]s?|ssds?|drives?|models?|swap)\b"
        )
    )


def _is_cards(reading: Reading, amount: Amount) -> bool:
    """Tell whether an amount of memory is a card's own.

    "GB of memory" is of either: what has the amount said it before, or it is what is asked for.
    """
    if reading.follows(amount, _OF_CARD) or _names_card(reading, amount):
        return True
    if reading.follows(amount, _OF_HOST):
        return False
    return _owner(reading, amount) == "card"


def _owner(reading: Reading, amount: Amount) -> str:
    """Return what was last said before an amount, in its sentence, to have memory: card or host."""
    before = re.split(r"[.?!;]\s", reading.text[: amount.start])[-1]
    owners = list(_OWNER.finditer(before))
    if not owners:
        return ""
    return "card" if owners[-1]["card"] else "host"


def _has_host_memory(reading: Reading) -> bool:
    """Tell whether a computer is said to have some memory: "my box has 16 GB of memory"."""
    return any(
        reading.follows(amount, _OF_EITHER) and _owner(reading, amount) == "host"
        for amount in reading.of("memory")
    )


def _names_card(reading: Reading, amount: Amount) -> bool:
    """Tell whether a card's name follows an amount: "a 24 GB Titan RTX"."""
    after = reading.text[amount.end :]
    space = len(after) - len(after.lstrip())
    return any(
        part.start - amount.end in range(space + 1) and not part.counted for part in reading.gpus
    )


def _card_memory(reading: Reading) -> list[Amount]:
    return [amount for amount in reading.of("memory") if _is_cards(reading, amount)]


def _collect_ram(reading: Reading) -> Inputs:
    found: Inputs = {}
    if reading.names_cards:
        found["gpu"] = reading.cards()["gpu"]
    elif memories := _card_memory(reading):
        found["gpu_memory"] = max(amount.value for amount in memories)
    if reading.card_count not in (None, 1):
        found["gpus"] = reading.card_count
    rest = [
        amount
        for amount in reading.of("memory")
        if not _is_cards(reading, amount) and not reading.follows(amount, _OF_NONE)
    ]
    if rest:
        found["system_ram"] = rest[0].value
    if reading.says(r"kaggle|competition"):
        found["use"] = "kaggle"
    elif reading.says(r"(?:large|big|huge) data"):
        found["use"] = "large_datasets"
    return found


def _finish_ram(inputs: Inputs) -> Request:
    if {"gpu", "gpu_memory", "system_ram"} & set(inputs):
        return Request("ram", inputs)
    return Request("ram", inputs, missing={"gpu": "Which GPU, or how much memory has it?"})


RAM = Rule("ram", _asks_ram, _collect_ram, _finish_ram, (rival("gpu", "gpu_memory"),))
