"""Plots of power and money: the supply's budget and efficiency, energy over time, buy and rent.

Every number comes out of the calculators, called again over a range; only the efficiency levels
of 80 PLUS are figures of another source.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from assistant.calculators.cards import cards_of
from assistant.calculators.psu import sold_size
from assistant.calculators.units import show
from assistant.calculators.words import in_words
from assistant.front.page.calculators_links import plain_inputs
from assistant.front.page.plots import Mark, Row, Segment, Series, draw_bars, draw_lines
from assistant.front.page.plots_tables import Table
from assistant.types import Calculation, Figure

Calculate = Callable[[str, Mapping[str, Any]], Calculation]

# What 80 PLUS asks of a supply at 20%, 50% and 100% of its load, internal, 115 V, in %.
LEVELS = {
    "80 PLUS Titanium": (92, 94, 90),
    "80 PLUS Gold": (87, 90, 87),
    "80 PLUS Bronze": (82, 85, 82),
}
LOADS = (20, 50, 100)
LARGEST_SHOWN = 3000
STEPS = 8


def number(calculation: Calculation, name: str) -> float:
    """Return a figure of a calculation's results as a number."""
    value = calculation.results[name]
    assert isinstance(value, Figure)
    return float(value.value)


def _watts(power: float) -> str:
    return in_words(Figure(power, "W"))


def plot_psu(calculation: Calculation, calculate: Calculate) -> str:
    """Return the power budget against sizes of supplies, and the load on 80 PLUS levels."""
    inputs = plain_inputs(calculation)
    mine = inputs.pop("supply_watts", None)
    if "cards" in calculation.results:
        inputs["count"] = int(number(calculation, "cards"))
    sized = calculate("psu", inputs)
    sizes = _sizes(number(sized, "recommended"), mine)
    loads = {size: calculate("psu", {**_counted(inputs), "supply_watts": size}) for size in sizes}
    return _plot_budget(sized, inputs, loads, mine, calculate) + _plot_efficiency(loads)


def _counted(inputs: dict[str, Any]) -> dict[str, Any]:
    """Return inputs that say how many cards there are: else a supply asks how many it carries."""
    cards = cards_of(inputs.get("gpu"), inputs.get("count"), inputs.get("gpu_watts"))
    alone = inputs.get("count") is None and [card.count for card in cards] == [1]
    return {**inputs, "count": 1} if alone else inputs


def _sizes(recommended: float, mine: float | None) -> list[float]:
    """Return sizes around the one recommended, and one's own."""
    sold = sorted({sold_size(watts) for watts in range(300, LARGEST_SHOWN, 50)} | {recommended})
    at = sold.index(recommended)
    return sorted({*sold[max(0, at - 2) : at + 3], *([mine] if mine else [])})


def _plot_budget(
    sized: Calculation,
    inputs: dict[str, Any],
    loads: dict[float, Calculation],
    mine: float | None,
    calculate: Calculate,
) -> str:
    parts = _budget(sized, inputs, calculate)
    need = max(number(sized, "worked_rule"), number(sized, "tldr_rule"))
    recommended = number(sized, "recommended")
    rows = [Row("Your parts", _watts(number(sized, "draw")), tuple(parts))]
    table = []
    for size, found in loads.items():
        enough = found.results["enough"] is True
        words = "recommended" if size == recommended else "enough" if enough else "too small"
        whose = ", yours" if size == mine else ""
        load = f"{number(found, 'load'):.0f}%"
        rows.append(
            Row(f"{size:,.0f} W{whose}", f"{load} load, {words}",
                (Segment("What your parts draw", min(size, number(sized, "draw")), 0),),
                "fine" if enough else "fails", size)
        )  # fmt: skip
        table.append((f"{size:,.0f} W{whose}", load, words))
    table += [(part.name, _watts(part.value), "of the budget") for part in parts]
    return draw_bars(
        "Power budget against sizes sold",
        f"Your parts draw {_watts(number(sized, 'draw'))} and need {_watts(need)} with room to "
        f"spare; {recommended:,.0f} W is the smallest size sold that gives it.",
        rows,
        Table(("Supply or part", "Load or power", ""), tuple(table)),
        [Mark(need, f"needed: {_watts(need)}")],
    )


def _budget(sized: Calculation, inputs: dict[str, Any], calculate: Calculate) -> list[Segment]:
    """Return the parts of the budget, by what the calculator says with and without them."""
    cards = cards_of(inputs.get("gpu"), inputs.get("count"), inputs.get("gpu_watts"))
    others = {name: value for name, value in inputs.items() if name not in ("cpu", "cpu_watts")}
    without_cpu = number(calculate("psu", {**others, "cpu_watts": 0}), "components")
    parts = [
        Segment(f"{card.count} × {card.name}", card.count * card.watts, 1 + 3 * (index % 2))
        for index, card in enumerate(cards)
    ]
    components, draw = number(sized, "components"), number(sized, "draw")
    need = max(number(sized, "worked_rule"), number(sized, "tldr_rule"))
    return [
        *parts,
        Segment("CPU", components - without_cpu, 2),
        Segment("Everything else", draw - components, 3),
        Segment("Room to spare", need - draw, 5),
    ]


