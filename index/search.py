"""A loaded index: passages, their views as vectors, their words."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from corpus.sentences import sentences_of
from corpus.types import Lines, Years
from index.classifier import CardClassifier
from index.dense import DenseIndex, Numbers
from index.encoder import Encoder, OnnxEncoder, Vectors
from index.errors import StaleIndex
from index.known import KnownTexts, RememberingEncoder
from index.lexical import LexicalIndex
from index.manifest import Manifest
from index.ranking import Columns, Ranking, best_views, rank
from index.types import Hit, Passage, ViewKind

NEAREST_VIEWS = 1000  # views looked at for one question; a passage has about ten


class Index:
    """A loaded index. Searching it changes nothing, so threads may share it."""

    def __init__(
        self,
        manifest: Manifest,
        passages: Sequence[Passage],
        dense: DenseIndex,
        lexical: LexicalIndex,
        classifier: CardClassifier,
        known: KnownTexts,
        extra: Vectors,
        encoder_folder: Path,
    ) -> None:
        self.manifest = manifest
        self.passages = passages
        self.dense = dense
        self.lexical = lexical
        self.classifier = classifier
        self.encoder_folder = encoder_folder
        self._known = known
        self._extra = extra
        self._columns = Columns.of(passages)

    @classmethod
    def load(cls, folder: Path, manifest: Manifest) -> Index:
        """Read the files of an index; whether they are whole has been checked before."""
        dense, known, extra = read_views(folder)
        return cls(
            manifest,
            read_passages(folder / "passages.json"),
            dense,
            LexicalIndex.load(folder / "words"),
            CardClassifier.load(folder / "classifier.npz"),
            known,
            extra,
            folder / "encoder",
        )

    @cached_property
    def encoder(self) -> Encoder:
        """The encoder of the views, loaded when first needed; it looks up what it knows.

        :raises StaleIndex: another build replaced the index before this was loaded.
        """
        try:
            network = OnnxEncoder(self.encoder_folder)
        except Exception as error:  # each of its libraries has its own
            if self.encoder_folder.is_dir():
                raise
            raise StaleIndex("The index was replaced by another build. Try again.") from error
        return RememberingEncoder(network, self._known, self._rows)

    def _rows(self, numbers: Numbers) -> Vectors:
        return known_rows(self.dense, self._extra, numbers)

    def sentence_vectors(self, passage: Passage) -> Vectors:
        """Return the vectors of a passage's sentences, in order, shape (sentences, dimensions)."""
        return self.dense.of(passage.number)[: len(sentences_of(passage.lines))]

    def view_vectors(self, passage: Passage, kind: ViewKind) -> Vectors:
        """Return the vectors of a passage's views of one kind, shape (views, dimensions)."""
        return self.dense.of(passage.number, kind)

    def gist_vector(self, passage: Passage) -> Vectors | None:
        """Return the vector of the gist of a passage's card, shape (dimensions,)."""
        vectors = self.view_vectors(passage, "gist")
        return vectors[0] if len(vectors) else None

    def search(
        self,
        question: str,
        limit: int = 10,
        ranking: Ranking | None = None,
        vector: Vectors | None = None,
    ) -> list[Hit]:
        """Return the passages that best match a question, best first, none twice.

        vector is the encoded question, shape (dimensions,), where the caller has it already.
        """
        ranking = ranking or Ranking()
        query = self.encoder.encode([question])[0] if vector is None else vector
        cosines, found = self.dense.search(query, NEAREST_VIEWS)
        best = best_views(cosines, found, self.dense.owners, self.dense.kinds, ranking)
        words = self.lexical.scores(question)
        meant = self.classifier.log_shares(query, len(self.passages))
        return rank(self.passages, self._columns, best, words, meant, ranking, limit)


def known_rows(dense: DenseIndex, extra: Vectors, numbers: Numbers) -> Vectors:
    """Return vectors by number: those of views, then those of the texts beside the views."""
    rows = [
        dense.rows(int(n), 1)[0] if n < len(dense) else extra[int(n) - len(dense)] for n in numbers
    ]
    return np.stack(rows)


def write_views(folder: Path, dense: DenseIndex, known: KnownTexts, extra: Vectors) -> None:
    """Write the vectors, and beside them what each belongs to."""
    dense.save(folder / "views.faiss")
    np.savez(
        folder / "views.npz",
        owners=dense.owners,
        kinds=dense.kinds,
        hashes=known.hashes,
        numbers=known.numbers,
        extra=extra,
    )


def read_views(folder: Path) -> tuple[DenseIndex, KnownTexts, Vectors]:
    """Read what write_views wrote."""
    with np.load(folder / "views.npz", allow_pickle=False) as arrays:
        dense = DenseIndex.load(folder / "views.faiss", arrays["owners"], arrays["kinds"])
        return dense, KnownTexts(arrays["hashes"], arrays["numbers"]), arrays["extra"]


def write_passages(path: Path, passages: tuple[Passage, ...]) -> None:
    """Write passages as JSON."""
    path.write_text(json.dumps([asdict(passage) for passage in passages]), encoding="utf-8")


def read_passages(path: Path) -> tuple[Passage, ...]:
    """Read what write_passages wrote."""
    return tuple(_passage_from(row) for row in json.loads(path.read_text("utf-8")))


def _passage_from(row: dict[str, Any]) -> Passage:
    parent = row["reply_of"]
    return Passage(
        **{
            **row,
            "lines": Lines(*row["lines"]),
            "years": Years(*row["years"]),
            "reply_of": Lines(*parent) if parent else None,
        }
    )
