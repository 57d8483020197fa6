"""`rigwise ask` and `rigwise index build` as a person runs them, and the recipe as a script."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator

from corpus.reader import DATA
from evals.bench.processes import RIGWISE, Ran, run
from evals.bench.types import Measured, share_at

QUESTIONS = (
    "Is x8 enough for two cards?",
    "Does RAM speed matter?",
    "Are external GPUs any good?",
    "How many CPU cores do I need for each GPU?",
    "Which cooling for four cards?",
)


def measure_ask(repeats: int) -> Iterator[Measured]:
    """Measure one question as a process of its own, in turn with the recipe."""
    with tempfile.TemporaryDirectory() as folder:
        recipe_command = (
            *(sys.executable, "-m", "evals.bench.langchain_recipe"),
            *(str(DATA / "guide.txt"), f"{folder}/vectors.json"),
        )
        run([RIGWISE, "ask", QUESTIONS[0]])  # builds the index, fills the disk's cache
        run([*recipe_command, QUESTIONS[0]])  # makes its vectors
        ours: list[Ran] = []
        recipe: list[Ran] = []
        for n in range(repeats):
            question = QUESTIONS[n % len(QUESTIONS)]
            ours.append(run([RIGWISE, "ask", question]))
            if n < max(3, repeats // 3):  # it is slow, and its median settles soon
                recipe.append(run([*recipe_command, question]))
    yield Measured(
        "rigwise ask, whole process, median",
        share_at([one.seconds for one in ours], 0.5),
        "s",
        share_at([one.seconds for one in recipe], 0.5),
        bar=1.2,
    )
    yield Measured(
        "rigwise ask, peak memory",
        max(one.peak for one in ours),
        "MiB",
        max(one.peak for one in recipe),
        bar=350,
    )


def measure_build() -> Iterator[Measured]:
    """Measure building the index from nothing, again with nothing to do, and over one old text."""
    with tempfile.TemporaryDirectory() as folder:
        there = {"RIGWISE_INDEX_DIR": folder}
        first = run([RIGWISE, "index", "build"], there)
        again = [run([RIGWISE, "index", "build"], there).seconds for _ in range(5)]
        forced = run([RIGWISE, "index", "build", "--force"], there)
    yield Measured("index build from nothing", first.seconds, "s", bar=30)
    yield Measured("index build, peak memory", first.peak, "MiB")
    yield Measured("index build, nothing to do, median", share_at(again, 0.5), "s", bar=0.5)
    yield Measured("index build where texts are known", forced.seconds, "s", note="vectors kept")
