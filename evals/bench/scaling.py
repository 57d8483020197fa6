"""How cost grows: the same pipeline over many times as many passages.

python -m evals.bench.scaling                        every size, the plot, a table as JSON
python -m evals.bench.scaling --factor 10 --search cells     one size in this process
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import bm25s
import click
import faiss
import numpy as np

from assistant.assistant import Assistant
from evals.bench import distractors
from evals.bench.plot import write_plot
from evals.bench.types import share_at
from evals.data import Question
from evals.question_set import answered_questions
from index.classifier import CardClassifier
from index.dense import TRAINED_ON, DenseIndex, empty_cells, kind_for, train
from index.encoder import Vectors
from index.known import KnownTexts
from index.lexical import LexicalIndex
from index.manifest import SearchKind
from index.ranking import Ranking, best_views
from index.search import NEAREST_VIEWS, Index

FACTORS = (1, 10, 100, 1000)
FLAT_AT_MOST = 100  # times the guide: flat vectors of a thousand times it take 12 GB
SEED = 20260823
RANKED = 10


def grow(assistant: Assistant, factor: int, search: SearchKind) -> tuple[Index, dict[str, float]]:
    """Return an index of `factor` times the guide's passages, and the seconds of each step."""
    index = assistant.index
    rng = np.random.default_rng(SEED)
    likeness = distractors.likeness_of_recombined(index)
    words, vocabulary = distractors.words_of_passages(assistant)
    own = np.array(index.dense.rows(0, len(index.dense)))
    count = factor * len(own)
    target: Any = (
        faiss.IndexFlatIP(own.shape[1]) if search == "flat" else empty_cells(own.shape[1], count)
    )
    all_words = list(words)
    waiting: list[Vectors] = [own]
    spent = {"vectors": 0.0, "words": 0.0}
    for _ in range(1, factor):
        passages, views = distractors.partners_of(index, rng)
        waiting.append(distractors.recombined(own, views, likeness, rng))
        all_words += distractors.recombined_words(words, passages, rng)
        if sum(map(len, waiting)) >= TRAINED_ON * getattr(target, "nlist", 1):
            spent["vectors"] += _add(target, waiting)
    spent["vectors"] += _add(target, waiting)
    start = time.perf_counter()
    if search == "cells":
        target.make_direct_map()
    spent["vectors"] += time.perf_counter() - start
    start = time.perf_counter()
    ranker = bm25s.BM25(method="lucene")
    ids = [row.tolist() for row in all_words] if factor == 1 else all_words
    ranker.index((ids, vocabulary), show_progress=False)
    spent["words"] = time.perf_counter() - start
    owners, kinds = distractors.repeated(index, factor)
    grown = Index(
        index.manifest,
        distractors.copies_of(tuple(index.passages), factor),
        DenseIndex(target, owners, kinds),
        LexicalIndex(ranker),
        CardClassifier.untaught(),  # it would know the guide's own passages from their copies
        KnownTexts.of(()),
        own[:0],
        index.encoder_folder,
    )
    return grown, spent


def _add(target: Any, waiting: list[Vectors]) -> float:  # noqa: ANN401 - FAISS has no types
    """Add what waits to the index, train it first if need be; return the seconds it took."""
    if not waiting:
        return 0.0
    rows = np.concatenate(waiting)
    waiting.clear()
    start = time.perf_counter()
    if not target.is_trained:
        train(target, rows)
    target.add(rows)
    return time.perf_counter() - start


def measure(factor: int, search: SearchKind) -> dict[str, Any]:
    """Return what one size costs and how well the guide's own passages are still found."""
    assistant = Assistant.load()
    questions = _judged()
    vectors = assistant.index.encoder.encode([question.question for question in questions])
    before = _memory()
    index, spent = grow(assistant, factor, search)
    memory = _memory() - before
    stages: dict[str, list[float]] = {"vectors": [], "views": [], "words": [], "all": []}
    ranks = []
    for question, vector in zip(questions, vectors, strict=True):
        moments = [time.perf_counter()]
        cosines, found = index.dense.search(vector, NEAREST_VIEWS)
        moments.append(time.perf_counter())
        best_views(cosines, found, index.dense.owners, index.dense.kinds, Ranking())
        moments.append(time.perf_counter())
        index.lexical.scores(question.question)
        moments.append(time.perf_counter())
        hits = index.search(question.question, RANKED, vector=vector)
        moments.append(time.perf_counter())
        for name, (a, b) in zip(stages, pairwise(moments), strict=True):
            stages[name].append(1000 * (b - a))
        right = [
            any(hit.passage.lines.overlaps(lines) for lines in question.accepted) for hit in hits
        ]
        ranks.append(right.index(True) + 1 if any(right) else 0)
    return {
        "factor": factor,
        "search": search,
        "passages": len(index.passages),
        "views": len(index.dense),
        "build": spent,
        "memory": memory,
        "median": {name: share_at(values, 0.5) for name, values in stages.items()},
        "p95": share_at(stages["all"], 0.95),
        "mrr": float(np.mean([1 / rank if rank else 0.0 for rank in ranks])),
        "hit": float(np.mean([rank > 0 for rank in ranks])),
        "questions": len(questions),
    }


def _judged() -> list[Question]:
    return [question for question in answered_questions() if not question.history]


def _memory() -> float:
    """Return this process's memory in MiB."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


@click.command()
@click.option("--factor", type=click.IntRange(1), help="One size, in this process, as JSON.")
@click.option("--search", type=click.Choice(get_args(SearchKind)), default="flat")
@click.option("--up-to", default=max(FACTORS), help="Leave larger sizes out.")
@click.option("--out", default=Path("docs"), type=click.Path(file_okay=False, path_type=Path))
def main(factor: int | None, search: SearchKind, up_to: int, out: Path) -> None:
    """Measure each size in a process of its own; write scaling.json and scaling.svg."""
    if factor:
        click.echo(json.dumps(measure(factor, search)))
        return
    found = []
    for size in (size for size in FACTORS if size <= up_to):
        kinds: list[SearchKind] = ["flat"] if size <= FLAT_AT_MOST else []
        kinds += ["cells"] if size > 1 else []
        for kind in kinds:
            click.echo(f"{size} times the guide, {kind} …", err=True)
            command = [sys.executable, "-m", "evals.bench.scaling"]
            command += ["--factor", str(size), "--search", kind]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            row = json.loads(done.stdout)
            row["chosen"] = kind == kind_for(row["views"])
            found.append(row)
            click.echo(json.dumps(row), err=True)
    (out / "scaling.json").write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    write_plot(found, out / "scaling.svg")


if __name__ == "__main__":
    main()
