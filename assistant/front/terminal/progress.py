"""Progress of long steps, on the error stream so that output can be piped."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from index.store import Progress as Report


@contextmanager
def shown_progress() -> Iterator[Report]:
    """Yield a function (step, share done) that draws a progress bar once it is first called."""
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    bars = Progress(*columns, console=Console(stderr=True), transient=True)

    def report(step: str, share: float) -> None:
        if not bars.tasks:
            bars.start()
            bars.add_task(step, total=1.0)
        bars.update(bars.tasks[0].id, description=step, completed=share)

    try:
        yield report
    finally:
        if bars.tasks:
            bars.stop()
