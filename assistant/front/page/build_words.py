"""Words of the build report: the summary, names of checks, what to write instead."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.types import About, BuildReport, PartKind, Verdict, VerdictKind
from assistant.understand.names import fold_name
from corpus.load import load_hardware

ORDER: tuple[VerdictKind, ...] = ("fails", "look", "unknown", "fine")
GROUPS: dict[VerdictKind, str] = {
    "fails": "To mend",
    "look": "To look at",
    "unknown": "To find out",
    "fine": "Fine",
}
MARKS: dict[VerdictKind, str] = {"fails": "✕", "look": "!", "unknown": "?", "fine": "✓"}
ABOUT: dict[About, str] = {
    "power": "Power supply",
    "connectors": "Power connectors",
    "slots": "Slots",
    "lanes": "PCIe lanes",
    "ram": "RAM",
    "cpu": "CPU",
    "cooling": "Cooling",
    "mixed_gpus": "GPUs together",
    "disk": "Disk",
    "case": "Case",
}
KINDS: dict[PartKind, str] = {
    "gpu": "Graphics card",
    "cpu": "CPU",
    "ram": "RAM",
    "psu": "Power supply",
    "motherboard": "Motherboard",
    "disk": "Disk",
    "case": "Case",
    "cooler": "Cooler",
    "monitor": "Monitor",
    "other": "Other",
}
_LIKE = 0.72  # how alike two names must be, from 0 to 1, to take one for the other's slip
_HARDWARE = {"gpu": "gpu", "card": "gpu", "graphics": "gpu", "cpu": "cpu", "processor": "cpu",
             "motherboard": "chipset", "board": "chipset"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do about a part that was not recognised; instead is a name to write, if any."""

    written: str
    words: str
    instead: str = ""


def worst_first(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """Return the verdicts, what will not work first."""
    return sorted(verdicts, key=lambda verdict: ORDER.index(verdict.verdict))


def summarise(report: BuildReport) -> str:
    """Return the findings in one line: "1 thing to mend, 2 to look at, 5 fine"."""
    counts = Counter(verdict.verdict for verdict in report.verdicts)
    if set(counts) == {"fine"}:
        return f"All {counts['fine']} checks are fine"
    told = [f"{counts[kind]} {GROUPS[kind].lower()}" for kind in ORDER if counts[kind]]
    number, _, rest = told[0].partition(" ")
    told[0] = f"{number} {'thing' if number == '1' else 'things'} {rest}"
    return ", ".join(told)


def advise(part: str, text: str) -> Advice:
    """Return what to write instead of a part that was not recognised in a text."""
    kind = _kind(part, text)
    close = _closest(part, kind)
    if close:
        return Advice(part, f"is {close} meant?", close)
    if kind == "chipset":
        return Advice(part, "of boards only the chipset is known: write “Motherboard: X399”.")
    if kind == "cpu":
        return Advice(part, "write its name as the maker does: “CPU: Core i7-8700K”.")
    if kind == "gpu":
        return Advice(part, "write its name as the maker does: “GPU: 2x RTX 2080 Ti”.")
    return Advice(part, "say what it is: “GPU: …”, “CPU: …”, “RAM: 32 GB”, “PSU: 850 W”.")


def _kind(part: str, text: str) -> str:
    """Return what the label of the part's line says: gpu, cpu, chipset, or nothing."""
    line = next((line for line in text.splitlines() if part in line), "")
    label = re.match(r"\s*[-*•]?\s*([A-Za-z ]+?)\s*[:=]", line)
    words = label[1].lower().split() if label else []
    return next((_HARDWARE[word] for word in words if word in _HARDWARE), "")


def _closest(part: str, kind: str) -> str:
    names = {
        fold_name(name): hardware.model
        for hardware in load_hardware()
        if kind in ("", hardware.kind)
        for name in (hardware.model, *hardware.aliases)
    }
    found = difflib.get_close_matches(fold_name(part), names, n=1, cutoff=_LIKE)
    return names[found[0]] if found else ""
