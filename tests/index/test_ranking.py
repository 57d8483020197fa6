import numpy as np

from corpus.types import Lines, Years
from index.dense import CODE_OF
from index.ranking import Best, Columns, Ranking, best_views, rank
from index.types import Passage


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


def kinds(*names: str) -> np.ndarray:
    return np.array([CODE_OF[name] for name in names], np.uint8)


def ranked(passages, cosines, lexical, limit=10, meant=None):
    """Rank passages that each have one view, a text."""
    numbers = np.arange(len(cosines), dtype=np.int32)
    best = Best(numbers, np.array(cosines, np.float64), kinds(*["text"] * len(cosines)))
    words = np.array(lexical, np.float32)
    if meant is None:
        meant = np.zeros(len(cosines))
    return rank(passages, Columns.of(passages), best, words, meant, Ranking(), limit)


def test_the_best_view_of_a_passage_counts():
    found = best_views(
        np.array([0.9, 0.5, 0.4], "f4"),
        np.array([1, 0, 2]),
        np.array([0, 0, 1], "i4"),
        kinds("text", "gist", "text"),
        Ranking(),
    )
    assert found.passages.tolist() == [0, 1]
    assert found.kinds.tolist() == kinds("gist", "text").tolist()


def test_a_passage_is_also_about_what_its_gist_says():
    ranking = Ranking(gist_share=0.5, without_gist=0.1)
    found = best_views(
        np.array([0.8, 0.8, 0.4], "f4"),
        np.array([0, 2, 1]),
        np.array([0, 0, 1], "i4"),
        kinds("text", "gist", "text"),
        ranking,
    )
    assert np.allclose(found.cosines, [0.6, 0.75])


def test_no_view_found_is_no_passage():
    empty = np.zeros(0)
    found = best_views(
        empty.astype("f4"), empty.astype("i8"), empty.astype("i4"), kinds(), Ranking()
    )
    assert not len(found.passages)


def test_words_decide_between_equal_vectors():
    hits = ranked([passage(0), passage(1)], [0.5, 0.5], [0.0, 3.0])
    assert [hit.passage.number for hit in hits] == [1, 0]
    assert hits[0].lexical == 1.0


def test_the_classifier_decides_between_equal_vectors():
    hits = ranked([passage(0), passage(1)], [0.5, 0.5], [0, 0], meant=np.array([-3.0, 0.0]))
    assert [hit.passage.number for hit in hits] == [1, 0]


def test_current_advice_by_the_author_comes_before_old_advice_by_a_reader():
    passages = [passage(0, role="reader", holds="superseded"), passage(1)]
    assert ranked(passages, [0.5, 0.5], [0, 0])[0].passage.number == 1


def test_a_comment_that_only_asks_is_put_back():
    passages = [passage(0, asks=True, card=None), passage(1)]
    assert ranked(passages, [0.55, 0.5], [0, 0])[0].passage.number == 1


def test_what_neither_side_found_is_no_hit():
    assert [hit.passage.number for hit in ranked([passage(0), passage(1)], [0.5], [0, 0])] == [0]


def test_the_same_lines_are_shown_once():
    passages = [passage(0), passage(1, lines=Lines(1, 1)), passage(2)]
    hits = ranked(passages, [0.5, 0.4, 0.3], [0, 0, 0])
    assert [hit.passage.number for hit in hits] == [0, 2]


def test_only_so_many_are_ranked_as_are_asked_for_and_equal_ones_keep_their_order():
    passages = [passage(n) for n in range(500)]
    hits = ranked(passages, [0.5] * 500, [0] * 500, limit=3)
    assert [hit.passage.number for hit in hits] == [0, 1, 2]
