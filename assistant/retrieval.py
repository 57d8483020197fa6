"""From a question in its conversation to the passages that may answer it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.answering.check import MARKER
from assistant.answering.notes import find_changes
from assistant.answering.precedence import put_in_order
from assistant.types import Turn
from assistant.understand.components import Component, components_in
from assistant.understand.followups import standalone
from assistant.understand.intents import Intent, intent_of, new_subject
from assistant.understand.newer import Newer, find_newer
from assistant.understand.several import questions_in
from assistant.understand.spelling import respell
from corpus.load import Corpus
from corpus.types import Change
from index.encoder import Encoder, Vectors
from index.ranking import Ranking
from index.store import Index
from index.types import Hit

CONSIDERED = 20  # passages that an answer may draw on
# Shares of what a follow-up is searched for by: its own words, then those with the question before
# it in front, then with the answer before it. Its subject stands in either.
FOLLOWING = (0.4, 0.3, 0.3)
LATEST = 0.6  # share of a follow-up's own words in what a quote must be like
TOLD = 60  # words of the answer before: what it says first, without its quotes
ALONE = 0.6  # share of one of several questions, against all of them, in what is searched for


@dataclass(frozen=True, slots=True)
class Understood:
    """A question that stands alone, encoded, with what it names.

    vector, shape (dimensions,), is the complete question, focus, of the same shape, leans towards
    what was asked last: a passage must be about all of it, the quote in it about the last turn.
    words are what is looked for word by word: for a follow-up, those said before it, too.
    changes are the subjects with a history that it touches, newer what came after the source.
    said is the answer before it, if any; parts are the questions in it, if there are several, and
    topics those that the answer must be about, where a part asks for one component.
    """

    question: str
    vector: Vectors
    focus: Vectors
    changes: tuple[Change, ...]
    newer: tuple[Newer, ...]
    words: str = ""
    intent: Intent = "answer"
    said: str = ""
    topics: frozenset[str] = frozenset()
    parts: tuple[Understood, ...] = ()


def understand(
    corpus: Corpus, encoder: Encoder, question: str, history: Sequence[Turn]
) -> Understood:
    """Make a question stand alone, mend its plain slips and encode it."""
    question = respell(corpus, question)
    complete = standalone(question, history)
    subject = new_subject(question) if history else ""
    said = _last(history, "assistant")
    follows = complete != question
    vector, focus = _encode(encoder, question, complete, subject, history)
    return Understood(
        question=subject or complete,
        vector=vector,
        focus=focus,
        changes=tuple(find_changes(corpus, complete)),
        newer=find_newer(complete),
        words=f"{question} {complete} {_told_first(said)}" if follows else "",
        intent=intent_of(question),
        said=said,
        parts=() if follows else _parts(corpus, encoder, question, vector),
    )


def _last(history: Sequence[Turn], role: str) -> str:
    """Return what was last said in a role, or ""."""
    return next((turn.content for turn in reversed(history) if turn.role == role), "")


def _told_first(answer: str) -> str:
    """Return what an answer says first, in plain words: no quotes, no marks."""
    paragraph = answer.strip().partition("\n\n")[0]
    plain = MARKER.sub("", paragraph).replace("\\", "").replace("*", "")
    return " ".join(plain.split()[:TOLD])


def _parts(
    corpus: Corpus, encoder: Encoder, question: str, vector: Vectors
) -> tuple[Understood, ...]:
    """Return each of several questions in one; vector, shape (dimensions,), is all of them."""
    parts = [Component(part, frozenset()) for part in questions_in(question)]
    parts = parts or list(components_in(question))
    if not parts:
        return ()
    return tuple(
        Understood(
            question=part.question,
            vector=_mixed(np.stack([own, vector]), (ALONE, 1 - ALONE)),
            focus=own,
            changes=tuple(find_changes(corpus, part.question)),
            newer=find_newer(part.question),
            topics=part.topics,
        )
        for part, own in zip(parts, encoder.encode([p.question for p in parts]), strict=True)
    )


def _encode(
    encoder: Encoder, question: str, complete: str, subject: str, history: Sequence[Turn]
) -> tuple[Vectors, Vectors]:
    """Return the vector of a question and its focus.

    A new subject weighs twice as much as the conversation it comes up in.
    """
    if subject:
        vectors = encoder.encode([subject, f"{_last(history, 'user')} {question}"])
        vector = _mixed(vectors, (2.0, 1.0))
        return vector, vector
    if not (history and complete.endswith(f" {question}")):
        vector = np.asarray(encoder.encode([complete])[0])
        return vector, vector
    answer = _told_first(_last(history, "assistant"))
    vectors = encoder.encode([question, complete, f"{answer} {question}".strip()])
    return _mixed(vectors, FOLLOWING), _mixed(vectors[:2], (LATEST, 1 - LATEST))


def _mixed(vectors: Vectors, weights: Sequence[float]) -> Vectors:
    """Return the weighted sum of rows, shape (dimensions,), of length one."""
    total = np.asarray(weights, np.float32) @ vectors
    return np.asarray(total / np.linalg.norm(total))


def retrieve(
    index: Index, understood: Understood, ranking: Ranking | None = None, limit: int = CONSIDERED
) -> list[Hit]:
    """Return the passages that best match a question: current views and the author's first."""
    words = understood.words or understood.question
    hits = index.search(words, limit, ranking, understood.vector)
    return put_in_order(hits, understood.changes, index.passages)
