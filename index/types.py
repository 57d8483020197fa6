"""The nouns of retrieval: pure values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from corpus.types import Holds, Lines, Role, Years

ViewKind = Literal["sentence", "text", "gist", "question", "asked"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A span of lines that is retrieved as a whole.

    context is the section title of an article passage, or "" for a comment; reply_of holds the
    lines of the comment that this passage answers; card is the number of its card, if it has one.
    """

    number: int
    lines: Lines
    role: Role
    context: str
    years: Years
    asks: bool
    holds: Holds
    reply_of: Lines | None
    card: int | None


@dataclass(frozen=True, slots=True)
class View:
    """One way to look at a passage: a text that is embedded in the passage's stead."""

    passage: int
    kind: ViewKind
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with the scores that found it; higher is better, scores are in [0, 1].

    dense is the best cosine similarity of any view; lexical the BM25 score as a share of the
    best passage's; view the kind of view that matched best.
    """

    passage: Passage
    score: float
    dense: float
    lexical: float
    view: ViewKind
