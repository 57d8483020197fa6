"""What a question names that came after the source ends: hardware, software, techniques."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from assistant.understand.parts import find_parts
from corpus.load import load_later
from corpus.types import Later

LAST_YEAR = 2019  # of the comments


@dataclass(frozen=True, slots=True)
class Newer:
    """Something that the source cannot know, as it stands in a sentence, and its year."""

    name: str
    year: int


def find_newer(question: str) -> tuple[Newer, ...]:
    """Return what a question names that the source cannot know, hardware by its model first."""
    named = (part.hardware for part in find_parts(question))
    models = [
        Newer(f"the {item.model}", item.release_year)
        for item in named
        if item.release_year > LAST_YEAR
    ]
    words, pattern = _later()
    found = (words[word.casefold()] for word in pattern.findall(question))
    others = [Newer(item.name, item.released) for item in found]
    return tuple(dict.fromkeys([*models, *others]))


@cache
def _later() -> tuple[dict[str, Later], re.Pattern[str]]:
    words = {word: item for item in load_later() for word in item.words}
    longest_first = sorted(words, key=len, reverse=True)
    alternatives = "|".join(map(re.escape, longest_first))
    return words, re.compile(rf"(?i)(?<![\w.])(?:{alternatives})(?!\w)")
