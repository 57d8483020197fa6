"""Calibrate when a question counts as covered: `python -m evals.calibrate [--write]`.

A logistic regression on the tune half, with further uncovered questions written for this alone
(questions/uncovered-tune.jsonl). The threshold refuses as many covered questions as are allowed
on held-out folds; the report half is never read.
"""

from __future__ import annotations

import json
from dataclasses import astuple, fields

import click
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedGroupKFold, cross_val_predict
from sklearn.preprocessing import StandardScaler

from assistant.answering.coverage import FITTED, Signals, signals
from assistant.assistant import Assistant
from assistant.retrieval import Understood, retrieve
from evals.data import QUESTIONS, read_questions
from evals.tune import prepare

STRENGTH = 0.02  # of the regression's penalty, inverse; chosen on held-out folds
SUBJECT_SCALE = 8.0  # of the unit vectors beside the standardised signals
FOLDS = 10
NAMES = [field.name for field in fields(Signals)]


def _signals(assistant: Assistant, understood: Understood) -> tuple[float, ...]:
    hits = retrieve(assistant.index, understood)
    return astuple(signals(assistant.corpus, assistant.index, understood, hits))


@click.command()
@click.option("--wrong", default=0.025, help="Share of covered questions that may be refused.")
@click.option("--strength", default=STRENGTH, help="Inverse of the regression's penalty.")
@click.option("--write", is_flag=True, help="Write the weights that answering uses.")
def main(wrong: float, strength: float, write: bool) -> None:
    """Fit the weights, print what each signal tells alone and the trade-off of the threshold."""
    assistant = Assistant.load()
    questions = [
        question
        for path in (
            *sorted(QUESTIONS.glob("questions*.jsonl")),
            QUESTIONS / "uncovered-tune.jsonl",
        )
        for question in read_questions(path)[0]
        if question.half == "tune"
    ]
    asked = prepare(assistant, questions)
    found = np.array([_signals(assistant, a.understood) for a in asked])
    subjects = np.array([a.understood.vector for a in asked])
    covered = np.array([question.answerable for question in questions])
    for name, column in zip(NAMES, found.T, strict=True):
        click.echo(f"{name:16} AUC alone {roc_auc_score(covered, column):.3f}")
    scaler = StandardScaler().fit(found)
    inputs = np.hstack([scaler.transform(found), subjects * SUBJECT_SCALE])
    model = LogisticRegression(C=strength, class_weight="balanced", max_iter=3000)
    # Questions about one passage stay in one fold: the next user asks about others.
    folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=0)
    groups = [question.cluster for question in questions]
    held_out = cross_val_predict(
        model, inputs, covered, groups=groups, cv=folds, method="predict_proba"
    )[:, 1]
    click.echo(f"{len(questions)} questions, held-out AUC {roc_auc_score(covered, held_out):.3f}")
    for share in (0.02, 0.05, 0.1, 0.15, 0.2):
        limit = np.quantile(held_out[covered], share)
        click.echo(
            f"wrong refusals {share:.2f}: right refusals {np.mean(held_out[~covered] < limit):.3f}"
        )
    model.fit(inputs, covered)
    weights = model.coef_[0][: len(NAMES)] / scaler.scale_
    intercept = float(model.intercept_[0] - (weights * scaler.mean_).sum())
    fitted = {
        "weights": {n: round(float(w), 5) for n, w in zip(NAMES, weights, strict=True)},
        "subject": [round(float(w) * SUBJECT_SCALE, 5) for w in model.coef_[0][len(NAMES) :]],
        "intercept": round(intercept, 5),
        "threshold": round(float(np.quantile(held_out[covered], wrong)), 5),
    }
    click.echo(json.dumps(fitted["weights"], indent=1))
    if write:
        FITTED.write_text(json.dumps(fitted) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
