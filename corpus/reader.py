"""The source text: its lines, and the paragraphs that they form."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from corpus.errors import CorpusError
from corpus.seal import read_sealed
from corpus.types import Lines, Paragraph, Source

DATA = Path(__file__).parent / "data"
SOURCE = Source(
    title="A Full Hardware Guide to Deep Learning",
    author="Tim Dettmers",
    address="https://timdettmers.com/2018/12/16/deep-learning-hardware-guide/",
    date="2018-12-16",
)
ARTICLE = Lines(2, 113)
COMMENTS = Lines(116, 1245)
NAVIGATION = frozenset({1, 114, 115})  # "Main navigation", "Reader Interactions", "Comments"


@cache
def read_lines(folder: Path = DATA) -> tuple[str, ...]:
    """Return the lines of guide.txt; line n of the source is element n - 1.

    :raises CorpusError: the file is missing or is not the one in the manifest.
    """
    return tuple(read_sealed(folder, "guide.txt").split("\n")[: COMMENTS.last])


def text_of(lines: Lines, folder: Path = DATA) -> str:
    """Return the text of a span of lines, one line after the other, outer spaces removed.

    :raises CorpusError: the span lies outside the source.
    """
    source = read_lines(folder)
    if not 1 <= lines.first <= lines.last <= len(source):
        raise CorpusError(f"The source has lines 1 to {len(source)}; {lines} is outside.")
    return "\n".join(line.strip() for line in source[lines.first - 1 : lines.last])


def paragraphs(span: Lines, folder: Path = DATA) -> tuple[Paragraph, ...]:
    """Return the paragraphs that start in the span, navigation left out."""
    source = read_lines(folder)
    starts = [
        number
        for number in range(span.first, span.last + 1)
        if source[number - 1].startswith(" ") and number not in NAVIGATION
    ]
    found = []
    for start in starts:
        end = start
        while end < len(source) and not source[end].startswith(" ") and end + 1 not in NAVIGATION:
            end += 1
        lines = Lines(start, end)
        found.append(Paragraph(lines, text_of(lines, folder)))
    return tuple(found)
