"""Plots as inline SVG: bars and lines from plain values, with a table of the same numbers.

Widths are percentages and heights pixels, so that a plot fills its place and its words keep
their size on a phone; colours are the page's variables, so that it follows light and dark.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from assistant.front.page.plots_tables import Table, legend_html, numbers_html

ROW, BAR, TOP, LABEL = 46, 18, 22, 16  # pixels: of a row, its bar, the marks above, a row's words
HEAD, TALL, FOOT = 36, 200, 24  # pixels: of a line plot above, the drawn part, below


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a bar; colour is the number of a plot colour, 1 to 5, or 0 for the plain one."""

    name: str
    value: float
    colour: int


@dataclass(frozen=True, slots=True)
class Row:
    """A bar: its words, its parts, and how it stands (fine, fails) where that matters.

    room is the length of the frame around the bar, such as what a supply can give.
    """

    label: str
    note: str
    segments: tuple[Segment, ...]
    state: str = ""
    room: float = 0.0

    @property
    def length(self) -> float:
        """How far the bar or its frame reaches."""
        return max(self.room, sum(segment.value for segment in self.segments))


@dataclass(frozen=True, slots=True)
class Mark:
    """A line across a plot at a value, with its words.

    Words stand before their line. Of several marks from left to right the levels rise, so that
    no line runs through the words of another.
    """

    value: float
    label: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Series:
    """A line of points, drawn in a plot colour, dashed where another line must be told from it."""

    name: str
    points: tuple[tuple[float, float], ...]
    colour: int
    dash: str = ""


def draw_bars(
    title: str, summary: str, rows: Sequence[Row], table: Table, marks: Sequence[Mark] = ()
) -> str:
    """Return a figure of bars, one below the other, with marks across them."""
    longest = max([row.length for row in rows] + [mark.value for mark in marks]) * 1.04 or 1.0
    height = TOP + ROW * len(rows)
    tops = [TOP + ROW * index for index in range(len(rows))]
    bars = "".join(_bar(row, longest, top) for row, top in zip(rows, tops, strict=True))
    words = "".join(_words(row, top) for row, top in zip(rows, tops, strict=True))
    # Across the bars alone: above each bar stand its words.
    pieces = [(TOP - 6, TOP + 2), *((top + LABEL, top + LABEL + BAR + 2) for top in tops)]
    crossing = "".join(_mark(mark, 100 * mark.value / longest, pieces) for mark in marks)
    return _figure(title, summary, bars + crossing + words, height, _bar_legend(rows), table)


def _words(row: Row, top: int) -> str:
    return (
        f'<text x="0" y="{top + 11}" class="rw-plot-label">{escape(row.label)}</text>'
        f'<text x="100%" y="{top + 11}" text-anchor="end" class="rw-plot-note {row.state}">'
        f"{escape(row.note)}</text>"
    )


def _bar(row: Row, longest: float, top: int) -> str:
    at, parts, y = 0.0, [], top + LABEL
    for segment in row.segments:
        width = 100 * segment.value / longest
        if width > 0:
            parts.append(
                f'<rect x="{at:.2f}%" y="{y}" width="{width:.2f}%" height="{BAR}" '
                f'class="rw-plot-{segment.colour}"><title>{escape(segment.name)}</title></rect>'
            )
        at += width
    if row.room:
        parts.append(
            f'<rect x="0" y="{y}" width="{100 * row.room / longest:.2f}%" height="{BAR}" '
            f'class="rw-plot-room {row.state}"/>'
        )
    return "".join(parts)


def _bar_legend(rows: Sequence[Row]) -> list[tuple[str, int, str]]:
    seen = {segment.name: segment.colour for row in rows for segment in row.segments}
    return [(name, colour, "") for name, colour in seen.items()] if len(seen) > 1 else []


