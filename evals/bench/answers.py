"""Answers inside the process: quotes mode against the recipe's retrieval alone, and by stage."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

from assistant.assistant import Assistant
from evals.baselines import langchain_recipe
from evals.bench.torch_encoder import TorchEncoder
from evals.bench.types import Measured, share_at
from evals.data import Question
from evals.question_set import own_questions

STAGES = ("understand", "calculate", "retrieve", "compose")


def measure_answers(repeats: int) -> Iterator[Measured]:
    """Time every evaluation question, then the recipe's retrieval for each.

    Ours comes first, because torch's threads go on spinning for a while after each question and
    would take the cores from whatever is measured beside them.
    """
    questions = own_questions()
    stages: dict[str, list[float]] = {name: [] for name in STAGES}
    ours = list(_time_ours(questions, repeats, stages))
    theirs = list(_time_recipe(questions, repeats))
    note = "the recipe only retrieves"
    for name, share, bar in (("median", 0.5, 10), ("95th percentile", 0.95, 25)):
        yield Measured(
            f"quotes answer, {name}",
            share_at(ours, share),
            "ms",
            share_at(theirs, share),
            bar=bar,
            note=note,
        )
    yield Measured("quotes answer, slowest", max(ours), "ms", max(theirs), bar=500)
    for name in STAGES:
        yield Measured(f"  of which {name}, median", share_at(stages[name], 0.5), "ms")


def _time_ours(
    questions: Sequence[Question], repeats: int, stages: dict[str, list[float]]
) -> Iterator[float]:
    assistant = Assistant.load()
    for question in questions[::5]:  # loads what is loaded once
        assistant.ask(question.question, question.history)
    for _ in range(repeats):
        for question in questions:
            start = time.perf_counter()
            answer = assistant.ask(question.question, question.history)
            yield 1000 * (time.perf_counter() - start)
            for name in STAGES:
                stages[name].append(answer.timings_ms.get(name, 0.0))


def _time_recipe(questions: Sequence[Question], repeats: int) -> Iterator[float]:
    recipe = langchain_recipe(TorchEncoder())
    recipe(questions[0].question)
    for _ in range(repeats):
        for question in questions:
            start = time.perf_counter()
            recipe(question.question)
            yield 1000 * (time.perf_counter() - start)
