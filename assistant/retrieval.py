"""From a question in its conversation to the passages that may answer it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.answering.notes import find_changes
from assistant.answering.precedence import put_in_order
from assistant.types import Turn
from assistant.understand.components import Component, components_in
from assistant.understand.followups import standalone
from assistant.understand.intents import Intent, intent_of, new_subject
from assistant.understand.newer import Newer, find_newer
from assistant.understand.several import questions_in
from corpus.load import Corpus
from corpus.types import Change
from index.encoder import Encoder, Vectors
from index.ranking import Ranking
from index.store import Index
from index.types import Hit

CONSIDERED = 20  # passages that an answer may draw on
LEANING = 0.15  # share of the last turn, against the complete question, in what is searched for
LATEST = 0.6  # the same, in what a quote must be like
ALONE = 0.6  # share of one of several questions, against all of them, in what is searched for


@dataclass(frozen=True, slots=True)
class Understood:
    """A question that stands alone, encoded, with what it names.

    vector, shape (dimensions,), is the complete question, focus, of the same shape, leans towards
    what was asked last: a passage must be about all of it, the quote in it about the last turn.
    changes are the subjects with a history that it touches, newer what came after the source.
    said is the answer before it, if any; parts are the questions in it, if there are several, and
    topics those that the answer must be about, where a part asks for one component.
    """

    question: str
    vector: Vectors
    focus: Vectors
    changes: tuple[Change, ...]
    newer: tuple[Newer, ...]
    intent: Intent = "answer"
    said: str = ""
    topics: frozenset[str] = frozenset()
    parts: tuple[Understood, ...] = ()


def understand(
    corpus: Corpus, encoder: Encoder, question: str, history: Sequence[Turn]
) -> Understood:
    """Make a question stand alone and encode it."""
    complete = standalone(question, history)
    subject = new_subject(question) if history else ""
    said = [turn.content for turn in history if turn.role == "assistant"]
    vector, focus = _encode(encoder, question, complete, subject, history)
    return Understood(
        question=subject or complete,
        vector=vector,
        focus=focus,
        changes=tuple(find_changes(corpus, complete)),
        newer=find_newer(complete),
        intent=intent_of(question),
        said=said[-1] if said else "",
        parts=_parts(corpus, encoder, question, vector) if complete == question else (),
    )


def _parts(
    corpus: Corpus, encoder: Encoder, question: str, vector: Vectors
) -> tuple[Understood, ...]:
    """Return each of several questions in one; vector, shape (dimensions,), is all of them."""
    parts = [Component(part, frozenset()) for part in questions_in(question)]
    parts = parts or list(components_in(question))
    if not parts:
        return ()
    return tuple(
        Understood(
            question=part.question,
            vector=_mixed(np.stack([own, vector]), (ALONE, 1 - ALONE)),
            focus=own,
            changes=tuple(find_changes(corpus, part.question)),
            newer=find_newer(part.question),
            topics=part.topics,
        )
        for part, own in zip(parts, encoder.encode([p.question for p in parts]), strict=True)
    )


def _encode(
    encoder: Encoder, question: str, complete: str, subject: str, history: Sequence[Turn]
) -> tuple[Vectors, Vectors]:
    """Return the vector of a question and its focus.

    A new subject weighs twice as much as the conversation it comes up in.
    """
    if subject:
        asked = next((turn.content for turn in reversed(history) if turn.role == "user"), "")
        vectors = encoder.encode([subject, f"{asked} {question}"])
        vector = _mixed(vectors, (2.0, 1.0))
        return vector, vector
    if complete == question:
        vector = np.asarray(encoder.encode([question])[0])
        return vector, vector
    vectors = encoder.encode([complete, question])
    return _mixed(vectors, (1 - LEANING, LEANING)), _mixed(vectors, (1 - LATEST, LATEST))


def _mixed(vectors: Vectors, weights: Sequence[float]) -> Vectors:
    """Return the weighted sum of rows, shape (dimensions,), of length one."""
    total = np.asarray(weights, np.float32) @ vectors
    return np.asarray(total / np.linalg.norm(total))


def retrieve(
    index: Index, understood: Understood, ranking: Ranking | None = None, limit: int = CONSIDERED
) -> list[Hit]:
    """Return the passages that best match a question: current views and the author's first."""
    hits = index.search(understood.question, limit, ranking, understood.vector)
    return put_in_order(hits, understood.changes, index.passages)
