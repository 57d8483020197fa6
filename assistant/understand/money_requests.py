"""Energy: what a question gives its calculator."""

from __future__ import annotations

import re

from assistant.understand.quantities import Amount
from assistant.understand.request import Inputs, Reading, Request, Rule, rival, written
from assistant.understand.watts import CARD_ASSUMED, CARD_WATTS, ask_what_draws, watts

_ENERGY = (
    r"kwh|kilowatt|electric\w*|\bleccy\b|\benergy|power (?:bill|costs?)|\bco2\b|\bcarbon|"
    r"\bconsum(?:e[sd]?|ing|ption)\b|costs?\b.{0,40}\brun|run(?:ning)? costs?|\bbill\b|"
    r"to (?:run|train)\b.{0,60}\bcosts?|"
    r"costs?\b.{0,30}\b(?:train|leav|keep)"
)
_ENERGY_ELSE = r"\b(?:why|rent\w*|cloud|aws|gcp|azure|spot|ups|batter(?:y|ies)|offset\w*|neutral)\b"
# "this costs me 10 percent": of speed.
_OF_SPEED = r"\bcosts?\s(?:me|us|you|about|some)?\s?[\d\s–-]+(?:to \d+\s?)?(?:%|percent|per cent)"
_TARIFF = (
    r"\b(?:electric\w*|leccy|power|energy|tariff|juice|current|kwh)\b(?:\s\w+){0,2}?\s"
    r"(?:is|costs?|at|for)"
)
_CENTS = r"(?:cents?|ct|pence|p|¢)"
_SPENDS = (
    r"budget|how long|\blasts?\b|afford|for (?:only )?[€$£]?\s?\d|"
    r"how many (?:\w+ )?(?:hours|hrs|days|weeks|months)"
)
_SAVES = r"\bsav(?:e[sd]?|ings?)\b|\bworth\b|\bdifference\b"
_PERCENTS = (50, 100)  # what a number without a unit must be between to be an efficiency


def _asks_energy(reading: Reading) -> bool:
    if reading.says(_ENERGY_ELSE) or reading.of("rent"):
        return False
    load = reading.names_cards or reading.of("power", "gpus")
    time = reading.of("duration", "period", "hours_per_day")
    price = _price(reading) is not None
    if reading.says(_OF_SPEED) and not price:
        return False
    if not reading.says(_ENERGY) and not price:
        return False
    return bool((load and (time or price)) or (price and time))


def _price(reading: Reading) -> Amount | None:
    """Return what a kWh costs: money said to be for one, or to be the tariff, or cents."""
    if prices := reading.of("price"):
        return prices[0]
    return next(
        (
            money
            for money in reading.of("money")
            if reading.leads(money, _TARIFF)
            or (re.fullmatch(_CENTS, money.unit, re.I) and reading.says(_ENERGY))
        ),
        None,
    )


def _collect_energy(reading: Reading) -> Inputs:
    found, powers = reading.cards(), watts(reading)
    if "system" in powers or "supply" in powers:
        found = {"power": powers.get("system", powers.get("supply"))}
    else:
        if "card" in powers:
            found["gpu_watts"] = powers["card"]
        if "cpu" in powers:
            found["cpu_watts"] = powers["cpu"]
        elif reading.cpu and reading.cpu.hardware.power_w is not None:
            found["cpu_watts"] = reading.cpu.hardware.power_w
    found |= _run_time(reading)
    price = _price(reading)
    if price is not None:
        found["price"] = written(price.value, f"{price.unit}/kWh") if price.unit else price.value
    for money in reading.of("money")[:1]:
        if money != price and reading.says(_SPENDS):
            found["budget"] = written(money.value, money.unit)
    co2 = reading.first("co2")
    return found | _efficiencies(reading) | ({} if co2 is None else {"co2": co2})


def _run_time(reading: Reading) -> Inputs:
    found: Inputs = {}
    hours = reading.first("hours_per_day")
    if hours is not None:
        found["hours_per_day"] = hours
    duration = reading.first("duration", "period")
    if duration is not None:
        found["duration"] = duration
    return found


def _efficiencies(reading: Reading) -> Inputs:
    """Return the efficiencies of supplies, the lower first, and the share of full power."""
    found: Inputs = {}
    rates = [amount.value for amount in reading.of("efficiency")]
    for amount in reading.of("share"):
        if reading.follows(
            amount, r"(?:load|utili|busy|duty|of (?:full|max|the (?:time|tdp)))"
        ) or (reading.leads(amount, r"load|utili[sz]ation|busy|duty|runs? at|running at")):
            found["utilisation"] = amount.value
        else:
            rates.append(amount.value)
    if len(rates) == 1 and reading.says(_SAVES):
        # "mine is 80% efficient, the other does 92"
        low, high = _PERCENTS
        bare = [number.value / 100 for number in reading.of("number") if low <= number.value < high]
        rates += bare[:1]
    if rates:
        found["efficiency"] = min(rates)
        if len(rates) > 1 and max(rates) > min(rates):
            found["better_efficiency"] = max(rates)
    return found


def _finish_energy(inputs: Inputs) -> Request:
    missing, assumed = {}, {}
    if "count" in inputs and not {"gpu", "gpu_watts"} & set(inputs):
        inputs, assumed = {**inputs, "gpu_watts": CARD_WATTS}, {"gpu_watts": CARD_ASSUMED}
    if not {"power", "gpu", "gpu_watts"} & set(inputs):
        missing["power"] = "How many watts does it draw, or which GPUs are in it?"
    if not {"duration", "budget"} & set(inputs):
        missing["duration"] = "For how long does it run?"
    if "budget" in inputs and "price" not in inputs:
        missing["price"] = "What does a kWh cost?"
    return Request("energy_cost", inputs, assumed, missing)


ENERGY = Rule(
    "energy_cost",
    _asks_energy,
    _collect_energy,
    _finish_energy,
    (
        rival("power", "gpu count gpu_watts cpu_watts"),
        rival("gpu", "gpu_watts"),
        rival("duration", "budget"),
    ),
    ask_what_draws,
)
