"""When a machine of one's own has paid for itself against a rented one (lines 134 and 991)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field, model_validator

from assistant.calculators.base import Calculator, Inputs, calculation
from assistant.calculators.fields import Money, Number, amount, with_currency
from assistant.calculators.units import Measured, Quantity, round_to, show
from assistant.errors import InvalidInput, NoSolution
from assistant.types import Calculation, Figure, Value

DAYS_A_MONTH = 365.25 / 12

_LONG_RENT = re.compile(r"day|week|month|year", re.I)


class BuyOrRentInputs(Inputs):
    """What buying and renting cost, and how much the machine would be used."""

    price: Annotated[Quantity, Money("money", 0.01, 1e9)] | None = Field(
        None, description="Price of the machine; leave it out to learn the highest that pays"
    )
    rent: Annotated[Quantity, Money("money/hour", 0, 1e6)] | None = Field(
        None, description="Rent of such a machine for an hour; leave it out to learn the break-even"
    )
    hours_per_day: Annotated[float, Number(0.01, 24)] = Field(
        24.0, description="Hours of each day in which it would be used"
    )
    power: Annotated[Quantity, Measured("W", 0, 1e6)] | None = Field(
        None, description="Watts that the machine draws while it is used"
    )
    power_price: Annotated[Quantity, Money("money/kWh", 0, 100)] | None = Field(
        None, description='Price of a kWh: 0.20, "0.20 €/kWh" or "20 cents/kWh"'
    )
    days: Annotated[float, Number(0.01, 36525)] | None = Field(
        None, description="Backwards: days of use; which is cheaper, or what price or rent is even?"
    )
    months: Annotated[float, Number(0.01, 1200)] | None = Field(
        None, description="The same in months, instead of days"
    )
    currency: str | None = Field(
        None, max_length=12, description="Currency of the prices, only shown"
    )

    @model_validator(mode="before")
    @classmethod
    def _find_currency(cls, values: Any) -> Any:  # noqa: ANN401 - what pydantic hands over
        return with_currency(values, "price", "rent", "power_price")

    @model_validator(mode="before")
    @classmethod
    def _refuse_idle_rent(cls, values: Any) -> Any:  # noqa: ANN401 - what pydantic hands over
        """Refuse a rent by the month for a machine that is used for a part of the day only."""
        if not isinstance(values, Mapping):
            return values
        rent, hours = values.get("rent"), str(values.get("hours_per_day", "24"))
        if isinstance(rent, str) and _LONG_RENT.search(rent) and hours not in ("24", "24.0"):
            raise ValueError(
                "rent by the day or longer runs all day: leave hours_per_day out, or give the "
                "rent of an hour"
            )
        return values


def run_buy_or_rent(inputs: BuyOrRentInputs) -> Calculation:
    """Find the break-even time, or the price or rent at which a time breaks even."""
    notes: list[str] = []
    running, steps = _running_cost(inputs, notes)
    days = _days(inputs)
    if inputs.price is None:
        return _highest_price(inputs, running, days, steps, notes)
    if inputs.rent is None:
        return _even_rent(inputs, running, days, steps, notes)
    unit = _unit(inputs)
    price, rent = float(inputs.price.magnitude), float(inputs.rent.magnitude)
    if running >= rent:
        raise NoSolution(
            f"Buying never pays: each hour costs {amount(running, unit)} of power and the rent "
            f"is {amount(rent, unit)}."
        )
    hours = price / (rent - running)
    even = hours / inputs.hours_per_day
    steps += [
        f"Each hour saves {show(rent)} - {show(running)} = {amount(rent - running, unit)}.",
        f"{amount(price, unit)} / {amount(rent - running, unit)} = {show(hours)} hours.",
        f"{show(hours)} hours / {show(inputs.hours_per_day)} hours a day = {show(even)} days, "
        f"{show(even / DAYS_A_MONTH)} months.",
    ]
    results: dict[str, Value] = {
        "value": Figure(round_to(even), "days"),
        "hours": Figure(round_to(hours), "hours"),
        "days": Figure(round_to(even), "days"),
        "months": Figure(round_to(even / DAYS_A_MONTH), "months"),
        "saved_per_hour": Figure(round_to(rent - running), unit),
    }
    if days is not None:
        used = days * inputs.hours_per_day
        buying, renting = price + used * running, used * rent
        cheaper = "buy" if buying <= renting else "rent"
        results = {"recommended": cheaper, **results}
        results["buying_costs"] = Figure(round_to(buying), unit)
        results["renting_costs"] = Figure(round_to(renting), unit)
        steps.append(
            f"In {show(days)} days buying costs {amount(buying, unit)} and renting "
            f"{amount(renting, unit)}: {cheaper}."
        )
    return _done(inputs, results, steps, notes)


def _highest_price(
    inputs: BuyOrRentInputs, running: float, days: float | None, steps: list[str], notes: list[str]
) -> Calculation:
    if inputs.rent is None or days is None:
        missing = "rent and days are" if inputs.rent is None else "price is"
        raise InvalidInput(f"{missing} missing: give price and rent, or one of them and days.")
    unit, rent = _unit(inputs), float(inputs.rent.magnitude)
    if running >= rent:
        raise NoSolution(
            f"No price pays: each hour costs {amount(running, unit)} of power and the "
            f"rent is {amount(rent, unit)}."
        )
    used = days * inputs.hours_per_day
    worth = used * (rent - running)
    steps.append(
        f"{show(used)} hours × ({show(rent)} - {show(running)}) = {amount(worth, unit)}"
        f": a machine that costs less pays."
    )
    results: dict[str, Value] = {
        "value": Figure(round_to(worth), unit),
        "highest_price": Figure(round_to(worth), unit),
    }
    return _done(inputs, results, steps, notes)


def _even_rent(
    inputs: BuyOrRentInputs, running: float, days: float | None, steps: list[str], notes: list[str]
) -> Calculation:
    if days is None or inputs.price is None:
        raise InvalidInput("rent is missing: give the rent of an hour, or days of use.")
    unit, price = _unit(inputs), float(inputs.price.magnitude)
    used = days * inputs.hours_per_day
    even = price / used + running
    steps.append(
        f"{amount(price, unit)} / {show(used)} hours + {amount(running, unit)} = "
        f"{amount(even, unit)} an hour: a dearer rent makes buying pay."
    )
    results: dict[str, Value] = {
        "value": Figure(round_to(even), f"{unit}/hour" if unit else "per hour"),
        "break_even_rent": Figure(round_to(even), f"{unit}/hour" if unit else "per hour"),
    }
    return _done(inputs, results, steps, notes)


def _running_cost(inputs: BuyOrRentInputs, notes: list[str]) -> tuple[float, list[str]]:
    """Return what an hour of one's own machine costs in power, and the step that says so."""
    if inputs.power is None or inputs.power_price is None:
        notes.append("Inputs not given: power and power_price; electricity is not counted.")
        return 0.0, []
    kilowatts = float(inputs.power.to("kW").magnitude)
    price = float(inputs.power_price.magnitude)
    cost, unit = kilowatts * price, _unit(inputs)
    return cost, [
        f"An hour of one's own machine: {show(kilowatts)} kW × {amount(price, unit, 'kWh')} "
        f"= {amount(cost, unit)} (line 991)."
    ]


def _days(inputs: BuyOrRentInputs) -> float | None:
    if inputs.days is not None and inputs.months is not None:
        raise InvalidInput("Give days or months, not both.")
    return inputs.days if inputs.months is None else inputs.months * DAYS_A_MONTH


def _unit(inputs: BuyOrRentInputs) -> str:
    return inputs.currency or ""


def _done(
    inputs: BuyOrRentInputs, results: dict[str, Value], steps: list[str], notes: list[str]
) -> Calculation:
    notes.append(
        "A reader who ran 12 hours a day had his machine back in 5-10 months with one GPU "
        "and 3-6 with two (line 991). Resale value is not counted."
    )
    return calculation("buy_or_rent", inputs, results, steps, [(990, 991), (134, 134)], notes)


CALCULATOR = Calculator(
    "buy_or_rent",
    "Buy or rent",
    "When buying a machine has paid against renting one by the hour, by price, rent, use and "
    "power; or the price or rent at which a time of use breaks even.",
    BuyOrRentInputs,
    run_buy_or_rent,
)
