"""Which calculator a question calls for, with which inputs; and what a follow-up changes."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.understand.asking import asking_text
from assistant.understand.cooling_request import COOLING
from assistant.understand.data_requests import DISK, TRANSFER
from assistant.understand.model_requests import MODEL, SYNC
from assistant.understand.money_requests import ENERGY
from assistant.understand.numerals import CARDINALS, ORDINALS, alternatives
from assistant.understand.psu_request import PSU
from assistant.understand.ram_request import RAM
from assistant.understand.rent_request import RENT
from assistant.understand.request import Inputs, Reading, Request, Rule, written
from assistant.understand.slips import mend_slips
from assistant.understand.slots_request import SLOTS
from assistant.understand.threads_request import THREADS
from assistant.understand.video_requests import VIDEO
from assistant.understand.watts import watts

__all__ = ["Request", "change_calculation", "find_calculation"]

# The first whose test a question passes is taken: the ones with the plainest signs come first.
_RULES = (VIDEO, RENT, ENERGY, SYNC, DISK, TRANSFER, MODEL, PSU, RAM, SLOTS, THREADS, COOLING)
_BY_NAME = {rule.calculator: rule for rule in _RULES}
# Questions of taste and meaning; numbers in them are a setting, not inputs.
_NO_ARITHMETIC = re.compile(
    r"(?i)\bwhy\b|\bwhat (?:is|are|does) (?:an? |the )?[\w-]+\??$|\bexplain|\bdifference between|"
    r"\bwhich (?:gpu|card|cpu|processor|motherboard|board|brand|framework|library)\b|"
    r"\bwhat (?:gpu|card|cpu|motherboard|board|brand)s? (?:should|would|do|is)\b"
)
_LONGEST_CHANGE = 16  # words
_CHANGE = re.compile(
    r"(?i)^(?:and|but|what|how about|make|ok|okay|same|now|with|without|for|at|if|instead|use|"
    r"change|try|then|only|or|just|add|plus|also)\b|\bthen\b|\binstead\b|"
    r"\bof (?:them|those|these)\b|\bmake (?:it|that)\b"
)
_WITH_COUNT = re.compile(
    rf"(?i)(?:\bwith|\bmake (?:it|that)|^(?:and|(?:what|how) about)(?: for)?) "
    rf"({alternatives(CARDINALS)})\b"
)
_UP_TO = re.compile(rf"(?i)\ba ({'|'.join(ORDINALS[1:])}) (?:one|gpu|card)\b")
_ADDS = re.compile(r"(?i)\b(?:add|adding|plus|more|additional|extra|another|on top|as well|too)\b")


def find_calculation(question: str) -> Request | None:
    """Return the calculation that a question calls for; None where it calls for none.

    Values are passed on as they are written: nonsense gets its error from the calculator.
    """
    reading = Reading(mend_slips(question))
    if _NO_ARITHMETIC.search(asking_text(reading)):
        return None
    for rule in _RULES:
        if rule.asks(reading):
            return _finished(rule, rule.collect(reading), reading)
    return None


def change_calculation(request: Request, question: str) -> Request | None:
    """Return the calculation with what a follow-up changes; None where it is no follow-up."""
    other = find_calculation(question)
    if other is not None and other.calculator != request.calculator and other.ready:
        return None
    reading = Reading(mend_slips(question))
    if len(question.split()) > _LONGEST_CHANGE or not _CHANGE.search(question.strip()):
        return None
    rule = _BY_NAME[request.calculator]
    changes = _wanted(request, rule.collect(reading))
    changes |= _bare_changes(request, reading, changes)
    if not changes:
        return None
    inputs = _merge(rule, dict(request.inputs), changes, _ADDS.search(question) is not None)
    if inputs == dict(request.inputs):
        return None
    changed = _finished(rule, inputs, reading)
    kept = {
        name: words
        for name, words in request.assumed.items()
        if inputs.get(name) == request.inputs.get(name)
    }
    return replace(changed, assumed={**kept, **changed.assumed})


def _finished(rule: Rule, inputs: Inputs, reading: Reading) -> Request:
    """Return the request with what was taken from a part's name or a custom said."""
    request = rule.finish(inputs)
    assumed = dict(request.assumed)
    cpu = reading.cpu.hardware if reading.cpu else None
    if cpu and rule.calculator == "slots_and_lanes" and inputs.get("cpu_lanes") == cpu.lanes:
        assumed["cpu_lanes"] = f"The {cpu.model} counts with {cpu.lanes} lanes."
    if cpu and rule.calculator == "cpu_threads" and inputs.get("threads") == cpu.threads:
        assumed["threads"] = (
            f"The {cpu.model} counts with {cpu.cores} cores, {cpu.threads} threads."
        )
    if cpu and rule.calculator == "energy_cost" and inputs.get("cpu_watts") == cpu.power_w:
        assumed["cpu_watts"] = f"The {cpu.model} counts with {cpu.power_w:g} W."
    if inputs.get("ssd_lanes") == 4 and not reading.says(r"\b(?:4|four)[- ](?:pci-?e )?lanes"):
        assumed["ssd_lanes"] = "A PCIe SSD counts with 4 lanes."
    missing = {**request.missing, **rule.unclear(reading)}
    return Request(request.calculator, request.inputs, assumed, missing)


