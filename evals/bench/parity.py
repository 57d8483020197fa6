"""Whether the exported network gives the vectors and rankings of the original.

python -m evals.bench.parity --write     makes index/reference.json anew
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

import numpy as np

from assistant.assistant import Assistant
from corpus.sentences import sentences_of
from corpus.types import Lines
from evals.bench.torch_encoder import TorchEncoder
from evals.bench.types import Measured
from evals.question_set import own_questions
from index.encoder import OnnxEncoder
from index.export import PROBES, REFERENCE

RANKED = 10


def measure_parity() -> Iterator[Measured]:
    """Compare both networks over the whole corpus and all evaluation questions."""
    assistant = Assistant.load()
    index = assistant.index
    ours, theirs = OnnxEncoder(index.encoder_folder), TorchEncoder()
    whole = Lines(1, len(assistant.corpus.lines))
    corpus = list(dict.fromkeys(sentence.text for sentence in sentences_of(whole)))
    questions = [question.question for question in own_questions()]
    for name, texts in (("sentences of the corpus", corpus), ("evaluation questions", questions)):
        cosines = np.sum(ours.encode_many(texts) * theirs.encode(texts), axis=1)
        yield Measured(
            f"least cosine to torch, {len(texts)} {name}",
            float(cosines.min()),
            "",
            bar=0.9999,
            at_least=True,
        )
    pairs = zip(questions, ours.encode_many(questions), theirs.encode(questions), strict=True)
    same = sum(
        [hit.passage.number for hit in index.search(question, RANKED, vector=a)]
        == [hit.passage.number for hit in index.search(question, RANKED, vector=b)]
        for question, a, b in pairs
    )
    yield Measured(
        "questions with the same ten passages, same order",
        100 * same / len(questions),
        "%",
        bar=100,
        at_least=True,
    )


def write_reference() -> None:
    """Write the vectors that sentence-transformers gives for a few texts."""
    vectors = TorchEncoder().encode(PROBES)
    rows = {
        text: [round(float(x), 7) for x in row] for text, row in zip(PROBES, vectors, strict=True)
    }
    REFERENCE.write_text(json.dumps(rows), encoding="utf-8")


if __name__ == "__main__" and "--write" in sys.argv:
    write_reference()
