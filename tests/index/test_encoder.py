import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from index.encoder import OnnxEncoder
from index.errors import IndexFailure
from index.export import REFERENCE, export_encoder
from index.manifest import PACKAGED


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


# What takes long to import, or more memory than answering does.
HEAVY = {"torch", "sentence_transformers", "transformers", "gradio", "langchain", "onnx"}


def imported_by(*arguments: str) -> set[str]:
    command = Path(sys.executable).parent / "rigwise"
    done = subprocess.run(
        [sys.executable, "-X", "importtime", str(command), *arguments],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ,
    )
    assert done.stdout
    return {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}


def test_answering_imports_neither_torch_nor_a_web_framework():
    imported = imported_by("ask", "Is x8 enough?")
    assert "onnxruntime" in imported  # the list is read rightly
    assert not imported & {*HEAVY, "langchain_core", "fastapi", "sqlalchemy", "pint"}


def test_a_calculation_imports_no_network_at_all():
    imported = imported_by("calc", "psu", "--gpu", "4x RTX 2080 Ti", "--cpu-watts", "150")
    assert "pint" in imported
    assert not imported & {*HEAVY, "onnxruntime", "faiss"}


def test_the_packaged_model_is_exported_without_torch(tmp_path):
    code = (
        "import sys, pathlib\n"
        "from index.export import export_encoder\n"
        "from index.manifest import PACKAGED\n"
        "export_encoder(PACKAGED, pathlib.Path(sys.argv[1]))\n"
        "print([m for m in ('torch', 'transformers') if m in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
    assert {path.name for path in tmp_path.iterdir()} == {"model.onnx", "tokenizer.json"}


def test_an_export_that_disagrees_with_the_original_is_refused(tmp_path, monkeypatch):
    wrong = json.loads(REFERENCE.read_text())
    wrong = {text: vector[::-1] for text, vector in wrong.items()}
    (tmp_path / "reference.json").write_text(json.dumps(wrong))
    monkeypatch.setattr("index.export.REFERENCE", tmp_path / "reference.json")
    with pytest.raises(IndexFailure, match="does not survive its export"):
        export_encoder(PACKAGED, tmp_path)


def test_many_texts_are_encoded_like_few(assistant):
    encoder = OnnxEncoder(assistant.index.encoder_folder)
    texts = [f"{n} lanes " * (n % 90 + 1) for n in range(200)]
    told = []
    together = encoder.encode_many(texts, told.append, workers=2)
    assert np.allclose(together[::20], encoder.encode(texts[::20]), atol=1e-5)
    assert told == sorted(told)
    assert told[-1] == 1.0
