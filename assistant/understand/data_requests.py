"""Batches from disk and over PCIe: what a question gives their calculators."""

from __future__ import annotations

import re

from assistant.understand.quantities import Amount
from assistant.understand.request import Inputs, Reading, Request, Rule, link, rival, written

_WHY = r"\bwhy\b"
_STEP = (
    r"\b(?:steps?|forward|backward|comput\w+|iterations?|gpu|pass|training|trains?|batch|works?)\b"
)
_WITHIN = (
    r"\b(?:within|under|below|less than|at most|in|no more than|max\w*|spare|allow\w*|budget|"
    r"afford|up to|grant\w*)\b"
)
# What a time is for: "a tenth of a second for loading each batch"
_STEP_IN = r"\b(?:steps?|iterations?|pass|forward|backward)\b\W+(?:\w+\W+){0,2}?in\W*$"
_MOVING = r"(?:for|to|on)\s(?:the\s)?(?:load|read|fetch|cop(?:y|ies)|transfer|upload|mov(?:e|ing))"
# "30 MB a second": no time, but what follows a noun that is counted. "a second each step" is one.
_SECOND_OF_TIME = (
    r"\b(?:takes?|took|taking|in|within|under|of|for|half|least|most|about|around|roughly|than|is|"
    r"lasts?|spends?|needs?|computes?|every|only|just|spare|have)\s*$"
)
_LARGEST_BATCH = 100_000  # more images are a data set
_SHORT_HOURS = 0.1  # longer times are those of a run, not of a step
_ASK_BATCH = 'How large is a mini-batch? For example "32x225x225x3".'


def _times(reading: Reading) -> list[Amount]:
    """Return the short times of a question, in ms: seconds count when they are of a step."""
    return reading.of("time") or [
        Amount("time", round(amount.value * 3_600_000, 6), "ms", amount.start, amount.end)
        for amount in reading.of("duration")
        if amount.value < _SHORT_HOURS and not _is_rate(reading, amount)
    ]


def _is_rate(reading: Reading, amount: Amount) -> bool:
    """Tell whether "a second" is what something is counted for: "batches a second"."""
    said = reading.text[amount.start : amount.end].lower()
    return said == "a second" and not reading.leads(amount, _SECOND_OF_TIME)


def _step_and_limit(reading: Reading) -> tuple[float | None, float | None]:
    """Return the time of a training step and the time that is allowed, in ms."""
    step = limit = None
    for amount in _times(reading):
        of_step = reading.follows(amount, rf"(?:[a-z-]+\s){{0,2}}?(?:{_STEP})") or reading.leads(
            amount, _STEP_IN
        )
        if reading.follows(amount, _MOVING) or (reading.leads(amount, _WITHIN) and not of_step):
            limit = amount.value
        else:
            step = amount.value
    return step, limit


def _batch_of_images(reading: Reading) -> bool:
    batch = reading.batch_size
    images = reading.images and batch is not None and batch <= _LARGEST_BATCH
    return bool(reading.of("shape") or images)


# --- disk

_DISK = (
    r"\b(?:disks?|drives?|ssds?|hdds?|nvme|hard[- ]?(?:disks?|drives?)|spinning|storage|read|nas|"
    r"raid)\b"
)
_DISK_ELSE = (
    r"\b(?:why|wear\w*|worn|die[sd]?|fail\w*|lifetime|endurance|tbw|cache\w*|caching|optane|fill\w*|"
    r"capacity)\b"
)
_SPEED_ASKED = (
    r"\b(?:what|which|how many|how much) (?:(?:kind|sort|type) of )?(?:[a-z]+ )?(?:drive|disk|ssd|"
    r"speed|throughput|[mg]b|megabytes)|read speed|how (?:fast|quick) (?:must|should|do|does|has|"
    r"have|would|is) .{0,40}\b(?:be|need|have)\b"
)
_AHEAD = (
    r"\b(?:async\w*|ahead|prefetch\w*|pre-?load\w*|(?:in|by) the background|background|workers?)\b"
)
_BLOCKING = (
    r"\b(?:blocking|synchronous\w*|only (?:reads?|loads?|starts?|when|once|after)|on demand|"
    rf"(?:no|not|without|never|\w+n['’]t)\s(?:[a-z]+\s){{0,2}}?{_AHEAD})"
)
_MEGABYTES = re.compile(r"(?i)[\s-]*([kmgt])(?:i?b\b|\w*bytes?\b|igs?\b)")
_LANES_ASKED = r"\b(?:how many|number of|which|what) (?:[\w-]+ ){0,2}?(?:lanes|width)\b"
_LINK = (
    r"\b(?:pci-?e\w*|pci express|lanes?|transfer\w*|bus|cop(?:y|ies|ied)\w*|x(?:16|8|4|2|1)|"
    r"(?:push|mov|send|shov|ship|upload|haul|shift)\w*\b.{0,60}\b(?:on\s?to|into|to|over to)\s"
    r"(?:the\s|my\s|an?\s|our\s)?(?:gpu|card|vram))\b"
)


