"""Copies of the built index that may be broken, and whether one still answers as it should."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.settings import load_settings
from corpus.load import load_corpus
from index.search import Index
from index.store import IndexStore

QUESTION = "Is x8 enough for two cards?"


@contextmanager
def copied_index() -> Iterator[IndexStore]:
    """Yield a store over a copy of the current index, built first where need be."""
    settings = load_settings()
    IndexStore(settings.index_dir, settings.encoder).load_or_build(load_corpus())
    with tempfile.TemporaryDirectory(prefix="rigwise-torture-") as folder:
        copy = Path(folder) / "index"
        shutil.copytree(settings.index_dir, copy, ignore=shutil.ignore_patterns("building-*"))
        yield IndexStore(copy, settings.encoder)


def probe(index: Index) -> list[tuple[int, float]]:
    """Return what an index finds, to be compared with what it should find."""
    vector = index.sentence_vectors(index.passages[3])[0]
    hits = index.search(QUESTION, 10, vector=vector)
    return [(hit.passage.number, round(hit.score, 5)) for hit in hits]
