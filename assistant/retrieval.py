"""From a question in its conversation to the passages that may answer it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.answering.notes import find_changes
from assistant.answering.precedence import put_in_order
from assistant.types import Turn
from assistant.understand.followups import standalone
from assistant.understand.intents import Intent, intent_of, new_subject
from assistant.understand.newer import Newer, find_newer
from corpus.load import Corpus
from corpus.types import Change
from index.encoder import Encoder, Vectors
from index.ranking import Ranking
from index.store import Index
from index.types import Hit

CONSIDERED = 20  # passages that an answer may draw on


@dataclass(frozen=True, slots=True)
class Understood:
    """A question that stands alone, encoded, with what it names.

    changes are the subjects with a history that it touches, newer what came after
    the source; vector has shape (dimensions,). said is the answer before it, if any.
    """

    question: str
    vector: Vectors
    changes: tuple[Change, ...]
    newer: tuple[Newer, ...]
    intent: Intent = "answer"
    said: str = ""


def understand(
    corpus: Corpus, encoder: Encoder, question: str, history: Sequence[Turn]
) -> Understood:
    """Make a question stand alone and encode it."""
    complete = standalone(question, history)
    subject = new_subject(question) if history else ""
    said = [turn.content for turn in history if turn.role == "assistant"]
    return Understood(
        question=subject or complete,
        vector=_encode(encoder, question, complete, subject, history),
        changes=tuple(find_changes(corpus, complete)),
        newer=find_newer(complete),
        intent=intent_of(question),
        said=said[-1] if said else "",
    )


def _encode(
    encoder: Encoder, question: str, complete: str, subject: str, history: Sequence[Turn]
) -> Vectors:
    """Encode a question; a new subject weighs twice as much as the conversation it comes up in."""
    if not subject:
        return np.asarray(encoder.encode([complete])[0])
    asked = next((turn.content for turn in reversed(history) if turn.role == "user"), "")
    vectors = encoder.encode([subject, subject, f"{asked} {question}"])
    total = vectors.sum(axis=0)
    return np.asarray(total / np.linalg.norm(total))


def retrieve(
    index: Index, understood: Understood, ranking: Ranking | None = None, limit: int = CONSIDERED
) -> list[Hit]:
    """Return the passages that best match a question: current views and the author's first."""
    hits = index.search(understood.question, limit, ranking, understood.vector)
    return put_in_order(hits, understood.changes, index.passages)
