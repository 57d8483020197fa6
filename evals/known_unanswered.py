"""What the questions known to have no answer are worth: `python -m evals.known_unanswered`.

Refusals of the validation set, from which nothing is learned, by the share of
corpus/data/unanswered.jsonl that is known: drawn at random, compared with and learned from.
"""

from __future__ import annotations

import random
from dataclasses import replace

import click
from sklearn.metrics import roc_auc_score

from assistant.assistant import Assistant
from evals.calibrate import (
    STRENGTH,
    correct,
    first_estimate,
    known_questions,
    rightly_refused,
    validation_questions,
)
from evals.rehearsal import rehearse

SHARES = (0.05, 0.1, 0.25, 0.5, 1.0)
WRONG = (0.03, 0.05, 0.1)


@click.command()
def main() -> None:
    """Print, for each share, how well the validation set's questions are told apart."""
    whole = Assistant.load()
    rows = whole.corpus.unanswered
    for share in SHARES:
        drawn = tuple(random.Random(0).sample(rows, round(share * len(rows))))
        assistant = Assistant(replace(whole.corpus, unanswered=drawn), whole.index)
        known, first = known_questions(assistant), first_estimate(rehearse(assistant))
        fitted = correct(first, known.found, known.vectors, known.covered, STRENGTH)
        asked = validation_questions(assistant)
        logits, covered = fitted(asked.found, asked.vectors), asked.covered
        right = (f"{rightly_refused(logits, covered, wrong):.3f} at {wrong:.2f}" for wrong in WRONG)
        click.echo(
            f"{len(drawn):5} known: AUC {roc_auc_score(covered, logits):.3f}, "
            f"rightly refused {', '.join(right)} wrongly refused"
        )


if __name__ == "__main__":
    main()