def _plot_efficiency(loads: dict[float, Calculation]) -> str:
    dashes = ("", "7 4", "2 4")
    series = [
        Series(name, tuple(zip(LOADS, level, strict=True)), colour, dash)
        for (name, level), dash, colour in zip(LEVELS.items(), dashes, (1, 2, 3), strict=True)
    ]
    able = {size: number(found, "load") for size, found in loads.items()
            if found.results["enough"] is True}  # fmt: skip
    # The largest supply has the smallest load: it stands leftmost.
    shown = [(size, load) for size, load in list(able.items())[:3] if load >= LOADS[0]][::-1]
    marks = [Mark(load, f"{size:,.0f} W", level) for level, (size, load) in enumerate(shown)]
    told = ", ".join(f"{size:,.0f} W at {load:.0f}%" for size, load in able.items())
    rows = [(name, *(f"{value}%" for value in level)) for name, level in LEVELS.items()]
    plot = draw_lines(
        "Efficiency of 80 PLUS supplies by their load",
        f"A supply is most efficient around half load. Your parts load supplies: {told}.",
        series,
        ("%", "%"),
        Table(("Level", "20% load", "50% load", "100% load"), tuple(rows)),
        marks,
        floor=80,
    )
    source = (
        "What the 80 PLUS programme asks at 20, 50 and 100% of the load (internal supplies, "
        "115 V), joined by straight lines. These figures are public; the guide does not give them."
    )
    return f'{plot}<p class="rw-hint">{source}</p>'


def plot_energy(calculation: Calculation, calculate: Calculate) -> str:
    """Return the cost of a run, or its energy, as it grows over time."""
    inputs = plain_inputs(calculation)
    budget = inputs.pop("budget", None)
    asked = "hours" in calculation.results
    hours = number(calculation, "hours") if asked else float(inputs["duration"])
    days = hours / 24 * (24 / inputs["hours_per_day"] if asked else 1)
    scale, unit = (1.0, "days") if days >= 3 else (24.0, "hours")
    spans = [2 * days * step / STEPS or days / 1000 for step in range(STEPS + 1)]
    runs = [calculate("energy_cost", {**inputs, "duration": 24 * span}) for span in spans]
    money = inputs.get("price") is not None
    name, of_y = ("cost", inputs.get("currency", "")) if money else ("kwh", "kWh")
    series = [_over_time("Your supply", spans, runs, name, scale, 1)]
    better = inputs.get("better_efficiency")
    if better:
        other = {**inputs, "efficiency": better}
        other.pop("better_efficiency")
        saved = [calculate("energy_cost", {**other, "duration": 24 * span}) for span in spans]
        words = f"A supply of {100 * better:g}%"
        series.append(_over_time(words, spans, saved, name, scale, 2, "7 4"))
    rows = tuple(
        (f"{show(x)} {unit}", *(f"{show(line.points[index][1])} {of_y}" for line in series))
        for index, (x, _) in enumerate(series[0].points)
    )
    marks = [Mark(days * scale, f"{show(days * scale)} {unit}: "
                  f"{show(budget if asked else number(calculation, name))} {of_y}")]  # fmt: skip
    what = "Cost over time" if money else "Energy over time"
    return draw_lines(
        what,
        f"{what}: after {marks[0].label}.",
        series,
        (unit, of_y),
        Table(("After", *(line.name for line in series)), rows),
        marks,
    )


def _over_time(
    words: str,
    spans: list[float],
    runs: list[Calculation],
    name: str,
    scale: float,
    colour: int,
    dash: str = "",
) -> Series:
    points = zip(spans, runs, strict=True)
    return Series(
        words, tuple((span * scale, number(run, name)) for span, run in points), colour, dash
    )


def plot_buy_or_rent(calculation: Calculation, calculate: Calculate) -> str:
    """Return what buying and renting cost over time, with the day on which they cross marked."""
    inputs = plain_inputs(calculation)
    for name, found in (("price", "highest_price"), ("rent", "break_even_rent")):
        if found in calculation.results:
            inputs[name] = number(calculation, found)
    inputs.pop("days", None)
    inputs.pop("months", None)
    even = number(calculate("buy_or_rent", inputs), "days")
    spans = [2 * even * step / STEPS or even / 1000 for step in range(STEPS + 1)]
    runs = [calculate("buy_or_rent", {**inputs, "days": span}) for span in spans]
    unit = inputs.get("currency", "")
    series = [
        _over_time("Buying", spans, runs, "buying_costs", 1, 1),
        _over_time("Renting", spans, runs, "renting_costs", 1, 2, "7 4"),
    ]
    rows = tuple(
        (f"{show(span)} days", *(f"{show(line.points[index][1])} {unit}" for line in series))
        for index, span in enumerate(spans)
    )
    return draw_lines(
        "Buying against renting",
        f"Buying starts higher and grows slower; the two cost the same after {show(even)} days.",
        series,
        ("days", unit),
        Table(("After", "Buying", "Renting"), rows),
        [Mark(even, f"even after {show(even)} days")],
    )
