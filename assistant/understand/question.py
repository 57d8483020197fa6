"""Refuse what is no question, clean what is."""

from __future__ import annotations

import re
import unicodedata

from assistant.errors import InvalidInput

LONGEST = 4000  # characters; the longest question in the comments has about 3,000
_SPACE = re.compile(r"\s+")
# Format characters hide text from a reader but not from a search: zero-width, bidi overrides.
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}


def clean_question(text: str) -> str:
    """Return the question with control and invisible characters removed, spaces folded.

    :raises InvalidInput: nothing is left, or it is too long.
    """
    if len(text) > LONGEST:
        raise InvalidInput(
            f"The question has {len(text):,} characters; at most {LONGEST:,} can be read. "
            "Ask it in a few sentences."
        )
    kept = "".join(
        " " if character.isspace() else character
        for character in unicodedata.normalize("NFC", text)
        if character.isspace() or unicodedata.category(character) not in _UNSEEN
    )
    question = _SPACE.sub(" ", kept).strip()
    if not any(character.isalnum() for character in question):
        raise InvalidInput("The question is empty. Ask about hardware for deep learning.")
    return question
