"""The guide's rules on RAM, CPU, cooling, disk and case: one function a rule."""

from __future__ import annotations

from typing import Any

from assistant.build_check.build import Build
from assistant.build_check.rules import FEW_GPUS, MOST_GPUS, calculate, number, verdict
from assistant.calculators.units import counted
from assistant.types import Verdict

LEAST_RAM = 4  # line 856
SOFTER_CORES = {3: 4, 4: 6}  # line 1013: GPUs: cores

# Makers' names for how a card is cooled.
_WATER = (
    r"(?<!without )(?<!no )\b(?:water|liquid)[- ]?(?:cool\w*|block)|\bhybrid\b|"
    r"\bhydro copper\b|\bsea ?hawk\b"
)
_OPEN = (
    r"\bnon-?blower|\bnot? blower|\bopen[- ](?:air|fans?)|"
    r"\b(?:dual|twin|triple|two|three)[- ]fans?\b|"
    r"\bwindforce\b|\btwin frozr\b|\bstrix\b|\bgaming x\b|\bftw3?\b|\bacx\b"
)
_BLOWER = r"\bblowers?\b|\bturbo\b|\baero\b"
_SPACED = r"\b(?:space|gap|room|slots?) between\b|\b(?:spaced|apart)\b"
_BESIDE = r"\b(?:next to each other|adjacent|side by side|too close|no space|tiny space|close to)\b"
_CPU_COOLER = r"(?:cpu|processor)[^,;.\n]{0,30}(?:water|liquid)|(?:water|liquid)[^,;.\n]{0,20}cpu"


def check_ram(build: Build) -> Verdict | None:
    """Compare RAM with the memory of the largest card (lines 19 and 97)."""
    known = [card.memory_gb for _, card in build.gpus if card.memory_gb is not None]
    if not known:
        if build.ram_gb is None:
            return None
        text = "RAM should match the memory of the largest GPU, which is not known here."
        return verdict("ram", "unknown", text, 19, 97)
    inputs: dict[str, Any] = {"gpu_memory": max(known)}
    if build.says(r"kaggle|competition"):
        inputs["use"] = "kaggle"
    if build.ram_gb is not None:
        inputs["system_ram"] = build.ram_gb
    calculation = calculate("ram", inputs)
    if isinstance(calculation, str):
        return verdict("ram", "unknown", calculation, 19, 97)
    wanted = f"{number(calculation, 'recommended'):g} GB"
    if build.ram_gb is None:
        text = f"The RAM is not given. Get at least {wanted}, as much as the largest GPU has."
        return verdict("ram", "unknown", text, calculation=calculation)
    have = f"{build.ram_gb:g} GB"
    if calculation.results["enough"] is True:
        text = f"{have} of RAM is enough: {wanted} would do. Its clock rate hardly matters."
        return verdict("ram", "fine", text, 16, 19, 97, calculation=calculation)
    if build.ram_gb < LEAST_RAM:
        text = f"{have} of RAM is too little to work with; get at least {wanted}."
        return verdict("ram", "fails", text, 19, 856, calculation=calculation)
    text = f"{have} of RAM is less than the {wanted} wanted. It works if you stream your data."
    return verdict("ram", "look", text, 19, 97, 856, calculation=calculation)


def check_cpu(build: Build) -> Verdict | None:
    """Compare the CPU's cores with the number of GPUs (lines 48, 49 and 1013)."""
    count = build.gpu_count
    if not count:
        return None
    cores = [cpus * (cpu.cores or 0) for cpus, cpu in build.cpus]
    threads = [cpus * (cpu.threads or 0) for cpus, cpu in build.cpus]
    inputs: dict[str, Any] = {"gpus": count}
    if build.says(r"before (?:any |the )?train|preprocessed"):
        inputs["strategy"] = "before_training"
    calculation = calculate("cpu_threads", inputs)
    if isinstance(calculation, str):
        return verdict("cpu", "unknown", calculation, 48)
    wanted = (
        f"{number(calculation, 'cores'):g} cores or {number(calculation, 'recommended'):g} threads"
    )
    if not cores or not all(cores) or build.unknown_cpus:
        text = f"The CPU is not known; these GPUs want {wanted}."
        return verdict("cpu", "unknown", text, calculation=calculation)
    have = f"{sum(cores)} cores with {sum(threads)} threads"
    enough = sum(cores) >= number(calculation, "cores")
    if enough or sum(threads) >= number(calculation, "recommended"):
        text = f"{have} are enough for {counted(count, 'GPU')}; the guide wants {wanted}."
        return verdict("cpu", "fine", text, calculation=calculation)
    if sum(cores) >= SOFTER_CORES.get(count, 10_000):
        text = f"{have} do for {counted(count, 'GPU')} by a later comment; line 48 wants {wanted}."
        return verdict("cpu", "fine", text, 48, 1013, calculation=calculation)
    text = (
        f"{have} are few for {counted(count, 'GPU')}; the guide wants {wanted} if you preprocess "
        "meanwhile."
    )
    return verdict("cpu", "look", text, 48, 49, 1013, calculation=calculation)


