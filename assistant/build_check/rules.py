"""The guide's rules on power, slots, lanes and cards: one function a rule."""

from __future__ import annotations

from typing import Any

from assistant.build_check.build import Build
from assistant.calculators.registry import get
from assistant.calculators.units import counted
from assistant.errors import InvalidInput, NoSolution
from assistant.types import About, Calculation, Figure, Verdict, VerdictKind
from corpus.types import Lines

FEW_GPUS, MOST_GPUS = 3, 4  # lines 34, 83 and 111


def verdict(
    about: About,
    kind: VerdictKind,
    text: str,
    *lines: int | tuple[int, int],
    calculation: Calculation | None = None,
) -> Verdict:
    """Return a verdict on some lines; without any, on those of its calculation."""
    spans = tuple(Lines(*(line if isinstance(line, tuple) else (line, line))) for line in lines)
    return Verdict(
        about, kind, text, spans or (calculation.lines if calculation else ()), calculation
    )


def calculate(name: str, inputs: dict[str, Any]) -> Calculation | str:
    """Return a calculation, or the sentence that says why there is none."""
    try:
        return get(name).calculate(inputs)
    except (InvalidInput, NoSolution) as error:
        return str(error).removeprefix(f"{name}: ")


def number(calculation: Calculation, name: str) -> float:
    """Return a figure of a calculation as a number."""
    value = calculation.results[name]
    assert isinstance(value, Figure)
    return value.value


def card_inputs(build: Build) -> dict[str, Any]:
    """Return the cards as a calculator reads them: one name and a count, or a list."""
    models = {card.model for _, card in build.gpus}
    if len(models) == 1:
        return {"gpu": models.pop(), "count": build.gpu_count}
    return {"gpu": ", ".join(f"{count}x {card.model}" for count, card in build.gpus)}


def check_power(build: Build) -> Verdict | None:
    """Compare the supply with lines 62 and 101."""
    if not build.gpus:
        return None
    if any(card.power_w is None for _, card in build.gpus):
        return verdict("power", "unknown", "The watts of a card are not known.", 62, 101)
    inputs = card_inputs(build)
    watts = [count * (cpu.power_w or 0) for count, cpu in build.cpus]
    if watts and all(watts):
        inputs["cpu_watts"] = sum(watts)
    if build.psu_watts is not None:
        inputs["supply_watts"] = build.psu_watts
    calculation = calculate("psu", inputs)
    if isinstance(calculation, str):
        return verdict("power", "unknown", calculation, 62, 101)
    wanted = f"{number(calculation, 'recommended'):g} W"
    if build.unknown_gpus:
        text = f"A card is not known. The known ones ask for {wanted}."
        return verdict("power", "unknown", text, calculation=calculation)
    if build.psu_watts is None:
        text = f"The power supply is not given. The guide's rules ask for {wanted}."
        return verdict("power", "unknown", text, calculation=calculation)
    supply = f"{build.psu_watts:g} W"
    if build.psu_watts < number(calculation, "components"):
        text = f"{supply} is less than GPUs and CPU draw together. Get {wanted}."
        return verdict("power", "fails", text, calculation=calculation)
    if build.psu_watts < max(number(calculation, rule) for rule in ("worked_rule", "tldr_rule")):
        text = f"{supply} leaves less room than the guide's rules ask for: {wanted} would do."
        return verdict("power", "look", text, calculation=calculation)
    text = f"{supply} is enough: the guide's rules ask for {wanted}."
    return verdict("power", "fine", text, calculation=calculation)


def check_connectors(build: Build) -> Verdict | None:
    """Name the PCIe power connectors that the cards need (line 63)."""
    if not build.gpus:
        return None
    if any(not card.connectors for _, card in build.gpus) or build.unknown_gpus:
        text = "The power connectors of a card are not known: count them on card and supply."
        return verdict("connectors", "unknown", text, 63, 103)
    if all(card.connectors == "none" for _, card in build.gpus):
        return verdict("connectors", "fine", "The slot feeds the cards: no connectors needed.", 63)
    calculation = calculate("psu", card_inputs(build))
    if isinstance(calculation, str):
        return verdict("connectors", "unknown", calculation, 63, 103)
    needed = calculation.results["connectors"]
    text = f"The cards need {needed}. Check that the supply has them; its watts do not tell."
    return verdict("connectors", "unknown", text, 63, 103, calculation=calculation)


