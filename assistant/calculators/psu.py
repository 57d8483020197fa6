"""How large a power supply: the guide's two rules, sold sizes, connectors, one household circuit.

The worked rule is line 62's, the short rule line 101's. They differ, and the larger wins.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import replace
from typing import Annotated

from pydantic import Field

from assistant.calculators.base import Calculator, Inputs, calculation
from assistant.calculators.cards import Cards, cards_of, cpu_draw
from assistant.calculators.fields import whole
from assistant.calculators.units import Measured, Quantity, round_to, show
from assistant.errors import NoSolution
from assistant.types import Calculation, Figure, Value

EXAMPLE_CPU_WATTS = 150.0  # line 62
OTHER_WATTS = 100.0  # line 62: it says 10%, and works its example with 100 W
MARGIN = 1.1  # lines 62 and 101
LARGEST_COMMON = 1600  # line 1095: nothing of 1800 W was to be found
WALL_EFFICIENCY = 0.9
HIGHER_DRAW = {"RTX 2080 Ti": (275, 1097)}  # model: watts that a comment counts, its line

_PINS = re.compile(r"(?:(\d+)\s*[x×]\s*)?(\d+)(?:-?pin)?", re.I)
_Watts = Measured("W", 0, 5000)


class PsuInputs(Inputs):
    """The parts to be powered, or a supply and the cards in question."""

    gpu: str | None = Field(
        None,
        max_length=200,
        description='Cards by name: "RTX 2080 Ti", "4x RTX 2080 Ti", "RTX 2070, GTX 1070"',
    )
    count: Annotated[int, whole(1, 64)] | None = Field(
        None, description="How many cards, where gpu is one name without a number (default 1)"
    )
    gpu_watts: Annotated[Quantity, Measured("W", 1, 2000)] | None = Field(
        None, description="Watts of each card, instead of the figure known for its name"
    )
    cpu: str | None = Field(None, max_length=200, description='CPU by name, such as "i9-9900K"')
    cpu_watts: Annotated[Quantity, _Watts] | None = Field(
        None, description="Watts of all CPUs together, instead of a name"
    )
    other_watts: Annotated[Quantity, _Watts] | None = Field(
        None, description="Watts of everything else (100 W as in the guide's example)"
    )
    supply_watts: Annotated[Quantity, Measured("W", 50, 20000)] | None = Field(
        None, description="Backwards: a supply's watts; how many such cards does it carry?"
    )
    mains_voltage: Annotated[Quantity, Measured("V", 100, 240)] | None = Field(
        None, description="Voltage of the wall socket: 120 or 230"
    )


def run_psu(inputs: PsuInputs) -> Calculation:
    """Size the supply for the parts, or count the cards that a given supply carries."""
    cards = cards_of(inputs.gpu, inputs.count, _watts(inputs.gpu_watts))
    cpu = cpu_draw(inputs.cpu, _watts(inputs.cpu_watts))
    other = _watts(inputs.other_watts)
    notes = [] if inputs.cpu is None else [f"The CPU counts with {show(cpu or 0)} W."]
    if cpu is None:
        cpu = EXAMPLE_CPU_WATTS
        notes.append("Inputs not given: the CPU counts with 150 W, as in the guide's example.")
    if other is None:
        other = OTHER_WATTS
        notes.append(
            "Line 62 says 10% for the other components and works its example with 100 W: "
            "100 W is used here."
        )
    notes += [
        f"Line {line} counts {more} W for each {card.name} and 300 W for the CPU, where this "
        f"counts {show(card.watts)} W for the card."
        for card, more, line in _higher_draws(cards)
    ]
    uncounted = inputs.count is None and [card.count for card in cards] == [1]
    if inputs.supply_watts is not None and uncounted:
        return _count_cards(inputs, cards[0], cpu, other, notes)
    return _size(inputs, cards, cpu, other, notes)


def _size(
    inputs: PsuInputs, cards: list[Cards], cpu: float, other: float, notes: list[str]
) -> Calculation:
    gpus = sum(card.count * card.watts for card in cards)
    draw = gpus + cpu + other
    worked, short = draw * MARGIN, (gpus + cpu) * MARGIN
    worked_size, short_size = sold_size(worked), sold_size(short)
    recommended = max(worked_size, short_size)
    each = " + ".join(f"{card.count} × {show(card.watts)} W" for card in cards)
    steps = [
        f"{each} + {show(cpu)} W (CPU) + {show(other)} W (the rest) = {show(draw)} W (line 62).",
        f"{show(draw)} W + 10% = {show(worked)} W, rounded up to {worked_size} W (line 62).",
        f"The short rule: ({each} + {show(cpu)} W) × 110% = {show(short)} W, "
        f"rounded up to {short_size} W (line 101).",
        f"The larger of the two: {recommended} W.",
    ]
    if worked_size != short_size:
        notes.append("The guide's two rules differ (lines 62 and 101): the larger is recommended.")
    results: dict[str, Value] = {
        "recommended": Figure(recommended, "W"),
        "components": Figure(round_to(gpus + cpu), "W"),
        "draw": Figure(round_to(draw), "W"),
        "worked_rule": Figure(round_to(worked), "W"),
        "worked_rule_size": Figure(worked_size, "W"),
        "tldr_rule": Figure(round_to(short), "W"),
        "tldr_size": Figure(short_size, "W"),
        "connectors": _connectors(cards),
    }
    lines = [(62, 63), (100, 103)]
    lines += sorted({(line, line) for _, _, line in _higher_draws(cards)})
    if sum(card.count for card in cards) > 4:
        notes.append("A system usually takes at most four GPUs (lines 83 and 111).")
        lines += [(83, 83), (111, 111)]
    if recommended > LARGEST_COMMON:
        results["supplies"] = Figure(math.ceil(recommended / LARGEST_COMMON), "")
        notes.append(
            f"More than {LARGEST_COMMON} W is hardly sold as one supply (line 1095): "
            "share the parts between supplies (line 996 tells how), or take a server's."
        )
        lines += [(996, 996), (1095, 1095)]
    if inputs.supply_watts is not None:
        supply = float(inputs.supply_watts.magnitude)
        results["load"] = Figure(round_to(100 * draw / supply, 3), "%")
        results["enough"] = supply >= max(worked, short)
        steps.append(f"{show(draw)} W are {show(100 * draw / supply)}% of {show(supply)} W.")
        lines.append((995, 995))
    notes += _circuit(inputs, draw)
    return calculation("psu", inputs, results, steps, sorted(lines), notes)


def _count_cards(
    inputs: PsuInputs, card: Cards, cpu: float, other: float, notes: list[str]
) -> Calculation:
    supply = _watts(inputs.supply_watts) or 0.0
    usable = supply / MARGIN
    # A hair of tolerance: 1375 W / 1.1 is 1250 W, whatever binary fractions make of it.
    worked = math.floor((usable - cpu - other) / card.watts + 1e-9)
    short = math.floor((usable - cpu) / card.watts + 1e-9)
    count = min(worked, short)
    if count < 1:
        needed = (card.watts + cpu + other) * MARGIN
        raise NoSolution(
            f"A {show(supply)} W supply carries no {card.name} of {show(card.watts)} W: "
            f"with {show(cpu)} W for the CPU and {show(other)} W for the rest, one needs "
            f"{show(needed)} W."
        )
    steps = [
        f"{show(supply)} W / 110% = {show(usable)} W to spend (lines 62 and 101).",
        f"({show(usable)} W - {show(cpu)} W (CPU) - {show(other)} W (the rest)) / "
        f"{show(card.watts)} W = {max(worked, 0)} cards by line 62.",
        f"({show(usable)} W - {show(cpu)} W) / {show(card.watts)} W = {short} cards by line 101.",
    ]
    notes.append(
        f"The supply also needs the connectors: {_connectors([replace(card, count=count)])}."
    )
    lines = [(62, 63), (100, 103)]
    lines += [(line, line) for _, _, line in _higher_draws([card])]
    if count > 4:
        notes.append("A system usually takes at most four GPUs (lines 83 and 111).")
        lines += [(83, 83), (111, 111)]
    results: dict[str, Value] = {
        "value": Figure(count, "cards"),
        "cards": Figure(count, "cards"),
        "worked_rule_cards": Figure(max(worked, 0), "cards"),
        "tldr_cards": Figure(short, "cards"),
        "draw": Figure(round_to(count * card.watts + cpu + other), "W"),
    }
    notes += _circuit(inputs, count * card.watts + cpu + other)
    return calculation("psu", inputs, results, steps, sorted(lines), notes)


def sold_size(watts: float) -> int:
    """Return the next size that is sold: every 50 W up to 900 W, every 100 W beyond, from 300 W.

    1400 W is one of them: line 62 names it.
    """
    step = 50 if watts <= 900 else 100
    return max(300, math.ceil(watts / step - 1e-9) * step)


def _circuit(inputs: PsuInputs, draw: float) -> list[str]:
    """Warn where 80% of one household circuit (15 A or 16 A) cannot carry the draw for long."""
    volts = _watts(inputs.mains_voltage) or 120.0
    amperes = 15 if volts < 160 else 16
    limit, wall = 0.8 * volts * amperes, draw / WALL_EFFICIENCY
    if wall <= limit:
        return []
    elsewhere = "" if inputs.mains_voltage else " At 230 V and 16 A one carries 2944 W."
    return [
        f"{show(draw)} W are about {show(wall)} W at the wall (supply 90% efficient): more than "
        f"{show(limit)} W, 80% of one {show(volts)} V household circuit with {amperes} A."
        f"{elsewhere} Spread the load over two circuits, or have a larger one put in."
    ]


def _connectors(cards: list[Cards]) -> str:
    """Return the PCIe power connectors that the cards need, such as "8 × 8-pin"."""
    pins: Counter[str] = Counter()
    unknown = [card.name for card in cards if card.hardware is None or not card.hardware.connectors]
    for card in cards:
        if card.hardware is None or card.hardware.connectors.lower() == "none":
            continue
        for number, size in _PINS.findall(card.hardware.connectors):
            pins[f"{size}-pin"] += card.count * int(number or 1)
    found = [f"{number} × {size}" for size, number in sorted(pins.items(), reverse=True)]
    if unknown:
        found.append(f"not known for {', '.join(unknown)}: look at the card")
    return " + ".join(found) or "none: fed by the slot"


def _higher_draws(cards: list[Cards]) -> list[tuple[Cards, int, int]]:
    """Return the cards that a comment counts with more watts, those watts, and its line."""
    return [
        (card, *HIGHER_DRAW[card.name])
        for card in cards
        if card.name in HIGHER_DRAW and card.watts < HIGHER_DRAW[card.name][0]
    ]


def _watts(value: Quantity | None) -> float | None:
    return None if value is None else float(value.magnitude)


CALCULATOR = Calculator(
    "psu",
    "Power supply",
    "Watts and connectors of the power supply for some cards and a CPU; or how many cards a "
    "given supply carries.",
    PsuInputs,
    run_psu,
)
