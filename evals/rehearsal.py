"""Questions to learn from what is covered: those of the cards, and those known to be unanswered.

There are some thousands, far more than the tune half has, but their writers had the passages
before their eyes. So they are only a first estimate, which the tune half then corrects. Each is
asked of an index that has not read it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass

import numpy as np
import numpy.typing as npt

from assistant.answering.coverage import signals, unanswered_vectors
from assistant.assistant import Assistant
from assistant.retrieval import Understood, retrieve
from assistant.understand.newer import find_newer
from evals.hiding import expected_questions, unread
from index.encoder import Vectors

COVERED = 2400  # of the cards' questions, drawn at random
SAME = 0.999  # cosine from which two questions are one
FOLDS = 8  # of the cards' questions; each is asked of an index that has not read it


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What was learned from: signals (questions, columns), vectors, and whether it is covered."""

    signals: npt.NDArray[np.float64]
    vectors: Vectors
    covered: npt.NDArray[np.bool_]


def rehearse(assistant: Assistant, seed: int = 0) -> Rehearsed:
    """Ask the questions of the cards and the unanswered ones; return what retrieval found."""
    rows, vectors, covered = [], [], []
    for is_covered, asked in ((True, _expected), (False, _unanswered)):
        for question, vector in asked(assistant, seed):
            understood = Understood(question, vector, vector, (), find_newer(question))
            hits = retrieve(assistant.index, understood)
            found = signals(assistant.corpus, assistant.index, understood, hits)
            rows.append(astuple(found))
            vectors.append(vector)
            covered.append(is_covered)
    return Rehearsed(np.array(rows, float), np.array(vectors), np.array(covered))


def _expected(assistant: Assistant, seed: int) -> Iterator[tuple[str, Vectors]]:
    dense = assistant.index.dense
    asked = [
        pair
        for _, numbers, questions in expected_questions(assistant)
        for pair in zip(numbers, questions, strict=True)
    ]
    chosen = random.Random(seed).sample(asked, min(COVERED, len(asked)))
    everything = dense.rows(0, len(dense)).copy()
    for fold in range(FOLDS):
        part = dict(chosen[fold::FOLDS])
        with unread(assistant, part):
            for number, question in part.items():
                vector = everything[number]
                with dense.without(np.flatnonzero(everything @ vector > SAME)):
                    yield question, vector


def _unanswered(assistant: Assistant, _: int) -> Iterator[tuple[str, Vectors]]:
    known = unanswered_vectors(assistant.corpus, assistant.index)
    for number, row in enumerate(assistant.corpus.unanswered):
        with _hidden(known, number) as vector:
            yield row.question, vector


@contextmanager
def _hidden(known: Vectors, number: int) -> Iterator[Vectors]:
    vector = known[number].copy()
    known[number] = 0.0
    try:
        yield vector
    finally:
        known[number] = vector