def draw_lines(
    title: str,
    summary: str,
    series: Sequence[Series],
    axes: tuple[str, str],
    table: Table,
    marks: Sequence[Mark] = (),
    floor: float = 0.0,
) -> str:
    """Return a figure of lines over a common axis; axes are the units of x and y.

    floor is the value at the bottom, where that is not zero.
    """
    points = [point for line in series for point in line.points]
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    ticks = nice_ticks(floor, max(y for _, y in points))
    top, low = max(ticks[-1], max(y for _, y in points)), min(floor, ticks[0])
    # Further marks get their words a line lower, so that they do not run into each other.
    room = HEAD + 14 * max([mark.level for mark in marks], default=0)

    # What costs nothing is a line at the bottom.
    wide, tall = (right - left) or 1.0, (top - low) or 1.0

    def place(x: float, y: float) -> tuple[float, float]:
        return (x - left) / wide * 100, room + TALL * (1 - (y - low) / tall)

    heights = [place(left, tick)[1] for tick in ticks]
    grid = "".join(
        f'<line x1="0" x2="100%" y1="{y:.1f}" y2="{y:.1f}" class="rw-plot-grid"/>' for y in heights
    )
    beside = "".join(
        f'<text x="0" y="{y - 4:.1f}" class="rw-plot-tick">{escape(with_unit(tick, axes[1]))}'
        "</text>"
        for tick, y in zip(ticks, heights, strict=True)
    )
    drawn = "".join(_line(line, [place(*point) for point in line.points]) for line in series)
    below = "".join(
        _tick(tick, place(tick, low)[0], room + TALL + 16, axes[0])
        for tick in nice_ticks(left, right, most=4)
        if left <= tick <= right
    )
    crossing = "".join(
        _mark(mark, place(mark.value, low)[0], [(room - 20 - 14 * mark.level, room + TALL)])
        for mark in marks
    )
    legend = [(line.name, line.colour, line.dash or "none") for line in series]
    return _figure(
        title, summary, grid + drawn + crossing + beside + below, room + TALL + FOOT, legend, table
    )


def _tick(tick: float, x: float, y: int, unit: str) -> str:
    return (
        f'<text x="{x:.2f}%" y="{y}" text-anchor="{_anchor(x)}" class="rw-plot-tick">'
        f"{escape(with_unit(tick, unit))}</text>"
    )


def with_unit(value: float, unit: str) -> str:
    """Return a number as a tick writes it, with its unit."""
    number = f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"
    return f"{number}{unit}" if unit == "%" else f"{number} {unit}".rstrip()


def _line(line: Series, places: Sequence[tuple[float, float]]) -> str:
    dash = f' stroke-dasharray="{line.dash}"' if line.dash else ""
    # One path would need a view box, which stretches: short straight pieces take percentages.
    return "".join(
        f'<line x1="{x1:.2f}%" y1="{y1:.1f}" x2="{x2:.2f}%" y2="{y2:.1f}"{dash} '
        f'class="rw-plot-line rw-plot-{line.colour}"/>'
        for (x1, y1), (x2, y2) in itertools.pairwise(places)
    )


def _mark(mark: Mark, x: float, pieces: Sequence[tuple[int, int]]) -> str:
    """Return a mark's words and its line, which is drawn from y to y in each piece."""
    lines = "".join(
        f'<line x1="{x:.2f}%" x2="{x:.2f}%" y1="{top}" y2="{bottom}" class="rw-plot-mark"/>'
        for top, bottom in pieces
    )
    return (
        f'{lines}<text x="{x:.2f}%" y="{pieces[0][0] - 3}" '
        f'text-anchor="{"end" if x > 35 else "start"}" class="rw-plot-label">'
        f"{escape(mark.label)}</text>"
    )


def _anchor(x: float) -> str:
    return "start" if x < 15 else "end" if x > 85 else "middle"


def nice_ticks(low: float, high: float, most: int = 5) -> list[float]:
    """Return round numbers from low to beyond high, at most about `most` of them."""
    span = high - low or 1.0
    rough = span / most
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= rough * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(number * step, 10) for number in range(first, last + 1)]


def _figure(
    title: str,
    summary: str,
    body: str,
    height: int,
    legend: Sequence[tuple[str, int, str]],
    table: Table,
) -> str:
    return (
        f'<figure class="rw-plot"><figcaption>{escape(title)}</figcaption>'
        f'<svg role="img" width="100%" height="{height}"><title>{escape(title)}</title>'
        f'<desc>{escape(summary)}</desc><g aria-hidden="true">{body}</g></svg>'
        f"{legend_html(legend)}{numbers_html(table)}</figure>"
    )
