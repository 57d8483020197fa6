"""Energy: what a question gives its calculator."""

from __future__ import annotations

from assistant.understand.request import Inputs, Reading, Request, Rule, rival, written
from assistant.understand.watts import CARD_ASSUMED, CARD_WATTS, watts

_ENERGY = (
    r"kwh|kilowatt|electric\w*|\benergy|power (?:bill|costs?)|co2|carbon|\bconsum\w+|"
    r"costs?\b.{0,40}\brun|run(?:ning)? costs?|\bbill\b|to (?:run|train)\b.{0,60}\bcosts?|"
    r"costs?\b.{0,30}\b(?:train|leav|keep)"
)
_ENERGY_ELSE = r"\b(?:why|rent\w*|cloud|aws|gcp|azure|spot)\b"


def _asks_energy(reading: Reading) -> bool:
    if reading.says(_ENERGY_ELSE) or reading.of("rent"):
        return False
    load = reading.names_cards or reading.of("power", "gpus")
    time = reading.of("duration", "period", "hours_per_day")
    price = reading.of("price")
    if not reading.says(_ENERGY) and not price:
        return False
    return bool((load and (time or price)) or (price and time))


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
    for price in reading.of("price")[:1]:
        found["price"] = written(price.value, f"{price.unit}/kWh") if price.unit else price.value
    for money in reading.of("money")[:1]:
        if reading.says(r"budget|how long|last|afford|for (?:only )?[€$£]?\s?\d"):
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
)