def _asks_disk(reading: Reading) -> bool:
    if reading.says(_DISK_ELSE) or not reading.says(_DISK):
        return False
    asks = r"\b(?:how|what|which|enough|slow|bottleneck|keep up|fast|long|need|time|ms)\b"
    return (_batch_of_images(reading) or _file(reading) is not None) and reading.says(asks)


def _file(reading: Reading) -> Amount | None:
    """Return the size of a batch in bytes, if it is said."""
    for amount in reading.of("memory"):
        if reading.follows(
            amount, r"(?:mini-?)?(?:batch\w*|of (?:data|images)|reads?|files?|chunk)"
        ) or (reading.leads(amount, r"\b(?:(?:mini-?)?batch\w*|reads?|reading|load\w*)\b")):
            return amount
    return None


def _collect_disk(reading: Reading) -> Inputs:
    found = reading.batch()
    file = _file(reading)
    if file is not None and not {"shape", "height"} & set(found):
        digits = reading.text[file.start : file.end]
        found["bytes"] = _MEGABYTES.sub(lambda unit: f" {unit[1].upper()}B", digits)
    for speed in reading.of("speed")[:1]:
        found["speed"] = written(speed.value, "MB/s")
    if "speed" not in found:
        drives = (
            ("nvme", r"\b(?:nvme|m\.2|pci-?e ssd)\b"),
            ("sata_ssd", r"\bssds?\b"),
            ("hdd", r"\b(?:hdd|hard[- ]?(?:disk|drive)|spinning|rotating|mechanical)"),
        )
        named = [drive for drive, pattern in drives if reading.says(pattern)]
        if named and not reading.says(_SPEED_ASKED):
            found["drive"] = named[0]
    step, limit = _step_and_limit(reading)
    if step is not None:
        found["step_time"] = step
    if limit is not None:
        found["read_time"] = limit
        found.pop("drive", None)
    return found | _fetching(reading)


def _fetching(reading: Reading) -> Inputs:
    """Return whether the next mini-batch is fetched while this one is computed, if it is said."""
    if reading.says(_BLOCKING):
        return {"asynchronous": False}
    return {"asynchronous": True} if reading.says(_AHEAD) else {}


def _finish_batch(calculator: str, inputs: Inputs) -> Request:
    sized = {"shape", "bytes"} & set(inputs) or {"batch", "height"} <= set(inputs)
    missing = {} if sized else {"shape": _ASK_BATCH}
    return Request(calculator, inputs, missing=missing)


_SIZES = rival("shape", "batch height width channels")
DISK = Rule(
    "disk_read",
    _asks_disk,
    _collect_disk,
    lambda inputs: _finish_batch("disk_read", inputs),
    (
        _SIZES,
        rival("bytes", "shape batch height width channels"),
        rival("speed", "drive read_time"),
    ),
)

# --- PCIe transfer


def _asks_transfer(reading: Reading) -> bool:
    if reading.says(_WHY) or not (reading.says(_LINK) or reading.of("lanes", "generation")):
        return False
    return _batch_of_images(reading)


def _collect_transfer(reading: Reading) -> Inputs:
    found = reading.batch()
    step, limit = _step_and_limit(reading)
    if step is not None:
        found["step_time"] = step
    if limit is not None:
        found["transfer_time"] = limit
    lanes = [amount.value for amount in reading.of("lanes")]
    # "how much faster with 16 lanes than with x4?" has x4: the calculator compares it with 16.
    found |= link(reading) | ({"lanes": min(lanes)} if lanes else {})
    if "transfer_time" in found and lanes:
        # "Does x8 do it in 5 ms?" is answered by its time; "how many lanes?" by the lanes.
        found.pop("lanes" if reading.says(_LANES_ASKED) else "transfer_time")
    return found


TRANSFER = Rule(
    "pcie_transfer",
    _asks_transfer,
    _collect_transfer,
    lambda inputs: _finish_batch("pcie_transfer", inputs),
    (_SIZES, rival("lanes", "transfer_time")),
)
