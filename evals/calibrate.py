"""Calibrate when a question counts as covered: `python -m evals.calibrate [--write]`.

A logistic regression on the tune half and on the development set (questions/development.jsonl). It
starts from an estimate learned on the cards' questions and the unanswered ones
(evals/rehearsal.py). The threshold refuses as many covered questions as are allowed, each judged
by what the others teach, of the tune half or of the development set, whichever is refused more
often. Beside it stands what that does on the validation set (questions/validation.jsonl), from
which nothing is learned. The report half is never read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from typing import Any

import click
import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedGroupKFold
from sklearn.preprocessing import StandardScaler

from assistant.answering.arithmetic import work_out
from assistant.answering.builds import find_build
from assistant.answering.coverage import FITTED, Signals, signals
from assistant.assistant import Assistant
from assistant.retrieval import Understood, retrieve
from assistant.understand.question import clean_question
from evals.data import QUESTIONS, Question, read_questions
from evals.hiding import unlisted
from evals.question_set import own_questions
from evals.rehearsal import Rehearsed, rehearse
from evals.tune import Asked, prepare
from index.encoder import Vectors

FIRST_STRENGTH = 0.1  # of the first estimate's penalty, inverse
FIRST_SCALE = 8.0  # of the unit vectors beside the standardised signals, in the first estimate
STRENGTH = 1.0  # the same of the regression; both chosen on held-out folds
SCALE = 1.0
FOLDS = 10
# As many as may be refused, of either set that is learned from, held out.
WRONG = 0.05
NAMES = [field.name for field in fields(Signals)]

Columns = npt.NDArray[np.float64]
Truth = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Linear:
    """A logit that is linear in the signals and in the question's vector."""

    weights: Columns
    subject: Columns
    intercept: float

    def __call__(self, found: Columns, vectors: Vectors) -> Columns:
        """Return the logit of each question."""
        logits: Columns = found @ self.weights + vectors @ self.subject + self.intercept
        return logits


def fit(found: Columns, vectors: Vectors, covered: Truth, strength: float, scale: float) -> Linear:
    """Fit a logistic regression and return it in the units of the signals."""
    scaler = StandardScaler().fit(found)
    inputs = np.hstack([scaler.transform(found), vectors * scale])
    model = LogisticRegression(C=strength, class_weight="balanced", max_iter=3000)
    model.fit(inputs, covered)
    weights = model.coef_[0][: found.shape[1]] / scaler.scale_
    intercept = float(model.intercept_[0] - (weights * scaler.mean_).sum())
    return Linear(weights, model.coef_[0][found.shape[1] :] * scale, intercept)


def first_estimate(learned: Rehearsed) -> Linear:
    """Fit the rehearsed questions."""
    return fit(learned.signals, learned.vectors, learned.covered, FIRST_STRENGTH, FIRST_SCALE)


def correct(
    first: Linear, found: Columns, vectors: Vectors, covered: Truth, strength: float
) -> Linear:
    """Fit questions with the first estimate as one more signal; both are linear, so is this."""
    inputs = np.column_stack([found, first(found, vectors)])
    second = fit(inputs, vectors, covered, strength, SCALE)
    share = second.weights[-1]
    return Linear(
        second.weights[:-1] + share * first.weights,
        second.subject + share * first.subject,
        second.intercept + share * first.intercept,
    )


@click.command()
@click.option("--wrong", default=WRONG, help="Share of covered questions that may be refused.")
@click.option("--strength", default=STRENGTH, help="Inverse of the regression's penalty.")
@click.option("--write", is_flag=True, help="Write the weights that answering uses.")
def main(wrong: float, strength: float, write: bool) -> None:
    """Fit the weights, print what each signal tells alone and the trade-off of the threshold."""
    assistant = Assistant.load()
    known, first = known_questions(assistant), first_estimate(rehearse(assistant))
    validation = validation_questions(assistant)
    for name, column in zip(NAMES, known.found.T, strict=True):
        click.echo(f"{name:16} AUC alone {roc_auc_score(known.covered, column):.3f}")
    alone = roc_auc_score(known.covered, first(known.found, known.vectors))
    click.echo(f"first estimate   AUC alone {alone:.3f}")
    fitted = correct(first, known.found, known.vectors, known.covered, strength)
    asked, unseen = held_out(first, known, strength), fitted(validation.found, validation.vectors)
    sets = (
        ("tune half", asked, known, ~known.new),
        ("development set", asked, known, known.new),
        ("validation set", unseen, validation, validation.new),
    )
    for label, logits, questions, among in sets:
        auc = roc_auc_score(questions.covered[among], logits[among])
        click.echo(f"{label}: {among.sum()} questions, AUC {auc:.3f}")
    for share in (0.02, 0.03, 0.04, 0.05, 0.1, 0.15, 0.2):
        threshold = stricter(asked, known, share)
        told_of = (f"{label} {told(a, k, threshold, among)}" for label, a, k, among in sets)
        click.echo(f"wrong refusals at most {share:.2f}: {'; '.join(told_of)}")
    if write:
        _write(fitted, stricter(asked, known, wrong))


