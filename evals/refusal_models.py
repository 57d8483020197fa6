"""An experiment that did not win: other models of refusals, `python -m evals.refusal_models`.

Boosted trees and a support vector machine over the same signals, with the question's vector
reduced, beside the shipped regression and mixed with it; all on the folds of evals/calibrate.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import click
import numpy as np
from sklearn.decomposition import PCA
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from assistant.assistant import Assistant
from evals.calibrate import (
    STRENGTH,
    Columns,
    Known,
    first_estimate,
    folds_of,
    held_out,
    known_questions,
    stricter,
    told,
)
from evals.rehearsal import rehearse

DIMENSIONS = 24  # of the question's vector, reduced

MODELS: Mapping[str, Callable[[], Any]] = MappingProxyType(
    {
        "boosted trees": lambda: HistGradientBoostingClassifier(
            max_iter=200, learning_rate=0.05, max_depth=4, l2_regularization=1.0, random_state=0
        ),
        "support vectors": lambda: make_pipeline(
            StandardScaler(), SVC(class_weight="balanced", random_state=0)
        ),
    }
)


def held_out_by(make: Callable[[], Any], inputs: Columns, known: Known) -> Columns:
    """Return a score of each question by a model that the other folds taught."""
    logits = np.zeros(len(known.covered))
    for train, test in folds_of(known):
        model = make().fit(inputs[train], known.covered[train])
        logits[test] = model.decision_function(inputs[test])
    return logits


def standardised(values: Columns) -> Columns:
    """Return values with mean 0 and deviation 1."""
    scaled: Columns = (values - values.mean()) / values.std()
    return scaled


@click.command()
def main() -> None:
    """Print how well each model tells covered from uncovered questions."""
    assistant = Assistant.load()
    learned, known = rehearse(assistant), known_questions(assistant)
    first = first_estimate(learned)
    reduced = PCA(DIMENSIONS, random_state=0).fit(learned.vectors).transform(known.vectors)
    inputs = np.column_stack([known.found, first(known.found, known.vectors), reduced])
    shipped = held_out(first, known, STRENGTH)
    results = {"shipped regression": shipped}
    for name, make in MODELS.items():
        results[name] = held_out_by(make, inputs, known)
        results[f"regression and {name}"] = standardised(shipped) + standardised(results[name])
    for name, logits in results.items():
        threshold = stricter(logits, known, 0.05)
        auc = roc_auc_score(known.covered, logits)
        click.echo(
            f"{name:30} AUC {auc:.3f}; tune half {told(logits, known, threshold, ~known.new)}; "
            f"development set {told(logits, known, threshold, known.new)}"
        )


if __name__ == "__main__":
    main()
