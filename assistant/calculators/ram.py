"""How much RAM: as much as the largest GPU's memory, and the later, softer advice."""

from __future__ import annotations

import math
from typing import Annotated, Literal

from pydantic import Field

from assistant.calculators.base import Calculator, Inputs, calculation
from assistant.calculators.cards import named_gpus
from assistant.calculators.fields import whole
from assistant.calculators.units import Measured, Quantity, round_to, show
from assistant.errors import InvalidInput
from assistant.types import Calculation, Figure, Value

LEAST = 4  # line 856
KAGGLE, KAGGLE_COMFORT = 32, 64  # line 1086
KITS = (4, 8, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024, 1536, 2048)

_Memory = Measured("GB", 0.5, 4096)


class RamInputs(Inputs):
    """The largest card and what the machine is for, or the RAM that it has."""

    gpu_memory: Annotated[Quantity, Measured("GB", 0.5, 512)] | None = Field(
        None, description="Memory of the largest card in GB"
    )
    gpu: str | None = Field(
        None, max_length=200, description='Cards by name: "Titan RTX", "RTX 2070, GTX 1070"'
    )
    gpus: Annotated[int, whole(1, 64)] | None = Field(
        None, description="How many cards (more cards need no more RAM)"
    )
    use: Literal["general", "large_datasets", "kaggle"] = Field(
        "general", description="What the machine is for"
    )
    system_ram: Annotated[Quantity, _Memory] | None = Field(
        None, description="Backwards: RAM in GB; is it enough, or for how large a card?"
    )


def run_ram(inputs: RamInputs) -> Calculation:
    """Recommend RAM, or judge the RAM that is there."""
    memory, name = _largest_card(inputs)
    ram = None if inputs.system_ram is None else float(inputs.system_ram.magnitude)
    if memory is None:
        if ram is None:
            raise InvalidInput(
                'gpu_memory is missing: give it in GB, or the card\'s name ("Titan RTX").'
            )
        return _largest_served(inputs, ram)
    steps = [f"At least the memory of the largest card: {show(memory)} GB{name} (line 19)."]
    recommended, lines, notes = memory, [(19, 20), (97, 97)], []
    if inputs.use == "kaggle":
        recommended = max(memory, KAGGLE)
        steps.append(
            f"For competitions start with {KAGGLE} or {KAGGLE_COMFORT} GB (line 1086): "
            f"{show(recommended)} GB."
        )
        notes.append(
            f"With {KAGGLE_COMFORT} GB cumbersome memory-saving code is mostly avoided; "
            "128 GB is a bit overkill for most competitions (line 1086)."
        )
        lines += [(21, 21), (1086, 1086)]
    elif inputs.use == "large_datasets":
        notes.append(
            "Large datasets may need more: start here and buy more when it falls short "
            "(lines 20 and 99). The guide gives no figure."
        )
        lines.append((99, 99))
    if (inputs.gpus or 1) > 1:
        notes.append("More GPUs do not necessarily need more RAM (line 19).")
    kit = next((size for size in KITS if size >= recommended), math.ceil(recommended))
    steps.append(f"The next size sold: {kit} GB.")
    notes.append(
        f"A comment calls the rule not so strict: {LEAST} GB will do for most datasets if "
        "they are streamed in small batches (line 856)."
    )
    lines.append((856, 856))
    results: dict[str, Value] = {
        "recommended": Figure(round_to(recommended), "GB"),
        "kit": Figure(kit, "GB"),
        "least": Figure(LEAST, "GB"),
    }
    if inputs.use == "kaggle":
        results["comfortable"] = Figure(max(KAGGLE_COMFORT, kit), "GB")
    if ram is not None:
        results["enough"] = ram >= recommended
        verdict = "enough" if ram >= recommended else "less than the rule asks"
        steps.append(f"{show(ram)} GB against {show(recommended)} GB: {verdict}.")
    return calculation("ram", inputs, results, steps, sorted(lines), notes)


def _largest_card(inputs: RamInputs) -> tuple[float | None, str]:
    """Return the memory of the largest card in GB, and its name for a sentence."""
    if inputs.gpu_memory is not None:
        return float(inputs.gpu_memory.magnitude), ""
    if inputs.gpu is None:
        return None, ""
    cards = [card for _, card in named_gpus(inputs.gpu)]
    unknown = next((card.model for card in cards if card.memory_gb is None), None)
    if unknown:
        raise InvalidInput(f"the memory of the {unknown} is not known: give gpu_memory.")
    largest = max(cards, key=lambda card: card.memory_gb or 0)
    return largest.memory_gb, f" of the {largest.model}"


def _largest_served(inputs: RamInputs, ram: float) -> Calculation:
    steps = [f"{show(ram)} GB of RAM match a card with up to {show(ram)} GB (line 19)."]
    results: dict[str, Value] = {
        "value": Figure(round_to(ram), "GB"),
        "largest_gpu_memory": Figure(round_to(ram), "GB"),
    }
    notes = ["The rule is not so strict: 4 GB will do if data are streamed (line 856)."]
    if inputs.use == "kaggle":
        results["enough"] = ram >= KAGGLE
        notes.append(f"For competitions start with {KAGGLE} or {KAGGLE_COMFORT} GB (line 1086).")
    return calculation("ram", inputs, results, steps, [(19, 20), (856, 856), (1086, 1086)], notes)


CALCULATOR = Calculator(
    "ram",
    "RAM",
    "RAM for a machine by the memory of its largest GPU and its use; or whether a given amount "
    "is enough.",
    RamInputs,
    run_ram,
)
