"""Quantities as inputs and results: pint inside; numbers or strings with units outside."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import pint
from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from assistant.types import Figure

Quantity = pint.Quantity[float]

_WRITTEN = re.compile(r"\s*([+-]?[\d.,]+(?:[eE][+-]?\d+)?)\s*([^\d]*)")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d{1,2}")
_LONGEST = 60


@cache
def registry() -> pint.UnitRegistry[Any]:
    """Return the unit registry that all calculators share.

    money is a unit of its own, in whatever currency the prices were given: nothing is exchanged.
    A byte is 8 bits, a GB is 10^9 bytes, a GiB 2^30.
    """
    units: pint.UnitRegistry[Any] = pint.UnitRegistry()
    units.define("money = [currency]")
    units.define("video_frame = [frames]")
    return units


def quantity(value: float, unit: str) -> Quantity:
    """Return a number with a unit."""
    return registry().Quantity(value, unit)


def figure(value: Quantity, unit: str, digits: int = 6) -> Figure:
    """Return a quantity as a figure in the unit asked for, to `digits` significant digits.

    A whole number comes out as an int, so that it prints without a decimal point.
    """
    number = float(value.to(unit).magnitude)
    return Figure(round_to(number, digits), unit)


def round_to(number: float, digits: int = 6) -> float | int:
    """Return a number to some significant digits; a whole one as an int."""
    rounded = float(f"{number:.{digits}g}")
    return int(rounded) if rounded.is_integer() else rounded


def counted(number: int, thing: str) -> str:
    """Return so many of a thing, in words that agree: "1 GPU", "4 GPUs"."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def show(number: float) -> str:
    """Return a number as a step of a calculation writes it: four digits, no exponent if large."""
    return f"{number:.1f}".removesuffix(".0") if abs(number) >= 1000 else f"{number:.4g}"


def split_number(text: str) -> tuple[float, str]:
    """Split "1,400 W" into the number and the rest.

    Only a number followed by words is read: pint would work out "9**9**9" and never return.

    :raises ValueError: the text does not start with a number, or has digits after it.
    """
    found = _WRITTEN.fullmatch(text) if len(text) <= _LONGEST else None
    if found is None:
        raise ValueError("not a number with a unit")
    number, rest = found.groups()
    if _THOUSANDS.fullmatch(number):
        number = number.replace(",", "")
    elif _DECIMAL_COMMA.fullmatch(number):
        number = number.replace(",", ".")
    return float(number), rest.strip()


@dataclass(frozen=True, slots=True)
class Measured:
    """A pydantic field of a quantity in a unit, between two bounds (both included).

    It takes a number (in the unit), a string such as "250 W" or "0.3 GB/s", or a quantity, and
    refuses another dimension, what is not finite, and what lies outside the bounds.
    """

    unit: str
    low: float
    high: float

    def __get_pydantic_core_schema__(
        self, source: type[Any], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            self.parse,
            serialization=core_schema.plain_serializer_function_ser_schema(
                lambda value: figure(value, self.unit).to_json()
            ),
        )

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {
            "anyOf": [{"type": "number"}, {"type": "string"}],
            "description": f"{self.range}; a number, or a string with a unit",
        }

    @property
    def range(self) -> str:
        """The allowed range in words."""
        return f"from {self.low:g} to {self.high:g} {self.unit}"

    def parse(self, value: object) -> Quantity:
        """Return the value as a quantity in the unit."""
        found = self._quantity(value)
        number = float(found.magnitude)
        if not math.isfinite(number) or not self.low <= number <= self.high:
            raise PydanticCustomError(
                "out_of_range",
                "must be {range}, not {found}",
                {"range": self.range, "found": f"{number:g}"},
            )
        return found

    def _quantity(self, value: object) -> Quantity:
        if isinstance(value, bool) or not isinstance(value, (int, float, str, pint.Quantity)):
            raise PydanticCustomError("not_a_quantity", "is not a number with a unit")
        try:
            if isinstance(value, pint.Quantity):
                return value.to(self.unit)
            if isinstance(value, str):
                number, unit = self.read(value)
                return quantity(number, unit or self.unit).to(self.unit)
            return quantity(float(value), self.unit)
        except Exception as error:  # pint's parser raises many kinds on strings people type
            raise PydanticCustomError(
                "not_a_quantity",
                "must be {range}, not {found}",
                {"range": self.range, "found": repr(str(value)[:40])},
            ) from error

    def read(self, text: str) -> tuple[float, str]:
        """Return the number and the unit of a string; the unit may be empty."""
        return split_number(text)
