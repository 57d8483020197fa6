"""Gradients and the memory of a model: what a question gives their calculators."""

from __future__ import annotations

import math
import re

from assistant.understand.numerals import NUMBER, read_number
from assistant.understand.quantities import Amount
from assistant.understand.request import Inputs, Reading, Request, Rule, link, rival

_WHY = r"\bwhy\b"

# --- gradients

_SYNC = (
    r"\b(?:sync(?!hronously)\w*|gradients?|all-?reduce|data[- ]parallel\w*|exchang\w*|swap\w*|"
    r"(?:together|jointly|all)\s(?:[a-z]+\s){0,2}?(?:one|a single|the same|train\w*)|"
    r"train\w*\b[^.?!]{0,60}\b(?:together|jointly))\b"
)
_SCALING = r"\b(?:speed-?ups?|scal(?:es?|ing)|\w+fold|bandwidth|interconnect|infiniband)\b"
_SYNC_ASKS = (
    r"\b(?:how|what|which|many|fast\w*|often|scal\w+|speed-?up|times?|enough|rate|frequency|"
    r"(?:per|an?|each|every) sec(?:ond)?)\b|/\s?s\b"
)
_BANDWIDTH_ASKED = (
    r"\b(?:what|which|how much|how many|minimum) (?:[\w/-]+ ){0,3}?(?:bandwidth|lanes|gb/s)"
)
# "two desktops with three GPUs each" are six.
_MACHINES = re.compile(
    rf"(?i)(?P<n>{NUMBER})\s(?:[a-z]+\s)?(?:machines|desktops|computers|nodes|servers|boxes|pcs|"
    r"workstations)\b(?=[^.;]{0,30}\b(?:gpus?|cards?)\s(?:each|apiece|in each|in every|per)\b|"
    r",?\s(?:each|every one|all)\s(?:with|has|having|holds|holding|of)\s)"
)


def _parameters(reading: Reading) -> float | int | None:
    found = reading.first("parameters")
    if found is None and reading.says(r"weight matrix|layer|matrix"):
        sides = next((image.values for image in reading.of("image")), None)
        return math.prod(sides) if sides else None
    return found


def _sharing(reading: Reading) -> int | None:
    """Return how many GPUs share the work: not the one that another number is counted for."""
    counts = [int(amount.value) for amount in reading.of("gpus")]
    most = max([*counts, reading.card_count or 0]) or reading.card_count
    machines = _MACHINES.search(reading.text)
    if machines and counts:
        return int(read_number(machines["n"])) * counts[0]
    return most


def _asks_sync(reading: Reading) -> bool:
    if reading.says(_WHY) or _parameters(reading) is None or _sharing(reading) is None:
        return False
    # "Do weights and gradients fit a Titan V?" is about memory.
    if _sharing(reading) == 1 and reading.says(_MEMORY_ASKED):
        return False
    scaling = reading.says(_SCALING) and reading.of("rate", "speed", "factor")
    return bool(reading.says(_SYNC) or scaling) and reading.says(_SYNC_ASKS)


def _collect_sync(reading: Reading) -> Inputs:
    found = link(reading)
    parameters, precision = _parameters(reading), reading.first("precision")
    if parameters is not None:
        found["parameters"] = parameters
    gpus = _sharing(reading)
    if gpus is not None and gpus != 1:  # "one GPU does 20 batches": how many share is not said
        found["gpus"] = gpus
    if precision is not None:
        found["bytes_per_value"] = int(precision) // 8
    for speed in reading.of("speed")[:1]:
        found["bandwidth"] = round(speed.value / 1000, 6)
        found.pop("lanes", None)  # what is between the machines is slower than their slots
    rate = reading.first("rate")
    if rate is not None:
        found["batches_per_second"] = rate
    speedup = reading.first("factor")
    if speedup is not None and (rate is not None or reading.says(_BANDWIDTH_ASKED)):
        found["speedup"] = speedup
        return {name: v for name, v in found.items() if name not in ("lanes", "bandwidth")}
    return found


def _finish_sync(inputs: Inputs) -> Request:
    missing = {}
    if "parameters" not in inputs:
        missing["parameters"] = "How many parameters does the model have?"
    if "gpus" not in inputs:
        missing["gpus"] = "How many GPUs share the work?"
    if "speedup" in inputs and "batches_per_second" not in inputs:
        missing["batches_per_second"] = "How many mini-batches does one GPU compute in a second?"
    return Request("gradient_sync", inputs, missing=missing)


SYNC = Rule(
    "gradient_sync",
    _asks_sync,
    _collect_sync,
    _finish_sync,
    (rival("bandwidth", "lanes generation"),),
)

# --- memory of a model

