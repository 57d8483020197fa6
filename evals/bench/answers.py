"""Answers inside the process: quotes mode against the recipe's retrieval alone, and by stage."""

from __future__ import annotations

import time
from collections.abc import Iterator

from assistant.assistant import Assistant
from evals.baselines import langchain_recipe
from evals.bench.torch_encoder import TorchEncoder
from evals.bench.types import Measured, share_at
from evals.data import QUESTIONS, Question, read_questions

STAGES = ("understand", "calculate", "retrieve", "compose")


def all_questions() -> list[Question]:
    """Return the evaluation's questions."""
    files = sorted(QUESTIONS.glob("questions*.jsonl"))
    return [question for file in files for question in read_questions(file)[0]]


def measure_answers(repeats: int) -> Iterator[Measured]:
    """Time every evaluation question, ours in turn with the recipe's retrieval."""
    questions = all_questions()
    assistant = Assistant.load()
    recipe = langchain_recipe(TorchEncoder())
    for question in questions[::5]:  # loads what is loaded once
        assistant.ask(question.question, question.history)
    recipe(questions[0].question)
    ours: list[float] = []
    theirs: list[float] = []
    stages: dict[str, list[float]] = {name: [] for name in STAGES}
    for _ in range(repeats):
        for question in questions:
            start = time.perf_counter()
            answer = assistant.ask(question.question, question.history)
            middle = time.perf_counter()
            recipe(question.question)
            ours.append(1000 * (middle - start))
            theirs.append(1000 * (time.perf_counter() - middle))
            for name in STAGES:
                stages[name].append(answer.timings_ms.get(name, 0.0))
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
