"""A calculation that a question calls for, and a question as the rules for that read it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from assistant.understand.names import find_unknown_cards
from assistant.understand.numerals import tidy
from assistant.understand.parts import Mention, find_parts
from assistant.understand.quantities import Amount, find_quantities, of_kind
from assistant.understand.unit_patterns import Kind

Inputs = dict[str, Any]
_COUNT_OF_UNKNOWN = re.compile(r"(-?\d{1,4})\s?[x×*]?\s?(?:nvidia\s|geforce\s)*$", re.I)
# What "four of them" may be of.
_COUNTABLE = re.compile(
    r"(?i)(?:\b|-)(?P<thing>(?P<card>gpus?|cards?|accelerators?|quadros|teslas)|lanes?|slots?|cores?|"
    r"threads?|cpus|processors|xeons|ssds?|nvmes?|drives|dis[ck]s|dimms?|sticks|watts|hours|days)\b"
)
_HOW_MANY = re.compile(
    r"(?i)\bhow many (?:[\w-]+\s){0,3}?(?P<thing>lanes|slots|cores|threads|watts)\b"
)
_CLOSE = 28
_SCREENS: dict[float, tuple[int, int]] = {  # by height: both sides
    720: (720, 1280),
    1080: (1080, 1920),
    2160: (2160, 3840),
}


@dataclass(frozen=True, slots=True)
class Request:
    """A calculator with the inputs that a question gives it.

    assumed has a sentence for each input that was not said; missing has what to ask for where
    the calculation cannot be made yet.
    """

    calculator: str
    inputs: Mapping[str, Any]
    assumed: Mapping[str, str] = field(default_factory=dict)
    missing: Mapping[str, str] = field(default_factory=dict)

    @property
    def ready(self) -> bool:
        """Tell whether nothing is missing."""
        return not self.missing


@dataclass(frozen=True)
class Reading:
    """A question with its parts and quantities."""

    text: str

    @cached_property
    def parts(self) -> list[Mention]:
        """Hardware named, in order."""
        return find_parts(self.text)

    @cached_property
    def amounts(self) -> list[Amount]:
        """Quantities, in order."""
        return find_quantities(self.text)

    @cached_property
    def gpus(self) -> list[Mention]:
        """The GPUs named."""
        return [mention for mention in self.parts if mention.hardware.kind == "gpu"]

    @cached_property
    def cpu(self) -> Mention | None:
        """The first CPU named."""
        return next((mention for mention in self.parts if mention.hardware.kind == "cpu"), None)

    @cached_property
    def unknown_cards(self) -> list[str]:
        """What is written like a card and is none that we know, with its count."""
        found = []
        for start, end in find_unknown_cards(self.text):
            count = _COUNT_OF_UNKNOWN.search(self.text[:start])
            found.append((f"{count[1]}x " if count else "") + self.text[start:end])
        return found

    @property
    def names_cards(self) -> bool:
        """Tell whether a card is named, known or not."""
        return bool(self.gpus or self.unknown_cards)

    def of(self, *kinds: Kind) -> list[Amount]:
        """Return the amounts of some kinds."""
        return of_kind(self.amounts, *kinds)

    def first(self, *kinds: Kind) -> float | int | None:
        """Return the value of the first amount of some kinds."""
        return next((amount.value for amount in self.of(*kinds)), None)

    def says(self, pattern: str) -> bool:
        """Tell whether a pattern stands in the question, case ignored."""
        return re.search(pattern, self.text, re.I) is not None

    def follows(self, amount: Amount, pattern: str) -> bool:
        """Tell whether a pattern comes right after an amount."""
        return re.match(rf"\s*(?:{pattern})", self.text[amount.end :], re.I) is not None

    def leads(self, amount: Amount, pattern: str) -> bool:
        """Tell whether a pattern stands shortly before an amount, with no comma between."""
        return self.leads_from(amount, pattern) >= 0

    def leads_from(self, amount: Amount, pattern: str) -> int:
        """Return where the last match of a pattern shortly before an amount starts; -1 if none."""
        first = max(0, amount.start - _CLOSE)
        before = re.split(r"[,;.?!]", self.text[first : amount.start])[-1]
        starts = [found.start() for found in re.finditer(pattern, before, re.I)]
        return amount.start - len(before) + starts[-1] if starts else -1

    @cached_property
    def card_count(self) -> int | None:
        """How many cards the question speaks of; None where it does not say."""
        counted = [mention.count for mention in self.gpus if mention.counted]
        amounts = self._counts_of_cards
        if amounts and amounts[0].unit == "total":
            return int(amounts[0].value)
        if amounts and (len(self.gpus) != 1 or not counted or self.gpus[0].count == 1):
            return int(amounts[0].value)
        if counted or len(self.gpus) > 1:
            return sum(mention.count for mention in self.gpus)
        return None

    @cached_property
    def _counts_of_cards(self) -> list[Amount]:
        """Numbers of cards: "three in all" before others, "four of them" where they are cards."""
        amounts = self.of("gpus")
        total = [amount for amount in amounts if amount.unit == "total"]
        plain = [amount for amount in amounts if not amount.unit]
        referring = [
            amount for amount in amounts if amount.unit == "them" and self._of_cards(amount)
        ]
        if total and (plain or self.gpus):
            return total
        return plain or referring

    def _of_cards(self, amount: Amount) -> bool:
        """Tell whether what an amount is of, "of them", was no other thing than cards."""
        asked = {found["thing"].lower() for found in _HOW_MANY.finditer(self.text)}
        named = [
            found
            for found in _COUNTABLE.finditer(self.text, 0, amount.start)
            if found["thing"].lower().rstrip("s") + "s" not in asked
        ]
        cards = [part.end for part in self.gpus if part.end <= amount.start]
        return not named or bool(named[-1]["card"]) or named[-1].end() < max(cards, default=0)

    def cards(self, plain_count: str = "count") -> Inputs:
        """Return the inputs gpu and count for the cards of the question."""
        if self.unknown_cards:
            named = [f"{m.count}x {m.hardware.model}" for m in self.gpus]
            return {"gpu": ", ".join([*named, *self.unknown_cards])}
        models = {mention.hardware.model for mention in self.gpus}
        if len(models) > 1:
            return {"gpu": ", ".join(f"{m.count}x {m.hardware.model}" for m in self.gpus)}
        found: Inputs = {"gpu": models.pop()} if models else {}
        if self.card_count is not None:
            found[plain_count] = self.card_count
        return found

    @cached_property
    def images(self) -> list[tuple[int, int]]:
        """Heights and widths of images: "512x384", "224 pixels square", "full HD"."""
        named = [_SCREENS[a.value] for a in self.of("resolution") if a.value in _SCREENS]
        return [(amount.values[0], amount.values[1]) for amount in self.of("image")] + named

    @cached_property
    def batch_size(self) -> float | int | None:
        """The number of samples in a mini-batch.

        What is said to be of a batch is, before images: "9000 images in batches of 30".
        """
        amounts = self.of("batch")
        named = [a for a in amounts if "b" in self.text[a.start : a.end].lower()]  # "batch", "bs"
        return next((amount.value for amount in [*named, *amounts]), None)

    def batch(self) -> Inputs:
        """Return the inputs that say how large a mini-batch is."""
        found: Inputs = {}
        shapes, images, batch = self.of("shape"), self.images, self.batch_size
        if shapes:
            sides = shapes[0].values
            # "64 images of 3x224x224": the shape is one image's, the mini-batch has 64 of them.
            many = [int(batch)] if batch is not None and len(sides) == 3 else []
            found["shape"] = "x".join(map(str, (*many, *sides)))
        elif images:
            found["height"], found["width"] = images[0]
        if batch is not None and not shapes:
            found["batch"] = batch
        if self.says(r"gr[ae]y|black[- ]and[- ]white|(?:one|single)[- ]channel") and not shapes:
            found["channels"] = 1
        elif self.says(r"\b(?:rgb|colou?r|(?:3|three)[- ]channels?)\b") and not shapes:
            found["channels"] = 3
        precision = self.first("precision")
        if precision is not None:
            found["bytes_per_value"] = int(precision) // 8
        return found


@dataclass(frozen=True, slots=True)
class Rule:
    """When a question calls for a calculator, what it gives it, and what must not be lacking.

    asks is the test; collect reads the inputs that are said; finish adds what is missing and
    what is assumed. rivals are groups of inputs that say the same: a new one ousts the others.
    unclear has what to ask back where a number's role cannot be told: a guess would mislead.
    """

    calculator: str
    asks: Callable[[Reading], bool]
    collect: Callable[[Reading], Inputs]
    finish: Callable[[Inputs], Request]
    rivals: tuple[tuple[frozenset[str], frozenset[str]], ...] = ()
    unclear: Callable[[Reading], Mapping[str, str]] = lambda _: {}


def link(reading: Reading) -> Inputs:
    """Return the inputs lanes and generation of a PCIe link."""
    values = {"lanes": reading.first("lanes"), "generation": reading.first("generation")}
    return {name: value for name, value in values.items() if value is not None}


def rival(first: str, second: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return two groups of inputs, of which a question may give one."""
    return frozenset(first.split()), frozenset(second.split())


def written(value: float, unit: str) -> str:
    """Return a quantity as a calculator reads it: "0.3 €/kWh"."""
    return f"{tidy(value)} {unit}".strip()
