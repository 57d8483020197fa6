"""Tune the parameters of retrieval on the tune half: `python -m evals.tune`.

Coordinate ascent from the shipped values, on the mean of MRR@10 and hit@5. The report half is
never read here. The table that it prints stands in EXPERIMENTS.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import mean
from types import MappingProxyType
from typing import Any

import click

from assistant.assistant import Assistant
from assistant.retrieval import Understood, retrieve, understand
from evals.data import Question
from evals.question_set import answered_questions
from index.ranking import Ranking

LIMIT = 10
STEPS: Mapping[str, Sequence[float]] = {
    "meant": (0.0, 0.01, 0.015, 0.02, 0.025, 0.03, 0.04),
    "lexical_weight": (0.0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4),
    "gist_share": (0.0, 0.1, 0.2, 0.3, 0.4),
    "age": (0.0, 0.003, 0.006, 0.01),
    "asking": (0.0, 0.04, 0.08, 0.12, 0.2),
    "view_offset.sentence": (0.0, 0.02, 0.04, 0.06, 0.1, 1.0),
    "view_offset.text": (0.0, 0.02, 0.04, 0.06, 0.1, 1.0),
    "view_offset.gist": (-0.04, -0.02, 0.0, 0.02, 0.04, 1.0),
    "view_offset.question": (-0.04, -0.02, 0.0, 0.02, 0.04, 1.0),
    "view_offset.asked": (0.0, 0.03, 0.05, 0.1, 0.15, 1.0),
    "role_prior.article": (0.0, 0.01, 0.02, 0.03, 0.05, 0.07),
    "role_prior.author": (0.0, 0.01, 0.02, 0.03, 0.05),
    "holds_prior.yes": (0.0, 0.01, 0.02, 0.03),
    "holds_prior.superseded": (-0.1, -0.06, -0.03, 0.0),
}


@dataclass(frozen=True)
class Asked:
    """A question, ready to be searched for."""

    question: Question
    understood: Understood


def with_value(ranking: Ranking, name: str, value: float) -> Ranking:
    """Return a ranking with one parameter changed; "role_prior.author" names one of a table."""
    field, _, key = name.partition(".")
    changed: Any = value
    if key:
        changed = MappingProxyType({**getattr(ranking, field), key: value})
    changes: dict[str, Any] = {field: changed}
    return replace(ranking, **changes)


def value_of(ranking: Ranking, name: str) -> float:
    """Return one parameter of a ranking."""
    field, _, key = name.partition(".")
    value = getattr(ranking, field)
    return float(value[key] if key else value)


def score(assistant: Assistant, asked: Sequence[Asked], ranking: Ranking) -> tuple[float, float]:
    """Return MRR@10 and hit@5 of a ranking."""
    ranks = list(ranks_of(assistant, asked, ranking))
    return mean(1 / rank if rank else 0.0 for rank in ranks), mean(0 < r <= 5 for r in ranks)


def ranks_of(assistant: Assistant, asked: Sequence[Asked], ranking: Ranking) -> Iterator[int]:
    """Yield the rank at which each question finds an accepted place; 0 where it finds none."""
    for item in asked:
        hits = retrieve(assistant.index, item.understood, ranking)[:LIMIT]
        yield next(
            (
                rank
                for rank, hit in enumerate(hits, 1)
                if any(hit.passage.lines.overlaps(span) for span in item.question.accepted)
            ),
            0,
        )


def prepare(assistant: Assistant, questions: Sequence[Question]) -> list[Asked]:
    """Understand and encode the questions once."""
    encoder = assistant.index.encoder
    return [
        Asked(question, understand(assistant.corpus, encoder, question.question, question.history))
        for question in questions
    ]


def goal(scores: tuple[float, float]) -> float:
    """What is driven up."""
    return sum(scores) / 2


@click.command()
@click.option("--rounds", default=2, help="How often every parameter is tried.")
def main(rounds: int) -> None:
    """Find better parameters on the tune half and print what each is worth."""
    assistant = Assistant.load()
    asked = prepare(assistant, answered_questions("tune"))
    ranking = Ranking()
    best = score(assistant, asked, ranking)
    click.echo(f"{len(asked)} questions, shipped: MRR@10 {best[0]:.4f}, hit@5 {best[1]:.4f}")
    for _ in range(rounds):
        for name, values in STEPS.items():
            tried = {value: score(assistant, asked, with_value(ranking, name, value))
                     for value in values}  # fmt: skip
            top = max(tried, key=lambda value: goal(tried[value]))
            if goal(tried[top]) > goal(best) + 1e-9:
                ranking, best = with_value(ranking, name, top), tried[top]
            row = "  ".join(f"{v:g}: {s[0]:.3f}/{s[1]:.3f}" for v, s in tried.items())
            click.echo(f"{name:24} -> {value_of(ranking, name):g}   ({row})")
    click.echo(f"found: MRR@10 {best[0]:.4f}, hit@5 {best[1]:.4f}")


if __name__ == "__main__":
    main()
