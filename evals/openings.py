"""How often an answer opens with the right word: `python -m evals.openings`.

Each question of the cards whose answer is known to be yes, no or "it depends" is asked as if that
were not known of it: only what is known of the card's other questions can give the first word.
"""

from __future__ import annotations

from dataclasses import replace

import click

from assistant.answering.opening import in_words, opening
from assistant.assistant import Assistant
from corpus.types import Stance


def first_word(assistant: Assistant, stance: Stance) -> str:
    """Return what an answer to this question opens with where its own stance is not known."""
    corpus, index = assistant.corpus, assistant.index
    forgetful = replace(corpus, stances=tuple(s for s in corpus.stances if s is not stance))
    passage = next(
        p
        for p in index.passages
        if p.card is not None
        and corpus.cards[p.card].lines == stance.lines
        and stance.question in corpus.cards[p.card].questions
    )
    vector = index.encoder.encode([stance.question])[0]
    return opening(forgetful, index, passage, stance.question, vector)


@click.command()
def main() -> None:
    """Print how many questions get a first word, and how many the right one."""
    assistant = Assistant.load()
    given = [(first_word(assistant, stance), stance) for stance in assistant.corpus.stances]
    spoken = [(word, stance) for word, stance in given if word]
    right = sum(word == in_words(stance) for word, stance in spoken)
    wrong = sum({word, in_words(stance)} == {"Yes.", "No."} for word, stance in spoken)
    click.echo(
        f"{len(given)} questions, {len(spoken)} get a first word: {right} the right one, "
        f"{wrong} the opposite"
    )


if __name__ == "__main__":
    main()
