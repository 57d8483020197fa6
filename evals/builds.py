"""The build check beside the author's word on real builds: `python -m evals.builds`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from assistant.build_check.check import check_build

BUILDS = Path(__file__).with_name("builds.jsonl")


@dataclass(frozen=True, slots=True)
class Judged:
    """One finding on one build: the author's verdict, ours, and why they differ, if they do."""

    build: str
    about: str
    author: str
    ours: str
    explained: str

    @property
    def agreed(self) -> bool:
        """Whether the two verdicts are the same."""
        return self.author == self.ours


def judge() -> Iterator[Judged]:
    """Check every build that the author spoke on and yield each finding that he spoke on."""
    for line in BUILDS.read_text("utf-8").splitlines():
        row = json.loads(line)
        ours = {v.about: v.verdict for v in check_build(row["text"]).verdicts}
        for about, verdict in row["verdicts"].items():
            explained = row["explained"].get(about, "")
            yield Judged(row["id"], about, verdict, ours.get(about, "none"), explained)


@click.command()
def main() -> None:
    """Print the agreement and every disagreement with its reason."""
    found = list(judge())
    agreed = sum(item.agreed for item in found)
    builds = len({item.build for item in found})
    click.echo(f"{builds} builds: {agreed} of {len(found)} of the author's verdicts agree.")
    for item in found:
        if not item.agreed:
            click.echo(
                f"{item.build}, {item.about}: the author {item.author}, ours {item.ours}. "
                f"{item.explained}"
            )


if __name__ == "__main__":
    main()
