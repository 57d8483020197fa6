"""The one thing that front ends know: ask, calculate, check, source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.answering.notes import (
    age_note,
    change_note,
    find_changes,
    gap_notes,
    newer_note,
)
from assistant.answering.quotes import Composer, prefer_current
from assistant.answering.refusal import is_covered, refusal
from assistant.clock import Clock
from assistant.errors import InvalidInput
from assistant.settings import Settings, load_settings
from assistant.types import Answer, Citation, ScoredLines, Turn
from assistant.understand.followups import standalone
from assistant.understand.newer import newer_hardware
from assistant.understand.question import clean_question
from corpus.load import Corpus, load_corpus
from corpus.reader import text_of
from corpus.types import Change, Comment, Hardware, Lines, Role, Years
from index.encoder import Vectors
from index.store import Index, IndexStore, Progress, silent
from index.types import Hit

RETRIEVED = 10
SUGGESTED = 3


@dataclass(frozen=True, slots=True)
class SourceView:
    """A line in its place: the comment or section around it and the thread that it stands in."""

    lines: Lines
    text: str
    role: Role
    section: str | None
    years: Years
    thread: tuple[Comment, ...]


class Assistant:
    """Answers questions from the guide. It keeps no conversation: pass the history in."""

    def __init__(self, corpus: Corpus, index: Index) -> None:
        self.corpus = corpus
        self.index = index

    @classmethod
    def load(cls, settings: Settings | None = None, progress: Progress = silent) -> Assistant:
        """Load the corpus and the index, building the index where it is missing or stale.

        :raises CorpusError: the corpus data is damaged.
        :raises IndexFailure: the index can neither be loaded nor built.
        """
        settings = settings or load_settings()
        corpus = load_corpus()
        store = IndexStore(settings.index_dir, settings.encoder)
        return cls(corpus, store.load_or_build(corpus, progress))

    def ask(self, question: str, history: Sequence[Turn] = ()) -> Answer:
        """Answer a question; what is no question gets the outcome invalid_input."""
        clock = Clock()
        try:
            cleaned = clean_question(question)
        except InvalidInput as error:
            return Answer(question, "quotes", "invalid_input", str(error), timings_ms=clock.total())
        with clock.stage("understand"):
            complete = standalone(cleaned, history)
            newer = newer_hardware(complete)
        with clock.stage("retrieve"):
            vector = self.encode(cleaned, complete)
            found = self.index.search(complete, 2 * RETRIEVED, vector=vector)
            changes = find_changes(self.corpus, complete)
            hits = prefer_current(found, changes)
        with clock.stage("compose"):
            answer = self._compose(question, vector, hits, changes, newer)
        return replace(
            answer,
            passages=tuple(ScoredLines(h.passage.lines, h.score) for h in hits[:RETRIEVED]),
            timings_ms=clock.total(),
        )

    def encode(self, question: str, complete: str) -> Vectors:
        """Encode a question; a follow-up weighs as much as the question that it leans on."""
        if question == complete:
            return np.asarray(self.index.encoder.encode([question])[0])
        both = self.index.encoder.encode([question, complete]).sum(axis=0)
        unit: Vectors = both / np.linalg.norm(both)
        return unit

    def _compose(
        self,
        question: str,
        vector: Vectors,
        hits: Sequence[Hit],
        changes: Sequence[Change],
        newer: Sequence[Hardware],
    ) -> Answer:
        draft = Composer(self.corpus, self.index, vector).compose(hits)
        covered = is_covered(hits, newer)
        notes = [newer_note(newer)]
        if covered:
            touched = [change for change in changes if _touches(change, draft.citations)]
            notes += [change_note(change) for change in touched[:1]]
            notes += [] if touched else [age_note(draft.citations, draft.card)]
        notes += gap_notes(self.corpus, self.index, vector, draft.citations)
        if not covered:
            draft = draft.lead_only()
        return Answer(
            question=question,
            mode="quotes",
            outcome="answered" if covered else "not_covered",
            text=draft.text if covered else refusal(question, draft),
            citations=tuple(draft.citations),
            notes=tuple(note for note in notes if note),
            more="\n\n".join(draft.more),
            more_citations=tuple(draft.more_citations),
            suggestions=self._suggestions(hits),
        )

    def _suggestions(self, hits: Sequence[Hit]) -> tuple[str, ...]:
        """Questions that the next best passages answer, one each."""
        cards = [self.corpus.cards[h.passage.card] for h in hits if h.passage.card is not None]
        return tuple(card.questions[0] for card in cards[1 : 1 + SUGGESTED])

    def source(self, line: int) -> SourceView:
        """Return the comment or section that holds a line, with its thread.

        :raises InvalidInput: the source has no such line.
        """
        if not 1 <= line <= len(self.corpus.lines):
            raise InvalidInput(f"The guide has lines 1 to {len(self.corpus.lines)}, not {line}.")
        comment = self.corpus.comment_at(line)
        section = self.corpus.section_at(line)
        lines = comment.lines if comment else section.lines if section else Lines(line, line)
        return SourceView(
            lines=lines,
            text=text_of(lines),
            role=self.corpus.role_at(line),
            section=section.title if section else None,
            years=self.corpus.years_at(line),
            thread=self.corpus.thread(comment) if comment else (),
        )


def _touches(change: Change, citations: Sequence[Citation]) -> bool:
    """Tell whether an answer cites a place where the subject's history was made."""
    return any(
        position.lines.overlaps(citation.lines)
        for position in change.positions
        for citation in citations
    )
