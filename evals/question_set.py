"""The product's own questions, with what both assessors said of the places found.

The writer of a question listed the places that answer it. A second assessor, who saw neither that
list nor which system had found what, judged those places and what this product and every baseline
found. A place that either accepted is accepted: `python -m evals.question_set` shows how far they
agree. In the same way second readers, who saw no answer of any system, added what a right answer
may say in place of what the writer thought of.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

import click

from corpus.types import Lines
from evals.data import QUESTIONS, Half, Question, read_questions

Assessors = Literal["both", "first"]
Judgement = Literal["accepted", "helpful", "older", "nothing"]

SECOND = QUESTIONS / "second-assessment.jsonl"
SECOND_FACTS = QUESTIONS / "second-facts.jsonl"


@dataclass(frozen=True, slots=True)
class Judged:
    """What the second assessor said of one place, for one question."""

    question: str
    lines: Lines
    judgement: Judgement


def own_questions(half: Half | None = None, assessors: Assessors = "both") -> list[Question]:
    """Return the product's questions, of one half or both, with one assessor's keys or both's."""
    questions = [
        question
        for path in sorted(QUESTIONS.glob("questions*.jsonl"))
        for question in read_questions(path)[0]
        if half in (None, question.half)
    ]
    if assessors == "first":
        return questions
    said: dict[str, list[Judged]] = {}
    for judged in second_assessment():
        said.setdefault(judged.question, []).append(judged)
    worded = second_facts()
    return [
        reworded(widened(question, said.get(question.id, [])), worded.get(question.id))
        for question in questions
    ]


def answered_questions(half: Half | None = None) -> list[Question]:
    """Return those of the product's questions that places of the source answer."""
    return [question for question in own_questions(half) if question.accepted]


def second_assessment() -> Iterator[Judged]:
    """Yield the second assessor's judgements."""
    for line in SECOND.read_text("utf-8").splitlines():
        row = json.loads(line)
        for judgement in ("accepted", "helpful", "older", "nothing"):
            for first, last in row[judgement]:
                yield Judged(row["id"], Lines(first, last), judgement)


def widened(question: Question, said: list[Judged]) -> Question:
    """Return a question with the places that the second assessor took, too, each once."""

    def places(judgement: Judgement, known: tuple[Lines, ...]) -> tuple[Lines, ...]:
        further = [j.lines for j in said if j.judgement == judgement and j.lines not in known]
        return (*known, *further)

    return replace(
        question,
        accepted=places("accepted", question.accepted),
        helpful=places("helpful", question.helpful),
        older=places("older", question.older),
    )


def second_facts() -> dict[str, list[list[str]]]:
    """Return what the second readers added to each fact, by the id of the question."""
    rows = map(json.loads, SECOND_FACTS.read_text("utf-8").splitlines())
    return {row["id"]: row["facts"] for row in rows}


def reworded(question: Question, added: list[list[str]] | None) -> Question:
    """Return a question whose facts may be worded as the second reader says, too."""
    if added is None:
        return question
    facts = tuple((*fact, *more) for fact, more in zip(question.facts, added, strict=True))
    return replace(question, facts=facts)


def first_judgement(question: Question, lines: Lines) -> Judgement:
    """Return what the lists of a question's writer say of a place."""
    lists: Mapping[Judgement, tuple[Lines, ...]] = {
        "accepted": question.accepted,
        "helpful": question.helpful,
        "older": question.older,
    }
    return next(
        (name for name, spans in lists.items() if any(lines.overlaps(span) for span in spans)),
        "nothing",
    )


@click.command()
def main() -> None:
    """Print how far the two assessors agree."""
    from sklearn.metrics import cohen_kappa_score

    questions = {question.id: question for question in own_questions(assessors="first")}
    pairs = [
        (first_judgement(questions[judged.question], judged.lines), judged.judgement)
        for judged in second_assessment()
    ]
    asked = {judged.question for judged in second_assessment()}
    click.echo(f"{len(pairs)} places of {len(asked)} questions; first and second assessor:")
    for (first, second), count in sorted(Counter(pairs).items()):
        click.echo(f"  {first:8} {second:8} {count:5}")
    both = [
        [judgement == "accepted" for judgement in column] for column in zip(*pairs, strict=True)
    ]
    click.echo(f"Cohen's kappa of accepted: {cohen_kappa_score(*both):.3f}")


if __name__ == "__main__":
    main()
