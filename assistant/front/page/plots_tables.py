"""What stands below a plot: the key to its colours, and its numbers as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True)
class Table:
    """The numbers of a plot for those who read them."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def legend_html(legend: Sequence[tuple[str, int, str]]) -> str:
    """Return the list that tells colours and dashes apart; a dash makes its key a line."""
    items = "".join(
        f'<li><svg width="22" height="12" aria-hidden="true">{_key(colour, dash)}</svg>'
        f"{escape(name)}</li>"
        for name, colour, dash in legend
    )
    return f'<ul class="rw-plot-legend">{items}</ul>' if items else ""


def _key(colour: int, dash: str) -> str:
    if not dash:
        return f'<rect width="14" height="12" x="4" class="rw-plot-{colour}"/>'
    return (
        f'<line x1="0" x2="22" y1="6" y2="6" stroke-dasharray="{dash}" '
        f'class="rw-plot-line rw-plot-{colour}"/>'
    )


def numbers_html(table: Table) -> str:
    """Return the numbers of a plot as a table that unfolds."""
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in table.head)
    rows = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>'
        + "".join(f"<td>{escape(cell)}</td>" for cell in row[1:])
        + "</tr>"
        for row in table.rows
    )
    return (
        '<details class="rw-plot-numbers"><summary>The numbers</summary>'
        '<div class="rw-scroll" tabindex="0" role="region" aria-label="Numbers of the plot">'
        "<table>"
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div></details>"
    )
