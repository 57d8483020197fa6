import numpy as np

from corpus.types import Lines, Years
from index.ranking import Ranking, best_views, distinct, fuse
from index.types import Passage, View


def passage(number: int, **changed) -> Passage:
    given = {
        "number": number,
        "lines": Lines(number + 1, number + 1),
        "role": "author",
        "context": "",
        "years": Years(2016, 2016),
        "asks": False,
        "holds": "yes",
        "reply_of": None,
        "card": number,
    }
    return Passage(**{**given, **changed})


def test_the_best_view_of_a_passage_counts():
    views = [View(0, "text", ""), View(0, "gist", ""), View(1, "text", "")]
    found = best_views(np.array([0.9, 0.5, 0.4], "f4"), np.array([1, 0, 2]), views, Ranking())
    assert found[0][1] == "gist"
    assert set(found) == {0, 1}


def test_padding_of_the_vector_index_is_no_view():
    assert best_views(np.array([0.1], "f4"), np.array([-1]), [], Ranking()) == {}


def test_words_decide_between_equal_vectors():
    passages = [passage(0), passage(1)]
    dense = {0: (0.5, "text"), 1: (0.5, "text")}
    hits = fuse(passages, dense, np.array([0.0, 3.0], "f4"), Ranking())
    assert [hit.passage.number for hit in hits] == [1, 0]
    assert hits[0].lexical == 1.0


def test_current_advice_by_the_author_comes_before_old_advice_by_a_reader():
    passages = [passage(0, role="reader", holds="superseded"), passage(1)]
    dense = {0: (0.5, "text"), 1: (0.5, "text")}
    hits = fuse(passages, dense, np.zeros(2, "f4"), Ranking())
    assert hits[0].passage.number == 1


def test_a_comment_that_only_asks_is_put_back():
    passages = [passage(0, asks=True, card=None), passage(1)]
    dense = {0: (0.55, "text"), 1: (0.5, "text")}
    hits = fuse(passages, dense, np.zeros(2, "f4"), Ranking())
    assert hits[0].passage.number == 1


def test_the_same_lines_are_shown_once():
    passages = [passage(0), passage(1, lines=Lines(1, 1)), passage(2)]
    dense = {n: (0.5 - n / 10, "text") for n in range(3)}
    hits = fuse(passages, dense, np.zeros(3, "f4"), Ranking())
    assert [hit.passage.number for hit in distinct(hits, 10)] == [0, 2]
