"""Gradients and the memory of a model: what a question gives their calculators."""

from __future__ import annotations

import math

from assistant.understand.request import Inputs, Reading, Request, Rule, link, rival

_WHY = r"\bwhy\b"

# --- gradients

_SYNC = r"\b(?:sync\w*|synchroni[sz]\w*|gradients?|all-?reduce|data[- ]parallel\w*|exchange)\b"


def _parameters(reading: Reading) -> float | int | None:
    found = reading.first("parameters")
    if found is None and reading.says(r"weight matrix|layer|matrix"):
        sides = next((image.values for image in reading.of("image")), None)
        return math.prod(sides) if sides else None
    return found


def _asks_sync(reading: Reading) -> bool:
    known = (_parameters(reading) is not None) + (reading.card_count is not None)
    asks = reading.says(r"\b(?:how|what|many|fast|often|scal\w+|speed-?up|time|enough)\b")
    return reading.says(_SYNC) and not reading.says(_WHY) and asks and known == 2


def _collect_sync(reading: Reading) -> Inputs:
    found = link(reading)
    parameters, precision = _parameters(reading), reading.first("precision")
    if parameters is not None:
        found["parameters"] = parameters
    if reading.card_count is not None:
        found["gpus"] = reading.card_count
    if precision is not None:
        found["bytes_per_value"] = int(precision) // 8
    for speed in reading.of("speed")[:1]:
        found["bandwidth"] = round(speed.value / 1000, 6)
    rate = reading.first("rate")
    if rate is not None:
        found["batches_per_second"] = rate
    return found


def _finish_sync(inputs: Inputs) -> Request:
    missing = {}
    if "parameters" not in inputs:
        missing["parameters"] = "How many parameters does the model have?"
    if "gpus" not in inputs:
        missing["gpus"] = "How many GPUs share the work?"
    return Request("gradient_sync", inputs, missing=missing)


SYNC = Rule(
    "gradient_sync",
    _asks_sync,
    _collect_sync,
    _finish_sync,
    (rival("bandwidth", "lanes generation"),),
)

# --- memory of a model

_MEMORY = r"\b(?:memory|vram|fits?|gb|ram|out of memory|oom)\b"
_LARGEST = r"\b(?:largest|biggest|how (?:big|large)|most|max\w*|how many parameters)\b"


def _asks_model(reading: Reading) -> bool:
    if reading.says(_WHY) or reading.says(_SYNC):
        return False
    card = bool(reading.gpus or reading.of("memory") or reading.unknown_cards)
    if reading.of("parameters"):
        asks = r"\b(?:how|what|does|do|will|can|is|enough|need)\b"
        return (reading.says(_MEMORY) and reading.says(asks)) or (card and reading.says(_LARGEST))
    return card and reading.says(_LARGEST) and reading.says(r"\b(?:models?|net\w*|parameters)\b")


def _collect_model(reading: Reading) -> Inputs:
    found: Inputs = {}
    values = {
        "parameters": reading.first("parameters"),
        "precision": reading.first("precision"),
        "activations": reading.first("activations"),
        "batch": reading.first("batch"),
    }
    found = {name: value for name, value in values.items() if value is not None}
    for optimizer, pattern in (
        ("adam", r"\badam\w?\b"),
        ("momentum", r"\bmomentum\b"),
        ("sgd", r"\bsgd\b"),
    ):
        if reading.says(pattern):
            found["optimizer"] = optimizer
            break
    if reading.names_cards:
        found["gpu"] = reading.cards().get("gpu")
    elif memory := reading.of("memory"):
        found["card_memory"] = memory[0].value
    if reading.says(_LARGEST) and reading.says(r"\bbatch\b") and "parameters" in found:
        found.pop("batch", None)
    return found


def _finish_model(inputs: Inputs) -> Request:
    if {"parameters", "gpu", "card_memory"} & set(inputs):
        return Request("model_memory", inputs)
    return Request("model_memory", inputs, missing={"parameters": "How many parameters has it?"})


MODEL = Rule(
    "model_memory", _asks_model, _collect_model, _finish_model, (rival("gpu", "card_memory"),)
)
