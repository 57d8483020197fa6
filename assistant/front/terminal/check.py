"""rigwise check: look over one build, or a file of them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from assistant.build_check.check import check_build
from assistant.errors import InvalidInput

Row = dict[str, Any]


@click.command("check")
@click.argument("file", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print the report as one JSON object.")
@click.option(
    "--jsonl",
    "builds",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help='Read {"id", "text"} lines from this file.',
)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Write the reports to --jsonl."
)
def check_command(file: str | None, as_json: bool, builds: Path | None, out: Path | None) -> None:
    """Check the build in FILE, a part list or YAML; "-" or nothing reads standard input."""
    if (builds is None) != (out is None):
        raise click.UsageError("--jsonl IN and --out OUT go together.")
    if builds is not None and out is not None:
        if file is not None:
            raise click.UsageError("Give FILE or --jsonl, not both.")
        _check_file(builds, out)
        return
    report = check_build(_read(file))
    if as_json:
        click.echo(json.dumps(report.to_json(), ensure_ascii=False))
        return
    from rich.console import Console  # only where something is drawn

    from assistant.front.terminal.render_build import render_report

    Console().print(render_report(report))


def _read(file: str | None) -> str:
    name = "Standard input" if file in (None, "-") else str(file)
    if file is None and sys.stdin.isatty():
        raise click.UsageError('Give a file, or "-" and a part list on standard input.')
    content = sys.stdin.buffer.read() if file in (None, "-") else Path(str(file)).read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidInput(f"{name} is not UTF-8 (byte {error.start + 1}). Convert it.") from error


def _check_file(builds: Path, out: Path) -> None:
    """Write one report a line; a broken line gets a row with an error and the rest goes on."""
    broken = 0
    with out.open("w", encoding="utf-8") as file:
        for row in _reports(builds.read_bytes()):
            broken += "error" in row
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    if broken:
        raise InvalidInput(
            f"{broken} of the builds could not be checked; their rows in {out.name} say why."
        )


def _reports(content: bytes) -> Iterator[Row]:
    for number, line in enumerate(content.splitlines(), 1):
        if not line.strip():
            continue
        id_ = None
        try:
            row = _parse(line)
            id_ = row.get("id")
            if not isinstance(row.get("text"), str):
                raise InvalidInput('needs {"id": …, "text": "…"}.')
            yield check_build(row["text"]).to_json(id_)
        except InvalidInput as error:
            nothing: Row = {"parts": [], "unknown_parts": [], "verdicts": []}
            yield {"id": id_, **nothing, "error": f"Line {number}: {error}"}


def _parse(line: bytes) -> Row:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InvalidInput("not a JSON object.") from error
    if not isinstance(row, dict):
        raise InvalidInput("not a JSON object.")
    return row
