"""The threshold of refusals holds for each set of questions that it is chosen on."""

import numpy as np
import pytest

from evals.calibrate import Known, stricter, told


@pytest.fixture
def known():
    covered = np.array([True] * 40 + [False] * 10)
    new = np.array([True, False] * 25)
    empty = np.zeros((50, 1))
    return Known([], empty, empty.astype(np.float32), covered, [str(n) for n in range(50)], new)


def test_the_set_that_is_refused_more_often_decides(known):
    logits = np.where(known.new, 1.0, -1.0) + np.linspace(0, 0.1, 50)
    threshold = stricter(logits, known, 0.05)
    for among in (known.new, ~known.new):
        assert np.mean(logits[known.covered & among] < threshold) <= 0.05


def test_refusals_are_told_of_the_set_asked_for(known):
    logits = np.where(known.covered, 1.0, -1.0)
    assert told(logits, known, 0.0, known.new) == "right 1.000, wrong 0.000"
    assert told(-logits, known, 0.0, ~known.new) == "right 0.000, wrong 1.000"
