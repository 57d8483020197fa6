"""Whether the guide covers a question, and what to say where it does not."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.markdown import escape_markdown
from assistant.answering.quotes import Draft
from assistant.retrieval import Understood
from index.store import Index
from index.types import Hit

COVERED = 0.40
COVERED_NEWER = 0.62
SHOWN_QUESTION = 80  # characters of the question that a refusal repeats


def is_covered(index: Index, understood: Understood, hits: Sequence[Hit]) -> bool:
    """Tell whether the passages found are near enough to answer the question."""
    best = max((hit.dense for hit in hits), default=0.0)
    return best >= (COVERED_NEWER if understood.newer else COVERED)


def refusal(question: str, nearest: Draft) -> str:
    """Say that the guide does not cover a question, and the nearest thing that it does cover."""
    asked = question if len(question) <= SHOWN_QUESTION else f"{question[:SHOWN_QUESTION]}…"
    text = f"The guide does not cover this: “{escape_markdown(asked)}”."
    if not nearest.lead:
        return f"{text} It is about hardware for deep learning."
    return f"{text}\n\nThe nearest that it does cover: {nearest.lead}"
