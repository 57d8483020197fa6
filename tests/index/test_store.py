import json
import shutil
import subprocess
import sys

import pytest

from assistant.settings import load_settings
from corpus.load import load_corpus
from index.errors import IndexFailure, StaleIndex
from index.store import IndexStore


@pytest.fixture
def store(tmp_path):
    """A copy of the built index, to be damaged."""
    settings = load_settings()
    built = IndexStore(settings.index_dir, settings.encoder)
    built.load()
    copy = tmp_path / "index"
    shutil.copytree(settings.index_dir, copy)
    return IndexStore(copy, settings.encoder)


def current(store):
    return store.folder / store.pointer.read_text().strip()


def test_a_built_index_is_up_to_date(store):
    status = store.status()
    assert status["up_to_date"] and not status["damaged"]
    assert status["passages"] == len(store.load().passages)


def test_no_index_is_said_so(tmp_path):
    with pytest.raises(StaleIndex, match="no index yet"):
        IndexStore(tmp_path).load()


@pytest.mark.parametrize("name", ["views.faiss", "passages.json", "encoder/model.onnx"])
def test_a_flipped_byte_is_noticed(store, name):
    path = current(store) / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)
    with pytest.raises(StaleIndex, match=name):
        store.load()


def test_a_missing_file_is_noticed(store):
    (current(store) / "views.faiss").unlink()
    with pytest.raises(StaleIndex, match=r"views\.faiss"):
        store.load()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"format": 1}'])
def test_a_broken_manifest_is_noticed(store, content):
    (current(store) / "manifest.json").write_text(content)
    with pytest.raises(StaleIndex):
        store.load()


def test_another_encoder_makes_the_index_stale(store):
    with pytest.raises(StaleIndex, match="another text, model or code"):
        IndexStore(store.folder, "another-model").load()


def test_another_code_makes_the_index_stale(store):
    path = current(store) / "manifest.json"
    manifest = json.loads(path.read_text())
    path.write_text(json.dumps({**manifest, "code": "0" * 64}))
    with pytest.raises(StaleIndex, match="another text, model or code"):
        store.load()


def test_a_failed_build_leaves_the_old_index(store, monkeypatch):
    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("index.store.build_views", fail)
    with pytest.raises(IndexFailure, match=r"No space left.*RIGWISE_INDEX_DIR"):
        store.build(load_corpus())
    assert store.load().passages
    assert not list(store.folder.glob("building-*"))


def test_a_killed_build_leaves_the_old_index(store):
    code = (
        "import os, sys, pathlib, index.store as s\n"
        "from corpus.load import load_corpus\n"
        "s._write_dense = lambda *a: os.kill(os.getpid(), 9)\n"
        "s.IndexStore(pathlib.Path(sys.argv[1])).build(load_corpus())\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(store.folder)], check=False)
    assert done.returncode == -9
    assert list(store.folder.glob("building-*"))
    assert store.load().passages


def test_an_unwritable_folder_is_one_clear_line(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(IndexFailure, match="cannot be written"):
        IndexStore(blocked / "index").build(load_corpus())
