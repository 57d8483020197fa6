"""An experiment that did not win: a linear query adapter, `python -m evals.adapter`.

A matrix over the question's vector, trained on the cards' expected questions, each with its own
view hidden, to find its passage again. Fixed seed; the tune half decides. It is not shipped:
EXPERIMENTS.md has the figures.
"""

from __future__ import annotations

from dataclasses import replace

import click
import numpy as np
import torch

from assistant.assistant import Assistant
from evals.question_set import answered_questions
from evals.tune import Asked, prepare, score
from index.ranking import Ranking

SEED = 0
EPOCHS = 30
BATCH = 256
RATE = 3e-4
PENALTY = 5.0  # on the distance from the identity
TEMPERATURE = 0.05


def train(vectors: torch.Tensor, passages: torch.Tensor, expected: torch.Tensor) -> torch.Tensor:
    """Return the adapter, shape (dimensions, dimensions).

    vectors are all views, shape (views, dimensions); passages the passage of each view; expected
    the numbers of the views that are expected questions.
    """
    generator = torch.Generator().manual_seed(SEED)
    identity = torch.eye(vectors.shape[1])
    adapter = identity.clone().requires_grad_(True)
    optimiser = torch.optim.Adam([adapter], lr=RATE)
    count = int(passages.max()) + 1
    for _ in range(EPOCHS):
        order = torch.randperm(len(expected), generator=generator)
        for start in range(0, len(order), BATCH):
            chosen = expected[order[start : start + BATCH]]
            adapted = torch.nn.functional.normalize(vectors[chosen] @ adapter, dim=1)
            likeness = (adapted @ vectors.T).scatter(1, chosen[:, None], -2.0)
            places = passages[None].expand_as(likeness)
            empty = torch.full((len(chosen), count), -2.0)
            best = empty.scatter_reduce(1, places, likeness, "amax")
            loss = torch.nn.functional.cross_entropy(best / TEMPERATURE, passages[chosen])
            loss = loss + PENALTY * ((adapter - identity) ** 2).sum() / len(identity)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
    return adapter.detach()


def adapted(asked: list[Asked], adapter: torch.Tensor) -> list[Asked]:
    """Return the questions with adapted vectors."""
    found = []
    for item in asked:
        vector = item.understood.vector @ adapter.numpy()
        vector = vector / np.linalg.norm(vector)
        found.append(replace(item, understood=replace(item.understood, vector=vector)))
    return found


@click.command()
def main() -> None:
    """Train the adapter and print MRR@10 and hit@5 on the tune half with and without it."""
    assistant = Assistant.load()
    index = assistant.index
    groups = [index.view_vectors(p, "question") for p in index.passages if p.card is not None]
    texts = [index.view_vectors(p, "text") for p in index.passages]
    vectors = torch.tensor(np.concatenate([*groups, *texts]))
    carded = [p.number for p in index.passages if p.card is not None]
    owners = [n for n, group in zip(carded, groups, strict=True) for _ in group]
    owners += [p.number for p, group in zip(index.passages, texts, strict=True) for _ in group]
    expected = torch.arange(sum(map(len, groups)))
    adapter = train(vectors, torch.tensor(owners), expected)
    questions = answered_questions("tune")
    asked = prepare(assistant, questions)
    for name, items in (("without", asked), ("with", adapted(asked, adapter))):
        mrr, hit = score(assistant, items, Ranking())
        click.echo(f"{name:8} adapter: MRR@10 {mrr:.3f}, hit@5 {hit:.3f}")


if __name__ == "__main__":
    main()
