"""rigwise index: build and inspect."""

from __future__ import annotations

import json
import time

import click

from assistant.front.terminal.progress import shown_progress
from assistant.settings import load_settings
from corpus.load import load_corpus
from index.errors import StaleIndex
from index.store import IndexStore


def _store() -> IndexStore:
    settings = load_settings()
    return IndexStore(settings.index_dir, settings.encoder)


@click.group("index")
def index_group() -> None:
    """Build or inspect the index."""


@index_group.command("build")
@click.option("--force", is_flag=True, help="Build even where the index is up to date.")
def build_command(force: bool) -> None:
    """Build the index where it is missing, damaged or out of date."""
    store = _store()
    if not force:
        try:
            if store.status()["up_to_date"]:
                click.echo("The index is up to date.")
                return
        except StaleIndex as reason:
            click.echo(str(reason), err=True)
    start = time.monotonic()
    with shown_progress() as progress:
        store.build(load_corpus(), progress)
    status = store.status()
    click.echo(
        f"Built {status['passages']} passages in {status['views']} views "
        f"in {time.monotonic() - start:.0f} s."
    )


@index_group.command("status")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def status_command(as_json: bool) -> None:
    """Tell what the index holds and whether it is up to date."""
    status = _store().status()
    if as_json:
        click.echo(json.dumps(status))
        return
    for name, value in status.items():
        click.echo(f"{name.replace('_', ' ') + ':':12} {value}")
