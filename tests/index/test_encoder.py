import os
import subprocess
import sys

import numpy as np


def test_vectors_have_unit_length(assistant):
    vectors = assistant.index.encoder.encode(["a", "How many lanes?", "word " * 400])
    assert vectors.shape == (3, 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


def test_the_order_of_texts_is_kept(assistant):
    encoder = assistant.index.encoder
    texts = [
        "a much longer text about power supplies and their connectors",
        "fan",
        "lanes of a CPU",
    ]
    together = encoder.encode(texts)
    alone = np.stack([encoder.encode([text])[0] for text in texts])
    assert np.allclose(together, alone, atol=1e-5)


def test_no_text_gives_no_vector(assistant):
    assert assistant.index.encoder.encode([]).shape[0] == 0


def test_answering_never_imports_torch():
    code = (
        "import sys\n"
        "from assistant.assistant import Assistant\n"
        "assert Assistant.load().ask('Is x8 enough?').citations\n"
        "print([m for m in ('torch', 'sentence_transformers', 'gradio') if m in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ
    )
    assert done.stdout.strip() == "[]"
