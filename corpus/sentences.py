"""Cut lines of the source into sentences that can be quoted exactly."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from corpus.reader import read_lines
from corpus.types import Lines

# A sentence ends at . ! ? … (and a closing quote or bracket) before a space and a new beginning.
_BOUNDARY = re.compile(r"(?<=[.!?…])[\"”’)]*\s+(?=[\"“‘(\[–-]?\s?[A-Z0-9])")
_NO_END = re.compile(r"(?:\b(?:e\.g|i\.e|vs|etc|approx|ca|cf|no|al|Fig|Mr|Dr)\.|^\(?\d{1,2}[.)])$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of one line of the source, exactly as it stands there."""

    line: int
    start: int
    end: int
    text: str

    @property
    def lines(self) -> Lines:
        """The line it stands in, as a span."""
        return Lines(self.line, self.line)


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Return the start and end of each sentence of a text without line breaks."""
    spans, start = [], 0
    for boundary in _BOUNDARY.finditer(text):
        end = boundary.start() + len(boundary.group().rstrip())
        if _NO_END.search(text[start:end].strip()):
            continue
        spans.append((start, end))
        start = boundary.end()
    spans.append((start, len(text)))
    return [_trim(text, *span) for span in spans if text[slice(*span)].strip()]


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip())


@cache
def sentences_of(lines: Lines) -> tuple[Sentence, ...]:
    """Return the sentences of a span of lines, in order; a line break ends a sentence."""
    source = read_lines()
    return tuple(
        Sentence(number, start, end, source[number - 1][start:end])
        for number in range(lines.first, lines.last + 1)
        for start, end in split_sentences(source[number - 1])
    )