def check_cooling(build: Build) -> Verdict | None:
    """Look at fans and spacing of several GPUs (lines 11, 70, 75 and 81)."""
    count = build.gpu_count
    if not count:
        return None
    inputs: dict[str, Any] = {"gpus": min(count, 16)}
    watered = build.says(_WATER) and not build.says(_CPU_COOLER)
    beside, spaced = build.says(_BESIDE), build.says(_SPACED)
    if beside or spaced:
        inputs["spacing"] = "adjacent" if beside else "spaced"
    if watered:
        inputs["water"] = True
    opened = build.says(_OPEN)
    if opened or build.says(_BLOWER):
        inputs["fan"] = "open" if opened else "blower"
    calculation = calculate("cooling", inputs)
    if isinstance(calculation, str):
        return verdict("cooling", "unknown", calculation, 81)
    if count == 1:
        return verdict(
            "cooling", "fine", "Air is best for one GPU.", 70, 81, calculation=calculation
        )
    if watered:
        text = "Water keeps several GPUs at full speed; it costs more money and work."
        return verdict("cooling", "fine", text, 77, 81, calculation=calculation)
    if spaced and not beside and count < FEW_GPUS:
        text = "Air cooling is fine for two GPUs with space between them."
        return verdict("cooling", "fine", text, 70, calculation=calculation)
    if "fan" not in inputs and not beside and count < FEW_GPUS:
        text = "Leave space between the two GPUs, or get blower-style ones: the fans are not given."
        return verdict("cooling", "unknown", text, 70, 81, calculation=calculation)
    if inputs.get("fan") == "blower":
        text = f"Blower-style GPUs are right here; expect {calculation.results['value']}."
        return verdict("cooling", "fine", text, 75, 81, calculation=calculation)
    text = f"Get blower-style GPUs, or water; else expect {calculation.results['value']}."
    return verdict("cooling", "look", text, 11, 75, 81, calculation=calculation)


def check_disk(build: Build) -> Verdict | None:
    """Look for an SSD (line 58), and for a PCIe SSD beside four GPUs (line 474)."""
    if "NVMe SSD" in build.disks and build.gpu_count >= MOST_GPUS:
        text = (
            "A PCIe SSD beside four GPUs may not work: boards often run only four PCIe devices. "
            "Ask the board's maker, or take a SATA SSD."
        )
        return verdict("disk", "look", text, 397, 474)
    if {"SSD", "NVMe SSD"} & set(build.disks):
        text = "An SSD for comfort is right; a large, slow hard drive can hold the datasets."
        return verdict("disk", "fine", text, (58, 59), 1065)
    if not build.disks:
        text = "No disk is given. Get an SSD for comfort and a large hard drive for datasets."
        return verdict("disk", "unknown", text, (58, 59))
    inputs = {"shape": "32x225x225x3", "drive": "hdd", "step_time": 200, "asynchronous": True}
    calculation = calculate("disk_read", inputs)
    text = "A hard drive does if data are fetched ahead; an SSD makes work much smoother."
    if isinstance(calculation, str):
        return verdict("disk", "look", text, (57, 58))
    return verdict("disk", "look", text, (57, 58), calculation=calculation)


def check_case(build: Build) -> Verdict | None:
    """Warn of small cases and racks (line 85)."""
    if build.case is None:
        return None
    if build.says(r"\bmini[- ]?itx\b|\bmicro[- ]?atx\b|\bsmall (?:form factor|case)\b|\bsff\b"):
        text = "Be suspicious of a small case: check that it takes full-length GPUs."
        return verdict("case", "look", text, 79, 85)
    if build.says(r"\b[1-8]u\b|\brack\b") and build.gpu_count > 1:
        text = "Check that the rack case takes full-length GPUs upright and gets their heat out."
        return verdict("case", "look", text, 85, 1165)
    text = "Most cases take full-length GPUs: check this one's length; a dear case cools no better."
    return verdict("case", "unknown", text, 79, 85)
