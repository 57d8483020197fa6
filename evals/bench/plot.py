"""Draw the scaling measurements as SVG: no plotting library is needed for three lines."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

WIDTH, HEIGHT, LEFT, TOP, GAP = 300, 220, 52, 46, 84
Value = Callable[[dict[str, Any]], float]
PANELS: tuple[tuple[str, Value, bool], ...] = (
    ("search, median (ms)", lambda row: row["median"]["all"], True),
    ("memory (MiB)", lambda row: max(1.0, row["memory"]), True),
    ("right passage in ten (share)", lambda row: row["hit"], False),
)
COLOURS = {"flat": "#1f6feb", "cells": "#d4622a"}
NAMES = {"flat": "every view compared", "cells": "nearest cells"}


def write_plot(rows: Sequence[dict[str, Any]], path: Path) -> None:
    """Write one panel a measure, views on the horizontal axis, a line for each way to search."""
    size = (len(PANELS) * (WIDTH + GAP) + 12, HEIGHT + TOP + 62)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size[0]}" height="{size[1]}" '
        f'viewBox="0 0 {size[0]} {size[1]}" font-family="system-ui, sans-serif" font-size="12" '
        'role="img" aria-label="Search time, memory and quality as the number of views grows">',
        f'<rect width="{size[0]}" height="{size[1]}" fill="#ffffff"/>',
    ]
    xs = [math.log10(row["views"]) for row in rows]
    for number, (title, value, logarithmic) in enumerate(PANELS):
        values = [value(row) for row in rows]
        low, high = (0.0, 1.0)
        if logarithmic:
            values = [math.log10(each) for each in values]
            low, high = math.floor(min(values)), math.ceil(max(values))
        left = LEFT + number * (WIDTH + GAP)
        parts += _panel(title, left, (low, max(high, low + 1)), logarithmic, (min(xs), max(xs)))
        for kind, colour in COLOURS.items():
            points = [
                _place(left, x, y, (min(xs), max(xs)), (low, max(high, low + 1)))
                for x, y, row in zip(xs, values, rows, strict=True)
                if row["search"] == kind
            ]
            drawn = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
            parts.append(
                f'<polyline points="{drawn}" fill="none" stroke="{colour}" stroke-width="2"/>'
            )
            parts += [
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>' for x, y in points
            ]
    for number, (kind, colour) in enumerate(COLOURS.items()):
        x = LEFT + 180 * number
        parts.append(f'<rect x="{x}" y="10" width="12" height="12" fill="{colour}"/>')
        parts.append(f'<text x="{x + 18}" y="20" fill="#222">{NAMES[kind]}</text>')
    path.write_text("\n".join([*parts, "</svg>"]) + "\n", "utf-8")


def _place(
    left: int, x: float, y: float, across: tuple[float, float], up: tuple[float, float]
) -> tuple[float, float]:
    wide = (x - across[0]) / ((across[1] - across[0]) or 1)
    high = (y - up[0]) / (up[1] - up[0])
    return left + WIDTH * wide, TOP + HEIGHT * (1 - high)


def _panel(
    title: str,
    left: int,
    up: tuple[float, float],
    logarithmic: bool,
    across: tuple[float, float],
) -> list[str]:
    """Return the frame of a panel, its title and the marks on its axes."""
    found = [
        f'<text x="{left}" y="{TOP - 10}" fill="#222" font-weight="600">{title}</text>',
        f'<rect x="{left}" y="{TOP}" width="{WIDTH}" height="{HEIGHT}" fill="none" stroke="#999"/>',
        f'<text x="{left + WIDTH / 2}" y="{TOP + HEIGHT + 40}" text-anchor="middle" '
        'fill="#222">views</text>',
    ]
    steps = int(up[1] - up[0]) if logarithmic else 5
    for n in range(steps + 1):
        value = up[0] + n * (up[1] - up[0]) / steps
        y = TOP + HEIGHT * (1 - n / steps)
        label = f"{10**value:g}" if logarithmic else f"{value:.1f}"
        found.append(f'<line x1="{left}" x2="{left + WIDTH}" y1="{y}" y2="{y}" stroke="#e3e3e3"/>')
        found.append(
            f'<text x="{left - 6}" y="{y + 4}" text-anchor="end" fill="#444">{label}</text>'
        )
    for power in range(math.ceil(across[0]), math.floor(across[1]) + 1):
        x, _ = _place(left, power, up[0], across, up)
        found.append(
            f'<text x="{x:.1f}" y="{TOP + HEIGHT + 18}" text-anchor="middle" fill="#444">'
            f"10<tspan dy='-5' font-size='9'>{power}</tspan></text>"
        )
    return found
