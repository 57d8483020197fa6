"""What to know beside an answer: changed advice, age, gaps of the source, newer hardware."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from textwrap import shorten

from assistant.types import Citation, Note
from assistant.understand.newer import LAST_YEAR, Newer
from corpus.load import Corpus
from corpus.types import Card, Change, Gap, Position
from index.encoder import Vectors
from index.store import Index

_YEAR = re.compile(r"\b201\d\b")
OLDER_POSITIONS = 2  # at most, in one note
OLD = 2017  # what was last said by then is old next to the article of 2018
# Where only a reader's question is lost and the reply is whole, nobody misses anything.
STANDS_ALONE = re.compile(r"The (?:answer|advice|rule) (?:stands|remains|is complete|is general)\b")
SHOWN = 80  # characters of a question that a note repeats
ABOUT_THE_GAP = 0.5  # cosine from which a question is about what is missing
ASKS_FOR_IT = 0.75  # the same, of a question that only the lost thing would have answered


def find_changes(corpus: Corpus, question: str) -> list[Change]:
    """Return the subjects with a history that a question names, most telling terms first."""
    text = f" {_plain(question)} "
    scored = []
    for change in corpus.changes:
        named = [term for term in change.terms if f" {_plain(term)} " in text]
        if named:
            scored.append((max(map(len, named)), change))
    return [change for _, change in sorted(scored, key=lambda pair: -pair[0])]


@lru_cache(maxsize=2000)  # the terms of all subjects, asked for with every question
def _plain(text: str) -> str:
    words = re.findall(r"[a-z0-9]+", text.lower())
    return " ".join(word.removesuffix("s") if len(word) > 3 else word for word in words)


def change_note(change: Change) -> Note | None:
    """Say in one line what became of the advice, with its years.

    Where the history of the subject, as the corpus tells it, names no year, the older views
    stand there themselves, the author's before readers'.
    """
    older = [position for position in change.positions if not position.current]
    if not older:
        return None
    if _YEAR.search(change.note):
        return Note("changed_advice", f"{change.subject}: {_sentence(change.note)}")
    older.sort(key=lambda position: position.role == "reader")
    told = sorted(older[:OLDER_POSITIONS], key=lambda position: position.years)
    views = "; ".join(_told(position) for position in told)
    return Note("changed_advice", f"Earlier views on this ({change.subject}): {views}.")


def _told(position: Position) -> str:
    speaker = {"article": "the guide", "author": "the author", "reader": "a reader"}[position.role]
    return f"{position.years}, {speaker}: {position.summary.rstrip('.')}"


def age_note(citations: Sequence[Citation], card: Card | None) -> Note | None:
    """Say so where all that is known is old."""
    if not citations or max(citation.years.last for citation in citations) > OLD:
        return None
    if card is not None and card.holds == "yes":
        return None
    first = min(citation.years.first for citation in citations)
    last = max(citation.years.last for citation in citations)
    span = str(first) if first == last else f"{first} to {last}"
    return Note(
        "older_advice",
        f"All that the source says on this is from about {span}; prices, products and software "
        "have changed since.",
    )


def gap_notes(
    corpus: Corpus, index: Index, vector: Vectors, citations: Sequence[Citation]
) -> list[Note]:
    """Name what the scrape lost, where the question is about that.

    That is where it asks for just that, or where the answer cites the lines around it.
    """
    wanted = _wanted_gap(corpus, index, vector)
    if wanted:
        return [_gap_note(wanted)]
    touched: list[Gap] = [
        gap
        for gap in corpus.gaps
        if not STANDS_ALONE.match(gap.still)
        and any(gap.lines.overlaps(citation.lines) for citation in citations)
    ]
    if not touched:
        return []
    likeness = index.encoder.encode([gap.missing for gap in touched]) @ vector
    best = max(range(len(touched)), key=lambda n: float(likeness[n]))
    if likeness[best] < ABOUT_THE_GAP:
        return []
    return [_gap_note(touched[best])]


def _wanted_gap(corpus: Corpus, index: Index, vector: Vectors) -> Gap | None:
    """Return the gap that a question, encoded as vector, asks for in nearly these words."""
    asked = [gap for gap in corpus.gaps for _ in gap.asks]
    if not asked:
        return None
    likeness = _asked_vectors(corpus, index) @ vector
    best = int(likeness.argmax())
    return asked[best] if likeness[best] >= ASKS_FOR_IT else None


@lru_cache(maxsize=2)
def _asked_vectors(corpus: Corpus, index: Index) -> Vectors:
    """The vectors of what the gaps would have answered; the index holds them."""
    return index.encoder.encode([question for gap in corpus.gaps for question in gap.asks])


def _gap_note(gap: Gap) -> Note:
    return Note("gap", f"{_sentence(gap.missing)} {_sentence(gap.still)}")


def unanswered_note(questions: Sequence[str]) -> Note | None:
    """Name the questions, of several in one, that the answer leaves out."""
    if not questions:
        return None
    asked = " and ".join(
        f"“{shorten(question, SHOWN, placeholder=' …')}”" for question in questions
    )
    return Note("gap", f"Nothing in the source was found to answer {asked}.")


def newer_note(newer: Sequence[Newer]) -> Note | None:
    """Say what still holds for hardware that came after the last comment."""
    if not newer:
        return None
    names = " and ".join(f"{item.name} ({item.year})" for item in newer[:3])
    return Note(
        "newer_hardware",
        f"The source ends in spring {LAST_YEAR} and does not know {names}. Its arithmetic "
        "and principles (power, cooling, lanes, memory) still serve; it cannot know the speed, "
        "price or quirks of what came later.",
    )


def _sentence(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "!", "?")) else f"{text}."
