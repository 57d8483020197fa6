"""What each lever of retrieval is worth, taken away alone: `python -m evals.ablate`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

import click

from assistant.assistant import Assistant
from corpus.types import Holds, Role
from evals.question_set import answered_questions
from evals.tune import Asked, prepare, score
from index.ranking import Ranking
from index.types import ViewKind

OFF = 2.0  # no cosine survives this offset


def without(ranking: Ranking, *kinds: ViewKind) -> Ranking:
    """Return a ranking that sees no view of these kinds."""
    offsets = {**ranking.view_offset, **dict.fromkeys(kinds, OFF)}
    return replace(ranking, view_offset=MappingProxyType(offsets))


def variants() -> Mapping[str, Ranking]:
    """Return the shipped ranking and what is left of it without each lever."""
    shipped = Ranking()
    even: Mapping[Role, float] = MappingProxyType({"article": 0.0, "author": 0.0, "reader": 0.0})
    ageless: Mapping[Holds, float] = MappingProxyType({"yes": 0.0, "dated": 0.0, "superseded": 0.0})
    return {
        "shipped": shipped,
        "without expected questions": without(shipped, "question"),
        "without gists": replace(without(shipped, "gist"), gist_share=0.0),
        "without sentences": without(shipped, "sentence"),
        "without windows of text": without(shipped, "text"),
        "without the questions replied to": without(shipped, "asked"),
        "text alone": replace(without(shipped, "question", "gist", "asked"), gist_share=0.0),
        "without the classifier": replace(shipped, meant=0.0),
        "without BM25": replace(shipped, lexical_weight=0.0),
        "without demoting asking comments": replace(shipped, asking=0.0),
        "without authority": replace(shipped, role_prior=even),
        "without age": replace(shipped, holds_prior=ageless, age=0.0),
        "without mixing in the gist": replace(shipped, gist_share=0.0),
    }


@click.command()
def main() -> None:
    """Print MRR@10 and hit@5 of each variant on both halves."""
    assistant = Assistant.load()
    questions = answered_questions()
    halves: dict[str, list[Asked]] = {
        half: prepare(assistant, [q for q in questions if q.half == half])
        for half in ("tune", "report")
    }
    changes_off = {
        half: [replace(a, understood=replace(a.understood, changes=())) for a in asked]
        for half, asked in halves.items()
    }
    click.echo("| variant | tune MRR@10 | tune hit@5 | report MRR@10 | report hit@5 |")
    click.echo("| --- | --- | --- | --- | --- |")
    rows = [(name, ranking, halves) for name, ranking in variants().items()]
    rows.append(("without putting the current view first", Ranking(), changes_off))
    for name, ranking, asked in rows:
        found = [value for half in asked for value in score(assistant, asked[half], ranking)]
        click.echo(f"| {name} | " + " | ".join(f"{value:.3f}" for value in found) + " |")


if __name__ == "__main__":
    main()
