"""How long reading a mini-batch from disk takes, and whether it holds up training (lines 57-58)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from assistant.calculators.base import Calculator, calculation
from assistant.calculators.batches import BatchInputs
from assistant.calculators.fields import GuideBytes
from assistant.calculators.units import Measured, Quantity, figure, quantity, round_to, show
from assistant.errors import InvalidInput
from assistant.types import Calculation, Figure, Value

Drive = Literal["hdd", "sata_ssd", "nvme"]
# Usual speeds in MB/s. Only the hard drive's stands in the guide (line 57).
SPEEDS: dict[Drive, int] = {"hdd": 100, "sata_ssd": 550, "nvme": 3500}
NAMES: dict[Drive, str] = {"hdd": "hard drive", "sata_ssd": "SATA SSD", "nvme": "NVMe SSD"}


class DiskReadInputs(BatchInputs):
    """A mini-batch, the drive it comes from, and optionally the step that it feeds."""

    bytes: Annotated[Quantity, GuideBytes("byte", 1, 1e15)] | None = Field(
        None, description='Size of the mini-batch on disk, such as "20 MB" (instead of shape)'
    )
    speed: Annotated[Quantity, GuideBytes("MiB/s", 0.01, 1e6)] | None = Field(
        None, description="Read speed of the drive in MB/s"
    )
    drive: Drive | None = Field(
        None, description="Kind of drive, instead of speed: hdd 100, sata_ssd 550, nvme 3500 MB/s"
    )
    step_time: Annotated[Quantity, Measured("ms", 0.001, 1e7)] | None = Field(
        None, description="Time that the GPU computes for a mini-batch in ms (about 200 ms)"
    )
    read_time: Annotated[Quantity, Measured("ms", 0.001, 1e9)] | None = Field(
        None, description="Backwards: the time in ms that reading may take; speed needed?"
    )
    asynchronous: bool | None = Field(
        None, description="Whether the next mini-batch is fetched while this one is computed"
    )


def run_disk_read(inputs: DiskReadInputs) -> Calculation:
    """Time the read against the step, or find the speed that is needed."""
    size, step = _size(inputs)
    notes = [
        "MB is 2^20 bytes here, in sizes and speeds, as in the guide's 185 ms (line 57).",
        *inputs.assumed(),
    ]
    if inputs.speed is not None and inputs.drive is not None:
        raise InvalidInput("Give speed or drive, not both.")
    if inputs.read_time is not None:
        if inputs.speed is not None or inputs.drive is not None:
            raise InvalidInput("Give read_time or the drive's speed, not both.")
        return _needed_speed(inputs, size, step, float(inputs.read_time.magnitude), notes)
    if inputs.speed is None and inputs.drive is None and inputs.step_time is not None:
        return _needed_speed(inputs, size, step, float(inputs.step_time.magnitude), notes)
    speed = _speed(inputs, notes)
    return _time_read(inputs, size, speed, step, notes)


def _time_read(
    inputs: DiskReadInputs, size: Quantity, speed: Quantity, step: str, notes: list[str]
) -> Calculation:
    time = (size / speed).to("ms")
    milliseconds, mebibytes = float(time.magnitude), float(speed.magnitude)
    steps = [
        step,
        f"{show(float(size.to('MiB').magnitude))} MB / {show(mebibytes)} MB/s = "
        f"{show(milliseconds)} ms (line 57).",
    ]
    results: dict[str, Value] = {"value": figure(time, "ms"), "blocking": figure(time, "ms")}
    if inputs.bytes is None:
        decimal = 1000 * float(size.magnitude) / (mebibytes * 1e6)
        results["decimal_megabytes"] = Figure(round_to(decimal), "ms")
        notes.append(f"With MB as 10^6 bytes, as drives are sold, it is {show(decimal)} ms.")
    if inputs.step_time is not None:
        compute = float(inputs.step_time.magnitude)
        waiting = max(0.0, milliseconds - compute)
        results["asynchronous_wait"] = Figure(round_to(waiting), "ms")
        results["blocking_step"] = Figure(round_to(compute + milliseconds), "ms")
        results["asynchronous_step"] = Figure(round_to(max(compute, milliseconds)), "ms")
        steps.append(
            f"Blocking, a step takes {show(compute)} + {show(milliseconds)} = "
            f"{show(compute + milliseconds)} ms (line 57)."
        )
        verdict = "no penalty" if waiting == 0 else f"{show(waiting)} ms of waiting"
        steps.append(
            f"Fetched ahead, the longer of {show(compute)} and {show(milliseconds)} ms "
            f"counts: {verdict} (line 57)."
        )
        if inputs.asynchronous is not None:
            lost = waiting if inputs.asynchronous else milliseconds
            results["slowdown"] = Figure(round_to(100 * lost / compute, 4), "%")
    notes.append("An SSD is for comfort: programs and pre-processing of large files (line 58).")
    return calculation("disk_read", inputs, results, steps, [(57, 59)], notes)


def _needed_speed(
    inputs: DiskReadInputs, size: Quantity, step: str, milliseconds: float, notes: list[str]
) -> Calculation:
    needed = (size / quantity(milliseconds, "ms")).to("MiB/s")
    rate = float(needed.magnitude)
    enough = [drive for drive, speed in SPEEDS.items() if speed >= rate]
    steps = [
        step,
        f"{show(float(size.to('MiB').magnitude))} MB / {show(milliseconds)} ms = "
        f"{show(rate)} MB/s.",
    ]
    results: dict[str, Value] = {
        "value": figure(needed, "MiB/s"),
        "drive": enough[0] if enough else "none of the usual drives",
    }
    if inputs.read_time is None:
        notes.append(
            "The read may take as long as the step: the next mini-batch is fetched while "
            "this one is computed (line 57)."
        )
    usual = ", ".join(f"{NAMES[drive]} {speed} MB/s" for drive, speed in SPEEDS.items())
    notes.append(f"Usual speeds: {usual}; only the hard drive's stands in the guide (line 57).")
    return calculation("disk_read", inputs, results, steps, [(57, 58)], notes)


def _size(inputs: DiskReadInputs) -> tuple[Quantity, str]:
    if inputs.bytes is None:
        return inputs.size(), inputs.size_step()
    if inputs.shape is not None or inputs.batch is not None:
        raise InvalidInput("Give bytes or the shape of the mini-batch, not both.")
    return inputs.bytes, f"The mini-batch has {show(float(inputs.bytes.to('MiB').magnitude))} MB."


def _speed(inputs: DiskReadInputs, notes: list[str]) -> Quantity:
    if inputs.speed is not None:
        return inputs.speed
    if inputs.drive is None:
        notes.append("Inputs not given: a hard drive with 100 MB/s assumed, as in line 57.")
    elif inputs.drive != "hdd":
        notes.append(f"{SPEEDS[inputs.drive]} MB/s is a usual speed, not a figure of the guide.")
    return quantity(float(SPEEDS[inputs.drive or "hdd"]), "MiB/s")


CALCULATOR = Calculator(
    "disk_read",
    "Reading from disk",
    "Time to read a mini-batch from a drive, blocking or fetched ahead, against the time of a "
    "training step; or the read speed that is needed.",
    DiskReadInputs,
    run_disk_read,
)
