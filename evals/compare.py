"""Two runs beside each other: won, lost and same, question by question, with significance."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import InvalidInput
from assistant.types import Json
from evals.metrics import randomisation_p
from evals.run import OURS, Result

# Higher is better in all of these; a release keeps nothing else of a run.
GUARDED = (
    "hit@5",
    "MRR@10",
    "right line cited",
    "first citation right",
    "facts contained",
    "right refusal",
)
SIGNIFICANT = 0.05


@dataclass(frozen=True, slots=True)
class Difference:
    """How one measure moved from one run to another, on one half."""

    half: str
    measure: str
    before: float
    after: float
    p: float
    won: int
    lost: int

    @property
    def dropped(self) -> bool:
        """Whether the later run is significantly worse."""
        return self.after < self.before and self.p < SIGNIFICANT


def release_of(result: Result, version: str) -> Json:
    """Return what is kept of a run: enough to compare a later one with it."""
    return {
        "version": version,
        "commit": result.commit,
        "data": result.data,
        "encoder": result.encoder,
        "model": result.model,
        "corpus": result.corpus,
        "rows": [
            {
                "id": row.id,
                "half": row.half,
                "answer": row.answer["answer"],
                "cited": [citation["lines"] for citation in row.answer["citations"]],
                "scores": {**row.scores, **row.retrieval.get(OURS, {})},
            }
            for row in result.rows
        ],
        "summary": result.summary,
    }


def read_release(path: Path) -> Json:
    """Read a release, or a whole run in its place.

    :raises InvalidInput: the file holds neither.
    """
    try:
        content: Json = json.loads(path.read_text("utf-8"))
        if "version" in content:
            return content
        for row in content["rows"]:
            row["scores"] |= row["retrieval"].get(OURS, {})
            row["cited"] = [citation["lines"] for citation in row["answer"]["citations"]]
            row["answer"] = row["answer"]["answer"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InvalidInput(f"{path.name} is no result of `rigwise eval run`: {error}.") from error
    return content


def differences(before: Json, after: Json) -> list[Difference]:
    """Return how every guarded measure moved, on the questions that both runs have."""
    found = []
    for half in ("tune", "report"):
        for measure in GUARDED:
            old, new = (_values(run, half, measure) for run in (before, after))
            ids = old.keys() & new.keys()
            if not ids:
                continue
            found.append(
                Difference(
                    half,
                    measure,
                    sum(old[id_] for id_ in ids) / len(ids),
                    sum(new[id_] for id_ in ids) / len(ids),
                    randomisation_p({id_: old[id_] for id_ in ids}, {id_: new[id_] for id_ in ids}),
                    sum(new[id_] > old[id_] for id_ in ids),
                    sum(new[id_] < old[id_] for id_ in ids),
                )
            )
    return found


def _values(run: Json, half: str, measure: str) -> Mapping[str, float]:
    return {
        row["id"]: row["scores"][measure]
        for row in run["rows"]
        if row["half"] == half and measure in row["scores"]
    }


def outcome_of(before: Mapping[str, Any] | None, scores: Mapping[str, float]) -> str:
    """Say whether a question was won, lost or the same against an earlier run; "" without one."""
    if before is None:
        return ""
    change = sum(
        scores[measure] - before["scores"][measure]
        for measure in GUARDED
        if measure in scores and measure in before["scores"]
    )
    return "won" if change > 1e-9 else "lost" if change < -1e-9 else "same"
