"""How long a mini-batch takes over PCIe, in theory and in practice (lines 25-31)."""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import Field

from assistant.calculators.base import Calculator, calculation
from assistant.calculators.batches import BatchInputs
from assistant.calculators.fields import whole
from assistant.calculators.units import Measured, Quantity, figure, quantity, show
from assistant.errors import InvalidInput, NoSolution
from assistant.types import Calculation, Figure, Value

# GiB/s a lane. Line 173 gives 1 for PCIe 3.0; lines 333 and 832 half of it for 2.0, line 1120
# twice for 4.0. The outer two follow the standard's doubling.
LANE_RATE = {1: 0.25, 2: 0.5, 3: 1.0, 4: 2.0, 5: 4.0}
WIDTHS = (1, 2, 4, 8, 16)
PRACTICE = 2  # line 25: "in practice you often see PCIe be twice as slow"

RATE_NOTE = (
    "1 GB/s a lane for PCIe 3.0 (line 173) is taken as 2^30 bytes a second, which gives the "
    "guide's figures; PCIe 3.0 itself carries 0.985 × 10^9, about 9% less."
)


class PcieTransferInputs(BatchInputs):
    """A mini-batch, the lanes it crosses, and optionally the step it is part of."""

    lanes: Annotated[int, whole(1, 16)] = Field(16, description="PCIe lanes of the GPU")
    generation: Annotated[int, whole(1, 5)] = Field(3, description="PCIe generation")
    step_time: Annotated[Quantity, Measured("ms", 0.001, 1e7)] | None = Field(
        None, description="Time of a forward and backward pass, in ms (216 ms for ResNet-152)"
    )
    transfer_time: Annotated[Quantity, Measured("ms", 1e-6, 1e7)] | None = Field(
        None, description="Backwards: the time in ms that the transfer may take; lanes needed?"
    )


def run_pcie_transfer(inputs: PcieTransferInputs) -> Calculation:
    """Time the transfer, or find the lanes that make it fast enough."""
    size = inputs.size()
    if inputs.transfer_time is not None:
        return _find_lanes(inputs, size)
    time = _time(size, inputs.lanes, inputs.generation)
    practical = time * PRACTICE
    steps = [
        inputs.size_step(),
        f"{show(_mebibytes(size))} MiB / ({inputs.lanes} lanes × "
        f"{show(LANE_RATE[inputs.generation])} GiB/s) = {show(_ms(time))} ms in theory (line 25).",
        f"Twice that in practice: {show(_ms(practical))} ms (line 25).",
    ]
    results: dict[str, Value] = {
        "value": figure(time, "ms"),
        "practical": figure(practical, "ms"),
    }
    if inputs.step_time is not None:
        _add_share(inputs, size, results, steps)
    lines = [(25, 31), (173, 173)]
    return calculation("pcie_transfer", inputs, results, steps, lines, _notes(inputs))


def _add_share(
    inputs: PcieTransferInputs, size: Quantity, results: dict[str, Value], steps: list[str]
) -> None:
    """Add the share of the step, and what 16 lanes would gain, as line 31 reckons it."""
    assert inputs.step_time is not None
    step = _ms(inputs.step_time)
    practical = _ms(_time(size, inputs.lanes, inputs.generation)) * PRACTICE
    fastest = _ms(_time(size, 16, inputs.generation)) * PRACTICE
    share = 100 * practical / step
    gain = 100 * ((step + practical) / (step + fastest) - 1)
    results["share"] = Figure(round(share, 4), "%")
    results["gain_from_16_lanes"] = Figure(round(gain, 4), "%")
    steps.append(
        f"{show(practical)} ms of transfer to {show(step)} ms of work: {show(share)}% (line 31)."
    )
    if inputs.lanes < 16:
        steps.append(
            f"16 lanes would gain ({show(step)} + {show(practical)}) / ({show(step)} + "
            f"{show(fastest)}) - 1 = {show(gain)}% (line 31)."
        )


def _find_lanes(inputs: PcieTransferInputs, size: Quantity) -> Calculation:
    assert inputs.transfer_time is not None
    if "lanes" in inputs.model_fields_set:
        raise InvalidInput("give lanes or transfer_time, not both.")
    allowed = _ms(inputs.transfer_time)

    def narrowest(slowness: int) -> int | None:
        return next(
            (
                width
                for width in WIDTHS
                if _ms(_time(size, width, inputs.generation)) * slowness <= allowed * (1 + 1e-9)
            ),
            None,
        )

    lanes, in_practice = narrowest(1), narrowest(PRACTICE)
    best = _ms(_time(size, 16, inputs.generation))
    if lanes is None:
        raise NoSolution(
            f"Even 16 lanes of PCIe {inputs.generation}.0 need {show(best)} ms for "
            f"this batch, more than {show(allowed)} ms."
        )
    needed = _ms(_time(size, 1, inputs.generation)) / allowed
    steps = [
        inputs.size_step(),
        f"One lane takes {show(needed * allowed)} ms; {show(allowed)} ms need {show(needed)} "
        f"lanes: {lanes} in theory.",
        f"Twice as slow in practice (line 25): {in_practice or 'more than 16'} lanes.",
    ]
    results: dict[str, Value] = {"value": Figure(lanes, "lanes"), "lanes": Figure(lanes, "lanes")}
    if in_practice is not None:
        results["lanes_in_practice"] = Figure(in_practice, "lanes")
    shown = inputs.model_copy(update={"lanes": None})
    lines = [(25, 31), (173, 173)]
    return calculation("pcie_transfer", shown, results, steps, lines, _notes(inputs))


def _notes(inputs: PcieTransferInputs) -> list[str]:
    notes = [RATE_NOTE, *inputs.assumed()]
    if inputs.step_time is not None:
        notes.append(
            "Line 31's 3.2% comes from times rounded to 9 ms and 2 ms; unrounded it is 3.1%. "
            "A loader with pinned memory that works ahead gains nothing from more lanes (line 31)."
        )
    return notes


def lane_rate(lanes: int, generation: int) -> Quantity:
    """Return the bandwidth of some lanes as the guide counts it."""
    return quantity(lanes * LANE_RATE[generation], "GiB/s")


def lanes_for(bandwidth: Quantity, generation: int) -> int:
    """Return the lanes that a bandwidth needs; not necessarily a width that exists."""
    rate = LANE_RATE[generation]
    return math.ceil(float(bandwidth.to("GiB/s").magnitude) / rate - 1e-9)


def _time(size: Quantity, lanes: int, generation: int) -> Quantity:
    time: Quantity = (size / lane_rate(lanes, generation)).to("ms")
    return time


def _ms(time: Quantity) -> float:
    return float(time.to("ms").magnitude)


def _mebibytes(size: Quantity) -> float:
    return float(size.to("MiB").magnitude)


CALCULATOR = Calculator(
    "pcie_transfer",
    "PCIe transfer",
    "Time to copy a mini-batch from CPU memory to a GPU by lanes and PCIe generation, and its "
    "share of a training step; or the lanes that a time needs.",
    PcieTransferInputs,
    run_pcie_transfer,
)
