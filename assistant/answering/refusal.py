"""Whether the guide covers a question, and what to say where it does not."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.markdown import escape_markdown
from assistant.answering.quotes import Draft
from corpus.types import Hardware
from index.types import Hit

# The least cosine of the best passage at which a question counts as covered. Calibrated on the
# tune half of the questions: `python -m evals.calibrate` prints the trade-off.
COVERED = 0.40
# A question about hardware that came after the source must match a principle this well.
COVERED_NEWER = 0.62
SHOWN_QUESTION = 80  # characters of the question that a refusal repeats


def is_covered(hits: Sequence[Hit], newer: Sequence[Hardware]) -> bool:
    """Tell whether the best passage is near enough to answer the question."""
    best = max((hit.dense for hit in hits), default=0.0)
    return best >= (COVERED_NEWER if newer else COVERED)


def refusal(question: str, nearest: Draft) -> str:
    """Say that the guide does not cover a question, and the nearest thing that it does cover."""
    asked = question if len(question) <= SHOWN_QUESTION else f"{question[:SHOWN_QUESTION]}…"
    text = f"The guide does not cover this: “{escape_markdown(asked)}”."
    if not nearest.lead:
        return f"{text} It is about hardware for deep learning."
    return f"{text}\n\nThe nearest that it does cover: {nearest.lead}"
