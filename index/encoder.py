"""Text to vectors: the network in ONNX Runtime, which loads in a fraction of a second."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]

MAX_PIECES = 256  # the length all-MiniLM-L6-v2 was trained for; longer texts are cut
ALL_CORES = os.cpu_count() or 1
CORES = min(4, ALL_CORES)  # of one run: more make short texts no faster
BATCH_PIECES = 512  # word pieces, padding included: more do not fit the processor's cache

Progress = Callable[[float], None]


class Encoder(Protocol):
    """Anything that turns texts into unit vectors."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text, shape (len(texts), dimensions)."""
        ...

    def count_pieces(self, text: str) -> int:
        """Return how many word pieces the text has for this encoder."""
        ...


class OnnxEncoder:
    """A sentence encoder exported to ONNX: mean pooling over tokens, then unit length.

    One network run uses a few cores: a question that comes alone waits half as long. encode_many
    keeps all of them busy; many texts are a tenth faster where each run has one core to itself.
    """

    def __init__(self, folder: Path, cores: int = CORES) -> None:
        import onnxruntime  # loading it costs 0.2 s: only where a vector is needed
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = cores
        self._workers = max(1, ALL_CORES // cores)
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
        return self.encode_many(texts, workers=1)

    def encode_many(
        self,
        texts: Sequence[str],
        progress: Progress = lambda _: None,
        workers: int | None = None,
    ) -> Vectors:
        """Return one unit vector a text; progress is told the share of word pieces done."""
        if not texts:
            return np.zeros((0, 0), np.float32)
        pieces = [self._cut(found.ids) for found in self._tokenizer.encode_batch(list(texts))]
        batches = list(_batches(pieces))
        total, done = sum(map(len, pieces)), 0
        found: list[Vectors] = [np.zeros(0, np.float32)] * len(texts)

        def run(batch: list[int]) -> Vectors:
            return self._run([pieces[n] for n in batch])

        workers = workers or self._workers
        with ThreadPoolExecutor(workers) as pool:
            results = map(run, batches) if workers == 1 else pool.map(run, batches)
            for batch, vectors in zip(batches, results, strict=True):
                for n, vector in zip(batch, vectors, strict=True):
                    found[n] = vector
                done += sum(len(pieces[n]) for n in batch)
                progress(done / total)
        return np.stack(found)

    def _run(self, encoded: Sequence[Sequence[int]]) -> Vectors:
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


def _batches(pieces: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """Yield the numbers of texts that are run together: of like length, within the limit."""
    batch: list[int] = []
    for n in sorted(range(len(pieces)), key=lambda n: len(pieces[n])):
        if batch and (len(batch) + 1) * len(pieces[n]) > BATCH_PIECES:
            yield batch
            batch = []
        batch.append(n)
    if batch:
        yield batch
