"""Write answers out for somebody to read: `python -m evals.reading > answers.md`.

Twenty questions of each kind: those of the tune half, filled up from questions/reading.jsonl. The
verdicts of a reader who is new to the project stand in READING.md.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import click

from assistant.answering.phrasing import NOTE_NAMES
from assistant.assistant import Assistant
from assistant.types import Answer, Turn
from evals.data import KINDS, QUESTIONS
from evals.question_set import own_questions

OF_EACH = 20


@dataclass(frozen=True, slots=True)
class ToRead:
    """A question with what was asked before it; answered[n] is the answer to asked[n], if known."""

    id: str
    kind: str
    asked: tuple[str, ...]
    answered: tuple[str, ...] = ()


def chosen() -> list[ToRead]:
    """Return twenty questions of each kind."""
    waiting = [*_of_the_tune_half(), *_further()]
    return [
        question
        for kind in KINDS
        for question in [item for item in waiting if item.kind == kind][:OF_EACH]
    ]


def _of_the_tune_half() -> Iterator[ToRead]:
    for question in own_questions("tune"):
        before = [turn.content for turn in question.history if turn.role == "user"]
        said = [turn.content for turn in question.history if turn.role == "assistant"]
        yield ToRead(question.id, question.kind, (*before, question.question), tuple(said))


def _further() -> Iterator[ToRead]:
    for line in (QUESTIONS / "reading.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        yield ToRead(row["id"], row["kind"], tuple(row["asked"]))


def answer(assistant: Assistant, question: ToRead) -> tuple[Answer, list[Turn]]:
    """Answer a question in its conversation; return the turns before it, too."""
    turns: list[Turn] = []
    for number, asked in enumerate(question.asked[:-1]):
        known = question.answered[number : number + 1]
        said = known[0] if known else assistant.ask(asked, turns).text
        turns += [Turn("user", asked), Turn("assistant", said)]
    return assistant.ask(question.asked[-1], turns), turns


def written(question: ToRead, found: Answer, turns: Sequence[Turn]) -> str:
    """Return what a reader of the page sees, as Markdown."""
    parts = [f"## {question.id} ({question.kind})"]
    parts += [f"**{turn.role}:** {turn.content}" for turn in turns]
    parts += [f"**asked:** {question.asked[-1]}", f"**outcome:** {found.outcome}", found.text]
    parts += [f"*{NOTE_NAMES[note.kind]}:* {note.text}" for note in found.notes]
    return "\n\n".join(parts)


@click.command()
@click.option("--kind", type=click.Choice(KINDS), help="One kind alone.")
def main(kind: str | None) -> None:
    """Write the questions with their answers."""
    assistant = Assistant.load()
    for question in chosen():
        if kind in (None, question.kind):
            click.echo(written(question, *answer(assistant, question)) + "\n")


if __name__ == "__main__":
    main()
