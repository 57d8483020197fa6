"""Places of the guide that are near to some words in meaning: retrieval without an answer."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.errors import InvalidInput
from assistant.guide import topics_of
from assistant.retrieval import Understood, retrieve, understand
from corpus.load import Corpus
from corpus.sentences import Sentence, sentences_of
from corpus.types import Lines, Role, Years
from index.store import Index
from index.types import Hit

CLOSE = 0.4  # score from which a place is shown; nonsense and foreign subjects stay below
OWN = 0.13  # likeness of a place's nearest sentence: what was expected to be asked is not enough
LONGEST = 500  # characters
LOOKED_AT = 200  # passages, before those are left out that were not asked for
SHOWN = 30
ALL_YEARS = Years(2015, 2019)
ALL_ROLES: frozenset[Role] = frozenset(("article", "author", "reader"))


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which places to show. No topic means all; years are both included."""

    roles: frozenset[Role] = ALL_ROLES
    years: Years = ALL_YEARS
    topic: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A place found: its lines, who said it and when, and the sentence nearest to what was meant.

    score is in [0, 1], higher is nearer; section is the article heading, None in a comment.
    """

    lines: Lines
    role: Role
    years: Years
    section: str | None
    line: int
    sentence: str
    score: float


def find_by_meaning(
    corpus: Corpus, index: Index, words: str, wanted: Wanted | None = None
) -> tuple[Place, ...]:
    """Return the places nearest in meaning, best first; none where nothing is near.

    :raises InvalidInput: there are no words, or too many.
    """
    words, wanted = " ".join(words.split()), wanted or Wanted()
    if not words:
        raise InvalidInput("Type what to look for.")
    if len(words) > LONGEST:
        raise InvalidInput(f"Search for at most {LONGEST} characters; these are {len(words):,}.")
    understood = understand(corpus, index.encoder, words, ())
    hits = retrieve(index, understood, limit=LOOKED_AT)
    near = [hit for hit in hits if hit.score >= CLOSE and _is_wanted(corpus, hit, wanted)]
    places: dict[int, Place] = {}  # passages overlap: the same sentence may be nearest in two
    for hit in near[:SHOWN]:
        sentence, likeness = _nearest_sentence(index, understood, hit)
        if likeness >= OWN:
            places.setdefault(sentence.line, _place(corpus, hit, sentence))
    return tuple(places.values())


def _is_wanted(corpus: Corpus, hit: Hit, wanted: Wanted) -> bool:
    passage = hit.passage
    if passage.role not in wanted.roles:
        return False
    if passage.years.last < wanted.years.first or passage.years.first > wanted.years.last:
        return False
    comment = corpus.comment_at(passage.lines.first)
    return wanted.topic is None or wanted.topic in topics_of(corpus, passage.lines, comment)


def _place(corpus: Corpus, hit: Hit, nearest: Sentence) -> Place:
    passage = hit.passage
    section = corpus.section_at(passage.lines.first)
    return Place(
        lines=passage.lines,
        role=passage.role,
        years=passage.years,
        section=section.title if section else None,
        line=nearest.line,
        sentence=nearest.text,
        score=round(hit.score, 3),
    )


def _nearest_sentence(index: Index, understood: Understood, hit: Hit) -> tuple[Sentence, float]:
    """Return the sentence of a passage that is nearest to what was meant, and how near it is."""
    likeness = index.sentence_vectors(hit.passage) @ understood.vector
    at = int(likeness.argmax())
    return sentences_of(hit.passage.lines)[at], float(likeness[at])
