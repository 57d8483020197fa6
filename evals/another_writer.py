"""How well questions of one writer find what another expected: `python -m evals.another_writer`.

The first eleven questions of a card were written with the card, those after them by somebody else
and later. Here the later ones are asked of an index that has not read them. They are several times
as many as the tune half has; what is tuned there should not lose here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from statistics import mean

import click
import numpy as np

from assistant.assistant import Assistant
from corpus.types import Lines
from evals.hiding import expected_questions, unread
from index.dense import DenseIndex, Numbers
from index.encoder import OnnxEncoder, Vectors
from index.ranking import Ranking
from index.views import build_views

FIRST = 11  # questions of a card by its first writer
LIMIT = 10


@dataclass(frozen=True)
class Asked:
    """Questions that the index has not read: texts, vectors (questions, dimensions), lines."""

    texts: list[str]
    vectors: Vectors
    lines: list[Lines]


def variants() -> Iterator[tuple[str, Ranking]]:
    """Yield the shipped ranking, and others beside it."""
    shipped = Ranking()
    yield "shipped", shipped
    for meant in (0.0, 0.01, 0.015, 0.025, 0.03):
        yield f"weight of the classifier {meant:g}", replace(shipped, meant=meant)
    for weight in (0.1, 0.15, 0.2, 0.3, 0.4):
        yield f"weight of BM25 {weight:g}", replace(shipped, lexical_weight=weight)
    for share in (0.2, 0.3, 0.5):
        yield f"share of the gist {share:g}", replace(shipped, gist_share=share)


def score(assistant: Assistant, asked: Asked, ranking: Ranking) -> tuple[float, float]:
    """Return MRR@10 and hit@1: a card is found where its lines are."""
    found: list[int] = []
    for text, vector, lines in zip(asked.texts, asked.vectors, asked.lines, strict=True):
        hits = assistant.index.search(text, LIMIT, ranking, vector)
        ranks = (n for n, hit in enumerate(hits, 1) if hit.passage.lines.overlaps(lines))
        found.append(next(ranks, 0))
    return mean(1 / rank if rank else 0.0 for rank in found), mean(rank == 1 for rank in found)


def later_questions(assistant: Assistant) -> tuple[dict[int, str], list[Lines]]:
    """Return the later questions of all cards by the number of their view, and their lines."""
    held, lines = {}, []
    for passage, numbers, questions in expected_questions(assistant):
        for number, question in list(zip(numbers, questions, strict=True))[FIRST:]:
            held[number] = question
            lines.append(passage.lines)
    return held, lines


def as_written(assistant: Assistant) -> DenseIndex:
    """Return the index of the same views, encoded as they are written, in no one wording."""
    index = assistant.index
    views = build_views(assistant.corpus, index.passages, index.encoder.count_pieces)
    network = OnnxEncoder(index.encoder_folder, cores=1)
    return DenseIndex.build(network.encode_many([view.text for view in views]), views)


@click.command()
def main() -> None:
    """Print MRR@10 and hit@1 of the shipped ranking and of others."""
    assistant = Assistant.load()
    held, lines = later_questions(assistant)
    numbers: Numbers = np.array(list(held), np.int64)
    asked = Asked(list(held.values()), _vectors(assistant.index.dense, numbers), lines)
    click.echo(f"{len(held)} questions of another writer")
    with unread(assistant, held):
        for name, ranking in variants():
            _print(name, score(assistant, asked, ranking))
    assistant.index.dense = as_written(assistant)
    raw = replace(asked, vectors=_vectors(assistant.index.dense, numbers))
    with unread(assistant, held):
        _print("without one wording", score(assistant, raw, Ranking()))
        _print("nor the classifier", score(assistant, raw, replace(Ranking(), meant=0.0)))


def _vectors(dense: DenseIndex, numbers: Numbers) -> Vectors:
    return dense.rows(0, len(dense))[numbers].copy()


def _print(name: str, scores: tuple[float, float]) -> None:
    click.echo(f"{name:30} MRR@10 {scores[0]:.3f}, hit@1 {scores[1]:.3f}")


if __name__ == "__main__":
    main()
