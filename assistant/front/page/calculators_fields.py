"""What a calculator's form is made of: questions, ways to give something, fields."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Control = Literal["number", "share", "text", "choice", "radio", "check", "gpu", "cpu", "rating"]
# (value, what people read)
Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One input of a calculator as people fill it in.

    unit stands behind the box; units lets people choose: the value is written behind the number
    ("2" and "weeks"). asks and ways name the questions and ways in which it is shown, separated
    by spaces; empty means all. value is what stands there at first.
    """

    name: str
    label: str
    help: str = ""
    control: Control = "number"
    unit: str = ""
    units: Options = ()
    options: Options = ()
    value: str = ""
    needed: bool = False
    more: bool = False
    asks: str = ""
    ways: str = ""

    def is_shown(self, ask: str, way: str) -> bool:
        """Tell whether the field belongs to a question and a way."""
        return _holds(self.asks, ask) and _holds(self.ways, way)


def _holds(names: str, name: str) -> bool:
    return not names or name in names.split()


@dataclass(frozen=True, slots=True)
class Form:
    """A calculator as a page of questions.

    asks are the questions that it answers, ways the means to give one of its inputs, such as
    watts or cards; way_label is the question that the ways answer.
    """

    calculator: str
    purpose: str
    fields: tuple[Field, ...]
    asks: Options = ()
    ways: Options = ()
    way_label: str = ""
    way_asks: str = ""

    def combinations(self) -> Iterator[tuple[str, str]]:
        """Yield each question with each way."""
        for ask, _ in self.asks or (("", ""),):
            for way, _ in self.ways if self.ways and _holds(self.way_asks, ask) else (("", ""),):
                yield ask, way

    def shown(self, ask: str, way: str) -> dict[str, Field]:
        """Return the fields of a question and a way by name."""
        return {field.name: field for field in self.fields if field.is_shown(ask, way)}

    def field(self, name: str) -> Field | None:
        """Return the first field of that name."""
        return next((field for field in self.fields if field.name == name), None)


CURRENCY = Field(
    "currency",
    "Currency",
    "Of all prices here; nothing is exchanged.",
    "choice",
    options=(("€", "€ euro"), ("$", "$ dollar"), ("£", "£ pound"), ("CHF", "CHF franc")),
    value="€",
)
BYTES = Field(
    "bytes_per_value",
    "Each value takes",
    "How the numbers of the mini-batch are stored.",
    "choice",
    options=(("4", "4 bytes (32-bit)"), ("2", "2 bytes (16-bit)"), ("1", "1 byte (8-bit)")),
    value="4",
    more=True,
)
GENERATION = Field(
    "generation",
    "PCIe generation",
    "Of the slower of card and board; 3.0 in the guide.",
    "choice",
    options=tuple((str(number), f"PCIe {number}.0") for number in range(1, 6)),
    value="3",
)
LANES: Options = tuple((str(width), f"x{width}") for width in (16, 8, 4, 2, 1))


def batch_fields(ways: str = "images") -> tuple[Field, ...]:
    """Return the fields of a mini-batch of images."""
    return (
        Field("batch", "Images in a mini-batch", "", value="32", unit="images", needed=True,
              ways=ways),
        Field("height", "Height of an image", "After resizing, as the network gets it.",
              unit="pixels", value="224", needed=True, ways=ways),
        Field("width", "Width of an image", "The same as the height if left empty.",
              unit="pixels", value="224", ways=ways),
        Field("channels", "Channels of an image", "3 for colour, 1 for grey.", value="3",
              ways=ways, more=True),
        Field("shape", "Shape of the mini-batch", "All sizes in any order: 32x225x225x3.",
              "text", value="32x225x225x3", needed=True, ways="shape"),
    )  # fmt: skip
