"""Energy, cost and CO2 of a run, and what a better supply saves (lines 64-66)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field, model_validator

from assistant.calculators.base import Calculator, Inputs, calculation
from assistant.calculators.cards import cards_of, cpu_draw
from assistant.calculators.fields import Money, Number, Share, amount, whole, with_currency
from assistant.calculators.units import Measured, Quantity, round_to, show
from assistant.errors import InvalidInput, NoSolution
from assistant.types import Calculation, Figure, Value

_Watts = Measured("W", 0, 5000)


class EnergyCostInputs(Inputs):
    """What runs, for how long, and what energy costs."""

    power: Annotated[Quantity, Measured("W", 1, 1e6)] | None = Field(
        None, description="Watts of the whole system (instead of cards)"
    )
    gpu: str | None = Field(
        None, max_length=200, description='Cards by name, such as "4x RTX 2080 Ti"'
    )
    count: Annotated[int, whole(1, 64)] | None = Field(
        None, description="How many cards, where gpu is one name without a number (default 1)"
    )
    gpu_watts: Annotated[Quantity, Measured("W", 1, 2000)] | None = Field(
        None, description="Watts of each card, instead of the figure known for its name"
    )
    cpu_watts: Annotated[Quantity, _Watts] | None = Field(
        None, description="Watts of the CPU, added to the cards"
    )
    duration: Annotated[Quantity, Measured("hour", 0.001, 1e6)] | None = Field(
        None, description='How long, in hours or as "2 weeks"'
    )
    hours_per_day: Annotated[float, Number(0.01, 24)] = Field(
        24.0, description="Hours of each day in which it runs"
    )
    utilisation: Annotated[float, Share(0.01, 1)] = Field(
        1.0, description="Share of full power while it runs (0.01 to 1, or a percentage)"
    )
    price: Annotated[Quantity, Money("money/kWh", 0, 100)] | None = Field(
        None, description='Price of a kWh: 0.20, "0.20 €/kWh" or "20 cents/kWh"'
    )
    currency: str | None = Field(
        None, max_length=12, description="Currency of the prices, only shown"
    )
    efficiency: Annotated[float, Share(0.3, 1)] | None = Field(
        None, description='Efficiency of the supply: 0.8, "80%" or an 80 PLUS rating ("gold")'
    )
    better_efficiency: Annotated[float, Share(0.3, 1)] | None = Field(
        None, description="Efficiency of a better supply: what does it save?"
    )
    co2: Annotated[Quantity, Measured("kg/kWh", 0, 5)] | None = Field(
        None, description="kg of CO2 that a kWh of your grid causes"
    )
    budget: Annotated[Quantity, Money("money", 0.01, 1e9)] | None = Field(
        None, description="Backwards: money to spend; how long does it last?"
    )

    @model_validator(mode="before")
    @classmethod
    def _find_currency(cls, values: Any) -> Any:  # noqa: ANN401 - what pydantic hands over
        return with_currency(values, "price", "budget")


@dataclass(frozen=True, slots=True)
class _Run:
    """A load on the supply and what it costs; unit is the currency's name."""

    watts: float
    load_step: str
    price: float | None
    efficiency: float
    unit: str

    def wall_kilowatts(self, efficiency: float | None = None) -> float:
        return self.watts / 1000 / (efficiency or self.efficiency)


def run_energy_cost(inputs: EnergyCostInputs) -> Calculation:
    """Work out energy and cost of a run, or how long a budget lasts."""
    notes: list[str] = []
    watts, load_step = _load(inputs, notes)
    run = _Run(
        watts * inputs.utilisation,
        load_step,
        None if inputs.price is None else float(inputs.price.magnitude),
        inputs.efficiency or 1.0,
        inputs.currency or "",
    )
    if inputs.efficiency is None:
        notes.append("Inputs not given: the supply's efficiency; its loss is not counted.")
    better = inputs.better_efficiency
    if better is not None and (inputs.efficiency is None or better <= inputs.efficiency):
        raise InvalidInput("better_efficiency must be above efficiency, which must be given too.")
    if inputs.duration is None:
        return _solve_duration(inputs, run, notes)
    return _cost(inputs, run, float(inputs.duration.magnitude), notes)


def _load(inputs: EnergyCostInputs, notes: list[str]) -> tuple[float, str]:
    """Return the watts that the supply delivers at full power, and the sentence that adds them."""
    if inputs.power is not None:
        if inputs.gpu is not None or inputs.gpu_watts is not None:
            raise InvalidInput("Give power or the cards, not both.")
        watts = float(inputs.power.magnitude)
        return watts, f"The system draws {show(watts)} W at full power."
    if inputs.gpu is None and inputs.gpu_watts is None:
        raise InvalidInput('power is missing: give it in W, or the cards (gpu "4x RTX 2080 Ti").')
    each = None if inputs.gpu_watts is None else float(inputs.gpu_watts.magnitude)
    cards = cards_of(inputs.gpu, inputs.count, each)
    cpu = cpu_draw(None, None if inputs.cpu_watts is None else float(inputs.cpu_watts.magnitude))
    terms = [f"{card.count} × {show(card.watts)} W" for card in cards]
    if cpu is None:
        notes.append("Inputs not given: the CPU's power; only the cards are counted.")
    else:
        terms.append(f"{show(cpu)} W")
    watts = sum(card.count * card.watts for card in cards) + (cpu or 0)
    return watts, f"{' + '.join(terms)} = {show(watts)} W at full power."


