"""Calibrate when a cited span supports a sentence: `python -m evals.support`.

On the tune half: the first sentence of every answer with the quotes behind it should pass, with
the quotes of the next best passages, on the same subject, it should not. The report half is never
read. The threshold that the table suggests is SUPPORTED in assistant/answering/support.py.
"""

from __future__ import annotations

from collections.abc import Iterator

import click
import numpy as np

from assistant.answering.quotes import Composer
from assistant.answering.support import SUPPORTED, support_scores
from assistant.assistant import Assistant
from assistant.retrieval import Understood, retrieve
from evals.question_set import own_questions
from evals.tune import prepare

NEIGHBOURS = slice(1, 4)  # of the passages found: those after the one that answers
THRESHOLDS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7)


def scored(assistant: Assistant, asked: Understood) -> Iterator[tuple[bool, float]]:
    """Yield (is its own, score) for the gist of the best passage and quotes of the best four."""
    hits = retrieve(assistant.index, asked)
    if not hits or hits[0].passage.card is None:
        return
    gist = assistant.corpus.cards[hits[0].passage.card].gist
    composer = Composer(
        assistant.corpus, assistant.index, asked.question, asked.vector, asked.focus
    )
    others = [
        hit for hit in hits[NEIGHBOURS] if not hit.passage.lines.overlaps(hits[0].passage.lines)
    ]
    for own, hit in ((True, hits[0]), *((False, hit) for hit in others)):
        quotes = [citation.quote for citation in composer.compose([hit]).citations]
        encode = assistant.index.encoder.encode
        yield own, float(support_scores(gist, [" ".join(quotes)], encode)[0])


@click.command()
def main() -> None:
    """Print how many sentences pass each threshold on their own quotes and on others'."""
    assistant = Assistant.load()
    questions = [question for question in own_questions("tune") if question.answerable]
    pairs = [
        pair
        for asked in prepare(assistant, questions)
        for pair in scored(assistant, asked.understood)
    ]
    own = np.array([score for is_own, score in pairs if is_own])
    others = np.array([score for is_own, score in pairs if not is_own])
    click.echo(f"{len(own)} sentences with their own quotes, {len(others)} with others'")
    for threshold in THRESHOLDS:
        mark = "  <- SUPPORTED" if threshold == SUPPORTED else ""
        click.echo(
            f"{threshold:.2f}: pass with their own {np.mean(own >= threshold):.3f}, "
            f"with others' {np.mean(others >= threshold):.3f}{mark}"
        )


if __name__ == "__main__":
    main()
