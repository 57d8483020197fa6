"""The check between an answer and its reader: nothing unsupported passes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.types import Calculation, Citation, Figure
from corpus.reader import text_of
from corpus.types import Lines

_SPACE = re.compile(r"\s+")
MARKER = re.compile(r"\[(\d+)\]")
_STYLES = str.maketrans("’‘“”„–—‑", '\'\'"""---')  # one character for one
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def fold(text: str) -> str:
    """Fold white space, the only liberty a quote may take."""
    return _SPACE.sub(" ", text).strip()


def is_verbatim(quote: str, lines: Lines) -> bool:
    """Tell whether a quote stands in these lines, character for character."""
    return bool(quote.strip()) and fold(quote) in fold(text_of(lines))


def find_verbatim(quote: str, text: str) -> str | None:
    """Return the stretch of a text that a quote stands for, as it stands in the text.

    Only white space and the style of quotation marks and dashes may differ, since models write
    their own. Returns None where the quote is not there.
    """
    source, wanted = fold(text), fold(quote)
    start = source.translate(_STYLES).find(wanted.translate(_STYLES)) if wanted else -1
    return source[start : start + len(wanted)] if start >= 0 else None


def numbers_in(text: str) -> set[str]:
    """Return the numbers of a text, thousands separators removed, citation markers left out."""
    plain = MARKER.sub(" ", text)
    return {canonical(number) for number in NUMBER.findall(plain)}


def canonical(number: str) -> str:
    """Return a number without thousands separators and a final ".0"."""
    number = re.sub(r",(?=\d{3}(?:\D|$))", "", number)
    return number.rstrip(".").removesuffix(".0")


def supported_numbers(
    citations: Sequence[Citation], calculations: Sequence[Calculation]
) -> set[str]:
    """Return every number that the cited spans and the calculations of this turn hold."""
    found: set[str] = set()
    for citation in citations:
        found |= numbers_in(citation.quote)
    for calculation in calculations:
        figures = [*calculation.inputs.values(), *calculation.results.values()]
        found |= numbers_in(" ".join(_text(value) for value in figures))
        found |= numbers_in(" ".join((*calculation.steps, *calculation.notes)))
    return found


def _text(value: object) -> str:
    if isinstance(value, Figure):
        return f"{value.value} {value}"
    if isinstance(value, (tuple, list)):
        return " ".join(map(_text, value))
    return str(value)
