"""Questions to learn from what is covered: those of the cards, and those known to be unanswered.

There are some thousands, far more than the tune half has, but their writers had the passages
before their eyes. So they are only a first estimate, which the tune half then corrects. Each is
asked as if it did not stand in the index itself, neither as a vector nor by its words.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass, replace

import numpy as np
import numpy.typing as npt

from assistant.answering.coverage import signals, unanswered_vectors
from assistant.assistant import Assistant
from assistant.retrieval import Understood, retrieve
from assistant.understand.newer import find_newer
from index.dense import CODE_OF
from index.encoder import Vectors
from index.lexical import LexicalIndex
from index.views import words_of

COVERED = 2400  # of the cards' questions, drawn at random
SAME = 0.999  # cosine from which two questions are one
FOLDS = 8  # of the cards' questions; the words of a fold's are indexed without them


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
    index = assistant.index
    asked: list[tuple[int, str]] = []
    for passage in index.passages:
        if passage.card is not None:
            own = index.dense.owners == passage.number
            numbers = np.flatnonzero(own & (index.dense.kinds == CODE_OF["question"]))
            questions = assistant.corpus.cards[passage.card].questions
            asked += zip(numbers.tolist(), questions, strict=True)
    chosen = random.Random(seed).sample(asked, min(COVERED, len(asked)))
    everything = index.dense.rows(0, len(index.dense))
    for fold in range(FOLDS):
        part = chosen[fold::FOLDS]
        with _words_without(assistant, {question for _, question in part}):
            for number, question in part:
                vector = everything[number].copy()
                with index.dense.without(np.flatnonzero(everything @ vector > SAME)):
                    yield question, vector


@contextmanager
def _words_without(assistant: Assistant, questions: set[str]) -> Iterator[None]:
    corpus, index = assistant.corpus, assistant.index
    cards = tuple(
        replace(card, questions=tuple(q for q in card.questions if q not in questions))
        for card in corpus.cards
    )
    forgetful = replace(corpus, cards=cards)
    whole = index.lexical
    index.lexical = LexicalIndex.build([words_of(forgetful, p) for p in index.passages])
    try:
        yield
    finally:
        index.lexical = whole


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
