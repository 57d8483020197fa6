"""What is measured: retrieval with ir-measures, answers by rules anybody can check."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import mean

import ir_measures
from ir_measures import RR, Qrel, ScoredDoc, Success, nDCG

from assistant.answering.check import is_verbatim, numbers_in, supported_numbers
from assistant.types import Answer
from corpus.reader import text_of
from corpus.types import Lines
from evals.data import Question

MEASURES = {
    "hit@1": Success @ 1,
    "hit@3": Success @ 3,
    "hit@5": Success @ 5,
    "hit@10": Success @ 10,
    "MRR@10": RR @ 10,
    "nDCG@10": nDCG @ 10,
}
BUDGETS = (1500, 3000)  # characters a reader is shown
ROUNDS = 2000

Scores = dict[str, float]


def retrieval_scores(question: Question, found: Sequence[Lines]) -> Scores:
    """Score a ranking of line spans, best first.

    A span is relevant when it shares a line with an accepted one (gain 2) or a helpful one
    (gain 1; counts for nDCG alone). Several spans on one accepted place count once.
    """
    wanted = {f"accepted {lines}": lines for lines in question.accepted}
    helpful = {f"helpful {lines}": lines for lines in question.helpful}
    qrels = [Qrel(question.id, name, 2) for name in wanted]
    graded = [*qrels, *(Qrel(question.id, name, 1) for name in helpful)]
    run, seen = [], set()
    for rank, lines in enumerate(found[:10]):
        name = next(
            (n for n, s in {**wanted, **helpful}.items() if s.overlaps(lines) and n not in seen),
            f"rank {rank}",
        )
        seen.add(name)
        run.append(ScoredDoc(question.id, name, float(-rank)))
    scores: Scores = {}
    for label, measure in MEASURES.items():
        judged = graded if label.startswith("nDCG") else qrels
        value = ir_measures.calc_aggregate([measure], judged, run)[measure] if run else 0.0
        scores[label] = float(value)
    for budget in BUDGETS:
        scores[f"hit in {budget} characters"] = float(_within(question, found, budget))
    return scores


def _within(question: Question, found: Sequence[Lines], budget: int) -> bool:
    for lines in found:
        budget -= len(text_of(lines))
        if budget < 0:
            return False
        if any(lines.overlaps(accepted) for accepted in question.accepted):
            return True
    return False


def answer_scores(question: Question, answer: Answer) -> Scores:
    """Score an answer; a measure that does not apply to the question is left out."""
    scores: Scores = {
        "unsupported numbers": float(len(_unsupported(answer))),
        "quotes not verbatim": float(
            sum(not is_verbatim(citation.quote, citation.lines) for citation in answer.citations)
        ),
        "words": float(len(answer.text.split())),
        "ms": answer.timings_ms.get("total", 0.0),
    }
    refused = answer.outcome != "answered"
    if not question.answerable:
        scores["right refusal"] = float(refused)
        return scores
    scores["wrong refusal"] = float(refused)
    if question.accepted:
        right = [_accepted(question, citation.lines) for citation in answer.citations]
        scores["right line cited"] = float(any(right))
        scores["first citation right"] = float(bool(right) and right[0])
        if right:
            useful = [
                ok or _helpful(question, citation.lines)
                for ok, citation in zip(right, answer.citations, strict=True)
            ]
            scores["citation precision"] = mean(useful)
    if question.facts:
        scores["facts contained"] = mean(
            any(re.search(pattern, answer.text, re.IGNORECASE) for pattern in alternatives)
            for alternatives in question.facts
        )
    if question.calculator:
        scores["calculation exact"] = float(_calculated(question, answer))
    return scores


def _accepted(question: Question, lines: Lines) -> bool:
    return any(lines.overlaps(span) for span in question.accepted)


def _helpful(question: Question, lines: Lines) -> bool:
    return any(lines.overlaps(span) for span in (*question.helpful, *question.older))


def _unsupported(answer: Answer) -> set[str]:
    """Numbers of an answer that no cited span or calculation of it holds."""
    if answer.outcome != "answered":
        return set()
    own = numbers_in(" ".join(re.findall(r"(?:about|December) [\d-]+", answer.text)))
    asked = numbers_in(answer.question)
    known = supported_numbers(answer.citations, answer.calculations)
    return numbers_in(answer.text) - known - own - asked


def _calculated(question: Question, answer: Answer) -> bool:
    for calculation in answer.calculations:
        if calculation.calculator != question.calculator:
            continue
        results = calculation.to_json()["results"]
        return all(
            name in results
            and abs(results[name]["value"] - wanted["value"]) <= 0.01 * abs(wanted["value"])
            for name, wanted in question.results.items()
        )
    return False


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean with its 95% interval, from a bootstrap over source passages."""

    mean: float
    low: float
    high: float
    count: int


def clustered_interval(
    values: Mapping[str, float], clusters: Mapping[str, str], seed: int = 0
) -> Interval:
    """Return the mean of per-question values and its interval, resampling whole passages.

    Questions about one passage are not independent: they are drawn together.
    """
    groups: dict[str, list[float]] = {}
    for id_, value in values.items():
        groups.setdefault(clusters[id_], []).append(value)
    names, generator = sorted(groups), random.Random(seed)
    means = []
    for _ in range(ROUNDS):
        drawn = [value for name in generator.choices(names, k=len(names)) for value in groups[name]]
        means.append(mean(drawn))
    means.sort()
    return Interval(
        mean(values.values()), means[int(0.025 * ROUNDS)], means[int(0.975 * ROUNDS)], len(values)
    )


def randomisation_p(ours: Mapping[str, float], theirs: Mapping[str, float], seed: int = 0) -> float:
    """Return Fisher's two-sided randomisation p-value of a paired difference of means."""
    ids = sorted(ours.keys() & theirs.keys())
    differences = [ours[id_] - theirs[id_] for id_ in ids]
    observed = abs(sum(differences))
    if not any(differences):
        return 1.0
    generator = random.Random(seed)
    extreme = sum(
        abs(sum(generator.choice((-1, 1)) * d for d in differences)) >= observed - 1e-12
        for _ in range(ROUNDS)
    )
    return (extreme + 1) / (ROUNDS + 1)
