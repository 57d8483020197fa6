"""From a question in its conversation to the passages that may answer it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.answering.notes import find_changes
from assistant.answering.precedence import put_in_order
from assistant.types import Turn
from assistant.understand.followups import standalone
from assistant.understand.newer import newer_hardware
from corpus.load import Corpus
from corpus.types import Change, Hardware
from index.encoder import Encoder, Vectors
from index.ranking import Ranking
from index.store import Index
from index.types import Hit

CONSIDERED = 20  # passages that an answer may draw on


@dataclass(frozen=True, slots=True)
class Understood:
    """A question that stands alone, encoded, with what it names.

    changes are the subjects with a history that it touches, newer the hardware that came after
    the source; vector has shape (dimensions,).
    """

    question: str
    vector: Vectors
    changes: tuple[Change, ...]
    newer: tuple[Hardware, ...]


def understand(
    corpus: Corpus, encoder: Encoder, question: str, history: Sequence[Turn]
) -> Understood:
    """Make a question stand alone and encode it."""
    complete = standalone(question, history)
    return Understood(
        question=complete,
        vector=_encode(encoder, question, complete),
        changes=tuple(find_changes(corpus, complete)),
        newer=newer_hardware(complete),
    )


def _encode(encoder: Encoder, question: str, complete: str) -> Vectors:
    """Encode a question; a follow-up weighs as much as the question that it leans on."""
    if question == complete:
        return np.asarray(encoder.encode([question])[0])
    both = encoder.encode([question, complete]).sum(axis=0)
    return np.asarray(both / np.linalg.norm(both))


def retrieve(
    index: Index, understood: Understood, ranking: Ranking | None = None, limit: int = CONSIDERED
) -> list[Hit]:
    """Return the passages that best match a question: current views and the author's first."""
    hits = index.search(understood.question, limit, ranking, understood.vector)
    return put_in_order(hits, understood.changes, index.passages)
