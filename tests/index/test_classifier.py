import numpy as np
import pytest

from index.classifier import LEAST, CardClassifier
from index.dense import DenseIndex
from index.types import View


def toy(cards=4, each=6, dimensions=8):
    """Return an index of cards, each with questions around a direction of its own."""
    rng = np.random.default_rng(0)
    directions = np.eye(dimensions)[:cards]
    views, rows = [], []
    for card, direction in enumerate(directions):
        for _ in range(each):
            row = direction + rng.normal(0, 0.1, dimensions)
            views.append(View(2 * card, "question", ""))
            rows.append(row / np.linalg.norm(row))
    return DenseIndex.build(np.array(rows, np.float32), views), directions.astype(np.float32)


def test_a_question_means_the_card_whose_questions_it_resembles():
    dense, directions = toy()
    classifier = CardClassifier.fit(dense)
    for card, direction in enumerate(directions):
        shares = classifier.log_shares(direction, 8)
        assert shares.argmax() == 2 * card
        assert shares.max() == 0.0


def test_a_passage_without_a_card_is_least_likely():
    dense, directions = toy()
    shares = CardClassifier.fit(dense).log_shares(directions[0], 8)
    assert shares[1] == LEAST
    assert shares.min() >= LEAST


def test_a_question_like_none_is_less_certain():
    dense, directions = toy()
    classifier = CardClassifier.fit(dense)
    known, evidence = classifier.certainty(directions[0])
    unknown, less = classifier.certainty(np.eye(8, dtype=np.float32)[7])
    assert known > unknown
    assert evidence > less


def test_too_few_cards_teach_nothing():
    dense, directions = toy(cards=2)
    classifier = CardClassifier.fit(dense)
    assert not classifier.log_shares(directions[0], 4).any()
    assert classifier.certainty(directions[0]) == (0.0, 0.0)


def test_hidden_views_are_not_learned_from():
    dense, directions = toy()
    hidden = np.flatnonzero(dense.owners == 0).tolist()
    shares = CardClassifier.fit(dense, hidden).log_shares(directions[0], 8)
    assert shares[0] == LEAST


def test_what_was_saved_is_read(tmp_path):
    dense, directions = toy()
    classifier = CardClassifier.fit(dense)
    classifier.save(tmp_path / "classifier.npz")
    read = CardClassifier.load(tmp_path / "classifier.npz")
    assert read.log_shares(directions[1], 8) == pytest.approx(
        classifier.log_shares(directions[1], 8)
    )


def test_the_shipped_one_knows_most_expected_questions(assistant):
    index = assistant.index
    sure = 0
    carded = [p for p in index.passages if p.card is not None][::10]
    for passage in carded:
        vector = index.view_vectors(passage, "question")[0]
        shares = index.classifier.log_shares(vector, len(index.passages))
        sure += shares[passage.number] == 0.0
    assert sure >= 0.8 * len(carded)