def check_slots(build: Build) -> Verdict | None:
    """Compare the slots with the width of the cards (lines 111 and 141)."""
    count = build.gpu_count
    if not count:
        return None
    widths = [card.width_slots for _, card in build.gpus]
    width = max((known for known in widths if known is not None), default=2.0)
    inputs: dict[str, Any] = {"gpus": count, "gpu_width": width}
    if build.slots is not None:
        inputs["slots"] = build.slots
    calculation = calculate("slots_and_lanes", inputs)
    if isinstance(calculation, str):
        return verdict("slots", "fails", calculation, 83, 111)
    needed = f"{count} GPUs of {width:g} slots need {number(calculation, 'slots'):g} slots"
    if count > MOST_GPUS:
        text = f"{needed}. Boards usually take at most four GPUs: this takes a server's board."
        return verdict("slots", "look", text, 83, 111, 141, calculation=calculation)
    if build.slots is not None:
        fits = calculation.results["fits"] is True
        text = f"{needed}; there are {build.slots}."
        return verdict(
            "slots", "fine" if fits else "fails", text, 111, 141, calculation=calculation
        )
    if count == 1:
        text = "One GPU needs one PCIe x16 slot and covers the one beside it."
        return verdict("slots", "fine", text, 111, 141, calculation=calculation)
    text = f"{needed}, counted from the first. Check the board's: they are not given."
    return verdict("slots", "unknown", text, 83, 141, calculation=calculation)


def check_lanes(build: Build) -> Verdict | None:
    """Split the CPU's lanes over the GPUs (line 34)."""
    count = build.gpu_count
    if not count:
        return None
    lanes = [cpus * (cpu.lanes or 0) for cpus, cpu in build.cpus] or [build.lanes or 0]
    if not all(lanes) or build.unknown_cpus:
        if count <= FEW_GPUS:
            text = "With up to three GPUs PCIe lanes hardly matter, whatever the CPU has."
            return verdict("lanes", "fine", text, 34)
        text = "The CPU's PCIe lanes are not known: four GPUs should have 8 each, 32 in all."
        return verdict("lanes", "unknown", text, 34)
    inputs: dict[str, Any] = {"gpus": count, "cpu_lanes": sum(lanes)}
    ssd = 4 if "NVMe SSD" in build.disks else 0
    if ssd and sum(lanes) - ssd >= 4 * count:
        inputs["ssd_lanes"] = ssd
    calculation = calculate("slots_and_lanes", inputs)
    if isinstance(calculation, str):
        return verdict("lanes", "fails", calculation, 34, 217)
    split = f"{sum(lanes)} lanes give {counted(count, 'GPU')} {calculation.results['split']}"
    if count > MOST_GPUS:
        text = f"{split}. Beyond four GPUs lanes limit how well they work on one network."
        return verdict("lanes", "look", text, 34, 1193, calculation=calculation)
    if build.cpu_count > 1 and count > 1:
        text = f"{split}, on two CPUs: GPUs of different CPUs exchange data through CPU memory."
        return verdict("lanes", "look", text, 225, 229, calculation=calculation)
    if count == MOST_GPUS and number(calculation, "lanes_each") < 8:
        text = f"{split}. With four GPUs make sure of 8 lanes each."
        return verdict("lanes", "look", text, 34, 878, calculation=calculation)
    text = f"{split}; with up to three GPUs lanes hardly matter, and 8 each do for four."
    return verdict("lanes", "fine", text, 34, calculation=calculation)


def check_mixed_gpus(build: Build) -> Verdict | None:
    """Tell what different GPUs in one machine cannot do (lines 507 and 1135)."""
    models = {card.model for _, card in build.gpus}
    if build.gpu_count < 2:
        return None
    if len(models) == 1:
        text = "GPUs of one kind can work on one network together."
        return verdict("mixed_gpus", "fine", text, 1135)
    if build.says(r"(?:drive|run|for|use\w*|power)\b.{0,20}\b(?:monitors?|displays?|screens?)\b"):
        text = "A second, other GPU for the monitors is fine; the two do not share a network."
        return verdict("mixed_gpus", "fine", text, 456, 1179)
    text = (
        f"{' and '.join(sorted(models))} can run different networks side by side; one network "
        "cannot be shared over both."
    )
    return verdict("mixed_gpus", "look", text, 507, 1135, 1198)