def _cost(inputs: EnergyCostInputs, run: _Run, duration: float, notes: list[str]) -> Calculation:
    hours = duration * inputs.hours_per_day / 24
    kwh = run.wall_kilowatts() * hours
    loss = kwh - run.watts / 1000 * hours
    steps = [*_load_steps(inputs, run), *_hour_steps(inputs, duration, hours)]
    steps.append(f"{show(run.wall_kilowatts())} kW × {show(hours)} h = {show(kwh)} kWh (line 65).")
    if run.efficiency < 1:
        steps.append(f"Of that the supply loses {show(loss)} kWh (line 65).")
    results: dict[str, Value] = {"kwh": Figure(round_to(kwh), "kWh")}
    if run.price is None:
        results = {"value": Figure(round_to(kwh), "kWh"), **results}
        results["loss"] = Figure(round_to(loss), "kWh")
    else:
        cost = kwh * run.price
        results = {"value": Figure(round_to(cost), run.unit), **results}
        results["cost"] = Figure(round_to(cost), run.unit)
        results["extra_cost"] = Figure(round_to(loss * run.price), run.unit)
        steps.append(
            f"{show(kwh)} kWh × {amount(run.price, run.unit, 'kWh')} = {amount(cost, run.unit)}"
            f" (line 65)."
        )
    _add_savings(inputs, run, hours, results, steps)
    if inputs.co2 is not None:
        co2 = kwh * float(inputs.co2.magnitude)
        results["co2"] = Figure(round_to(co2), "kg")
        steps.append(f"{show(kwh)} kWh × {inputs.co2.magnitude:.4g} kg = {show(co2)} kg of CO2.")
    else:
        notes.append("CO2 is not worked out: how many kg a kWh of your grid causes is not given.")
    if run.efficiency < 1:
        notes.append(
            "Line 65 prints 18-26 € extra for an 80% supply; 25% more than its 60-100 € "
            "is 15-25 €. This calculation divides by the efficiency."
        )
    if inputs.budget is not None and run.price is not None:
        results["within_budget"] = kwh * run.price <= float(inputs.budget.magnitude)
    return calculation("energy_cost", inputs, results, steps, [(64, 66)], notes)


def _add_savings(
    inputs: EnergyCostInputs, run: _Run, hours: float, results: dict[str, Value], steps: list[str]
) -> None:
    better = inputs.better_efficiency
    if better is None:
        return
    saved = (run.wall_kilowatts() - run.wall_kilowatts(better)) * hours
    words = f"A supply of {show(100 * better)}% would save {show(saved)} kWh"
    results["saved_kwh"] = Figure(round_to(saved), "kWh")
    if run.price is None:
        results["saving"] = Figure(round_to(saved), "kWh")
        steps.append(f"{words} (lines 64 and 65).")
    else:
        results["saving"] = Figure(round_to(saved * run.price), run.unit)
        steps.append(f"{words}, {amount(saved * run.price, run.unit)} (lines 64 and 65).")


def _solve_duration(inputs: EnergyCostInputs, run: _Run, notes: list[str]) -> Calculation:
    if inputs.budget is None:
        raise InvalidInput('duration is missing: give it ("2 weeks"), or a budget.')
    if run.price is None:
        raise InvalidInput("price is missing: how long a budget lasts depends on it.")
    budget = float(inputs.budget.magnitude)
    if run.price == 0:
        raise NoSolution("Energy that costs nothing never uses up the budget.")
    hourly = run.wall_kilowatts() * run.price
    hours = budget / hourly
    days = hours / inputs.hours_per_day
    steps = [
        *_load_steps(inputs, run),
        f"{show(run.wall_kilowatts())} kW × {amount(run.price, run.unit, 'kWh')} = "
        f"{amount(hourly, run.unit)}"
        f" an hour.",
        f"{amount(budget, run.unit)} / {show(hourly)} = {show(hours)} hours of running: "
        f"{show(days)} days with {show(inputs.hours_per_day)} hours a day.",
    ]
    results: dict[str, Value] = {
        "value": Figure(round_to(hours), "hours"),
        "hours": Figure(round_to(hours), "hours"),
        "days": Figure(round_to(days), "days"),
        "kwh": Figure(round_to(budget / run.price), "kWh"),
    }
    return calculation("energy_cost", inputs, results, steps, [(64, 65)], notes)


def _load_steps(inputs: EnergyCostInputs, run: _Run) -> list[str]:
    steps = [run.load_step]
    if inputs.utilisation < 1:
        steps.append(f"At {show(100 * inputs.utilisation)}% of that: {show(run.watts)} W.")
    if run.efficiency < 1:
        steps.append(
            f"{show(run.watts)} W / {show(100 * run.efficiency)}% = "
            f"{show(1000 * run.wall_kilowatts())} W at the wall."
        )
    return steps


def _hour_steps(inputs: EnergyCostInputs, duration: float, hours: float) -> list[str]:
    if inputs.hours_per_day == 24:
        return []
    return [f"{show(duration / 24)} days × {show(inputs.hours_per_day)} hours = {show(hours)} h."]


CALCULATOR = Calculator(
    "energy_cost",
    "Energy cost",
    "Energy, cost and CO2 of a run by power, time, price and the supply's efficiency, and what a "
    "better supply saves; or how long a budget lasts.",
    EnergyCostInputs,
    run_energy_cost,
)
