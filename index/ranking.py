"""How a passage's views, words, speaker and age make up its score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from corpus.types import Holds, Role
from index.types import Hit, Passage, View, ViewKind

Scores = npt.NDArray[np.float32]


ARTICLE_YEAR = 2018

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
    """

    lexical_weight: float = 0.2
    view_offset: Mapping[ViewKind, float] = field(default_factory=lambda: VIEW_OFFSET)
    role_prior: Mapping[Role, float] = field(default_factory=lambda: ROLE_PRIOR)
    holds_prior: Mapping[Holds, float] = field(default_factory=lambda: HOLDS_PRIOR)
    asking: float = 0.2
    gist_share: float = 0.35
    without_gist: float = 0.1
    age: float = 0.006


def best_views(
    cosines: Scores, found: npt.NDArray[np.int64], views: Sequence[View], ranking: Ranking
) -> dict[int, tuple[float, ViewKind]]:
    """Return for each passage the cosine and kind of its best view, offsets applied.

    cosines and found are the similarities and numbers of the nearest views, one query.
    """
    best: dict[int, tuple[float, ViewKind]] = {}
    gists: dict[int, float] = {}
    for cosine, number in zip(cosines.tolist(), found.tolist(), strict=True):
        if number < 0:  # FAISS pads with -1 when it holds fewer views than asked for
            continue
        view = views[number]
        score = cosine - ranking.view_offset[view.kind]
        if view.passage not in best or score > best[view.passage][0]:
            best[view.passage] = (score, view.kind)
        if view.kind == "gist":
            gists.setdefault(view.passage, score)
    share = ranking.gist_share
    return {
        number: (
            (1 - share) * score + share * gists.get(number, score - ranking.without_gist),
            kind,
        )
        for number, (score, kind) in best.items()
    }


def fuse(
    passages: Sequence[Passage],
    dense: Mapping[int, tuple[float, ViewKind]],
    lexical: Scores,
    ranking: Ranking,
) -> list[Hit]:
    """Return a hit for every passage that either side found, best first.

    BM25 has no upper bound: it is taken as a share of the best passage's score, so that one
    weight serves short and long questions. Cosines are used as they are.
    """
    top = float(lexical.max(initial=0.0))
    hits = []
    for passage in passages:
        if passage.number not in dense and not lexical[passage.number]:
            continue
        cosine, view = dense.get(passage.number, (0.0, "text"))
        share = float(lexical[passage.number]) / top if top else 0.0
        score = (1 - ranking.lexical_weight) * cosine + ranking.lexical_weight * share
        score += ranking.role_prior[passage.role] + ranking.holds_prior[passage.holds]
        score -= ranking.age * max(0, ARTICLE_YEAR - passage.years.last)
        if passage.asks and passage.card is None:
            score -= ranking.asking
        hits.append(Hit(passage, min(max(score, 0.0), 1.0), cosine, share, view))
    return sorted(hits, key=lambda hit: -hit.score)


def distinct(hits: Sequence[Hit], limit: int) -> list[Hit]:
    """Keep the best hit of each span of lines, at most `limit`."""
    found: dict[tuple[int, int], Hit] = {}
    for hit in hits:
        found.setdefault(hit.passage.lines, hit)
        if len(found) == limit:
            break
    return list(found.values())
