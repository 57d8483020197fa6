"""How many video streams a card handles at another resolution and frame rate (lines 1200-1205)."""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import Field

from assistant.calculators.base import Calculator, Inputs, calculation
from assistant.calculators.fields import Number, whole
from assistant.calculators.units import round_to, show
from assistant.errors import NoSolution
from assistant.types import Calculation, Figure, Value

_Height = whole(16, 17280, "p", "px")
_Rate = Number(0.01, 1000, suffixes=("fps", "hz"))


class VideoStreamsInputs(Inputs):
    """What is known to work, and what is wanted."""

    streams: Annotated[int, whole(1, 1_000_000)] = Field(
        description="Streams that are known to work at once"
    )
    from_height: Annotated[int, _Height] = Field(description="Their height in pixels, or 720p")
    from_fps: Annotated[float, _Rate] = Field(description="Their frames a second")
    to_height: Annotated[int, _Height] | None = Field(
        None, description="The height wanted (the same if not given)"
    )
    to_fps: Annotated[float, _Rate] | None = Field(
        None, description="The frames a second wanted (the same if not given)"
    )
    to_streams: Annotated[int, whole(1, 1_000_000)] | None = Field(
        None, description="Backwards: the streams wanted; at which frame rate do they work?"
    )


def run_video_streams(inputs: VideoStreamsInputs) -> Calculation:
    """Scale the number of streams, or find the frame rate for a number of them."""
    height = inputs.to_height or inputs.from_height
    pixels = (height / inputs.from_height) ** 2
    steps = []
    if pixels != 1:
        steps.append(f"({height} / {inputs.from_height})² = {show(pixels)} times the pixels.")
    notes = [
        "That streams scale linearly is an assumption, the author says: ask the manufacturer "
        "(line 1205)."
    ]
    if inputs.to_streams is not None and inputs.to_fps is None:
        return _frame_rate(inputs, inputs.to_streams, pixels, steps, notes)
    fps = inputs.to_fps or inputs.from_fps
    exact = inputs.streams * inputs.from_fps / fps / pixels
    count = math.floor(exact + 1e-9)
    if count < 1:
        raise NoSolution(
            f"Not even one stream of {height}p at {show(fps)} frames a second works: "
            f"{show(exact)} of one."
        )
    by_pixels = "" if pixels == 1 else f" / {show(pixels)}"
    steps.append(
        f"{inputs.streams} × {show(inputs.from_fps)} / {show(fps)}{by_pixels} = "
        f"{show(exact)} streams (line 1205)."
    )
    results: dict[str, Value] = {
        "value": Figure(count, "streams"),
        "exact": Figure(round_to(exact), "streams"),
    }
    if inputs.to_streams is not None:
        results["enough"] = count >= inputs.to_streams
    return calculation("video_streams", inputs, results, steps, [(1200, 1205)], notes)


def _frame_rate(
    inputs: VideoStreamsInputs, wanted: int, pixels: float, steps: list[str], notes: list[str]
) -> Calculation:
    fps = inputs.from_fps * inputs.streams / wanted / pixels
    by_pixels = "" if pixels == 1 else f" / {show(pixels)}"
    steps.append(
        f"{show(inputs.from_fps)} × {inputs.streams} / {wanted}{by_pixels} = {show(fps)} "
        "frames a second (line 1205 backwards)."
    )
    results: dict[str, Value] = {
        "value": Figure(round_to(fps), "frames/s"),
        "fps": Figure(round_to(fps), "frames/s"),
    }
    return calculation("video_streams", inputs, results, steps, [(1200, 1205)], notes)


CALCULATOR = Calculator(
    "video_streams",
    "Video streams",
    "How many video streams a card handles at another resolution and frame rate, from a number "
    "that is known; or the frame rate for a number of streams.",
    VideoStreamsInputs,
    run_video_streams,
)
