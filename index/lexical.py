"""Passages by their words: BM25 over stems, with hardware names made alike."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import bm25s
import numpy as np
import numpy.typing as npt
from bm25s.stopwords import STOPWORDS_EN

Scores = npt.NDArray[np.float32]

# "1080ti", "GTX1080 Ti" and "1080-Ti" are one card; "250W" is a number and a unit.
SPLITS = (
    (re.compile(r"(?i)\b(gtx|rtx|gt)\s*-?(\d{3,4})"), r"\1 \2"),
    (re.compile(r"(?i)(\d{3,4})\s*-?\s*(ti)\b"), r"\1ti"),
    (re.compile(r"(?i)\b(\d+)\s*(gb|tb|mb|w|watts?|kwh|ghz|mhz|ms)\b"), r"\1 \2"),
    (re.compile(r"(?i)\b(?:x\s?(16|8|4|1)|(16|8|4|1)\s?x)\b"), r"x\1\2"),
    (re.compile(r"(?i)\bpci[\s-]?e(xpress)?\b|\bpci[\s-]express\b"), "pcie"),
    (re.compile(r"(?i)\b(resnet|vgg)-?(\d+)\b"), r"\1 \2"),
    (re.compile(r"(?i)\begpus?\b"), "egpu external gpu"),
    (re.compile(r"(?i)\b(mobo|mainboard)(s?)\b"), r"motherboard\2"),
    # The stemmer takes the "us" of "gpus" for Latin, as in "virus".
    (re.compile(r"(?i)\b(e?gpu|cpu|psu|tpu)s\b"), r"\1"),
    (re.compile(r"(?i)\bpower supply( unit)?\b"), "psu power supply"),
)
WORD = re.compile(r"\b\w\w+\b")
STOPWORDS = frozenset(STOPWORDS_EN)


def normalise(text: str) -> str:
    """Write names and units the same way wherever they stand."""
    for pattern, replacement in SPLITS:
        text = pattern.sub(replacement, text)
    return text


@cache
def _stemmer() -> Any:  # noqa: ANN401 - PyStemmer has no types
    import Stemmer

    return Stemmer.Stemmer("english")


def stems(texts: Sequence[str]) -> list[list[str]]:
    """Return the stems of each text, stop words left out."""
    return [list(_stems_of(text)) for text in texts]


@lru_cache(maxsize=2000)  # an answer looks at the same sentences of the guide again and again
def _stems_of(text: str) -> tuple[str, ...]:
    # As bm25s.tokenize does, without what it sets up for every call: a question has few words.
    words = [word for word in WORD.findall(normalise(text).lower()) if word not in STOPWORDS]
    return tuple(_stemmer().stemWords(words))


class LexicalIndex:
    """BM25 over one text a passage."""

    def __init__(self, ranker: bm25s.BM25) -> None:
        self._ranker = ranker

    @classmethod
    def build(cls, texts: Sequence[str]) -> LexicalIndex:
        """Index the texts; text n belongs to passage n."""
        ranker = bm25s.BM25(method="lucene")
        ranker.index(stems(texts), show_progress=False)
        return cls(ranker)

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        """Read an index that save wrote."""
        return cls(bm25s.BM25.load(folder, load_corpus=False))

    def save(self, folder: Path) -> None:
        """Write the index as arrays and JSON, no pickle."""
        self._ranker.save(folder, show_progress=False)

    def scores(self, query: str) -> Scores:
        """Return the BM25 score of every passage; zeros where no word of the query is known."""
        words = [word for word in stems([query])[0] if word in self._ranker.vocab_dict]
        if not words:
            return np.zeros(self._ranker.scores["num_docs"], np.float32)
        found: Scores = self._ranker.get_scores(words)
        return found

    def passages_with(self, stem: str) -> frozenset[int]:
        """Return the numbers of the passages that hold a stem; empty for one not in the corpus."""
        column = self._ranker.vocab_dict.get(stem)
        if column is None:
            return frozenset()
        start, end = self._ranker.scores["indptr"][column : column + 2]
        return frozenset(self._ranker.scores["indices"][start:end].tolist())
