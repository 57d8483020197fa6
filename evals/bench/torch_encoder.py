"""The packaged model as sentence-transformers runs it, on torch: what we are compared with."""

from __future__ import annotations

import os
from collections.abc import Sequence

import numpy as np

from index.encoder import MAX_PIECES, Vectors
from index.export import packaged_model


class TorchEncoder:
    """The packaged model in sentence-transformers."""

    def __init__(self) -> None:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
        from sentence_transformers import SentenceTransformer

        self._model = SentenceTransformer(str(packaged_model()), device="cpu")
        self._model.max_seq_length = MAX_PIECES

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text."""
        found = self._model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(found)

    def count_pieces(self, text: str) -> int:
        """Return how many word pieces a text has."""
        return len(self._model.tokenizer.tokenize(text))
