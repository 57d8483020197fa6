"""How often several GPUs can synchronise their gradients (lines 175, 176 and 184)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from assistant.calculators.base import Calculator, Inputs, calculation
from assistant.calculators.fields import Count, Number, whole
from assistant.calculators.pcie_transfer import WIDTHS, lane_rate, lanes_for
from assistant.calculators.units import (
    Measured,
    Quantity,
    counted,
    figure,
    quantity,
    round_to,
    show,
)
from assistant.errors import InvalidInput, NoSolution
from assistant.types import Calculation, Figure, Value

EXAMPLE_NOTE = (
    "Only the formula is taken from the guide's example, which has two misprints: line 175 leaves "
    "out the four bytes of a value, and line 176 prints 647 where its own figures give 1481."
)


class GradientSyncInputs(Inputs):
    """The GPUs, what connects them, and what they exchange."""

    parameters: Annotated[int, Count(1, 10**12)] = Field(
        description='Values to synchronise: 960000, "23M" (800 × 1200 in the guide)'
    )
    bytes_per_value: Annotated[int, whole(1, 16)] = Field(
        4, description="Bytes of each value: 4 for 32-bit, 2 for 16-bit"
    )
    gpus: Annotated[int, whole(2, 1024)] = Field(description="How many GPUs work on one network")
    lanes: Annotated[int, whole(1, 16)] | None = Field(
        None, description="PCIe lanes of each GPU (16 if nothing is given)"
    )
    generation: Annotated[int, whole(1, 5)] = Field(3, description="PCIe generation")
    bandwidth: Annotated[Quantity, Measured("GB/s", 0.001, 10_000)] | None = Field(
        None, description="Bandwidth in GB/s instead of lanes (InfiniBand: 8, 16 or 25)"
    )
    batches_per_second: Annotated[float, Number(0.001, 1e6)] | None = Field(
        None, description="Mini-batches that one GPU computes in a second (350 in the guide)"
    )
    speedup: Annotated[float, Number(0.01, 1024)] | None = Field(
        None, description="Backwards: the speedup wanted over one GPU; bandwidth and lanes needed?"
    )


def run_gradient_sync(inputs: GradientSyncInputs) -> Calculation:
    """Count synchronisations a second, or find the bandwidth that a speedup needs."""
    size = quantity(float(inputs.parameters * inputs.bytes_per_value), "byte")
    if inputs.bandwidth is not None and inputs.lanes is not None:
        raise InvalidInput("Give lanes or bandwidth, not both.")
    if inputs.speedup is not None:
        return _needed_bandwidth(inputs, size, inputs.speedup)
    unit = "GiB/s" if inputs.bandwidth is None else "GB/s"
    total = inputs.bandwidth
    notes = _notes(inputs)
    if total is None:
        lanes = inputs.lanes or 16
        total = lane_rate(lanes, inputs.generation)
        source = f"{lanes} PCIe {inputs.generation}.0 lanes"
        if inputs.lanes is None:
            notes.append("Inputs not given: 16 PCIe lanes for each GPU assumed.")
    else:
        source = "the connection"
    transfers = inputs.gpus - 1
    each = total / transfers
    rate = float((each / size).to("1/s").magnitude)
    share = float(each.to(unit).magnitude)
    steps = [
        f"{inputs.gpus} GPUs mean {counted(transfers, 'transfer')}: "
        f"{show(float(total.to(unit).magnitude))} {unit} of {source} / {transfers} = "
        f"{show(share)} {unit} (lines 175 and 184).",
        _size_step(inputs, size, unit),
        f"{show(share)} {unit} / {_size_in(size, unit)} = {show(rate)} synchronisations a second "
        "(line 175).",
    ]
    results: dict[str, Value] = {
        "value": Figure(round_to(rate), "1/s"),
        "bandwidth": figure(each, unit),
        "time": Figure(round_to(1000 / rate), "ms"),
        "gradient_size": figure(size, "MiB" if unit == "GiB/s" else "MB"),
    }
    if inputs.batches_per_second is not None:
        scaling = min(rate / inputs.batches_per_second, float(inputs.gpus))
        results["scaling"] = Figure(round_to(scaling, 4), "×")
        steps.append(
            f"{show(rate)} / {show(inputs.batches_per_second)} mini-batches a second: "
            f"{_scaling_words(scaling, inputs.gpus)} (lines 175 and 176)."
        )
    return calculation("gradient_sync", inputs, results, steps, _lines(inputs), notes)


def _scaling_words(scaling: float, gpus: int) -> str:
    if scaling >= gpus:
        return f"at most {gpus} times one GPU, the connection does not hold it up"
    if scaling >= 1:
        return f"{show(scaling)} times one GPU"
    return f"{show(1 / scaling)} times slower than one GPU"


def _needed_bandwidth(inputs: GradientSyncInputs, size: Quantity, speedup: float) -> Calculation:
    if inputs.batches_per_second is None:
        raise InvalidInput("batches_per_second is missing: a speedup is counted against it.")
    if inputs.bandwidth is not None or inputs.lanes is not None:
        raise InvalidInput("Give speedup, or lanes or bandwidth, not both.")
    if speedup > inputs.gpus:
        raise NoSolution(f"{inputs.gpus} GPUs cannot be {show(speedup)} times as fast as one.")
    rate = speedup * inputs.batches_per_second
    needed = (size * rate * (inputs.gpus - 1) / quantity(1.0, "s")).to("GiB/s")
    lanes = lanes_for(needed, inputs.generation)
    width = next((width for width in WIDTHS if width >= lanes), None)
    steps = [
        _size_step(inputs, size, "GiB/s"),
        f"{show(speedup)} × {show(inputs.batches_per_second)} = {show(rate)} synchronisations a "
        "second.",
        f"{show(rate)} × {_size_in(size, 'GiB/s')} × {inputs.gpus - 1} transfers = "
        f"{show(float(needed.magnitude))} GiB/s = {show(float(needed.to('GB/s').magnitude))} GB/s "
        "(line 175 backwards).",
    ]
    results: dict[str, Value] = {
        "value": figure(needed, "GB/s"),
        "bandwidth": figure(needed, "GB/s"),
    }
    if width is None:
        steps.append(f"That is more than 16 lanes of PCIe {inputs.generation}.0 carry.")
        results["lanes"] = "more than 16"
    else:
        results["lanes"] = Figure(width, "lanes")
        steps.append(f"That takes {width} lanes of PCIe {inputs.generation}.0.")
    return calculation("gradient_sync", inputs, results, steps, _lines(inputs), _notes(inputs))


def _size_step(inputs: GradientSyncInputs, size: Quantity, rate_unit: str) -> str:
    smaller = "MiB/s" if rate_unit == "GiB/s" else "MB/s"
    return (
        f"{inputs.parameters} values × {inputs.bytes_per_value} bytes = "
        f"{_size_in(size, smaller)} = {_size_in(size, rate_unit)} (line 175)."
    )


def _size_in(size: Quantity, rate_unit: str) -> str:
    unit = rate_unit.removesuffix("/s")
    return f"{show(float(size.to(unit).magnitude))} {unit}"


def _notes(inputs: GradientSyncInputs) -> list[str]:
    notes = [EXAMPLE_NOTE]
    if inputs.bandwidth is None:
        notes.append("A PCIe 3.0 lane counts as 1 GiB/s (2^30 bytes), as lines 173 and 175 do.")
    if inputs.gpus > 8:
        notes.append(
            "Beyond eight GPUs near-linear speedups get hard even for convolutional nets "
            "(line 184)."
        )
    return notes


def _lines(inputs: GradientSyncInputs) -> list[tuple[int, int]]:
    lines = [(173, 173), (175, 176)]
    return [*lines, (184, 184)] if inputs.bandwidth is not None or inputs.gpus > 8 else lines


CALCULATOR = Calculator(
    "gradient_sync",
    "Gradient synchronisation",
    "How often a second several GPUs can synchronise their gradients, by lanes or bandwidth, and "
    "how training scales; or the bandwidth that a speedup needs.",
    GradientSyncInputs,
    run_gradient_sync,
)
