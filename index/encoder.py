"""Text to vectors: the network in ONNX Runtime, which loads in a fraction of a second."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]

MAX_PIECES = 256  # the length all-MiniLM-L6-v2 was trained for; longer texts are cut
BATCH = 32


class Encoder(Protocol):
    """Anything that turns texts into unit vectors."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text, shape (len(texts), dimensions)."""
        ...

    def count_pieces(self, text: str) -> int:
        """Return how many word pieces the text has for this encoder."""
        ...


class OnnxEncoder:
    """A sentence encoder exported to ONNX: mean pooling over tokens, then unit length."""

    def __init__(self, folder: Path, threads: int = 0) -> None:
        import onnxruntime  # loading it costs 0.2 s: only where a vector is needed
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()

    def count_pieces(self, text: str) -> int:
        """Return how many word pieces the text has, without the two markers."""
        return len(self._tokenizer.encode(text, add_special_tokens=False).ids)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text, shape (len(texts), dimensions)."""
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))  # like lengths share a batch
        found: dict[int, Vectors] = {}
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            for i, vector in zip(batch, self._encode_batch([texts[i] for i in batch]), strict=True):
                found[i] = vector
        return np.stack([found[i] for i in range(len(texts))]) if texts else np.zeros((0, 0), "f4")

    def _encode_batch(self, texts: Sequence[str]) -> Vectors:
        encoded = [self._cut(self._tokenizer.encode(text).ids) for text in texts]
        width = max(map(len, encoded))
        ids = np.zeros((len(encoded), width), np.int64)
        mask = np.zeros((len(encoded), width), np.int64)
        for row, tokens in enumerate(encoded):
            ids[row, : len(tokens)] = tokens
            mask[row, : len(tokens)] = 1
        tokens = self._session.run(None, {"input_ids": ids, "attention_mask": mask})[0]
        weights = mask[..., None].astype(np.float32)
        pooled = (tokens * weights).sum(axis=1) / weights.sum(axis=1)
        unit: Vectors = pooled / np.linalg.norm(pooled, axis=1, keepdims=True)
        return unit

    @staticmethod
    def _cut(ids: list[int]) -> list[int]:
        # The last id is the end marker: keep it when a long text is cut.
        return ids if len(ids) <= MAX_PIECES else [*ids[: MAX_PIECES - 1], ids[-1]]
