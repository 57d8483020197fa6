"""Recognise the parts of a build; what is not recognised is listed, never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from assistant.build_check.build import TWO_CPUS, Build
from assistant.build_check.entries import Entry, read_entries
from assistant.errors import InvalidInput
from assistant.types import Part, PartKind
from assistant.understand.names import find_unknown_cards
from assistant.understand.numerals import tidy
from assistant.understand.parts import Mention, find_parts
from assistant.understand.quantities import find_quantities, of_kind
from corpus.types import Hardware

_RAM = re.compile(
    r"(?i)\b(?:ram|ddr\d\w*|dimms?|memory|g\.?skill|vengeance|ripjaws|trident|ballistix)\b"
)
_OF_GPU = re.compile(r"(?i)\b(?:vram|gpu|graphics|video)\b")
_PSU = re.compile(
    r"(?i)\b(?:psus?|power supply|power supplies|80\s?(?:\+|plus)|supernova|seasonic|be quiet|"
    r"corsair (?:ax|hx|rm)\w*)"
)
_NVME = re.compile(
    r"(?i)\bnvme\b|\bm\.2\b|\bpci-?e\b[^,]*\bssd\b|\b9[67]0 (?:evo|pro)\b|"
    r"\d\s?[gt]b pci-?e (?:gen ?\d )?x ?[24]\b"
)
_SSD = re.compile(r"(?i)\bssds?\b|\bsolid state|\b8[456]0 (?:evo|pro)\b")
_HDD = re.compile(
    r"(?i)\bhdds?\b|\bhard ?(?:disks?|drives?)\b|\b\d+(?:\.\d+)?\s?tb\b|\b\d{4,5}\s?rpm\b"
)
_CASE = re.compile(
    r"(?i)\b(?:pc )?case\b(?! fan)|\bcabinet\b|\bchassis\b|\btower\b(?! cooler)|\b[1-8]u\b|"
    r"\brack\b|\bmini[- ]?itx\b"
)
_COOLER = re.compile(
    r"(?i)\bcoolers?\b|\bheat ?sink\b|\baio\b|\bnoctua\b|\bhyper 212\b|"
    r"\b(?:water|liquid)[- ]?cool"
)
_BOARD = re.compile(r"(?i)\b(?:motherboards?|mainboards?|mobos?)\b")
_MONITOR = re.compile(r"(?i)\bmonitors?\b|\bdisplays?\b")
# A model's name of its own: letters and digits in one word ("GA-X99P-SLI", "H100i").
_MODEL = re.compile(r"\b(?=[\w-]*[A-Za-z])(?=[\w-]*\d)[A-Za-z\d][\w-]{3,}\b")
_FIGURE = re.compile(r"(?i)\b\d+[\s-](?:pci-?e\s)?(?:lane|core|thread|slot|inch|pin)")
_FEW_WORDS = 12  # a part; more is a sentence
_PROSE = re.compile(
    r"(?i)\b(?:i|my|me|we|you|your|is|are|was|am|be|do|does|did|can|could|will|would|should|have|has|"
    r"want|what|how|why|if|it|that|this|which|there|please|thanks|think|going|later)\b|\?"
)


@dataclass
class _Found:
    """What has been collected so far."""

    parts: list[Part] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    unknown_kinds: set[PartKind] = field(default_factory=set)
    gpus: list[tuple[int, Hardware]] = field(default_factory=list)
    cpus: list[tuple[int, Hardware]] = field(default_factory=list)
    ram: list[float] = field(default_factory=list)
    watts: list[float] = field(default_factory=list)
    slots: int | None = None
    disks: list[str] = field(default_factory=list)
    case: str | None = None


def read_build(text: str) -> Build:
    """Return the parts of a build given as a part list, as YAML or in words.

    :raises InvalidInput: the text is empty or too long, or names no part of a computer.
    """
    found = _Found()
    for entry in read_entries(text):
        _read_entry(entry, found)
    if not found.parts:
        listed = f" (unknown: {', '.join(found.unknown[:3])})" if found.unknown else ""
        raise InvalidInput(
            f"No part of a computer was recognised{listed}. List the parts one a line, such as "
            '"GPU: 2x RTX 2080 Ti".'
        )
    return Build(
        text=text,
        parts=tuple(found.parts),
        unknown=tuple(dict.fromkeys(found.unknown)),
        gpus=tuple(found.gpus),
        cpus=tuple(found.cpus),
        ram_gb=sum(found.ram) or None,
        psu_watts=sum(found.watts) or None,
        slots=found.slots,
        lanes=_lanes(text),
        disks=tuple(found.disks),
        case=found.case,
        unknown_gpus="gpu" in found.unknown_kinds,
        unknown_cpus="cpu" in found.unknown_kinds,
    )


def _lanes(text: str) -> int | None:
    """Return the lanes that a text gives the CPU, or both of its CPUs."""
    found = re.search(r"(?i)\b(\d{2,3})[\s-](?:pci-?e\s)?lanes?\b(\s(?:each|per cpu))?", text)
    if found is None:
        return None
    return int(found[1]) * (2 if found[2] and re.search(rf"(?i){TWO_CPUS}", text) else 1)


def _read_entry(entry: Entry, found: _Found) -> None:
    before = len(found.parts) + len(found.unknown)
    for mention in find_parts(entry.text, trusting=entry.kind == "gpu"):
        _add_hardware(entry, mention, found)
    for start, end in find_unknown_cards(entry.text):
        found.unknown.append(entry.text[start:end])
        found.unknown_kinds.add("gpu")
    for kind, model, count in _read_others(entry, found):
        found.parts.append(Part(entry.text, kind, model, count))
    if len(found.parts) + len(found.unknown) > before or (found.slots and "slot" in entry.text):
        return
    _add_unnamed(entry, found)


def _add_hardware(entry: Entry, mention: Mention, found: _Found) -> None:
    hardware = mention.hardware
    written = entry.text[mention.start : mention.end].strip(" ,(")
    kind: PartKind = "motherboard" if hardware.kind == "chipset" else hardware.kind
    if kind == "motherboard" and len(entry.text.split()) <= _FEW_WORDS:
        written = entry.text  # the board's own name, of which only the chipset is known
    count = 1 if kind == "motherboard" else mention.count
    found.parts.append(Part(written, kind, hardware.model, count))
    if hardware.kind == "gpu":
        found.gpus.append((count, hardware))
    elif hardware.kind == "cpu":
        found.cpus.append((count, hardware))


def _read_others(entry: Entry, found: _Found) -> Iterator[tuple[PartKind, str, int]]:
    """Yield kind, model and count of parts that have no names in hardware.csv."""
    text, kind = entry.text, entry.kind
    amounts = find_quantities(text)
    memory = of_kind(amounts, "memory")
    if memory and (
        kind == "ram" or (kind is None and _RAM.search(text) and not _OF_GPU.search(text))
    ):
        size = _ram_size(text, memory[0].value)
        found.ram.append(size)
        yield "ram", f"{tidy(size)} GB", _sticks(text)
    powers = of_kind(amounts, "power")
    if powers and (kind == "psu" or (kind is None and _is_supply(text, found))):
        count = _leading_count(text)
        found.watts.append(powers[0].value * count)
        yield "psu", f"{tidy(powers[0].value)} W", count
    slots = of_kind(amounts, "slots")
    if slots:
        found.slots = int(slots[0].value)
    if kind == "disk" or (kind is None and not _RAM.search(text)):
        disk = _disk(text)
        if disk:
            found.disks.append(disk)
            yield "disk", disk, _leading_count(text)
    if kind == "case" or (kind is None and _CASE.search(text)):
        found.case = text
        yield "case", text, 1
    for other, pattern in (("cooler", _COOLER), ("monitor", _MONITOR)):
        alone = kind is None and not find_parts(text) and len(text.split()) <= _FEW_WORDS
        if kind == other or (alone and pattern.search(text)):
            yield ("cooler" if other == "cooler" else "monitor"), text, _leading_count(text)
    if kind == "other":
        yield "other", text, 1


def _ram_size(text: str, size: float) -> float:
    """Return the GB of all sticks: "32GB (2 x 16GB)" is 32, "2x16GB" is 32, "4 16GB sticks" 64."""
    sticks = re.match(r"\s*(\d)\s+\d+\s?gb", text, re.I)
    return size * int(sticks[1]) if sticks else size


def _sticks(text: str) -> int:
    found = re.search(r"(\d{1,2})\s?[x×]\s?\d+\s?gb", text, re.I)
    return int(found[1]) if found else 1


def _leading_count(text: str) -> int:
    found = re.match(r"\s*(\d{1,2})\s?[x×]\s?(?=\D|\d{3})", text)
    return int(found[1]) if found else 1


def _is_supply(text: str, found: _Found) -> bool:
    """Tell whether watts without a label are a supply's, not what a CPU or a card draws."""
    if _PSU.search(text):
        return True
    return (
        not find_parts(text) and re.search(r"(?i)\b(?:cpu|gpu|card|tdp|each|draw)\b", text) is None
    )


def _disk(text: str) -> str | None:
    if _NVME.search(text) and not re.search(r"(?i)\bsata\b", text):
        return "NVMe SSD"
    if _SSD.search(text):
        return "SSD"
    return "hard drive" if _HDD.search(text) else None


def _add_unnamed(entry: Entry, found: _Found) -> None:
    """List an entry of which nothing was recognised, if it is a part at all."""
    text = entry.text
    if entry.kind == "motherboard" or (entry.kind is None and _BOARD.search(text)):
        found.unknown.append(text)
        found.unknown_kinds.add("motherboard")
    elif entry.kind is not None or _looks_like_part(text):
        found.unknown.append(text)
        if entry.kind is not None:
            found.unknown_kinds.add(entry.kind)


def _looks_like_part(text: str) -> bool:
    return (
        len(text.split()) <= _FEW_WORDS
        and bool(_MODEL.search(text))
        and not _FIGURE.search(text)
        and not _PROSE.search(text)
    )
