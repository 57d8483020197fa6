"""Whether the guide covers a question: a calibrated probability from what retrieval found.

The signals and their weights stand in coverage.json, written by `python -m evals.calibrate`, a
logistic regression on questions of the tune half and of the development set.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from pathlib import Path
from statistics import fmean

import numpy as np

from assistant.retrieval import Understood
from assistant.understand.parts import find_parts
from corpus.load import Corpus
from corpus.reader import text_of
from corpus.types import Lines
from index.dense import CODE_OF
from index.encoder import Vectors
from index.lexical import stems
from index.store import Index
from index.types import Hit, Passage, ViewKind

FITTED = Path(__file__).with_name("coverage.json")
NEAREST = 5  # passages whose likeness is averaged
# Cosine of the best passage below which nothing is like the question. A word or two name a thing of
# the guide, or nothing of it; a sentence may tell of one in words that the guide has not.
OFF_TOPIC = 0.25
OFF_TOPIC_IF_BARE = 0.4
BARE = 2  # words
ALIKE = 10  # questions whose likeness is averaged
LOOKED_AT = 60  # nearest views, among which the nearest expected questions are
READ = 3  # passages that an answer draws on
WITHOUT_CARD = 0.15  # how much less like the question a passage without a card counts

# Today's prices and stock, and newer releases, are in no text of 2019.
OF_TODAY = re.compile(
    r"(?i)\b(?:in stock|today|nowadays|right now|at present|currently|cheapest|msrp|sold out|"
    r"for sale|sells? for|still (?:order|buy|get|sold)|going rate|tariffs?|"
    r"prices?|priced|20(?:19|[2-9]\d)|latest|newest|this year|these days)\b"
)
# What asks for one exact thing that a general answer does not hold.
EXACT = re.compile(
    r"(?i)\b(?:(?:exact|precise)(?:ly (?:how|which|what|when|where))?|"
    r"(?:which|what) (?:brands?|models?|version|settings?|values?|size)|"
    r"serial|step by step|list of|link|who (?:is|was|are)|name of|"
    r"what did (?!(?:he|tim|dettmers|the (?:author|guide|article)) "
    r"(?:say|write|think|recommend|advise)))\b"
)
COUNTS = re.compile(
    r"(?i)\b(?:how (?:many|much|long|hot|loud|fast|big|high|far)|what (?:percentage|percent|size)|"
    r"what %|percent(?:age)?|in (?:db|ms|euros?|dollars?|watts?|gb|%)|how .{3,20} in (?:ms|%))\b|%"
)
TECHNICAL = re.compile(r"(?=[\w.+-]*(?:\d|_|[A-Z]{2}))[A-Za-z][\w.+-]+")


@dataclass(frozen=True, slots=True)
class Signals:
    """What tells a covered question from one that only sounds so.

    Likenesses are cosines; shares are of the question's words, weighted by how rare they are.
    """

    likeness: float  # of the best passage
    score: float  # of the best passage, words and priors included
    nearby: float  # mean likeness of the best passages
    words_first: float  # share of the question's words that the best passage holds
    words_read: float  # the same for the best three
    said_first: float  # share that the best passage says itself: its lines and gist, no questions
    said_read: float  # the same for the best three
    missing_first: float  # weight of the rarest word that the best passage does not say itself
    missing_read: float  # the same for the best three
    unknown: float  # share of words that the whole source does not hold
    technical: float  # names and numbers that the whole source does not hold
    newer: float  # hardware that came after the source
    of_today: float  # asks for prices, stock, the latest
    exact: float  # asks for one exact thing
    number_missing: float  # asks for a number where the best passage has none
    part_missing: float  # names hardware that none of the best three names
    sentence: float  # likeness of the best sentence of the best passage
    gist: float  # likeness of the gist of the best passage
    expected: float  # likeness of the best expected question of the best passage
    nearby_sentence: float  # the same three, of the best of the nearest passages
    nearby_gist: float
    nearby_expected: float
    second_expected: float  # of the second best: two passages that expect the question
    lead: float  # how far the best passage is ahead of the fourth
    words_best: float  # BM25 of the best passage, as a share of the highest
    certain: float  # log-probability of the card most likely meant
    evidence: float  # its logit: how much in the question speaks for any card
    unanswered: float  # likeness of the nearest question known to have no answer in the guide
    unanswered_lead: float  # how far that is ahead of the nearest expected question
    alike_unanswered: float  # mean likeness of the ten nearest questions known to have no answer
    alike_expected: float  # the same of the ten nearest expected questions of any passage


@dataclass(frozen=True, slots=True)
class Fitted:
    """What the calibration found.

    subject is a direction in the space of the encoder: which subjects the guide tends to cover.
    """

    weights: dict[str, float]
    subject: list[float]
    intercept: float
    threshold: float


def signals(corpus: Corpus, index: Index, understood: Understood, hits: Sequence[Hit]) -> Signals:
    """Work out the signals of a question from the passages found, best first."""
    question = understood.question
    words = list(dict.fromkeys(stems([question])[0]))
    holders = {word: index.lexical.passages_with(word) for word in words}
    weights = {
        word: math.log(1 + len(index.passages) / (len(found) or 0.5))
        for word, found in holders.items()
    }
    total = sum(weights.values()) or 1.0

    def share(passages: set[int]) -> float:
        return sum(weights[w] for w in words if holders[w] & passages) / total

    said = [_said(corpus, hit.passage) for hit in hits[:READ]]
    unsaid_first = [weights[word] for word in words if word not in said[0]]
    unsaid_read = [weights[word] for word in words if not any(word in each for each in said)]
    likenesses = sorted((hit.dense for hit in hits), reverse=True)[:NEAREST]
    first = text_of(hits[0].passage.lines)
    named = {part.hardware.model for part in find_parts(question)}
    there = set().union(*(_models_in(hit.passage.lines) for hit in hits[:READ]))
    technical = [w for w in TECHNICAL.findall(question) if not _known(index, w)]
    certain, evidence = index.classifier.certainty(understood.vector)
    views = _likenesses(index, understood.vector, hits)
    unanswered = _nearest(unanswered_vectors(corpus, index) @ understood.vector)
    return Signals(
        likeness=likenesses[0],
        score=hits[0].score,
        nearby=fmean(likenesses),
        words_first=share({hits[0].passage.number}),
        words_read=share({hit.passage.number for hit in hits[:READ]}),
        said_first=1 - sum(unsaid_first) / total,
        said_read=1 - sum(unsaid_read) / total,
        missing_first=max(unsaid_first, default=0.0),
        missing_read=max(unsaid_read, default=0.0),
        unknown=sum(weights[word] for word in words if not holders[word]) / total,
        technical=min(len(technical), 3),
        newer=float(bool(understood.newer)),
        of_today=float(bool(OF_TODAY.search(question))),
        exact=float(bool(EXACT.search(question))),
        number_missing=float(bool(COUNTS.search(question)) and not re.search(r"\d", first)),
        part_missing=float(bool(named - there)),
        certain=certain,
        evidence=evidence,
        unanswered=unanswered[0],
        unanswered_lead=unanswered[0] - views["nearby_expected"],
        alike_unanswered=fmean(unanswered),
        alike_expected=fmean(_expected(index, understood.vector)),
        **views,
    )


@lru_cache(maxsize=2)
def unanswered_vectors(corpus: Corpus, index: Index) -> Vectors:
    """The vectors of the questions that the guide does not answer; the index holds them."""
    return index.encoder.encode(corpus.without_answer)


def _nearest(likeness: Vectors) -> list[float]:
    """Return the highest likenesses, best first; at least one."""
    if len(likeness) > ALIKE:
        likeness = np.partition(likeness, -ALIKE)[-ALIKE:]
    return sorted(likeness.tolist(), reverse=True) or [0.0]


def _expected(index: Index, vector: Vectors) -> list[float]:
    """Return the likenesses of the expected questions nearest to a question, of all passages."""
    likeness, found = index.dense.search(vector, LOOKED_AT)
    return _nearest(likeness[index.dense.kinds[found] == CODE_OF["question"]])


def _likenesses(index: Index, vector: Vectors, hits: Sequence[Hit]) -> dict[str, float]:
    """Return the signals of single views: sentences, gists, expected questions."""

    def best(hit: Hit, kind: ViewKind, otherwise: float) -> float:
        vectors = index.view_vectors(hit.passage, kind)
        return float((vectors @ vector).max()) if len(vectors) else otherwise

    first, nearest = hits[0], hits[:NEAREST]
    without = first.dense - WITHOUT_CARD
    expected = sorted((best(hit, "question", 0.0) for hit in nearest), reverse=True)
    return {
        "sentence": best(first, "sentence", without),
        "gist": best(first, "gist", without),
        "expected": best(first, "question", without),
        "nearby_sentence": max(best(hit, "sentence", 0.0) for hit in nearest),
        "nearby_gist": max(best(hit, "gist", 0.0) for hit in nearest),
        "nearby_expected": expected[0],
        "second_expected": expected[1] if len(expected) > 1 else 0.0,
        "lead": first.score - hits[min(3, len(hits) - 1)].score,
        "words_best": first.lexical,
    }


@lru_cache(maxsize=2000)
def _said(corpus: Corpus, passage: Passage) -> frozenset[str]:
    """The stems of what a passage says, in its lines and its gist."""
    gist = corpus.cards[passage.card].gist if passage.card is not None else ""
    return frozenset(stems([f"{text_of(passage.lines)} {gist}"])[0])


@cache
def _models_in(lines: Lines) -> frozenset[str]:
    """The hardware that lines of the guide name; the same few passages are read again and again."""
    return frozenset(part.hardware.model for part in find_parts(text_of(lines)))


def _known(index: Index, word: str) -> bool:
    return any(index.lexical.passages_with(stem) for stem in stems([word])[0])


@cache
def _fitted() -> Fitted:
    """Return the weights as written by the calibration."""
    fitted = Fitted(**json.loads(FITTED.read_text("utf-8")))
    names = {field.name for field in fields(Signals)}
    if set(fitted.weights) != names:
        raise ValueError(f"coverage.json knows other signals than {sorted(names)}; calibrate anew")
    return fitted


def probability_covered(found: Signals, vector: Vectors) -> float:
    """Return the probability that the guide covers the question, vector being its encoding."""
    fitted = _fitted()
    logit = fitted.intercept + sum(
        weight * getattr(found, name) for name, weight in fitted.weights.items()
    )
    if len(fitted.subject) == len(vector):  # another encoder has subjects of its own
        logit += float(vector @ np.asarray(fitted.subject, np.float32))
    return 1 / (1 + math.exp(-logit))


def is_elsewhere(corpus: Corpus, index: Index, vector: Vectors) -> bool:
    """Tell whether a question, encoded as vector, is about something else altogether.

    It is where no question that the guide answers, or that sounds so, is as much like it as one
    that is known to be about something else.
    """
    likeness = unanswered_vectors(corpus, index) @ vector
    nearest = int(likeness.argmax())
    if nearest >= len(corpus.unanswered) or corpus.unanswered[nearest].lines is not None:
        return False
    return bool(likeness[nearest] > _expected(index, vector)[0])


def is_covered(
    corpus: Corpus, index: Index, understood: Understood, hits: Sequence[Hit], share: float = 1.0
) -> bool:
    """Tell whether the passages found are likely to answer the question.

    The odds must reach this share of the odds at the calibrated threshold.
    """
    if not hits:
        return False
    found = signals(corpus, index, understood, hits)
    bare = len(understood.question.split()) <= BARE
    if found.likeness < (OFF_TOPIC_IF_BARE if bare else OFF_TOPIC):
        return False  # no more than noise for the calibration
    odds = share * _fitted().threshold
    wanted = odds / (odds + 1 - _fitted().threshold)
    return probability_covered(found, understood.vector) >= wanted
