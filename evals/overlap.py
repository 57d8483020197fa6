"""Evaluation questions that are too like the cards' expected questions prove nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from corpus.load import Corpus
from evals.data import Question
from index.lexical import stems
from index.store import Index

TOO_LIKE = 0.9  # cosine: from here two questions are one in other words
TOO_MANY_WORDS = 0.75  # share of stems in common, of questions with at least FEW of them
FEW = 4


@dataclass(frozen=True, slots=True)
class Overlap:
    """An evaluation question and the expected question that it repeats."""

    id: str
    question: str
    expected: str
    likeness: float

    def __str__(self) -> str:
        return f"{self.id}: “{self.question}” is too like “{self.expected}” ({self.likeness:.2f})"


def overlaps(corpus: Corpus, index: Index, questions: Sequence[Question]) -> list[Overlap]:
    """Return the questions that nearly repeat an expected question of a card.

    A follow-up says little alone; it is not looked at.
    """
    carded = [(p, corpus.cards[p.card]) for p in index.passages if p.card is not None]
    expected = [question for _, card in carded for question in card.questions]
    known = np.concatenate([index.view_vectors(passage, "question") for passage, _ in carded])
    known_stems = [set(found) for found in stems(expected)]
    found = []
    for question in questions:
        if question.history:
            continue
        likeness = known @ index.encoder.encode([question.question])[0]
        own = set(stems([question.question])[0])
        for number, cosine in enumerate(likeness.tolist()):
            union = own | known_stems[number]
            shared = len(own & known_stems[number]) / len(union) if len(union) >= FEW else 0.0
            if cosine >= TOO_LIKE or shared >= TOO_MANY_WORDS:
                found.append(Overlap(question.id, question.question, expected[number], cosine))
                break
    return found
