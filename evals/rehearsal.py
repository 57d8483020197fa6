"""Questions to learn from what is covered: those of the cards, and those known to be unanswered.

There are some thousands, far more than the tune half has, but their writers had the passages
before their eyes. So they are only a first estimate, which other questions then correct. Each is
asked of an index that has not read it. Among them are questions that ask for a passage in a
roundabout way (questions/roundabout.jsonl): in the index they would mislead, being as vague as
people are, but they teach how far a covered question may be from its passage.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import astuple, dataclass

import numpy as np
import numpy.typing as npt

from assistant.answering.coverage import signals
from assistant.assistant import Assistant
from assistant.retrieval import Understood, retrieve
from assistant.understand.newer import find_newer
from corpus.types import Lines
from evals.data import QUESTIONS, read_questions
from evals.hiding import SAME, expected_questions, unlisted, unread
from index.encoder import Vectors

COVERED = 2400  # of the cards' questions, drawn at random
FOLDS = 8  # of the cards' questions; each is asked of an index that has not read it
FOUND = 10  # of the best passages one must be meant by a roundabout question; others say too little


# A question, its vector, and the lines that must be found where it may be too vague to find them.
Rehearsing = tuple[str, Vectors, Lines | None]


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What was learned from: signals (questions, columns), vectors, and whether it is covered."""

    signals: npt.NDArray[np.float64]
    vectors: Vectors
    covered: npt.NDArray[np.bool_]


def rehearse(assistant: Assistant, seed: int = 0) -> Rehearsed:
    """Ask the questions of the cards and the unanswered ones; return what retrieval found."""
    rows, vectors, covered = [], [], []
    for is_covered, asked in ((True, _expected), (True, _roundabout), (False, _unanswered)):
        for question, vector, lines in asked(assistant, seed):
            understood = Understood(question, vector, vector, (), find_newer(question))
            hits = retrieve(assistant.index, understood)
            if lines and not any(hit.passage.lines.overlaps(lines) for hit in hits[:FOUND]):
                continue
            found = signals(assistant.corpus, assistant.index, understood, hits)
            rows.append(astuple(found))
            vectors.append(vector)
            covered.append(is_covered)
    return Rehearsed(np.array(rows, float), np.array(vectors), np.array(covered))


def _roundabout(assistant: Assistant, _: int) -> Iterator[Rehearsing]:
    questions = read_questions(QUESTIONS / "roundabout.jsonl")[0]
    vectors = assistant.index.encoder.encode([question.question for question in questions])
    for question, vector in zip(questions, vectors, strict=True):
        yield question.question, vector, question.accepted[0]


def _expected(assistant: Assistant, seed: int) -> Iterator[Rehearsing]:
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
                    yield question, vector, None


def _unanswered(assistant: Assistant, _: int) -> Iterator[Rehearsing]:
    questions = assistant.corpus.without_answer
    vectors = assistant.index.encoder.encode(questions)
    for question, vector in zip(questions, vectors, strict=True):
        with unlisted(assistant, vector):
            yield question, vector, None
