"""rigwise data: hand out, delete and forget what is kept; feedback for the evaluation."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import click

from assistant.errors import NotFound
from assistant.settings import load_settings
from assistant.state.retention import delete_owner, export_owner, forget
from assistant.state.store import State
from assistant.types import Json

OUT = click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write to this file, not to standard output.",
)
# What a reviewer fills in; a row without its kind is refused by name when questions are read.
TO_REVIEW: Json = {"kind": None, "half": "report", "accepted": [], "helpful": [], "facts": []}


@click.group("data")
def data_group() -> None:
    """Export or delete what is kept: conversations and feedback.

    An OWNER is page:…, slack:TEAM:USER or http:NAME.
    """


@data_group.command("export")
@click.argument("owner")
@OUT
def export_command(owner: str, out: Path | None) -> None:
    """Write all that is kept about OWNER, one JSON object a line."""
    with _opened_state() as state:
        rows = list(export_owner(state, owner))
    if not rows:
        raise _nothing_about(owner)
    _write(rows, out)


@data_group.command("delete")
@click.argument("owner")
@click.option("--yes", is_flag=True, help="Do not ask first.")
def delete_command(owner: str, yes: bool) -> None:
    """Delete all that is kept about OWNER, for good."""
    with _opened_state() as state:
        if not yes:
            click.confirm(f"Delete all that is kept about {owner}?", abort=True, err=True)
        deleted = delete_owner(state, owner)
    if not deleted:
        raise _nothing_about(owner)
    click.echo(f"Deleted: {deleted} conversations and verdicts.")


@data_group.command("feedback")
@OUT
def feedback_command(out: Path | None) -> None:
    """Write the feedback as questions for the evaluation, one JSON object a line.

    Review each row before it counts: give its kind, and move the lines that do answer it to
    accepted.
    """
    with _opened_state() as state:
        _write(({**row, **TO_REVIEW} for row in state.feedback.rows()), out)


@data_group.command("forget")
@click.option(
    "--days",
    type=click.IntRange(1, 36_500),
    help="Age in days; RIGWISE_RETENTION_DAYS if not given.",
)
def forget_command(days: int | None) -> None:
    """Delete the conversations that nobody has touched for so many days."""
    days = days or load_settings().retention_days
    if days is None:
        raise click.UsageError("Give --days, or set RIGWISE_RETENTION_DAYS.")
    with _opened_state() as state:
        click.echo(f"Deleted: {forget(state, days)} conversations.")


@contextmanager
def _opened_state() -> Iterator[State]:
    state = State.open(load_settings())
    try:
        yield state
    finally:
        state.close()


def _nothing_about(owner: str) -> NotFound:
    return NotFound(f"Nothing is kept about {owner!r}.")


def _write(rows: Iterable[Json], out: Path | None) -> None:
    if out is None:
        _write_lines(rows, sys.stdout.buffer)
        return
    descriptor = os.open(out, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        _write_lines(rows, file)


def _write_lines(rows: Iterable[Json], file: BinaryIO) -> None:
    for row in rows:
        line = json.dumps(row, ensure_ascii=False) + "\n"
        file.write(line.encode("utf-8", "backslashreplace"))  # of a lone surrogate, JSON's escape
