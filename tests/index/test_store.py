import json
import shutil
import subprocess
import sys

import numpy as np
import pytest

from assistant.settings import load_settings
from corpus.load import load_corpus
from corpus.sentences import sentences_of
from index.encoder import OnnxEncoder
from index.errors import IndexFailure, StaleIndex
from index.manifest import digest_of
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
    return store.folder / store.pointer.read_text().split()[0]


def rewrite_manifest(store, **changed):
    path = current(store) / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **changed}))
    store.pointer.write_text(f"{current(store).name} {digest_of(path)}\n")


def test_a_built_index_is_up_to_date(store):
    status = store.status()
    assert status["up_to_date"] and not status["damaged"]
    assert status["passages"] == len(store.load().passages)


def test_no_index_is_said_so(tmp_path):
    with pytest.raises(StaleIndex, match="no index yet"):
        IndexStore(tmp_path).load()


@pytest.mark.parametrize(
    "name", ["views.faiss", "views.npz", "passages.json", "encoder/model.onnx"]
)
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
    with pytest.raises(StaleIndex, match=r"manifest\.json is missing or damaged"):
        store.load()


@pytest.mark.parametrize("content", ["", "build-x", "../../etc 00", "build-\u00e9\n", "x" * 10_000])
def test_a_broken_pointer_is_noticed(store, content):
    store.pointer.write_text(content)
    with pytest.raises(StaleIndex, match="names the current index is damaged"):
        store.load()


def test_another_encoder_makes_the_index_stale(store):
    with pytest.raises(StaleIndex, match="another text, model or code"):
        IndexStore(store.folder, "another-model").load()


def test_another_code_makes_the_index_stale(store):
    rewrite_manifest(store, code="0" * 64)
    with pytest.raises(StaleIndex, match="another text, model or code"):
        store.load()


def test_a_failed_build_leaves_the_old_index(store, monkeypatch):
    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("index.build.build_views", fail)
    with pytest.raises(IndexFailure, match=r"No space left.*RIGWISE_INDEX_DIR"):
        store.build(load_corpus())
    assert store.load().passages
    assert not list(store.folder.glob("building-*"))


def test_a_killed_build_leaves_the_old_index(store):
    code = (
        "import os, sys, pathlib, index.build, index.store as s\n"
        "from corpus.load import load_corpus\n"
        "index.build.write_views = lambda *a: os.kill(os.getpid(), 9)\n"
        "s.IndexStore(pathlib.Path(sys.argv[1])).build(load_corpus())\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(store.folder)], check=False)
    assert done.returncode == -9
    assert list(store.folder.glob("building-*"))
    assert store.load().passages


def test_an_unwritable_folder_is_one_clear_line(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(IndexFailure, match="cannot be written to"):
        IndexStore(blocked / "index").build(load_corpus())


def test_an_index_that_another_process_just_built_is_not_built_again(store, monkeypatch):
    def fail(*_):
        raise AssertionError("built again")

    monkeypatch.setattr("index.build.write_index", fail)
    store.build(load_corpus(), force=False)


def test_a_build_that_is_swapped_in_while_the_old_one_is_loaded_is_loaded_instead(
    store, monkeypatch
):
    pointed, name = store.pointer.read_text(), current(store).name
    loaded = IndexStore._load

    def swap_then_load(self):
        if self.pointer.read_text() == pointed:  # the moment between reading and opening
            (self.folder / name).rename(self.folder / "build-newer")
            self.pointer.write_text(pointed.replace(name, "build-newer"))
            raise StaleIndex("The index file views.faiss is missing or damaged.")
        return loaded(self)

    monkeypatch.setattr(IndexStore, "_load", swap_then_load)
    assert store.load().passages


def test_a_build_that_is_removed_before_its_network_was_needed_is_said_so(store):
    index = store.load()
    shutil.rmtree(current(store))
    with pytest.raises(StaleIndex, match="replaced by another build"):
        index.search("Which graphics card?")


def test_vectors_of_unchanged_texts_are_taken_over(store, monkeypatch):
    def fail(self, texts, *_):
        assert not texts, "encoded again"
        return np.zeros((0, 0), np.float32)

    before = store.load()
    monkeypatch.setattr("index.build.OnnxEncoder.encode_many", fail)
    store.build(load_corpus())
    after = store.load()
    assert np.array_equal(before.dense.rows(0, 50), after.dense.rows(0, 50))
    assert current(store).name != before.encoder_folder.parent.name


def test_a_known_text_is_looked_up_and_another_is_encoded(store):
    index = store.load()
    sentence = sentences_of(index.passages[5].lines)[0].text
    both = index.encoder.encode([sentence, "no sentence of the guide"])
    assert np.array_equal(both[0], index.sentence_vectors(index.passages[5])[0])
    alone = OnnxEncoder(index.encoder_folder).encode([sentence, "no sentence of the guide"])
    assert np.allclose(both, alone, atol=1e-5)
