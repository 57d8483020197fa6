"""An experiment that did not win: roundabout questions as views, `python -m evals.roundabout`.

questions/roundabout.jsonl asks for the passage of each card in five roundabout ways. Put into the
cards they are views like the other expected questions, and the classifier learns from them. They
are too vague for that: "keep the room quiet" fits many passages. They serve to rehearse refusals
(evals/rehearsal.py).
"""

from __future__ import annotations

from dataclasses import replace
from statistics import mean

import click

from assistant.assistant import Assistant
from corpus.load import Corpus
from corpus.types import Lines
from evals.data import QUESTIONS, Question, read_questions
from evals.question_set import answered_questions
from evals.tune import prepare, ranks_of
from index.classifier import CardClassifier
from index.dense import DenseIndex
from index.encoder import OnnxEncoder
from index.lexical import LexicalIndex
from index.ranking import Ranking
from index.views import build_views, words_of
from index.wording import in_one_wording


def with_roundabout(corpus: Corpus) -> Corpus:
    """Return the corpus whose cards expect the roundabout questions, too."""
    asked: dict[Lines, list[str]] = {}
    for question in read_questions(QUESTIONS / "roundabout.jsonl")[0]:
        asked.setdefault(question.accepted[0], []).append(question.question)
    cards = tuple(
        replace(card, questions=(*card.questions, *asked.get(card.lines, ())))
        for card in corpus.cards
    )
    return replace(corpus, cards=cards)


def teach(assistant: Assistant, corpus: Corpus) -> None:
    """Let the index of an assistant hold the views of a corpus, and learn from them."""
    index = assistant.index
    views = build_views(corpus, index.passages, index.encoder.count_pieces)
    network = OnnxEncoder(index.encoder_folder, cores=1)
    vectors = network.encode_many([in_one_wording(view.text) for view in views])
    index.dense = DenseIndex.build(vectors, views)
    index.lexical = LexicalIndex.build([words_of(corpus, passage) for passage in index.passages])
    index.classifier = CardClassifier.fit(index.dense)


def score(assistant: Assistant, questions: list[Question]) -> str:
    """Return MRR@10 and hit@1 in words."""
    ranks = list(ranks_of(assistant, prepare(assistant, questions), Ranking()))
    reciprocal = mean(1 / rank if rank else 0.0 for rank in ranks)
    return f"MRR@10 {reciprocal:.3f}, hit@1 {mean(rank == 1 for rank in ranks):.3f}"


@click.command()
def main() -> None:
    """Print what retrieval finds without and with the roundabout questions as views."""
    assistant = Assistant.load()
    development = read_questions(QUESTIONS / "development.jsonl")[0]
    sets = {
        "tune half": answered_questions("tune"),
        "development": [question for question in development if question.accepted],
    }
    for label in ("shipped", "with roundabout questions"):
        for name, questions in sets.items():
            click.echo(f"{label:26} {name:12} {score(assistant, questions)}")
        teach(assistant, with_roundabout(assistant.corpus))


if __name__ == "__main__":
    main()
