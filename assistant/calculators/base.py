"""What a calculator is: a name, typed inputs, and a function from them to a calculation."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pint
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from assistant.calculators.units import figure
from assistant.errors import InvalidInput, NoSolution
from assistant.types import Calculation, Figure, Value
from corpus.types import Lines

_LINES = re.compile(r"\blines? \d+(?:(?:,| and) \d+)*")


class Inputs(BaseModel):
    """Base of all calculator inputs: unknown names are refused, null is as good as not given."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    @model_validator(mode="before")
    @classmethod
    def _drop_nulls(cls, values: Any) -> Any:  # noqa: ANN401 - what pydantic hands over
        if not isinstance(values, Mapping):
            return values
        return {name: value for name, value in values.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Calculator:
    """A calculator: run is a pure function of the inputs.

    title is how a person calls it, summary says when to use it: a model reads it too.
    """

    name: str
    title: str
    summary: str
    inputs: type[Inputs]
    run: Callable[[Any], Calculation]

    def calculate(self, values: Mapping[str, Any]) -> Calculation:
        """Check the inputs and calculate.

        :raises InvalidInput: an input is missing or nonsense; names it and the allowed range.
        :raises NoSolution: the inputs make sense but have no answer.
        """
        _require_characters(values)
        try:
            inputs = self.inputs(**values)
        except ValidationError as error:
            raise InvalidInput(f"{self.name}: {explain(error, self.inputs)}.") from error
        try:
            return self.run(inputs)
        except (InvalidInput, NoSolution) as error:
            raise type(error)(f"{self.name}: {error}") from error


def _require_characters(values: Mapping[str, Any]) -> None:
    """Refuse half a character, which JSON can carry and nothing else can read."""
    try:
        "".join(v for pair in values.items() for v in pair if isinstance(v, str)).encode("utf-8")
    except UnicodeEncodeError as error:
        raise InvalidInput("An input holds half a character: write it again.") from error


def explain(error: ValidationError, inputs: type[Inputs]) -> str:
    """Return the first faults of a validation in words, each with its input's name."""
    faults = []
    for fault in error.errors()[:3]:
        name = ".".join(str(part) for part in fault["loc"][:1])
        message = fault["msg"].removeprefix("Value error, ").removesuffix(".")
        if fault["type"] == "missing":
            message = "is missing"
        elif fault["type"] == "extra_forbidden":
            message = f"is not an input; the inputs are {', '.join(inputs.model_fields)}"
        elif fault["type"] == "literal_error":
            found = str(fault["input"])[:40]
            message = f"must be {fault['ctx']['expected'].replace(chr(39), '')}, not {found}"
        faults.append(f"{name} {message}" if name else message)
    return "; ".join(faults)


def calculation(
    name: str,
    inputs: Inputs,
    results: Mapping[str, Value],
    steps: list[str],
    lines: list[tuple[int, int]],
    notes: list[str] | None = None,
) -> Calculation:
    """Put a calculation together; inputs that were not given are left out."""
    return Calculation(
        calculator=name,
        inputs=_shown(inputs),
        results=results,
        steps=tuple(_of_the_guide(steps)),
        lines=tuple(Lines(*pair) for pair in lines),
        notes=tuple(notes or ()),
    )


def _of_the_guide(steps: Sequence[str]) -> Iterator[str]:
    """Yield the steps; the first that names lines says whose they are."""
    first = next((n for n, step in enumerate(steps) if _LINES.search(step)), None)
    for n, step in enumerate(steps):
        yield _LINES.sub(r"\g<0> of the guide", step, count=1) if n == first else step


def _shown(inputs: Inputs) -> dict[str, Value]:
    shown: dict[str, Value] = {}
    for name, value in inputs:
        if value is None:
            continue
        if isinstance(value, pint.Quantity):
            shown[name] = figure(value, f"{value.units:~}" or "")
        elif isinstance(value, bool) or not isinstance(value, (int, float)):
            shown[name] = tuple(value) if isinstance(value, (list, tuple)) else value
        else:
            shown[name] = Figure(value, "")
    return shown
