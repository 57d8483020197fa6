"""Slots and PCIe lanes for several GPUs, or how many GPUs a board takes."""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import Field

from assistant.calculators.base import Calculator, Inputs, calculation
from assistant.calculators.fields import Number, whole
from assistant.calculators.units import counted
from assistant.errors import InvalidInput, NoSolution
from assistant.types import Calculation, Figure, Value

MOST_GPUS = 4  # lines 83 and 111
LANES_EACH = 8  # line 34
SWITCH_UPSTREAM, SWITCH_DOWNSTREAM = 16, 32  # line 951


class SlotsAndLanesInputs(Inputs):
    """The GPUs, or the slots and lanes that are there."""

    gpus: Annotated[int, whole(1, 16)] | None = Field(
        None, description="How many GPUs; leave it out to learn how many fit"
    )
    cpu_lanes: Annotated[int, whole(4, 256)] | None = Field(
        None, description="PCIe lanes of the CPU"
    )
    slots: Annotated[int, whole(1, 24)] | None = Field(
        None, description="Adjacent expansion slots of board and case"
    )
    gpu_width: Annotated[float, Number(1, 4)] = Field(
        2.0, description="Slots that one card covers: 2 for most, 1 with some water cooling"
    )
    ssd_lanes: Annotated[int, whole(0, 64)] = Field(
        0, description="Lanes that PCIe SSDs and other devices take from the CPU"
    )
    switch_lanes: Annotated[int, whole(8, 256)] | None = Field(
        None, description="Lanes that PCIe switches (PLX) on the board offer to GPUs, together"
    )
    switches: Annotated[int, whole(1, 8)] | None = Field(
        None, description="How many such switches (one for every 32 lanes if not given)"
    )


def run_slots_and_lanes(inputs: SlotsAndLanesInputs) -> Calculation:
    """Work out slots and lane split for some GPUs, or count the GPUs that fit."""
    if inputs.switches is not None and inputs.switch_lanes is None:
        raise InvalidInput("switch_lanes is missing: give it together with switches.")
    if inputs.gpus is None:
        return _count_gpus(inputs)
    gpus = inputs.gpus
    covered = math.ceil(inputs.gpu_width)
    needed = (gpus - 1) * covered + 1
    steps = [
        "One GPU needs one slot (line 141)."
        if gpus == 1
        else f"{gpus} GPUs: all but the last cover {covered} slots and the last needs one: "
        f"{gpus - 1} × {covered} + 1 = {needed} slots (line 141)."
    ]
    results: dict[str, Value] = {"value": Figure(needed, "slots"), "slots": Figure(needed, "slots")}
    lines = [(83, 83), (111, 111), (141, 141)]
    notes: list[str] = []
    if needed < gpus * covered:
        notes.append(
            f"That is on the board. In the case the cards cover {gpus * covered} slots in all, "
            f"because the last is {covered} wide too, as line 111 counts."
        )
    if inputs.slots is not None:
        results["fits"] = needed <= inputs.slots
        word = "enough" if needed <= inputs.slots else "too few"
        steps.append(f"{inputs.slots} slots are {word}.")
    if inputs.cpu_lanes is not None:
        _add_lanes(inputs, gpus, results, steps, notes)
        lines += [(34, 34), (217, 217), (957, 957)]
        lines += [(848, 848), (951, 951)] if inputs.switch_lanes is not None else []
        lines += [(946, 946)] if inputs.ssd_lanes else []
    _add_warnings(inputs, gpus, results, notes, lines)
    return calculation("slots_and_lanes", inputs, results, steps, sorted(lines), notes)


def _add_lanes(
    inputs: SlotsAndLanesInputs,
    gpus: int,
    results: dict[str, Value],
    steps: list[str],
    notes: list[str],
) -> None:
    available = _available(inputs)
    if inputs.switch_lanes is not None:
        widths = split_lanes(gpus, inputs.switch_lanes)
        upstream = min(_upstream(inputs), available)
        steps.append(
            f"{inputs.switch_lanes} lanes of the switches for {counted(gpus, 'GPU')}: "
            f"{_words(widths)} (lines 951 and 957)."
        )
        share = upstream / gpus
        results["cpu_lanes_each"] = Figure(round(share, 2), "lanes")
        steps.append(
            f"To the CPU they share {upstream} lanes: {share:.3g} each when all talk at "
            "once (line 848)."
        )
    else:
        widths = split_lanes(gpus, available)
        ssd = f" - {inputs.ssd_lanes} for SSDs = {available}" if inputs.ssd_lanes else ""
        steps.append(
            f"{inputs.cpu_lanes} lanes{ssd} for {counted(gpus, 'GPU')}: {_words(widths)} "
            "(lines 217 and 957)."
        )
        notes.append(
            "The board's manual decides: with three GPUs on 40 lanes line 217 has "
            "16/8/16 and line 957 16/8/8; line 946 has four GPUs at 8/8/8/8."
        )
    results["split"] = _words(widths)
    results["lanes_each"] = Figure(min(widths), "lanes")
    if gpus >= MOST_GPUS and min(widths) < LANES_EACH:
        notes.append(
            "With four GPUs make sure of 8 lanes each, 32 in all (line 34): here each has fewer."
        )
    elif gpus < MOST_GPUS:
        notes.append("With up to three GPUs lanes hardly matter (line 34).")


