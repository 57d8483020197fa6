"""How well a cited span supports a sentence: by its words and by the encoder."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from corpus.sentences import Sentence, split_sentences
from index.encoder import Vectors
from index.lexical import stems

# The least score at which a cited span counts as saying what a sentence says. On the tune half of
# the questions every first sentence reaches it with the quotes chosen for it, 7% with quotes of
# the next best passages, on the same subject: `python -m evals.support`.
SUPPORTED = 0.5
LEXICAL_SHARE = 0.6  # of the score: words, rather than meaning
CLAUSE = 4  # words from which a clause says something
WIDEST = 3  # neighbouring sentences that are looked at together

ALIKE = 0.8  # share of a sentence's words that another holds from which the two speak of one thing

_DENIAL = re.compile(r"(?i)\b(?:not|no|never|none|nor|neither|cannot|without)\b|n[’']t\b")
# Weaker words, which a denial in other words may rest on.
_RESERVE = re.compile(
    r"(?i)\b(?:hardly|barely|little|unlikely|less|lack\w*|avoid\w*|useless|irrelevant|overkill|"
    r"impossible|fails?|instead|rather|only|un\w+|dis\w+|waste\w*)\b"
)

_CLAUSES = re.compile(r"[;:,]\s+|\b(?:but|while|because|although|so that)\b")

Encode = Callable[[Sequence[str]], Vectors]


@dataclass(frozen=True, slots=True)
class Window:
    """Neighbouring sentences of one passage: a span that could be cited."""

    first: int
    last: int
    text: str


def windows_of(sentences: Sequence[Sentence]) -> list[Window]:
    """Return every window of one to three neighbouring sentences."""
    return [
        Window(first, last, " ".join(sentence.text for sentence in sentences[first : last + 1]))
        for first in range(len(sentences))
        for last in range(first, min(first + WIDEST, len(sentences)))
    ]


def support_scores(claim: str, texts: Sequence[str], encode: Encode) -> Vectors:
    """Score in [0, 1] how well each text supports a claim."""
    if not texts:
        return np.zeros(0, np.float32)
    words, *others = (set(found) for found in stems([claim, *texts]))
    shared = np.array([len(words & other) / max(1, len(words)) for other in others], np.float32)
    scores: Vectors = LEXICAL_SHARE * shared + (1 - LEXICAL_SHARE) * _likeness(claim, texts, encode)
    return scores


def is_supported(claim: str, text: str, encode: Encode) -> bool:
    """Tell whether a text supports a claim; the encoder is asked only where words cannot decide."""
    words, other = _words_of(claim), _words_of(text)
    lexical = LEXICAL_SHARE * len(words & other) / max(1, len(words))
    if lexical >= SUPPORTED:
        return True
    if lexical + (1 - LEXICAL_SHARE) < SUPPORTED:
        return False
    return float(support_scores(claim, [text], encode)[0]) >= SUPPORTED


def _likeness(claim: str, texts: Sequence[str], encode: Encode) -> Vectors:
    """Return the cosine of the claim and each text, whose vector is the mean of its sentences'.

    Sentences of the guide have their vectors in the index; the whole text would have to be encoded.
    """
    parts = [[text[start:end] for start, end in split_sentences(text)] or [text] for text in texts]
    vectors = encode([claim, *(sentence for part in parts for sentence in part)])
    lengths = [np.array([len(sentence) for sentence in part], np.float32) for part in parts]
    means, first = [], 1
    for weights in lengths:
        means.append(weights @ vectors[first : first + len(weights)])
        first += len(weights)
    found = [mean @ vectors[0] / max(float(np.linalg.norm(mean)), 1e-6) for mean in means]
    return np.clip(np.array(found, np.float32), 0.0, 1.0)


@lru_cache(maxsize=5000)  # the same gists and quotes come back with question after question
def _words_of(text: str) -> frozenset[str]:
    return frozenset(stems([text])[0])


def says_every_part(claim: str, text: str) -> bool:
    """Tell whether a text has half of the words of each clause of a claim."""
    clauses = [clause for clause in _CLAUSES.split(claim) if len(clause.split()) >= CLAUSE]
    held = _words_of(text)
    return all(2 * len(words & held) >= len(words) for words in map(_words_of, clauses))


def contradicts(claim: str, spans: Sequence[str]) -> bool:
    """Tell whether a claim denies what no cited span denies, or states what one denies.

    Words and vectors hardly tell "is fine" from "is not fine". Of the cards' gists this doubts 1
    in 70 against their own lines; of sentences of the source with their "not" taken out, all.
    """
    denies = _DENIAL.search(claim) is not None
    sentences = [span[start:end] for span in spans for start, end in split_sentences(span)]
    words, *others = (set(found) for found in stems([claim, *sentences]))
    alike = [
        _DENIAL.search(sentence) is not None
        for sentence, other in zip(sentences, others, strict=True)
        if len(words & other) >= ALIKE * len(words)
    ]
    if alike:
        return denies not in alike
    return denies and not any(_DENIAL.search(span) or _RESERVE.search(span) for span in spans)
