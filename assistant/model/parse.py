"""A model's text as sentences, each with its citation numbers and its quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.model.plain import strip_markup

_NUMBERS = re.compile(r"\s*[\[【](\s*\^?\d+(?:\s*[,;]\s*\^?\d+)*\s*)[\]】]")
_BULLET = re.compile(r"^\s*(?:[-*•–]|\d{1,2}[.)])\s+")
# Stand-ins of one character from the private area (strip_markup lets none through): a quote that
# ends a sentence, a quote that does not, a group of citation numbers.
_ENDING, _QUOTE, _CITED = 0xE000, 0xE800, 0xF000
_MOST = 0x7FF
_OPEN = "\uf8ff"  # a quotation mark that nothing closes
_MARK_BEHIND = re.compile(r"([.!?…\ue000-\ue7ff]+[)]?)((?:\s*[\uf000-\uf8ff])+)")
_BOUNDARY = re.compile(
    r"(?:(?<=[.!?…\ue000-\ue7ff])|(?<=[.!?…]\)))\s+(?=[A-Z0-9(‘'\"“\ue000-\uefff])"
)
_NO_END = re.compile(r"(?:\b(?:e\.g|i\.e|vs|etc|approx|ca|cf|no|al|Fig|Mr|Dr)\.)$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a model: its text without citation numbers, and these.

    line is the number of the line it stands in, bullet tells that this is an item of a list.
    is_whole is false for a sentence whose end or closing quotation mark is missing.
    """

    text: str
    cited: tuple[int, ...]
    quotes: tuple[str, ...]
    line: int
    bullet: bool
    is_whole: bool


def parse(text: str) -> list[Sentence]:
    """Return the sentences of a model's text, markup removed."""
    return [
        sentence
        for number, line in enumerate(strip_markup(text).split("\n"))
        if line.strip()
        for sentence in _sentences(number, line)
    ]


def _sentences(number: int, line: str) -> Iterator[Sentence]:
    bullet = _BULLET.match(line)
    masked = _Masked(line[bullet.end() :] if bullet else line)
    for part in masked.parts():
        cited = masked.cited(part)
        text = masked.reveal(part)
        if not text and not cited:
            continue
        yield Sentence(
            text=text,
            cited=cited,
            quotes=masked.quotes_in(part),
            line=number,
            bullet=bullet is not None,
            is_whole=_OPEN not in part and bool(cited or re.search(r"[.!?…:”)]$", text)),
        )


class _Masked:
    """A line whose quotes and citation numbers are one character each, so that it can be cut."""

    def __init__(self, line: str) -> None:
        self._cited: list[tuple[int, ...]] = []
        self._quotes: list[str] = []
        line = _NUMBERS.sub(self._mask_numbers, line)
        line = self._mask_quotes(line)
        self._line = _MARK_BEHIND.sub(r"\2\1", line)

    def parts(self) -> list[str]:
        """Return the masked sentences."""
        found, start = [], 0
        for boundary in _BOUNDARY.finditer(self._line):
            if _NO_END.search(self._line[start : boundary.start()]):
                continue
            found.append(self._line[start : boundary.start()])
            start = boundary.end()
        return [*found, self._line[start:]]

    def cited(self, part: str) -> tuple[int, ...]:
        """Return the citation numbers of a masked sentence."""
        groups = [self._cited[ord(c) - _CITED] for c in part if _CITED <= ord(c) <= _CITED + _MOST]
        return tuple(dict.fromkeys(number for group in groups for number in group))

    def quotes_in(self, part: str) -> tuple[str, ...]:
        """Return the quotes of a masked sentence, without their marks."""
        return tuple(self._quotes[(ord(c) - _ENDING) & _MOST] for c in part if _is_quote(c))

    def reveal(self, part: str) -> str:
        """Return a masked sentence with its quotes and without its citation numbers."""
        shown = (
            f"“{self._quotes[(ord(c) - _ENDING) & _MOST]}”" if _is_quote(c) else c
            for c in part
            if ord(c) < _CITED or ord(c) > ord(_OPEN)
        )
        return re.sub(r"\s+", " ", "".join(shown)).strip()

    def _mask_numbers(self, found: re.Match[str]) -> str:
        if len(self._cited) > _MOST:
            return ""
        self._cited.append(tuple(int(n[:9]) for n in re.findall(r"\d+", found[1])))
        return chr(_CITED + len(self._cited) - 1)

    def _mask_quotes(self, line: str) -> str:
        """Replace outermost quotes; citation numbers inside go behind."""
        out: list[str] = []
        quote: list[str] = []
        depth, straight = 0, False
        for before, character in zip(f" {line}", line, strict=False):
            inches = character == '"' and before.isdigit()
            opens = character == "“" or (character == '"' and depth == 0 and not inches)
            closes = character == "”" or (character == '"' and straight and depth == 1)
            if opens:
                straight = straight or character == '"'
                if depth:
                    quote.append(character)
                depth += 1
            elif closes and depth:
                depth -= 1
                if depth:
                    quote.append(character)
                else:
                    out.append(self._mask_quote("".join(quote)))
                    quote, straight = [], False
            else:
                (quote if depth else out).append(character)
        if depth:
            out += [_OPEN, *quote]
        return "".join(out)

    def _mask_quote(self, quote: str) -> str:
        numbers = "".join(c for c in quote if ord(c) >= _CITED and ord(c) <= _CITED + _MOST)
        quote = "".join(c for c in quote if c not in numbers).strip()
        if not quote or len(self._quotes) > _MOST:
            return quote + numbers
        self._quotes.append(quote)
        first = _ENDING if quote[-1] in ".!?…" else _QUOTE
        return chr(first + len(self._quotes) - 1) + numbers


def _is_quote(character: str) -> bool:
    return _ENDING <= ord(character) < _CITED
