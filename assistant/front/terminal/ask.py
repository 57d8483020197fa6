"""rigwise ask: one question, or a file of them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from assistant.assistant import Assistant
from assistant.errors import InvalidInput
from assistant.front.loading import loading
from assistant.front.terminal.progress import shown_progress
from assistant.front.terminal.render import render_answer
from assistant.types import Answer, Turn


@click.command("ask")
@click.argument("question", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print the answer as one JSON object.")
@click.option(
    "--jsonl",
    "questions",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help='Read {"id", "question", "history"?} lines from this file.',
)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Write the answers to --jsonl."
)
@click.option("--more", is_flag=True, help="Show what the short answer leaves out, too.")
def ask_command(
    question: str | None, as_json: bool, questions: Path | None, out: Path | None, more: bool
) -> None:
    """Ask the guide QUESTION; "-" or nothing reads it from standard input."""
    if (questions is None) != (out is None):
        raise click.UsageError("--jsonl IN and --out OUT go together.")
    if questions is not None and question is not None:
        raise click.UsageError("Give a question or --jsonl, not both.")
    if questions is None and question in (None, "-"):
        question = _read_stdin()
    with shown_progress() as progress, loading():
        assistant = Assistant.load(progress=progress)
    if questions is not None and out is not None:
        _answer_file(assistant, questions, out)
        return
    answer = assistant.ask(question or "")
    if as_json:
        click.echo(json.dumps(answer.to_json(), ensure_ascii=False))
    elif answer.outcome == "invalid_input":
        raise InvalidInput(answer.text)
    else:
        render_answer(answer, more)
    if answer.outcome == "invalid_input":
        sys.exit(2)


def _read_stdin() -> str:
    if sys.stdin.isatty():
        raise click.UsageError('Give a question: rigwise ask "How many watts for four GPUs?"')
    try:
        return sys.stdin.buffer.read().decode("utf-8")
    except UnicodeDecodeError as error:
        raise InvalidInput(
            f"Standard input is not UTF-8 (byte {error.start + 1}). Convert it first."
        ) from error


def _answer_file(assistant: Assistant, questions: Path, out: Path) -> None:
    """Write one answer a line; a broken line gets an invalid_input row and the rest goes on."""
    broken = 0
    with out.open("w", encoding="utf-8") as file:
        for id_, answer in _answers(assistant, questions.read_bytes()):
            broken += answer.outcome == "invalid_input"
            file.write(json.dumps(answer.to_json(id_), ensure_ascii=False) + "\n")
    if broken:
        raise InvalidInput(
            f"{broken} of the questions could not be read; their rows in {out.name} say why."
        )


def _answers(assistant: Assistant, content: bytes) -> Iterator[tuple[Any, Answer]]:
    for number, line in enumerate(content.splitlines(), 1):
        if not line.strip():
            continue
        try:
            id_, question, history = _read_row(line)
        except InvalidInput as error:
            text = f"Line {number}: {error}"
            yield _id_of(line), Answer(line.decode("utf-8", "replace"), "quotes", "invalid_input",
                                       text)  # fmt: skip
            continue
        yield id_, assistant.ask(question, history)


def _read_row(line: bytes) -> tuple[Any, str, list[Turn]]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InvalidInput("not a JSON object.") from error
    if not isinstance(row, dict) or not isinstance(row.get("question"), str):
        raise InvalidInput('needs {"id": …, "question": "…"}.')
    history = row.get("history") or []
    try:
        turns = [Turn(_speaker(turn["role"]), str(turn["content"])) for turn in history]
    except (TypeError, KeyError) as error:
        raise InvalidInput('history must be a list of {"role", "content"}.') from error
    return row.get("id"), row["question"], turns


def _speaker(role: object) -> Any:  # noqa: ANN401 - narrowed right here
    if role not in ("user", "assistant"):
        raise InvalidInput(f"a turn's role is user or assistant, not {role!r}.")
    return role


def _id_of(line: bytes) -> Any:  # noqa: ANN401 - an id is whatever JSON the caller chose
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return row.get("id") if isinstance(row, dict) else None
