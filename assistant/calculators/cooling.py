"""How much heat slows GPUs down, and what water cooling costs (lines 11, 70-77 and 81)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from assistant.calculators.base import Calculator, Inputs, calculation
from assistant.calculators.fields import Money, Number, whole
from assistant.calculators.units import Quantity, counted, round_to, show
from assistant.errors import InvalidInput, NoSolution
from assistant.types import Calculation, Figure, Value

WATER_EACH, WATER_ONCE = 100, 50  # dollars, line 77

Spacing = Literal["adjacent", "spaced"]
Fan = Literal["blower", "open"]


@dataclass(frozen=True, slots=True)
class Slowdown:
    """How much slower, in percent, and the line that says so."""

    low: int
    high: int
    line: int
    reason: str


WATERED = Slowdown(0, 0, 81, "water-cooled GPUs have no performance penalty")
ALONE = Slowdown(0, 10, 72, "one GPU, or GPUs with space between them, lose 0-10%")
BLOWERS = Slowdown(10, 15, 81, "GPUs next to each other with blower fans lose 10-15%")
OPEN_FANS = Slowdown(30, 30, 11, "GPUs next to each other without blower fans lose about 30%")
ANY_FAN = Slowdown(10, 25, 72, "GPUs that heat each other up lose 10-25%")


class CoolingInputs(Inputs):
    """How many GPUs, how they stand, and what cools them."""

    gpus: Annotated[int, whole(1, 16)] | None = Field(None, description="How many GPUs")
    spacing: Spacing | None = Field(
        None, description="adjacent: in slots next to each other; spaced: with space between"
    )
    fan: Fan | None = Field(None, description="blower (air out of the case), or open")
    water: bool = Field(False, description="Whether the GPUs are water-cooled")
    most_slowdown: Annotated[float, Number(0, 100)] | None = Field(
        None, description="Backwards: the slow-down in % that you accept; which cooling does it?"
    )
    budget: Annotated[Quantity, Money("money", 0, 1e6)] | None = Field(
        None, description="Backwards: dollars for water cooling; how many GPUs does it cool?"
    )


def run_cooling(inputs: CoolingInputs) -> Calculation:
    """Tell the slow-down to expect and what to buy, or how many GPUs a budget cools."""
    if inputs.gpus is None:
        return _count_cooled(inputs)
    gpus, notes = inputs.gpus, []
    spacing = inputs.spacing
    if spacing is None and gpus > 1:
        spacing = "adjacent"
        notes.append("Inputs not given: GPUs in slots next to each other assumed.")
    expected = expect(gpus, spacing or "spaced", inputs.fan, inputs.water)
    cost = water_cost(gpus)
    results: dict[str, Value] = {
        "value": _range_words(expected),
        "recommended": _advice(gpus, spacing or "spaced"),
        "low": Figure(expected.low, "%"),
        "high": Figure(expected.high, "%"),
        "water_cost": Figure(cost, "$"),
    }
    steps = [
        f"{expected.reason[0].upper()}{expected.reason[1:]} (line {expected.line}).",
        f"Water cooling: {gpus} × ${WATER_EACH} + ${WATER_ONCE} = ${cost} (line 77).",
    ]
    if gpus >= 3 and inputs.fan == "open" and not inputs.water and spacing == "adjacent":
        notes.append("Avoid non-blower fans with 3-4 GPUs at all costs (line 75).")
    if gpus == 1 and inputs.water:
        notes.append("Water cooling is not recommended for a single GPU (line 77).")
    if not inputs.water:
        notes.append(
            "The guide gives other slow-downs of air-cooled GPUs in other places: 0-10% for one "
            "and 10-25% for several (line 72), 10-15% for several with blower fans (line 81), "
            "about 30% for several without (line 11)."
        )
    if inputs.most_slowdown is not None:
        results["accepted"] = expected.high <= inputs.most_slowdown
        choice = _cheapest(gpus, spacing or "spaced", inputs.most_slowdown)
        results["cheapest"] = choice
        steps.append(f"Cheapest with at most {show(inputs.most_slowdown)}%: {choice}.")
    if inputs.budget is not None:
        results["water_within_budget"] = cost <= float(inputs.budget.magnitude)
    lines = [(11, 11), (70, 72), (75, 75), (77, 77), (81, 81)]
    return calculation("cooling", inputs, results, steps, lines, notes)


def expect(gpus: int, spacing: Spacing, fan: Fan | None, water: bool) -> Slowdown:
    """Return the slow-down that the guide expects."""
    if water:
        return WATERED
    if gpus == 1 or spacing == "spaced":
        return ALONE
    if fan is None:
        return ANY_FAN
    return BLOWERS if fan == "blower" else OPEN_FANS


def water_cost(gpus: int) -> int:
    """Return the dollars that water cooling costs (line 77)."""
    return gpus * WATER_EACH + WATER_ONCE


def _advice(gpus: int, spacing: Spacing) -> str:
    if gpus == 1:
        return "air cooling"
    if spacing == "spaced":
        return "air cooling, with the space between the GPUs kept"
    return "blower-style GPUs on air, or water cooling for no slow-down at more cost and work"


def _cheapest(gpus: int, spacing: Spacing, most: float) -> str:
    choices: list[tuple[Fan, str]] = [("open", "air, any fan"), ("blower", "air, blower fans")]
    for fan, words in choices:
        if expect(gpus, spacing, fan, water=False).high <= most:
            return words
    return f"water cooling for about ${water_cost(gpus)}"


def _range_words(expected: Slowdown) -> str:
    if expected.high == 0:
        return "none"
    if expected.low == expected.high:
        return f"about {expected.high}% slower"
    return f"{expected.low}-{expected.high}% slower"


def _count_cooled(inputs: CoolingInputs) -> Calculation:
    if inputs.budget is None:
        raise InvalidInput("gpus is missing: give gpus, or a budget for water cooling.")
    budget = float(inputs.budget.magnitude)
    gpus = int((budget - WATER_ONCE) // WATER_EACH)
    if gpus < 1:
        raise NoSolution(
            f"${show(budget)} do not water-cool one GPU, which costs about "
            f"${water_cost(1)} (line 77)."
        )
    left = (budget - WATER_ONCE) / WATER_EACH
    whole = "" if left == gpus else f" {show(left)}, so"
    cooled = f"{whole} {counted(gpus, 'GPU')} (line 77)."
    steps = [f"(${show(budget)} - ${WATER_ONCE}) / ${WATER_EACH} ={cooled}"]
    results: dict[str, Value] = {
        "value": Figure(gpus, "GPUs"),
        "gpus": Figure(gpus, "GPUs"),
        "water_cost": Figure(round_to(water_cost(gpus)), "$"),
    }
    return calculation("cooling", inputs, results, steps, [(77, 77)])


CALCULATOR = Calculator(
    "cooling",
    "Cooling",
    "Slow-down from heat to expect by number of GPUs, spacing, fan and water, with advice and "
    "cost; or how many GPUs a budget water-cools.",
    CoolingInputs,
    run_cooling,
)
