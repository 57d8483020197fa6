"""Mend what is plainly a slip of the keyboard: a letter left out, or two letters swapped.

"lerning" is a word that neither the encoder nor BM25 knows. Other slips (a letter too many, a
wrong one) are left alone: "whine" is no "while", and a wrong correction misleads more than a slip.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from string import ascii_lowercase

from corpus.load import Corpus

SHORTEST = 6  # letters; shorter words are names and abbreviations as often as slips
FAMILIAR = 3  # times that a word must be used to be taken for what was meant
_WORD = re.compile(r"[A-Za-z]+")


def respell(corpus: Corpus, text: str) -> str:
    """Return the text with the slips mended that lead to a word of the corpus."""
    known = vocabulary(corpus)
    return _WORD.sub(lambda found: _mended(found[0], known), text)


@lru_cache(maxsize=1)
def vocabulary(corpus: Corpus) -> Mapping[str, int]:
    """How often the corpus uses each word, what its cards say and expect included."""
    texts = [*corpus.lines]
    for card in corpus.cards:
        texts += [card.gist, *card.questions]
    return Counter(word for text in texts for word in _WORD.findall(text.lower()))


def _mended(word: str, known: Mapping[str, int]) -> str:
    if len(word) < SHORTEST or word.lower() in known or not word[1:].islower():
        return word
    meant = max(_meant(word.lower()), key=lambda other: known.get(other, 0))
    return meant if known.get(meant, 0) >= FAMILIAR else word


def _meant(word: str) -> Iterator[str]:
    """Yield the words that a slip may have made this one of.

    A missing "s" at the end is no slip but another number.
    """
    yield from with_a_letter_more(word, ascii_lowercase.replace("s", ""))
    yield from with_two_swapped(word)


def with_a_letter_more(word: str, last_letters: str) -> Iterator[str]:
    """Yield a word with each letter put in after its first, at the end only one of some letters."""
    for n in range(1, len(word) + 1):
        letters = ascii_lowercase if n < len(word) else last_letters
        yield from (word[:n] + letter + word[n:] for letter in letters)


def with_two_swapped(word: str) -> Iterator[str]:
    """Yield a word with each two neighbouring letters after its first swapped."""
    for n in range(1, len(word) - 1):
        yield word[:n] + word[n + 1] + word[n] + word[n + 2 :]