def _wanted(request: Request, changes: Inputs) -> Inputs:
    """Take a format of videos for the wanted one: what works has been said before."""
    if request.calculator != "video_streams":
        return changes
    return {
        name.replace("from_", "to_") if name in request.inputs else name: value
        for name, value in changes.items()
    }


def _bare_changes(request: Request, reading: Reading, changes: Inputs) -> Inputs:
    """Read what only the calculation before makes clear: "and with eight?", "at 0.40?"."""
    name, found = request.calculator, Inputs()
    count_input = "count" if name in ("psu", "energy_cost") else "gpus"
    numbers = reading.of("number")
    if numbers and reading.says(r"^(?:and|what|how|make|with|if|or|ok|now)\b"):
        if "price" in request.inputs and reading.leads(numbers[0], r"\bat\b"):
            found["price"] = numbers[0].value
        elif {"count", "gpus", "gpu"} & set(request.inputs):
            found[count_input] = numbers[0].value
    words = _WITH_COUNT.search(reading.text)
    if words and not reading.amounts and not reading.parts:
        found[count_input] = CARDINALS[words[1].lower()]
    nth = _UP_TO.search(reading.text)
    if nth and not reading.parts and {"count", "gpus", "gpu"} & set(request.inputs):
        found[count_input] = ORDINALS.index(nth[1].lower()) + 1
    if name == "energy_cost" and reading.of("money") and "budget" not in changes:
        money = reading.of("money")[0]
        found["price"] = written(money.value, f"{money.unit}/kWh")
    if name == "psu" and (powers := watts(reading)) and set(powers) == {"system"}:
        found["supply_watts"] = powers["system"]
    return found


def _merge(rule: Rule, inputs: Inputs, changes: Inputs, adds: bool) -> Inputs:
    """Return the inputs with the changes; a new input ousts those that said the same."""
    if adds and "gpu" in changes and "gpu" in inputs:
        both = ", ".join(_counted_cards(group) for group in (inputs, changes))
        return {**_without(inputs, "count"), **_without(changes, "count"), "gpu": both}
    if changes.get("count") == 1 and "gpu" in changes and inputs.get("count") is not None:
        del changes["count"]  # "with a 3090 instead" is as many of them
    if "shape" in inputs and "batch" in changes and "height" not in changes:
        sides = str(inputs["shape"]).split("x")[1:]  # the first side is the number of images
        changes = {**_without(changes, "batch"), "shape": "x".join([str(changes["batch"]), *sides])}
    for one, other in rule.rivals:
        if one & set(changes):
            inputs = _without(inputs, *other)
        elif other & set(changes):
            inputs = _without(inputs, *(one - other - set(changes)))
    if "x " in str(changes.get("gpu", "")):
        inputs = _without(inputs, "count")
    return {**inputs, **changes}


def _counted_cards(inputs: Inputs) -> str:
    gpu = str(inputs["gpu"])
    return gpu if "x " in gpu else f"{inputs.get('count', 1)}x {gpu}"


def _without(inputs: Inputs, *names: str) -> Inputs:
    return {name: value for name, value in inputs.items() if name not in names}
