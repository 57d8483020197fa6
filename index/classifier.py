"""Which card a question means: a linear classifier over the questions that the cards expect.

A cosine says how like one expected question a question is; twenty cards on cooling have one that
is. What sets a card apart from its neighbours is in all of its questions together.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.dense import CODE_OF, DenseIndex
from index.encoder import Vectors

Exact = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]

STRENGTH = 100.0  # inverse of the penalty
STEPS = 20  # of L-BFGS; more gain nothing
LEAST = -10.0  # log-probability against the best below which cards are equally unlikely
MOST = 3000  # cards: fitting more takes longer than encoding their questions


class CardClassifier:
    """A multinomial logistic regression from a question's vector to the passages with a card.

    passages has shape (cards,), weights (cards, dimensions), intercepts (cards,); empty where a
    corpus has too few cards, or too many, to learn from.
    """

    def __init__(self, passages: Numbers, weights: Vectors, intercepts: Vectors) -> None:
        self.passages = passages
        self.weights = weights
        self.intercepts = intercepts

    @classmethod
    def fit(cls, dense: DenseIndex, hidden: Sequence[int] = ()) -> CardClassifier:
        """Learn from the gists and expected questions of an index, leaving out hidden views."""
        learned = np.isin(dense.kinds, [CODE_OF["gist"], CODE_OF["question"]])
        learned[list(hidden)] = False
        views = np.flatnonzero(learned)
        passages = np.unique(dense.owners[views]).astype(np.int64)
        if not 2 < len(passages) <= MOST:
            return cls.untaught()
        from sklearn.linear_model import LogisticRegression

        model = LogisticRegression(C=STRENGTH, max_iter=STEPS)
        rows = dense.rows(0, len(dense))[views]
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="lbfgs failed to converge")
            model.fit(rows, dense.owners[views])
        return cls(passages, model.coef_.astype(np.float32), model.intercept_.astype(np.float32))

    @classmethod
    def untaught(cls) -> CardClassifier:
        """Return one that has learned nothing and takes all passages for equally likely."""
        nothing = np.zeros(0, np.float32)
        return cls(np.zeros(0, np.int64), nothing[:, None], nothing)

    @classmethod
    def load(cls, path: Path) -> CardClassifier:
        """Read what save wrote."""
        with np.load(path, allow_pickle=False) as arrays:
            return cls(arrays["passages"], arrays["weights"], arrays["intercepts"])

    def save(self, path: Path) -> None:
        """Write the arrays."""
        np.savez(path, passages=self.passages, weights=self.weights, intercepts=self.intercepts)

    def certainty(self, query: Vectors) -> tuple[float, float]:
        """Return the log-probability of the likeliest card and its logit; zeros without cards."""
        if not len(self.passages):
            return 0.0, 0.0
        logits = self._logits(query)
        highest = float(logits.max())
        return -float(np.log(np.exp(logits - highest).sum())), highest

    def log_shares(self, query: Vectors, count: int) -> Exact:
        """Return how much less likely than the best each of count passages is, as a logarithm.

        Zero for the best one, LEAST for hopeless ones and for passages without a card; zero for
        all where nothing was learned.
        """
        if not len(self.passages):
            return np.zeros(count)
        logits = self._logits(query)
        shares = np.full(count, LEAST)
        shares[self.passages] = np.maximum(logits - logits.max(), LEAST)
        return shares

    def _logits(self, query: Vectors) -> Exact:
        return np.asarray(self.weights @ query + self.intercepts, np.float64)
