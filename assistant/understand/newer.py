"""Hardware named in a question that came after the source ends."""

from __future__ import annotations

from assistant.understand.parts import find_parts
from corpus.types import Hardware

LAST_YEAR = 2019  # of the comments


def newer_hardware(question: str) -> tuple[Hardware, ...]:
    """Return the hardware named in a question that the source cannot know."""
    named = (part.hardware for part in find_parts(question))
    return tuple(dict.fromkeys(item for item in named if item.release_year > LAST_YEAR))
