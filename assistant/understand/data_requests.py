"""Batches from disk and over PCIe, and videos: what a question gives their calculators."""

from __future__ import annotations

from assistant.understand.quantities import Amount
from assistant.understand.request import Inputs, Reading, Request, Rule, link, rival, written

_WHY = r"\bwhy\b"
_STEP = (
    r"\b(?:steps?|forward|backward|comput\w+|iterations?|gpu|pass|training|trains?|batch|works?)\b"
)
_ASK_BATCH = 'How large is a mini-batch? For example "32x225x225x3".'


def _times(reading: Reading) -> list[Amount]:
    """Return the short times of a question, in ms: seconds count when they are of a step."""
    return reading.of("time") or [
        Amount("time", amount.value * 3_600_000, "ms", amount.start, amount.end)
        for amount in reading.of("duration")
        if amount.value < 0.1
    ]


def _step_and_limit(reading: Reading) -> tuple[float | None, float | None]:
    """Return the time of a training step and the time that is allowed, in ms."""
    step = limit = None
    for amount in _times(reading):
        if reading.leads(
            amount, r"\b(?:within|under|below|less than|at most|in|no more than|max\w*)\b"
        ) and (not reading.follows(amount, rf"(?:[a-z-]+\s){{0,2}}?(?:{_STEP})")):
            limit = amount.value
        else:
            step = amount.value
    return step, limit


# --- disk

_DISK = r"\b(?:disks?|drives?|ssds?|hdds?|nvme|hard[- ]?(?:disks?|drives?)|spinning|storage|read)\b"
_LINK = r"\b(?:pci-?e\w*|pci express|lanes?|transfer\w*|bus|copy\w*|x(?:16|8|4|2|1))\b"


def _asks_disk(reading: Reading) -> bool:
    if reading.says(_WHY) or not reading.says(_DISK):
        return False
    size = reading.of("shape") or (reading.of("image") and reading.of("batch")) or _file(reading)
    asks = r"\b(?:how|what|which|enough|slow|bottleneck|keep up|fast|long|need|time)\b"
    return bool(size) and reading.says(asks)


def _file(reading: Reading) -> Amount | None:
    """Return the size of a batch in bytes, if it is said."""
    for amount in reading.of("memory"):
        if reading.follows(
            amount, r"(?:mini-?)?(?:batch\w*|of (?:data|images)|reads?|files?|chunk)"
        ) or (reading.leads(amount, r"\b(?:batch\w*|reads?|load\w*)\b")):
            return amount
    return None


def _collect_disk(reading: Reading) -> Inputs:
    found = reading.batch()
    file = _file(reading)
    if file is not None and not {"shape", "height"} & set(found):
        digits = reading.text[file.start : file.end]
        found["bytes"] = digits if file.unit else file.value
    for speed in reading.of("speed")[:1]:
        found["speed"] = written(speed.value, "MB/s")
    if "speed" not in found:
        drives = (
            ("nvme", r"\b(?:nvme|m\.2|pci-?e ssd)\b"),
            ("sata_ssd", r"\bssd\b"),
            ("hdd", r"\b(?:hdd|hard[- ]?(?:disk|drive)|spinning)"),
        )
        named = [drive for drive, pattern in drives if reading.says(pattern)]
        if named and not reading.says(
            r"(?:what|which) (?:kind of |sort of )?(?:drive|disk|ssd)|read speed"
        ):
            found["drive"] = named[0]
    step, limit = _step_and_limit(reading)
    if step is not None:
        found["step_time"] = step
    if limit is not None:
        found["read_time"] = limit
        found.pop("drive", None)
    if reading.says(r"\basync\w*|ahead|prefetch\w*|background|worker"):
        found["asynchronous"] = True
    elif reading.says(r"\bblocking|synchronous"):
        found["asynchronous"] = False
    return found


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
    if reading.says(_WHY) or not reading.says(_LINK):
        return False
    return bool(reading.of("shape") or (reading.of("image") and reading.of("batch")))


def _collect_transfer(reading: Reading) -> Inputs:
    found = reading.batch()
    step, limit = _step_and_limit(reading)
    if step is not None:
        found["step_time"] = step
    if limit is not None:
        found["transfer_time"] = limit
    return found | link(reading)


TRANSFER = Rule(
    "pcie_transfer",
    _asks_transfer,
    _collect_transfer,
    lambda inputs: _finish_batch("pcie_transfer", inputs),
    (_SIZES, rival("lanes", "transfer_time")),
)

# --- videos


def _asks_video(reading: Reading) -> bool:
    streams = reading.says(r"\b(?:streams?|cameras?|feeds|videos?)\b")
    asks = reading.says(r"\b(?:how|what|which|can|could|will|enough)\b")
    return streams and asks and bool(reading.of("resolution") and reading.of("fps"))


def _collect_video(reading: Reading) -> Inputs:
    """Read what is known, which stands after the number of streams, and what is wanted."""
    counts = reading.of("streams") or reading.of("number")
    formats = reading.of("resolution"), reading.of("fps")
    found: Inputs = {}
    if counts:
        found["streams"] = counts[0].value
    if len(counts) > 1 and counts[1].kind == "streams":
        found["to_streams"] = counts[1].value
    start = counts[0].start if counts else 0
    for name, amounts in zip(("height", "fps"), formats, strict=True):
        known = next((amount for amount in amounts if amount.start >= start), None) or (
            amounts[0] if amounts else None
        )
        wanted = next((amount for amount in amounts if amount is not known), None)
        for side, amount in (("from", known), ("to", wanted)):
            if amount is not None:
                found[f"{side}_{name}"] = amount.value
    return found


def _finish_video(inputs: Inputs) -> Request:
    asks = {
        "streams": "How many streams are known to work?",
        "from_height": "At which resolution do they work?",
        "from_fps": "At how many frames a second do they work?",
    }
    missing = {name: words for name, words in asks.items() if name not in inputs}
    return Request("video_streams", inputs, missing=missing)


VIDEO = Rule("video_streams", _asks_video, _collect_video, _finish_video)
