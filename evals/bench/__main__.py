"""python -m evals.bench: print one table of speed and size, the LangChain recipe beside it."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Callable, Iterator
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from evals.bench.answers import measure_answers
from evals.bench.commands import measure_ask, measure_build
from evals.bench.page import measure_page
from evals.bench.parity import measure_parity
from evals.bench.servers import measure_servers
from evals.bench.types import Measured

# A process begins with the peak memory of the one that starts it: those whose peak is measured are
# started before the recipe's PyTorch is in this one.
PARTS = ("ask", "build", "answers", "server", "page", "parity")


@click.command()
@click.option("--only", multiple=True, type=click.Choice(PARTS), help="Leave the other parts out.")
@click.option("--quick", is_flag=True, help="Fewer repeats: to see that it works, not to quote.")
@click.option(
    "--json", "out", type=click.Path(dir_okay=False, path_type=Path), help="Also as JSON."
)
def main(only: tuple[str, ...], quick: bool, out: Path | None) -> None:
    """Measure; every ratio is of this run, on this machine, under its load."""
    parts: dict[str, Callable[[], Iterator[Measured]]] = {
        "ask": lambda: measure_ask(3 if quick else 15),
        "build": measure_build,
        "answers": lambda: measure_answers(1 if quick else 3),
        "server": lambda: measure_servers(quick),
        "page": lambda: measure_page(3 if quick else 10),
        "parity": measure_parity,
    }
    console = Console(width=130)
    found: list[Measured] = []
    for name in only or PARTS:
        click.echo(f"Measuring: {name} …", err=True)
        found += parts[name]()
    console.print(table_of(found))
    where = machine()
    console.print(where)
    if out:
        rows = [measured.to_json() for measured in found]
        out.write_text(json.dumps({"machine": where, "measured": rows}, indent=1), "utf-8")


def table_of(measured: list[Measured]) -> Table:
    """Return the table that is printed."""
    table = Table("what", "rigwise", "recipe", "ratio", "bar", "met", "note")
    for one in measured:
        table.add_row(
            one.name,
            _shown(one.ours, one.unit),
            _shown(one.recipe, one.unit),
            f"{one.ratio:.1f}×" if one.ratio else "",
            ("≥ " if one.at_least else "≤ ") + _shown(one.bar, one.unit)
            if one.bar is not None
            else "",
            {True: "yes", False: "NO", None: ""}[one.met],
            one.note,
            style="red" if one.met is False else "",
        )
    return table


def _shown(value: float | None, unit: str) -> str:
    if value is None:
        return ""
    digits = f"{value:.7f}" if 0.99 < value < 1 else f"{value:.4g}"
    return f"{digits} {unit}".strip()


def machine() -> str:
    """Name the machine by what matters: cores, memory, how busy it is."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return (
        f"{os.cpu_count()} cores, {memory:.0f} GiB of memory, {platform.system()}, "
        f"Python {platform.python_version()}; load average {load}"
    )


if __name__ == "__main__":
    main()
