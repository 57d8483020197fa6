"""How a passage's views, words, speaker and age make up its score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import get_args

import numpy as np
import numpy.typing as npt

from corpus.types import Holds, Role
from index.dense import CODE_OF, KINDS, Codes, Numbers, Owners
from index.types import Hit, Passage, ViewKind

Scores = npt.NDArray[np.float32]
Exact = npt.NDArray[np.float64]

ARTICLE_YEAR = 2018
ROLES: tuple[Role, ...] = get_args(Role)
HOLDS: tuple[Holds, ...] = get_args(Holds)
SPARE = 20  # passages ranked for each one asked for, since some share their lines

VIEW_OFFSET: Mapping[ViewKind, float] = MappingProxyType(
    {"sentence": 0.06, "text": 0.0, "gist": 0.0, "question": 0.0, "asked": 0.05}
)
ROLE_PRIOR: Mapping[Role, float] = MappingProxyType(
    {"article": 0.03, "author": 0.02, "reader": 0.0}
)
HOLDS_PRIOR: Mapping[Holds, float] = MappingProxyType(
    {"yes": 0.01, "dated": 0.0, "superseded": -0.06}
)


@dataclass(frozen=True)
class Ranking:
    """The tuned parameters of retrieval; evals/EXPERIMENTS.md shows how each was found.

    lexical_weight is the share of BM25 in the fused score. view_offset is taken from the cosine
    of a view of that kind, prior is added to a passage's fused score by who speaks and whether
    the advice holds, asking is taken from passages that only ask. The cosine of a passage is mixed
    with that of its gist by gist_share: a passage is about what its gist says; one without a gist
    counts as without_gist less like the question. age is taken for each year before the article.
    meant is the weight of the classifier's log-probability, zero for the card most likely meant.
    """

    lexical_weight: float = 0.25
    view_offset: Mapping[ViewKind, float] = field(default_factory=lambda: VIEW_OFFSET)
    role_prior: Mapping[Role, float] = field(default_factory=lambda: ROLE_PRIOR)
    holds_prior: Mapping[Holds, float] = field(default_factory=lambda: HOLDS_PRIOR)
    asking: float = 0.2
    gist_share: float = 0.4
    without_gist: float = 0.1
    age: float = 0.01
    meant: float = 0.02


@dataclass(frozen=True, slots=True)
class Columns:
    """What ranking looks at in passages, one array each, so that a question loops over none."""

    role: Codes
    holds: Codes
    last_year: npt.NDArray[np.int16]
    only_asks: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, passages: Sequence[Passage]) -> Columns:
        """Return the columns of passages, in order."""
        return cls(
            np.array([ROLES.index(p.role) for p in passages], np.uint8),
            np.array([HOLDS.index(p.holds) for p in passages], np.uint8),
            np.array([p.years.last for p in passages], np.int16),
            np.array([p.asks and p.card is None for p in passages], np.bool_),
        )

    def priors(self, ranking: Ranking) -> Exact:
        """Return what is added to each passage's score, whatever the question."""
        roles = np.array([ranking.role_prior[role] for role in ROLES])
        holds = np.array([ranking.holds_prior[value] for value in HOLDS])
        age = np.maximum(0, ARTICLE_YEAR - self.last_year)
        asking = ranking.asking * self.only_asks
        return np.asarray(roles[self.role] + holds[self.holds] - ranking.age * age - asking)


@dataclass(frozen=True, slots=True)
class Best:
    """The best view of each passage found: numbers ascend, cosines have their offsets applied."""

    passages: Owners
    cosines: Exact
    kinds: Codes


def best_views(
    cosines: Scores, found: Numbers, owners: Owners, kinds: Codes, ranking: Ranking
) -> Best:
    """Return the cosine and kind of each passage's best view.

    cosines and found are the similarities and numbers of the nearest views, best first; owners
    and kinds tell the passage and the kind of every view.
    """
    owner, kind = owners[found], kinds[found]
    offsets = np.array([ranking.view_offset[name] for name in KINDS])
    scores = cosines.astype(np.float64) - offsets[kind]
    passages, first = _firsts(owner, np.lexsort((-scores, owner)))
    best = scores[first]
    with_gist, gist = _firsts(owner, np.flatnonzero(kind == CODE_OF["gist"]))
    about = best - ranking.without_gist
    about[np.searchsorted(passages, with_gist)] = scores[gist]
    share = ranking.gist_share
    return Best(passages, (1 - share) * best + share * about, kind[first])


def _firsts(owner: Owners, order: Numbers) -> tuple[Owners, Numbers]:
    """Return each passage among the views in this order, ascending, and its first view."""
    passages, place = np.unique(owner[order], return_index=True)
    return passages, order[place]


def rank(
    passages: Sequence[Passage],
    columns: Columns,
    best: Best,
    lexical: Scores,
    meant: Exact,
    ranking: Ranking,
    limit: int,
) -> list[Hit]:
    """Return the best hits of what either side found, each span of lines once.

    BM25 has no upper bound: it is taken as a share of the best passage's score, so that one
    weight serves short and long questions. Cosines are used as they are.
    """
    top = float(lexical.max(initial=0.0))
    shares = lexical.astype(np.float64) / top if top else np.zeros(len(passages))
    cosines, kinds = np.zeros(len(passages)), np.full(len(passages), CODE_OF["text"], np.uint8)
    cosines[best.passages], kinds[best.passages] = best.cosines, best.kinds
    weight = ranking.lexical_weight
    scores = (1 - weight) * cosines + weight * shares
    scores += columns.priors(ranking) + ranking.meant * meant
    found = lexical != 0
    found[best.passages] = True
    hits: dict[tuple[int, int], Hit] = {}
    for n in _best_first(np.clip(scores, 0.0, 1.0), np.flatnonzero(found), SPARE * limit):
        hit = Hit(
            passages[n],
            float(min(max(scores[n], 0.0), 1.0)),
            float(cosines[n]),
            float(shares[n]),
            KINDS[kinds[n]],
        )
        hits.setdefault(hit.passage.lines, hit)
        if len(hits) == limit:
            break
    return list(hits.values())


def _best_first(scores: Exact, among: Numbers, enough: int) -> list[int]:
    """Return the numbers of the best scores, best first; the first of equal ones first."""
    if len(among) > enough:
        least = np.partition(scores[among], -enough)[-enough]
        among = among[scores[among] >= least]
    order: list[int] = among[np.argsort(-scores[among], kind="stable")].tolist()
    return order