def _add_warnings(
    inputs: SlotsAndLanesInputs,
    gpus: int,
    results: dict[str, Value],
    notes: list[str],
    lines: list[tuple[int, int]],
) -> None:
    if gpus > MOST_GPUS:
        notes.append("Boards usually take at most four GPUs, whatever their slots (lines 83, 111).")
    if gpus == 2 * MOST_GPUS:
        # line 1193: twice the GPUs, half the lanes, eight times the turns at the root complex
        factor = (gpus // MOST_GPUS) * 2 * 8
        results["communication"] = Figure(factor, "×")
        notes.append(
            f"On a board for four, eight GPUs communicate 2 × 2 × 8 = {factor} times as "
            "dearly as four; it takes server boards (line 1193)."
        )
        lines.append((1193, 1193))
    if gpus >= MOST_GPUS and inputs.ssd_lanes:
        notes.append(
            "Boards often take only four PCIe devices: ask whether a PCIe SSD works "
            "beside four GPUs (line 474)."
        )
        lines.append((474, 474))


def _count_gpus(inputs: SlotsAndLanesInputs) -> Calculation:
    limits: dict[str, int] = {}
    steps: list[str] = []
    covered = math.ceil(inputs.gpu_width)
    if inputs.slots is not None:
        limits["slots"] = (inputs.slots - 1) // covered + 1
        steps.append(
            f"({inputs.slots} slots - 1) / {covered}, rounded down, + 1 = "
            f"{counted(limits['slots'], 'GPU')} (line 141 backwards)."
        )
    if inputs.cpu_lanes is not None or inputs.switch_lanes is not None:
        lanes = inputs.switch_lanes or _available(inputs)
        limits["lanes"] = lanes // LANES_EACH
        steps.append(
            f"{lanes} lanes / {LANES_EACH} lanes a GPU = {counted(limits['lanes'], 'GPU')} "
            "(line 34)."
        )
    if not limits:
        raise InvalidInput(
            "gpus is missing: give gpus, or slots or cpu_lanes to learn how many fit."
        )
    fit = min(limits.values())
    if fit < 1:
        raise NoSolution(f"Fewer than {LANES_EACH} lanes are left: not one GPU runs well on that.")
    notes = []
    if fit > MOST_GPUS:
        notes.append(
            f"The {' and '.join(limits)} would do for {fit}; boards usually take at most "
            "four (lines 83 and 111)."
        )
    gpus = min(fit, MOST_GPUS)
    results: dict[str, Value] = {"value": Figure(gpus, "GPUs"), "gpus": Figure(gpus, "GPUs")}
    lines = [(34, 34), (83, 83), (111, 111), (141, 141)]
    return calculation("slots_and_lanes", inputs, results, steps, lines, notes)


def split_lanes(gpus: int, lanes: int) -> tuple[int, ...]:
    """Return the widths of the GPUs' links, the widest first.

    All get as wide a link as is there for all; what is left widens the first ones.

    :raises NoSolution: there are not even four lanes for each.
    """
    base = next((width for width in (16, 8, 4) if gpus * width <= lanes), None)
    if base is None:
        raise NoSolution(f"{lanes} lanes do not give {counted(gpus, 'GPU')} even 4 lanes each.")
    widths, left = [base] * gpus, lanes - gpus * base
    for index in range(gpus):
        if base == 16 or left < base:
            break
        widths[index], left = 2 * base, left - base
    return tuple(widths)


def _available(inputs: SlotsAndLanesInputs) -> int:
    available = (inputs.cpu_lanes or 0) - inputs.ssd_lanes
    if available < 1:
        raise NoSolution(
            f"{inputs.ssd_lanes} lanes for SSDs leave none of the CPU's "
            f"{inputs.cpu_lanes} for GPUs."
        )
    return available


def _upstream(inputs: SlotsAndLanesInputs) -> int:
    switches = inputs.switches or math.ceil((inputs.switch_lanes or 0) / SWITCH_DOWNSTREAM)
    return SWITCH_UPSTREAM * switches


def _words(widths: tuple[int, ...]) -> str:
    return "/".join(str(width) for width in widths)


CALCULATOR = Calculator(
    "slots_and_lanes",
    "Slots and lanes",
    "Slots needed and the PCIe lane split for a number of GPUs, with PCIe SSDs and switches; or "
    "how many GPUs fit.",
    SlotsAndLanesInputs,
    run_slots_and_lanes,
)
