"""Mend slips of the keyboard in the words that calculations stand on: "wats", "theads", "rigth".

Only these words are looked for, and only what is no word of the guide is taken for a slip: one
letter left out, one too many, or two swapped. The first letter is taken to be right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from assistant.understand.spelling import vocabulary, with_a_letter_more, with_two_swapped
from corpus.load import load_corpus

SHORTEST = 4  # letters
_LAST_LETTERS = "eghlrty"  # that are no ending
_OTHERS = frozenset({"dries", "cads", "crads", "curds"})  # words of their own
_WORD = re.compile(r"[A-Za-z]+")
_MEANT = frozenset(
    re.findall(
        r"\w+",
        "watt watts wattage power supply lane lanes slot slots core cores thread threads memory "
        "card cards processor processors system machine week weeks hour hours month months year "
        "years minute minutes seconds budget price cost costs electricity slower slowdown blower "
        "blowers adjacent cooling cooled cooler water right each enough need needs how many much "
        "what which should graphics training preprocess preprocessed preprocessing gigabytes "
        "accelerators streams frames drive drives bandwidth throttle throttling performance "
        "percent euros dollars cents parameters gradients efficient efficiency kilowatt ",
    )
)
# What is written on purpose.
_SHORT = {"hw": "how", "mny": "many", "wat": "what", "wut": "what", "ned": "need", "mch": "much"}


def mend_slips(text: str) -> str:
    """Return the text with the slips mended that leave one word that calculations stand on."""
    return _WORD.sub(lambda found: _mended(found[0]), text)


@lru_cache(maxsize=4096)
def _mended(word: str) -> str:
    lowered = word.lower()
    if lowered in _SHORT:
        return _SHORT[lowered]
    if len(word) < SHORTEST or not word[1:].islower() or lowered in _known():
        return word
    meant = _MEANT.intersection(_variants(lowered))
    return next(iter(meant)) if len(meant) == 1 else word


@cache
def _known() -> frozenset[str]:
    """Return the words of the guide and of what its cards expect, and those that are meant."""
    return _MEANT.union(_OTHERS, vocabulary(load_corpus()))


def _variants(word: str) -> Iterator[str]:
    """Yield what a word may have been before a slip; a last letter may be an ending instead."""
    for n in range(1, len(word)):
        if n < len(word) - 1 or word[n] == word[n - 1]:
            yield word[:n] + word[n + 1 :]
    yield from with_two_swapped(word)
    yield from with_a_letter_more(word, _LAST_LETTERS)
