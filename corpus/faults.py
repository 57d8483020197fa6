"""A rule of the corpus data broken, and how a text of ours is held against the source."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.reader import text_of
from corpus.types import Lines

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Fault:
    """A rule broken, and where."""

    file: str
    where: str
    rule: str

    def __str__(self) -> str:
        return f"{self.file}, {self.where}: {self.rule}"


def missing_numbers(text: str, lines: Lines) -> list[str]:
    """Return the numbers of a text of ours that do not stand in the lines it is about."""
    source = text_of(lines)
    return [
        number
        for number in NUMBER.findall(text)
        if not re.search(rf"(?<!\d){re.escape(number)}(?!\d)", source)
        and not re.search(rf"(?<!\d){re.escape(number.replace(',', ''))}(?!\d)", source)
    ]
