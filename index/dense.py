"""The vectors of all views in one FAISS index, with the passage and the kind of each view."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, get_args

import faiss
import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from index.encoder import Vectors
from index.manifest import SearchKind
from index.types import View, ViewKind

Numbers = npt.NDArray[np.int64]
Codes = npt.NDArray[np.uint8]
Owners = npt.NDArray[np.int32]

KINDS: tuple[ViewKind, ...] = get_args(ViewKind)
CODE_OF = {kind: code for code, kind in enumerate(KINDS)}

# Above this many views comparing a question with every one takes longer than encoding it.
FLAT_UP_TO = 100_000
PROBED_SHARE = 32  # one cell in so many is looked into
TRAINED_ON = 64  # vectors a cell, to place the cells

# One search is too short to be shared out, and so is NumPy's product of a vector and some thousand
# others: threads that wait for each other cost five times its time on a busy machine. Many
# questions at once use all cores anyway.
threadpool_limits(1)

NO_VECTORS: Vectors = np.zeros((0, 0), np.float32)


def kind_for(count: int) -> SearchKind:
    """Return how so many views should be searched: all of them, or the nearest cells."""
    return "flat" if count <= FLAT_UP_TO else "cells"


class DenseIndex:
    """Views as vectors. The views of a passage stand together, passages in order."""

    def __init__(self, vectors: Any, owners: Owners, kinds: Codes) -> None:  # noqa: ANN401 - FAISS
        self._vectors = vectors
        self.owners = owners
        self.kinds = kinds
        passages = int(owners[-1]) + 1 if len(owners) else 0
        self._starts = np.searchsorted(owners, np.arange(passages + 1))
        self._matrix = _matrix_of(vectors)
        self._last: tuple[bytes, Vectors, Numbers] | None = None

    def __len__(self) -> int:
        return int(self._vectors.ntotal)

    @property
    def search_kind(self) -> SearchKind:
        """Whether a question is compared with every view or with those of the nearest cells."""
        return "flat" if self._matrix is not None else "cells"

    @classmethod
    def build(cls, vectors: Vectors, views: Sequence[View]) -> DenseIndex:
        """Index one vector a view; how they are searched follows from how many there are."""
        owners = np.array([view.passage for view in views], np.int32)
        kinds = np.array([CODE_OF[view.kind] for view in views], np.uint8)
        return cls(index_vectors(vectors), owners, kinds)

    @classmethod
    def load(cls, path: Path, owners: Owners, kinds: Codes) -> DenseIndex:
        """Read the vectors that save wrote."""
        return cls(faiss.read_index(str(path)), owners, kinds)

    def save(self, path: Path) -> None:
        """Write the vectors; owners and kinds are the caller's to keep."""
        faiss.write_index(self._vectors, str(path))

    def search(self, query: Vectors, limit: int) -> tuple[Vectors, Numbers]:
        """Return the cosines and numbers of the views nearest to one vector, best first.

        query has shape (dimensions,); fewer than limit where the index holds fewer.
        """
        asked, last = query.tobytes(), self._last
        # Whether a question is covered is asked of the views that its passages were found by.
        if last and last[0] == asked and limit <= len(last[2]):
            return last[1][:limit], last[2][:limit]
        cosines, found = self._vectors.search(query[None, :], min(limit, len(self)))
        there = found[0] >= 0  # FAISS pads with -1
        best = cosines[0][there], found[0][there]
        self._last = asked, *best  # in one step: threads share an index
        return best

    def rows(self, first: int, count: int) -> Vectors:
        """Return the vectors of neighbouring views, shape (count, dimensions)."""
        if self._matrix is not None:
            return self._matrix[first : first + count]
        return np.asarray(self._vectors.reconstruct_n(first, count))

    @contextmanager
    def without(self, numbers: Numbers) -> Iterator[None]:
        """Search as if some views were not there: for measurements, in one thread.

        :raises ValueError: the index is too large to be held as rows.
        """
        if self._matrix is None:
            raise ValueError("only a flat index can hide views")
        hidden = self._matrix[numbers].copy()
        self._matrix[numbers], self._last = 0.0, None
        try:
            yield
        finally:
            self._matrix[numbers], self._last = hidden, None

    def of(self, passage: int, kind: ViewKind | None = None) -> Vectors:
        """Return the vectors of a passage's views, of one kind if given; empty where none."""
        start, end = int(self._starts[passage]), int(self._starts[passage + 1])
        if kind is not None:
            # The views of a kind stand together within a passage.
            own = np.flatnonzero(self.kinds[start:end] == CODE_OF[kind])
            if not len(own):
                return NO_VECTORS
            start, end = start + int(own[0]), start + int(own[-1]) + 1
        return self.rows(start, end - start)


def index_vectors(vectors: Vectors) -> Any:  # noqa: ANN401 - FAISS has no types
    """Return a FAISS index of unit vectors, of the kind that suits their number."""
    count, dimensions = vectors.shape
    if kind_for(count) == "flat":
        index = faiss.IndexFlatIP(dimensions)
        index.add(vectors)
        return index
    index = empty_cells(dimensions, count)
    sample = np.random.default_rng(0).choice(count, min(count, index.nlist * TRAINED_ON), False)
    train(index, vectors[np.sort(sample)])
    index.add(vectors)
    index.make_direct_map()
    return index


def empty_cells(dimensions: int, count: int) -> Any:  # noqa: ANN401 - FAISS has no types
    """Return an untrained index of cells for so many vectors, a byte a number."""
    cells = int(2 ** np.round(np.log2(2 * np.sqrt(count))))
    index: Any = faiss.index_factory(dimensions, f"IVF{cells},SQ8", faiss.METRIC_INNER_PRODUCT)
    index.nprobe = max(16, cells // PROBED_SHARE)
    return index


def train(index: Any, sample: Vectors) -> None:  # noqa: ANN401 - FAISS has no types
    """Place the cells, on all cores."""
    with threadpool_limits(os.cpu_count() or 1):
        index.train(sample)


def _matrix_of(vectors: Any) -> Vectors | None:  # noqa: ANN401 - FAISS has no types
    """Return the rows of a flat index without a copy; None for another kind."""
    if not isinstance(vectors, faiss.IndexFlat):
        return None
    size = vectors.ntotal * vectors.d
    flat: Vectors = faiss.rev_swig_ptr(vectors.get_xb(), size)
    return flat.reshape(vectors.ntotal, vectors.d)
