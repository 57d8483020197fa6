"""Kinds of inputs beside quantities: counts, shares, shapes, money, the guide's megabytes."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BeforeValidator, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from assistant.calculators.units import Measured, show, split_number

_CURRENCY = re.compile(
    r"€|\$|£|¥|\b(?:eur|euros?|usd|us dollars?|dollars?|gbp|pounds?|chf|francs?|bucks|"
    r"quid|rupees?|inr|money)\b",
    re.I,
)
_CENT = re.compile(r"\b(?:cents?|ct|pence)\b|¢", re.I)
_CURRENCY_FIRST = re.compile(r"\s*([€$£¥]|[A-Za-z]{3}(?=\s|\d))\s*([+-]?[\d.,]+)(.*)")
_METRIC_BYTES = re.compile(r"\b([kKMGT])B\b")
_SHAPE_SIGN = re.compile(r"\s*[x×X*,]\s*|\s+")
_COUNTS = {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "b": 1e9, "bn": 1e9, "billion": 1e9}
_RATINGS = {
    "white": 0.80,
    "bronze": 0.85,
    "silver": 0.88,
    "gold": 0.90,
    "platinum": 0.92,
    "titanium": 0.94,
}
_LARGEST = 10**13


@dataclass(frozen=True, slots=True)
class Number:
    """A pydantic field of a pure number between two bounds (both included).

    suffixes are words that people write after it and that change nothing ("720p", "15 fps").
    """

    low: float
    high: float
    whole: bool = False
    suffixes: tuple[str, ...] = ()

    def __get_pydantic_core_schema__(
        self, source: type[Any], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.parse)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        kind = "integer" if self.whole else "number"
        return {"type": kind, "minimum": self.low, "maximum": self.high}

    @property
    def range(self) -> str:
        """The allowed range in words."""
        return f"{'a whole number ' if self.whole else ''}from {self.low:g} to {self.high:g}"

    def parse(self, value: object) -> float | int:
        """Return the value as a number in range."""
        try:
            number = self._number(value)
        except (ValueError, OverflowError) as error:
            raise self._refusal(value) from error
        if not math.isfinite(number) or not self.low <= number <= self.high:
            raise self._refusal(value)
        if not self.whole:
            return number
        if not number.is_integer():
            raise self._refusal(value)
        return int(number)

    def _number(self, value: object) -> float:
        if isinstance(value, str):
            number, rest = split_number(value)
            if rest.lower() not in ("", *self.suffixes):
                raise ValueError(rest)
            return number
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise ValueError("not a number")
        return float(value)

    def _refusal(self, value: object) -> PydanticCustomError:
        return PydanticCustomError(
            "out_of_range",
            "must be {range}, not {found}",
            {"range": self.range, "found": str(value)[:40]},
        )


def whole(low: int, high: int, *suffixes: str) -> Number:
    """Return a field of a whole number."""
    return Number(low, high, whole=True, suffixes=suffixes)


@dataclass(frozen=True, slots=True)
class Share(Number):
    """A share: 0.9, 90, "90%", or an 80 PLUS rating such as "gold" (at half load on 115 V)."""

    def _number(self, value: object) -> float:
        if isinstance(value, str):
            name = value.lower().replace("80", "", 1).replace("plus", "").strip(" +")
            if name in _RATINGS:
                return _RATINGS[name]
            number, sign = split_number(value)
            if sign not in ("", "%"):
                raise ValueError(sign)
            return number / 100 if sign or number > 1 else number
        number = Number._number(self, value)
        return number / 100 if number > 1 else number


@dataclass(frozen=True, slots=True)
class Count(Number):
    """A large whole number: 23000000, "23M" or "1.5 billion"."""

    whole: bool = True

    def _number(self, value: object) -> float:
        if isinstance(value, str):
            number, word = split_number(value)
            if word.lower() in _COUNTS:
                return float(round(number * _COUNTS[word.lower()]))
        return Number._number(self, value)


def read_shape(value: object) -> tuple[int, ...]:
    """Return "32x225x225x3" or a list of numbers as a shape.

    :raises PydanticCustomError: it has no or too many sizes, or one is out of range.
    """
    sizes = _SHAPE_SIGN.split(value.strip()) if isinstance(value, str) else value
    side = whole(1, 1_000_000)
    if not isinstance(sizes, (list, tuple)) or not 1 <= len(sizes) <= 6:
        raise PydanticCustomError("shape", 'must be one to six sizes such as "32x225x225x3"')
    shape = tuple(int(side.parse(size)) for size in sizes)
    if math.prod(shape) > _LARGEST:
        raise PydanticCustomError("shape", "must hold at most 10^13 values")
    return shape


Shape = Annotated[tuple[int, ...], BeforeValidator(read_shape)]


@dataclass(frozen=True, slots=True)
class Money(Measured):
    """A field of money, or money for something: a number, "0.30 €/kWh", "$20", "20 ct/kWh"."""

    def read(self, text: str) -> tuple[float, str]:
        """Return the number and the unit, whatever the currency."""
        if found := _CURRENCY_FIRST.fullmatch(text):
            text = f"{found[2]} {found[1]}{found[3]}"
        number, unit = split_number(text.replace(" per ", "/"))
        if _CENT.search(unit):
            number, unit = number / 100, _CENT.sub("money", unit)
        unit = _CURRENCY.sub("money", unit)
        # "0.30 €" for a price per kWh leaves out what the field's name already says.
        return number, self.unit if unit.strip() == "money" else unit


@dataclass(frozen=True, slots=True)
class GuideBytes(Measured):
    """A field in bytes or bytes a second where MB is 2^20 bytes, as the guide's figures have it."""

    def read(self, text: str) -> tuple[float, str]:
        """Return the number and the unit, with MB read as MiB."""
        number, unit = split_number(text)
        return number, _METRIC_BYTES.sub(lambda found: found[1].upper() + "iB", unit)


def with_currency(values: Any, *names: str) -> Any:  # noqa: ANN401 - what pydantic hands over
    """Return raw inputs with the currency that their prices were written in, if none is given."""
    if not isinstance(values, Mapping) or values.get("currency"):
        return values
    for name in names:
        written = values.get(name)
        found = _CURRENCY.search(written) if isinstance(written, str) else None
        if found and found[0] != "money":
            return {**values, "currency": found[0]}
    return values


@dataclass(frozen=True, slots=True)
class Precision(Number):
    """16 or 32 bits: 16, "16-bit", "fp16", "half", "float32", "single"."""

    whole: bool = True

    @property
    def range(self) -> str:
        """The allowed values in words."""
        return "16 or 32"

    def _number(self, value: object) -> float:
        if isinstance(value, str):
            name = re.sub(r"[\s-]|bits?|fp|float", "", value.lower())
            value = {"half": 16, "single": 32, "16": 16, "32": 32}.get(name, value)
        number = Number._number(self, value)
        if number not in (16, 32):
            raise ValueError("another precision")
        return number


def amount(number: float, currency: str, per: str = "") -> str:
    """Return money in words: "105 €", "0.2 €/kWh", or without a currency "105", "0.2 per kWh"."""
    if not currency:
        return f"{show(number)} per {per}" if per else show(number)
    return f"{show(number)} {currency}/{per}" if per else f"{show(number)} {currency}"