def stricter(logits: Columns, known: Known, wrong: float) -> float:
    """Return the logit below which at most this share of covered questions lies, in either set."""
    sets = (known.covered & known.new, known.covered & ~known.new)
    return min(float(np.quantile(logits[among], wrong, method="lower")) for among in sets)


def rightly_refused(logits: Columns, covered: Truth, wrong: float) -> float:
    """Return the share of uncovered questions refused where this share of the covered ones is."""
    return float(np.mean(logits[~covered] < np.quantile(logits[covered], wrong)))


def told(logits: Columns, known: Known, threshold: float, among: Truth) -> str:
    """Say how many questions of a set are refused, rightly and wrongly."""
    refused = logits < threshold
    right = np.mean(refused[~known.covered & among])
    wrong = np.mean(refused[known.covered & among])
    return f"right {right:.3f}, wrong {wrong:.3f}"


def held_out(first: Linear, known: Known, strength: float) -> Columns:
    """Return the logit of each question, by what the others teach."""
    logits = np.zeros(len(known.covered))
    for train, test in folds_of(known):
        fitted = correct(
            first, known.found[train], known.vectors[train], known.covered[train], strength
        )
        logits[test] = fitted(known.found[test], known.vectors[test])
    return logits


def folds_of(known: Known) -> Iterator[tuple[Rows, Rows]]:
    """Yield the rows to learn from and those held out.

    Questions about one passage stay in one fold: the next user asks about others.
    """
    folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=0)
    yield from folds.split(known.found, known.covered, known.groups)


@dataclass(frozen=True, slots=True)
class Known:
    """The questions to calibrate on, row by row, and the passage each is about.

    new are those of the development set.
    """

    asked: list[Asked]
    found: Columns
    vectors: Vectors
    covered: Truth
    groups: list[str]
    new: Truth


def known_questions(assistant: Assistant) -> Known:
    """Ask the questions of the tune half and of the development set."""
    development = read_questions(QUESTIONS / "development.jsonl")[0]
    return _ask(assistant, (*own_questions("tune"), *development), development)


def validation_questions(assistant: Assistant) -> Known:
    """Ask the questions of the validation set, from which nothing is learned."""
    validation = read_questions(QUESTIONS / "validation.jsonl")[0]
    return _ask(assistant, validation, validation)


def _ask(assistant: Assistant, questions: Sequence[Question], new: Sequence[Question]) -> Known:
    """Ask what retrieval must answer; return what it found."""
    left = [question for question in questions if not _is_worked_out(question)]
    asked = prepare(assistant, left)
    ids = {question.id for question in new}
    return Known(
        asked,
        np.array([_signals(assistant, item.understood) for item in asked], float),
        np.array([item.understood.vector for item in asked]),
        np.array([question.answerable for question in left]),
        [question.cluster for question in left],
        np.array([question.id in ids for question in left]),
    )


def _is_worked_out(question: Question) -> bool:
    """Tell whether a calculator or the build check takes the question: it is never refused."""
    if find_build(question.question):
        return True
    return work_out(clean_question(question.question), question.history) is not None


def _signals(assistant: Assistant, understood: Understood) -> tuple[float, ...]:
    hits = retrieve(assistant.index, understood)
    with unlisted(assistant, understood.vector):
        return astuple(signals(assistant.corpus, assistant.index, understood, hits))


def _write(fitted: Linear, threshold: float) -> None:
    content: dict[str, Any] = {
        "weights": {n: round(float(w), 5) for n, w in zip(NAMES, fitted.weights, strict=True)},
        "subject": [round(float(w), 5) for w in fitted.subject],
        "intercept": round(fitted.intercept, 5),
        "threshold": round(float(1 / (1 + np.exp(-threshold))), 5),
    }
    FITTED.write_text(json.dumps(content) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
