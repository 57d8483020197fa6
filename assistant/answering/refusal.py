"""What to say where the guide does not cover a question."""

from __future__ import annotations

from textwrap import shorten

from assistant.answering.markdown import escape_markdown
from assistant.answering.quotes import Draft

SHOWN_QUESTION = 80  # characters of the question that a refusal repeats


def refusal(question: str, nearest: Draft) -> str:
    """Say that the guide does not cover a question, and the nearest thing that it does cover."""
    asked = shorten(question, SHOWN_QUESTION, placeholder=" …")
    text = f"The guide does not cover this: “{escape_markdown(asked)}”."
    if not nearest.lead:
        return f"{text} The guide is about hardware for deep learning."
    return f"{text}\n\nThe nearest that it does cover: {nearest.lead}"
