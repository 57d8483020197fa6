"""An index that has not read some of the cards' questions, to ask it just those."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

import numpy as np

from assistant.answering.coverage import unanswered_vectors
from assistant.assistant import Assistant
from index.classifier import CardClassifier
from index.dense import CODE_OF
from index.encoder import Vectors
from index.lexical import LexicalIndex
from index.types import Passage
from index.views import words_of

SAME = 0.999  # cosine from which two questions are one


def expected_questions(
    assistant: Assistant,
) -> Iterator[tuple[Passage, list[int], tuple[str, ...]]]:
    """Yield each passage with a card, the numbers of its questions' views, and the questions."""
    dense = assistant.index.dense
    for passage in assistant.index.passages:
        if passage.card is not None:
            own = (dense.owners == passage.number) & (dense.kinds == CODE_OF["question"])
            questions = assistant.corpus.cards[passage.card].questions
            yield passage, np.flatnonzero(own).tolist(), questions


@contextmanager
def unread(assistant: Assistant, held: Mapping[int, str]) -> Iterator[None]:
    """Hide questions of the cards, by the number of their view: as vectors, as words, to learn."""
    corpus, index = assistant.corpus, assistant.index
    texts = set(held.values())
    cards = tuple(
        replace(card, questions=tuple(q for q in card.questions if q not in texts))
        for card in corpus.cards
    )
    forgetful = replace(corpus, cards=cards)
    lexical, classifier = index.lexical, index.classifier
    index.lexical = LexicalIndex.build([words_of(forgetful, p) for p in index.passages])
    index.classifier = CardClassifier.fit(index.dense, list(held))
    try:
        with index.dense.without(np.array(list(held), np.int64)):
            yield
    finally:
        index.lexical, index.classifier = lexical, classifier


@contextmanager
def unlisted(assistant: Assistant, vector: Vectors) -> Iterator[None]:
    """Hide a question, encoded as vector, from those known to have no answer."""
    known = unanswered_vectors(assistant.corpus, assistant.index)
    rows = np.flatnonzero(known @ vector > SAME)
    hidden = known[rows].copy()
    known[rows] = 0.0
    try:
        yield
    finally:
        known[rows] = hidden