_MEMORY = r"(?:mem|memory|vram|ram|[gm]b|gigs?|(?:giga|mega)bytes?)"
_MEMORY_ASKED = (
    r"\b(?:fits?|go(?:es)? (?:on|onto|into)|squeez\w+|cram\w*|swallow|accommodate|"
    r"enough|suffi\w+|hold|footprint|oom|out of memory|run out|take up|room|"
    rf"(?:how many|amount of) (?:[\w-]+ ){{0,3}}?{_MEMORY}|"
    rf"how much\b(?=.{{0,60}}\b(?:{_MEMORY}|gpu|card)\b)|"
    rf"{_MEMORY} (?:[a-z]+ ){{0,2}}?(?:need\w*|requir\w+|usage|uses?|to train|for)|"
    rf"(?:need|more than|less than|under) (?:[\w-]+ ){{0,3}}?{_MEMORY})\b|\b{_MEMORY}\s*\?"
)
_LARGEST = (
    r"\b(?:largest|biggest|how (?:big|large)|most|max\w*|"
    r"how many (?:[a-z]+ ){0,2}?(?:parameters|params|weights))\b"
)
_LARGEST_BATCH = (
    rf"(?:{_LARGEST}).{{0,40}}\bbatch|\bhow many (?:[a-z]+ ){{0,2}}?(?:images|samples|pictures|"
    r"photos|examples)\b"
)
_MODEL = r"\b(?:models?|net\w*|param(?:eter)?s|weights)\b"
_TRAINING = r"\b(?:train\w*|fine-?tun\w*|adam\w?|sgd|momentum)\b"
# What is not reckoned: fewer bits than 16, memory elsewhere than on the card, no training.
_MODEL_ELSE = (
    r"\b(?:why|(?:[1-8]|four|eight)[\s-]?bits?|int[48]|quanti[sz]\w*|[qk]?lora|offload\w*|"
    r"deepspeed|tokens?|inference|serv(?:e|ing)|(?:system|cpu|main|host) (?:ram|memory)|"
    r"sequence length|context|memory band\w+|faster|how fast)\b"
)
_SPREAD = r"\b(?:across|split|spread|shard\w*|pool\w*|combined|divided|distribut\w+|altogether)\b"
_OF_CARD = r"(?:of\s)?(?:vram|(?:[\w-]+\s){0,2}?(?:gpus?|cards?)\b|(?:gpu|video|graphics)\s)"
_RUNNING = r"\b(?:run|runs|running|chat\w*)\b"


_OPTIMIZERS = (
    ("adam", r"\badam\w?\b"),
    ("momentum", r"(?<!\bno )(?<!\bwithout )(?<!\bwithout any )\bmomentum\b"),
    ("sgd", r"\bsgd\b|\bgradient descent\b|\bmomentum\b"),
)


def _asks_model(reading: Reading) -> bool:
    """Tell whether memory, or the largest model or mini-batch for a card, is asked for."""
    if reading.says(_MODEL_ELSE) or (reading.says(_SYNC) and (reading.card_count or 0) > 1):
        return False
    if (reading.card_count or 0) > 1 and reading.says(_SPREAD):  # each card holds all of it here
        return False
    card = bool(reading.gpus or reading.of("memory") or reading.unknown_cards)
    if reading.of("parameters"):
        if reading.says(_RUNNING) and not reading.says(_TRAINING):
            return False
        largest = reading.says(_LARGEST) or reading.says(_LARGEST_BATCH)
        return reading.says(_MEMORY_ASKED) or (card and largest)
    if reading.says(_LARGEST_BATCH):  # without the model's own size there is nothing to reckon
        return False
    return card and reading.says(_LARGEST) and reading.says(_MODEL)


def _card_memory(reading: Reading) -> Amount | None:
    """Return the memory that is a card's; none that is called RAM if another is not."""
    amounts = reading.of("memory")
    of_card = [amount for amount in amounts if reading.follows(amount, _OF_CARD)]
    others = [
        amount for amount in amounts if not reading.follows(amount, r"(?:of\s)?(?:\w+\s)?ram\b")
    ]
    return next(iter([*of_card, *others, *amounts]), None)


def _collect_model(reading: Reading) -> Inputs:
    found: Inputs = {}
    values = {
        "parameters": reading.first("parameters"),
        "precision": reading.first("precision"),
        "activations": reading.first("activations"),
        "batch": reading.batch_size,
    }
    found = {name: value for name, value in values.items() if value is not None}
    for optimizer, pattern in _OPTIMIZERS:
        if reading.says(pattern):
            found["optimizer"] = optimizer
            break
    if reading.names_cards:
        found["gpu"] = reading.cards().get("gpu")
    elif memory := _card_memory(reading):
        found["card_memory"] = memory.value
    if reading.says(_LARGEST_BATCH) and "parameters" in found:
        found.pop("batch", None)
    return found


def _finish_model(inputs: Inputs) -> Request:
    if {"parameters", "gpu", "card_memory"} & set(inputs):
        return Request("model_memory", inputs)
    return Request("model_memory", inputs, missing={"parameters": "How many parameters has it?"})


MODEL = Rule(
    "model_memory", _asks_model, _collect_model, _finish_model, (rival("gpu", "card_memory"),)
)
