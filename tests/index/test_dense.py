import numpy as np
import pytest

from index import dense
from index.dense import DenseIndex, kind_for
from index.known import KnownTexts, RememberingEncoder
from index.types import View


def unit(rows: int, seed: int = 0) -> np.ndarray:
    found = np.random.default_rng(seed).standard_normal((rows, 16)).astype(np.float32)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


VIEWS = [
    View(0, "sentence", "a"),
    View(0, "sentence", "b"),
    View(0, "gist", "c"),
    View(1, "text", "d"),
]


def test_the_nearest_view_comes_first_and_no_more_than_there_are():
    vectors = unit(4)
    cosines, found = DenseIndex.build(vectors, VIEWS).search(vectors[2], 10)
    assert found[0] == 2
    assert cosines[0] == pytest.approx(1.0, abs=1e-5)
    assert len(found) == 4


def test_views_are_found_by_passage_and_kind():
    vectors = unit(4)
    index = DenseIndex.build(vectors, VIEWS)
    assert np.array_equal(index.of(0), vectors[:3])
    assert np.array_equal(index.of(0, "gist"), vectors[2:3])
    assert not len(index.of(1, "gist"))


def test_many_views_are_searched_in_cells_and_nearly_all_that_is_near_is_found(monkeypatch):
    monkeypatch.setattr(dense, "FLAT_UP_TO", 1000)
    vectors = unit(3000)
    views = [View(n, "text", "") for n in range(3000)]
    index = DenseIndex.build(vectors, views)
    assert index.search_kind == "cells"
    assert kind_for(1000) == "flat"
    first = [index.search(vector, 1)[1][0] for vector in vectors[:100]]
    assert np.mean(np.array(first) == np.arange(100)) > 0.95
    assert np.allclose(index.of(7)[0], vectors[7], atol=0.05)


def test_cells_survive_saving(monkeypatch, tmp_path):
    monkeypatch.setattr(dense, "FLAT_UP_TO", 1000)
    vectors = unit(3000)
    index = DenseIndex.build(vectors, [View(n, "text", "") for n in range(3000)])
    index.save(tmp_path / "views.faiss")
    again = DenseIndex.load(tmp_path / "views.faiss", index.owners, index.kinds)
    assert again.search_kind == "cells"
    assert again.search(vectors[5], 3)[1].tolist() == index.search(vectors[5], 3)[1].tolist()


class Counting:
    """An encoder whose vectors are word lengths, and which remembers what it was asked."""

    def __init__(self):
        self.asked = []

    def encode(self, texts):
        self.asked += texts
        return np.array([[len(text), 1] for text in texts], np.float32)

    def count_pieces(self, text):
        return len(text)


def test_only_unknown_texts_are_encoded():
    known = np.array([[10, 10], [20, 20]], np.float32)
    inner = Counting()
    encoder = RememberingEncoder(inner, KnownTexts.of(["a", "b", "a"]), lambda rows: known[rows])
    assert encoder.encode(["b", "new", "a"]).tolist() == [[20, 20], [3, 1], [10, 10]]
    assert inner.asked == ["new"]


def test_nothing_known_and_nothing_asked():
    inner = Counting()
    encoder = RememberingEncoder(inner, KnownTexts.of([]), lambda rows: rows)
    assert encoder.encode(["x"]).tolist() == [[1, 1]]
    assert KnownTexts.of([]).find([]).tolist() == []


def test_a_known_text_is_found_as_it_was_written_and_in_one_wording():
    known = KnownTexts.of(["4 GPUs", "RAM"]).also(["4 video cards", "RAM"])
    assert known.find(["4 video cards", "4 GPUs", "RAM", "none"]).tolist() == [0, 0, 1, -1]
