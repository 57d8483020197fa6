"""The answer to "why?": what the passages give as a reason and the last answer did not show."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from assistant.answering.check import fold
from assistant.answering.spans import Span, widened
from corpus.sentences import sentences_of
from index.encoder import Vectors
from index.store import Index
from index.types import Hit, Passage

REASONS = 3  # at most
LOOKED_AT = 6  # of the best passages
ALIKE = 0.35  # least likeness of a reason and what was asked
_BECAUSE = re.compile(
    r"(?i)\b(?:because|since|due to|so that|thus|therefore|hence|reasons?|which means|this means|"
    r"otherwise|in order to|as a result|causes?|leads? to|that is why)\b"
)


def find_reasons(
    index: Index, hits: Sequence[Hit], vector: Vectors, said: str
) -> list[tuple[Passage, Span]]:
    """Return the reasons that the best passages give, nearest to the question first.

    said is the answer before, whose quotes are not repeated; vector the encoded question.
    """
    told = fold(said)
    found: list[tuple[float, Passage, Span]] = []
    for hit in hits[:LOOKED_AT]:
        sentences = sentences_of(hit.passage.lines)
        likeness = index.sentence_vectors(hit.passage) @ vector
        for n in np.argsort(-likeness):
            if likeness[n] < ALIKE:
                break
            if not _BECAUSE.search(sentences[n].text) or fold(sentences[n].text) in told:
                continue
            found.append((hit.score * float(likeness[n]), hit.passage, widened(sentences, int(n))))
            break  # one reason a passage
    found.sort(key=lambda reason: -reason[0])
    return [(passage, span) for _, passage, span in found[:REASONS]]
