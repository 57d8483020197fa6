"""Run the question set through retrieval and answering, baselines beside it."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from statistics import mean
from types import MappingProxyType
from typing import Any

from assistant.assistant import Assistant
from assistant.types import Answer, Json
from corpus.types import Lines
from evals.baselines import Retriever, baselines
from evals.data import Question
from evals.metrics import (
    Scores,
    answer_scores,
    clustered_interval,
    randomisation_p,
    retrieval_scores,
)

OURS = "rigwise"
Answerer = Callable[[Question], Answer]
Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Row:
    """One question's answer with its scores, and the scores of every retriever."""

    id: str
    kind: str
    half: str
    cluster: str
    answer: Json
    scores: Scores
    retrieval: Mapping[str, Scores]
    run: Mapping[str, list[list[int]]]
    others: Mapping[str, Scores] = field(default_factory=dict)


@dataclass(frozen=True)
class Result:
    """A whole run: what was measured, on what, with what outcome."""

    commit: str
    data: str
    encoder: str
    model: str
    corpus: str
    rows: tuple[Row, ...]
    summary: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> Json:
        """Return the run as JSON values."""
        return asdict(self)


def run_questions(
    assistant: Assistant,
    questions: Sequence[Question],
    report: Report,
    with_baselines: bool = True,
    answerers: Mapping[str, Answerer] = MappingProxyType({}),
) -> Result:
    """Answer every question and score it; `report` is told what is being done.

    answerers are other ways to answer, scored beside ours.
    """
    report("Preparing the baselines")
    others = baselines(assistant.index.encoder) if with_baselines else {}
    rows = []
    for number, question in enumerate(questions, 1):
        if number % 50 == 0:
            report(f"{number} of {len(questions)} questions")
        row = _run_one(assistant, others, question)
        scored = {n: answer_scores(question, answer(question)) for n, answer in answerers.items()}
        rows.append(replace(row, others=scored))
    return Result(
        commit=_commit(),
        data=_data_hash(questions),
        encoder=assistant.index.manifest.encoder,
        model=assistant.index.manifest.files["encoder/model.onnx"],
        corpus=assistant.index.manifest.text,
        rows=tuple(rows),
        summary=summarise(rows),
    )


def _run_one(assistant: Assistant, others: Mapping[str, Retriever], question: Question) -> Row:
    answer = assistant.ask(question.question, question.history)
    found = {OURS: [passage.lines for passage in answer.passages]}
    found |= {name: retrieve(question.question) for name, retrieve in others.items()}
    judged = bool(question.accepted)
    return Row(
        id=question.id,
        kind=question.kind,
        half=question.half,
        cluster=question.cluster,
        answer=answer.to_json(question.id),
        scores=answer_scores(question, answer),
        retrieval={n: retrieval_scores(question, f) for n, f in found.items()} if judged else {},
        run={name: [list(lines) for lines in spans] for name, spans in found.items()},
    )


def summarise(rows: Sequence[Row]) -> dict[str, Any]:
    """Return means with intervals by half, for retrieval (each system) and for answers."""
    summary: dict[str, Any] = {}
    for half in ("tune", "report"):
        chosen = [row for row in rows if row.half == half]
        clusters = {row.id: row.cluster for row in chosen}
        if chosen:
            summary[half] = {
                "retrieval": _retrieval_summary(chosen),
                "answers": _answer_summary({row.id: row.scores for row in chosen}, clusters),
                "answers of others": {
                    name: _answer_summary({row.id: row.others[name] for row in chosen}, clusters)
                    for name in chosen[0].others
                },
                "questions": len(chosen),
            }
    return summary


def _retrieval_summary(rows: Sequence[Row]) -> dict[str, Any]:
    judged = [row for row in rows if row.retrieval]
    clusters = {row.id: row.cluster for row in judged}
    summary: dict[str, Any] = {}
    for system in judged[0].retrieval if judged else ():
        summary[system] = {}
        for measure in judged[0].retrieval[system]:
            values = {row.id: row.retrieval[system][measure] for row in judged}
            entry = asdict(clustered_interval(values, clusters))
            if system != OURS:
                ours = {row.id: row.retrieval[OURS][measure] for row in judged}
                entry["p"] = randomisation_p(ours, values)
            summary[system][measure] = entry
    return summary


def _answer_summary(scored: Mapping[str, Scores], clusters: Mapping[str, str]) -> dict[str, Any]:
    measures = sorted({name for scores in scored.values() for name in scores})
    summary = {}
    for measure in measures:
        values = {id_: scores[measure] for id_, scores in scored.items() if measure in scores}
        summary[measure] = asdict(clustered_interval(values, clusters))
        if measure in ("words", "ms"):
            ordered = sorted(values.values())
            summary[measure]["median"] = ordered[len(ordered) // 2]
            summary[measure]["p95"] = ordered[int(0.95 * (len(ordered) - 1))]
    return summary


def risk_coverage(rows: Sequence[Row]) -> list[tuple[float, float]]:
    """Return (share answered, share of those wrong) as the least accepted score rises."""
    scored = sorted(
        (
            (row.answer["passages"][0]["score"] if row.answer["passages"] else 0.0, _is_right(row))
            for row in rows
        ),
        reverse=True,
    )
    return [
        (count / len(scored), 1 - mean(right for _, right in scored[:count]))
        for count in range(1, len(scored) + 1)
    ]


def _is_right(row: Row) -> bool:
    return bool(row.scores.get("right line cited", 0.0))


def trec_run(rows: Sequence[Row], system: str = OURS) -> str:
    """Return the ranking of a system as a TREC run file; a document is a span of lines."""
    return "".join(
        f"{row.id} Q0 {Lines(*span)} {rank} {1 / rank:.4f} {system}\n"
        for row in rows
        for rank, span in enumerate(row.run[system], 1)
    )


def write_result(result: Result, folder: Path) -> Path:
    """Write result.json and run.trec into the folder; return the path of the former."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "run.trec").write_text(trec_run(result.rows), encoding="utf-8")
    path = folder / "result.json"
    path.write_text(json.dumps(result.to_json(), ensure_ascii=False), encoding="utf-8")
    return path


def _commit() -> str:
    try:
        done = subprocess.run(
            ["git", "describe", "--always", "--dirty", "--abbrev=12"],
            capture_output=True,
            text=True,
            check=True,
            cwd=Path(__file__).parent,
        )
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return done.stdout.strip()


def _data_hash(questions: Sequence[Question]) -> str:
    return hashlib.sha256(repr(list(questions)).encode()).hexdigest()


def failures(result: Result) -> list[str]:
    """Return what must never be: unsupported numbers and quotes that are not verbatim."""
    return [
        f"{row.id}: {measure} {row.scores[measure]:.0f}"
        for row in result.rows
        for measure in ("unsupported numbers", "quotes not verbatim")
        if row.scores[measure]
    ]
