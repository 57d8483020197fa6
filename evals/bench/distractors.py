"""Passages that the guide does not have but could: recombined from it with a seed.

A distractor takes half of the words of one passage and half of another's, and its views lie
between theirs. Its vectors are made from theirs, not encoded, which at a thousand times the guide
would take half a day; `likeness_of_recombined` measures how near real recombined texts lie, and
the noise is set so that the made ones lie as near.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from assistant.assistant import Assistant
from corpus.reader import text_of
from corpus.types import Lines
from index.dense import Codes, Numbers, Owners
from index.encoder import Vectors
from index.lexical import stems
from index.search import Index
from index.types import Passage

BEYOND = 100_000  # lines that the guide does not have: no distractor is ever a right answer
SAMPLE = 200


def likeness_of_recombined(index: Index, seed: int = 0) -> float:
    """Return the mean cosine of encoded half-and-half texts to the middle of their halves."""
    rng = np.random.default_rng(seed)
    texts = [text_of(passage.lines) for passage in index.passages]
    pairs = rng.integers(0, len(texts), (SAMPLE, 2))
    mixed = [f"{_half(texts[a], 0)} {_half(texts[b], 1)}" for a, b in pairs]
    middle = index.encoder.encode([texts[a] for a, _ in pairs])
    middle = middle + index.encoder.encode([texts[b] for _, b in pairs])
    middle /= np.linalg.norm(middle, axis=1, keepdims=True)
    return float(np.mean(np.sum(index.encoder.encode(mixed) * middle, axis=1)))


def _half(text: str, which: int) -> str:
    words = text.split()
    return " ".join(words[: len(words) // 2] if which == 0 else words[len(words) // 2 :])


def recombined(
    vectors: Vectors, partners: Numbers, likeness: float, rng: np.random.Generator
) -> Vectors:
    """Return unit vectors between each row and its partner's, at a mean cosine to the middle."""
    middle = vectors + vectors[partners]
    middle /= np.linalg.norm(middle, axis=1, keepdims=True)
    noise = rng.standard_normal(vectors.shape, np.float32)
    noise *= np.sqrt(1 / likeness**2 - 1) / np.sqrt(vectors.shape[1])
    middle += noise
    return np.asarray(middle / np.linalg.norm(middle, axis=1, keepdims=True), np.float32)


def partners_of(index: Index, rng: np.random.Generator) -> tuple[Numbers, Numbers]:
    """Return for each passage another one, and for each view a view of that one of its kind.

    Where the other passage has no view of the kind, any of its views will do. A passage without
    views is its own partner.
    """
    passages = np.arange(len(index.passages))
    seen = np.unique(index.dense.owners)
    passages[seen] = rng.permutation(seen)
    owners, kinds = index.dense.owners, index.dense.kinds
    views = np.empty(len(owners), np.int64)
    for view, (owner, kind) in enumerate(zip(owners.tolist(), kinds.tolist(), strict=True)):
        start, end = np.searchsorted(owners, [passages[owner], passages[owner] + 1])
        alike = np.flatnonzero(kinds[start:end] == kind)
        chosen = rng.choice(alike) if len(alike) else rng.integers(0, end - start)
        views[view] = start + chosen
    return passages, views


def copies_of(passages: tuple[Passage, ...], factor: int) -> list[Passage]:
    """Return the passages and factor - 1 copies of each, on lines that the guide does not have."""
    found = list(passages)
    for copy in range(1, factor):
        for passage in passages:
            number = copy * len(passages) + passage.number
            line = BEYOND + number
            found.append(replace(passage, number=number, lines=Lines(line, line), reply_of=None))
    return found


def repeated(index: Index, factor: int) -> tuple[Owners, Codes]:
    """Return the owners and kinds of the views of so many copies."""
    count = len(index.passages)
    owners = [index.dense.owners + copy * count for copy in range(factor)]
    return np.concatenate(owners).astype(np.int32), np.tile(index.dense.kinds, factor)


def words_of_passages(assistant: Assistant) -> tuple[list[npt.NDArray[np.int32]], dict[str, int]]:
    """Return the words of each passage as numbers, and the number of each word."""
    from index.views import words_of

    texts = [words_of(assistant.corpus, passage) for passage in assistant.index.passages]
    vocabulary: dict[str, int] = {}
    found = [
        np.array([vocabulary.setdefault(stem, len(vocabulary)) for stem in row], np.int32)
        for row in stems(texts)
    ]
    return found, vocabulary


def recombined_words(
    words: list[npt.NDArray[np.int32]], partners: Numbers, rng: np.random.Generator
) -> list[npt.NDArray[np.int32]]:
    """Return for each passage a random half of its words and a random half of its partner's."""
    halves = [rng.permutation(row)[: len(row) // 2 + 1] for row in words]
    return [
        np.concatenate([half, halves[other]]) for half, other in zip(halves, partners, strict=True)
    ]
