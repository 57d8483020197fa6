"""python -m evals.torture: try to break Rigwise and say what was lost."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable

import click

from evals.torture import conversations, damage, fuzz, generated, killing, soak, surroundings
from evals.torture.types import Trial

Part = Callable[[], Iterable[Trial]]


def parts_of(quick: bool, minutes: float) -> dict[str, Part]:
    """Return the parts by name; quick ones try the same on a tenth of the cases or fewer."""
    return {
        "kill": lambda: [killing.kill_builds(5 if quick else 100)],
        "damage": lambda: [
            damage.damage_index(40 if quick else 200),
            damage.damage_and_ask(2 if quick else 8),
            damage.damage_corpus(20 if quick else 100),
        ],
        "surroundings": lambda: [
            surroundings.fill_disk(),
            surroundings.lock_home(),
            surroundings.jump_clock(),
            surroundings.import_light(),
        ],
        "conversations": lambda: [
            conversations.open_conversations(500 if quick else 10_000),
        ],
        "generated": lambda: generated.generate(1000 if quick else 20_000),
        "fuzz": lambda: fuzz.fuzz(500 if quick else 5000),
        "soak": lambda: [soak.soak(minutes)],
    }


PARTS = tuple(parts_of(True, 0))


@click.command()
@click.option("--only", multiple=True, type=click.Choice(PARTS), help="Leave the other parts out.")
@click.option("--quick", is_flag=True, help="A tenth of the cases or fewer.")
@click.option("--minutes", type=float, default=3.0, show_default=True, help="Of the soak.")
def main(only: tuple[str, ...], quick: bool, minutes: float) -> None:
    """Try to break Rigwise; the status is 1 where anything was lost."""
    parts = parts_of(quick, minutes)
    start, tried, lost = time.monotonic(), 0, 0
    for name in only or PARTS:
        click.echo(f"{name} …", err=True)
        for trial in parts[name]():
            click.echo(trial.to_text())
            tried += trial.tried
            lost += len(trial.lost)
    spent = (time.monotonic() - start) / 60
    click.echo(f"In all: tried {tried}, lost {lost}, in {spent:.1f} minutes.")
    sys.exit(1 if lost else 0)


if __name__ == "__main__":
    main()
