"""Texts whose vectors stand in the index are looked up; only the rest is encoded.

An answer weighs sentences of the guide against the question: their vectors were made when the
index was built, and making them again took longer than everything else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from index.encoder import Encoder, Vectors
from index.wording import in_one_wording

Hashes = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int64]
Rows = Callable[[Numbers], Vectors]


def hashes_of(texts: Sequence[str]) -> Hashes:
    """Return a 64-bit hash of each text."""
    joined = b"".join(
        blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest() for text in texts
    )
    return np.frombuffer(joined, "<u8").astype(np.uint64)


# The same sentences of the guide are weighed for question after question.
_worded = lru_cache(maxsize=5000)(in_one_wording)


class KnownTexts:
    """The hashes of texts that have a vector, sorted, with the number of that vector.

    The texts stand there in one wording and as they were written: bringing thousands of questions
    into one wording, to look them up, takes half a second.
    """

    def __init__(self, hashes: Hashes, numbers: Numbers) -> None:
        self.hashes = hashes
        self.numbers = numbers

    @classmethod
    def of(cls, texts: Sequence[str]) -> KnownTexts:
        """Return the table of texts, text n having vector n; the first of equal ones counts."""
        hashes, first = np.unique(hashes_of(texts), return_index=True)
        return cls(hashes, first.astype(np.int64))

    def also(self, texts: Sequence[str]) -> KnownTexts:
        """Return the table with further texts, text n having vector n; what is known stays."""
        both = np.concatenate([self.hashes, hashes_of(texts)])
        hashes, first = np.unique(both, return_index=True)
        numbers = np.concatenate([self.numbers, np.arange(len(texts), dtype=np.int64)])
        return KnownTexts(hashes, numbers[first])

    def find(self, texts: Sequence[str]) -> Numbers:
        """Return the number of each text's vector, -1 where it has none."""
        if not len(self.hashes) or not texts:
            return np.full(len(texts), -1, np.int64)
        wanted = hashes_of(texts)
        place = np.minimum(np.searchsorted(self.hashes, wanted), len(self.hashes) - 1)
        return np.where(self.hashes[place] == wanted, self.numbers[place], -1)


class RememberingEncoder:
    """An encoder that brings texts into one wording and takes what it knows from the index."""

    def __init__(self, encoder: Encoder, known: KnownTexts, rows: Rows) -> None:
        self._encoder = encoder
        self._known = known
        self._rows = rows

    def count_pieces(self, text: str) -> int:
        """Return how many word pieces the text has for this encoder."""
        return self._encoder.count_pieces(text)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text, shape (len(texts), dimensions)."""
        numbers = self._known.find(texts)
        other = np.flatnonzero(numbers < 0)
        worded = {n: _worded(texts[n]) for n in other.tolist()}
        numbers[other] = self._known.find(list(worded.values()))
        new = np.flatnonzero(numbers < 0)
        if len(new) == len(texts):
            return self._encoder.encode(list(worded.values()))
        known = np.flatnonzero(numbers >= 0)
        looked_up = self._rows(numbers[known])
        found = np.empty((len(texts), looked_up.shape[1]), np.float32)
        found[known] = looked_up
        if len(new):
            found[new] = self._encoder.encode([worded[n] for n in new.tolist()])
        return found
