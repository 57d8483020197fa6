"""Quotes mode: an answer from the card's gist and exact quotes, without any model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.answering.check import MARKER, fold, is_verbatim
from assistant.answering.figures import unsupported_figures
from assistant.answering.markdown import escape_markdown
from assistant.answering.notes import OLD
from assistant.answering.opening import opening
from assistant.answering.phrasing import about, said_by
from assistant.answering.reasons import find_reasons
from assistant.answering.spans import GIST_SHARE, NAMELESS, Span, best_spans
from assistant.answering.support import is_supported, says_every_part
from assistant.types import Citation
from assistant.understand.figures_asked import figures_asked
from assistant.understand.openings import is_wide
from corpus.load import Corpus
from corpus.types import Card
from index.encoder import Vectors
from index.store import Index
from index.types import Hit, Passage

QUOTES = 3  # at most, in the short answer
LONGEST = 200  # words of the short answer; half of them have about 100
MORE = 3  # further quotes, shown when asked for
NEAR = 0.2  # a further passage must score at least this close to the first
NEAR_IF_WIDE = 0.3  # the same, where several places are asked for
RIVAL = 0.1  # the second passage, this close to the first, may be the one that answers
LIKE = 0.3  # score from which a quote of a further passage has to do with the question
# How many quotes of the first passage, and how much like its gist: as few as support the gist, and
# as much like the question as they can be.
SUPPORTING = ((1, GIST_SHARE), (2, GIST_SHARE), (2, 1.0), (3, 1.0))
REASON = "The reason that the source gives:"
REASONS = "The reasons that the source gives:"
SAME = 0.85  # cosine from which two gists say the same


@dataclass
class Draft:
    """An answer in the making: its paragraphs and the citations that they use."""

    lead: str = ""
    card: Card | None = None
    quotes: list[str] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    more: list[str] = field(default_factory=list)
    more_citations: list[Citation] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The short answer as Markdown."""
        return "\n\n".join(filter(None, [self.lead, *self.quotes]))

    @property
    def count(self) -> int:
        """How many citations the draft has, those of the rest included."""
        return len(self.citations) + len(self.more_citations)

    @property
    def needs_last(self) -> bool:
        """Whether the lead rests on the last quote."""
        return str(self.citations[-1].n) in MARKER.findall(self.lead)

    def has_quoted(self, citations: Sequence[Citation]) -> bool:
        """Whether one of these quotes stands there already: passages may share a line."""
        quoted = {citation.quote for citation in (*self.citations, *self.more_citations)}
        return any(citation.quote in quoted for citation in citations)

    def shorten(self) -> None:
        """Move the last quote to what is shown when asked for; the numbers stay in order."""
        self.more.insert(0, self.quotes.pop())
        self.more_citations.insert(0, self.citations.pop())

    def lead_only(self) -> Draft:
        """Return the draft without its quotes, and only the citations that its lead uses."""
        used = {int(n) for n in MARKER.findall(self.lead)}
        kept = [citation for citation in self.citations if citation.n in used]
        return Draft(lead=self.lead, card=self.card, citations=kept)


@dataclass(frozen=True)
class Composer:
    """What composing an answer needs to know: the corpus, the index and the encoded question.

    vector and focus have shape (dimensions,): the complete question, and what was asked last.
    Citations are numbered from start + 1.
    """

    corpus: Corpus
    index: Index
    question: str
    vector: Vectors
    focus: Vectors
    start: int = 0

    def compose(self, hits: Sequence[Hit], passages: int = 1 + QUOTES + MORE) -> Draft:
        """Write an answer from the passages found: what the best one says, then exact quotes.

        At most so many passages are quoted.
        """
        draft = Draft()
        chosen = self._worth_quoting(hits)[:passages]
        if chosen:
            self._lead(draft, chosen[0].passage)
        kept = len(draft.quotes) + 1 if _has_rival(chosen) else 1
        for hit in chosen[1:]:
            further = len(draft.quotes) >= QUOTES
            quotes, citations = self._quotes(hit.passage, 1, draft.count, least=LIKE)
            if draft.has_quoted(citations):
                continue
            (draft.more if further else draft.quotes).extend(quotes)
            (draft.more_citations if further else draft.citations).extend(citations)
        while (
            len(draft.quotes) > kept and len(draft.text.split()) > LONGEST and not draft.needs_last
        ):
            draft.shorten()
        return draft

    def explain(self, hits: Sequence[Hit], said: str) -> Draft:
        """Write the answer to "why?": reasons that the answer before did not give."""
        draft = Draft()
        for number, (passage, span) in enumerate(
            find_reasons(self.index, hits, self.vector, said), 1
        ):
            draft.quotes.append(self._quoted(passage, span, number))
            draft.citations.append(_cite(passage, span, number))
        if draft.quotes:
            draft.lead = REASON if len(draft.quotes) == 1 else REASONS
        return draft

    def _lead(self, draft: Draft, passage: Passage) -> None:
        """Begin with the gist, if quotes of its passage support it."""
        draft.card = card = self._card(passage)
        draft.quotes, draft.citations = self._supporting(passage, card) if card else ([], [])
        if not card or not draft.quotes:
            draft.quotes, draft.citations = self._quotes(passage, 2)
            return
        markers = "".join(f"[{citation.n}]" for citation in draft.citations)
        first = opening(self.corpus, self.index, passage, self.question, self.vector)
        told = f"{_as_of(card, passage)}{escape_markdown(card.gist)}"
        draft.lead = f"{first} {told} {markers}".strip()

    def _supporting(self, passage: Passage, card: Card) -> tuple[list[str], list[Citation]]:
        """Return as few quotes as support the gist; of as many, those that have all its parts."""
        best: tuple[list[str], list[Citation]] = [], []
        tried: list[list[str]] = []
        for count, gist_share in SUPPORTING:
            quotes, citations = self._quotes(passage, count, gist_share=gist_share)
            if best[0] and len(quotes) > len(best[0]):
                break
            if quotes in tried:
                continue
            tried.append(quotes)
            said = " ".join(citation.quote for citation in citations)
            whole = says_every_part(card.gist, said)
            if (whole or not best[0]) and self._is_supported(card.gist, citations):
                best = quotes, citations
                if whole:
                    break
        return best

    def _is_supported(self, gist: str, citations: Sequence[Citation]) -> bool:
        quotes = [citation.quote for citation in citations]
        if unsupported_figures(gist, quotes):
            return False
        return is_supported(gist, " ".join(quotes), self.index.encoder.encode)

    def _card(self, passage: Passage) -> Card | None:
        return self.corpus.cards[passage.card] if passage.card is not None else None

    def _worth_quoting(self, hits: Sequence[Hit]) -> list[Hit]:
        """Keep the best passage and those close to it that say something else."""
        chosen: list[Hit] = []
        seen: list[Vectors] = []
        near = NEAR_IF_WIDE if is_wide(self.question) else NEAR
        for hit in hits:
            if hit.passage.asks and hit.passage.card is None:
                continue  # a comment that only asks answers nothing
            if chosen and hit.score < chosen[0].score - near:
                break
            gist = self.index.gist_vector(hit.passage)
            if gist is not None:
                if any(float(gist @ other) > SAME for other in seen):
                    continue
                seen.append(gist)
            chosen.append(hit)
            if len(chosen) == 1 + QUOTES + MORE:
                break
        return chosen

    def _quotes(
        self,
        passage: Passage,
        limit: int,
        count: int = 0,
        gist_share: float = GIST_SHARE,
        least: float = -1.0,
    ) -> tuple[list[str], list[Citation]]:
        """Return the quotes of a passage as Markdown, and their citations; count came before.

        A quote's score must reach the least one.
        """
        card = self._card(passage)
        gist = card.gist if card else ""
        spans = best_spans(
            self.index, passage, self.focus, gist, limit, gist_share, figures_asked(self.question)
        )
        spans = [span for span in spans if span.score >= least]
        first = self.start + count + 1
        citations = [_cite(passage, span, n) for n, span in enumerate(spans, first)]
        quotes = [
            self._quoted(passage, span, citation.n)
            for span, citation in zip(spans, citations, strict=True)
        ]
        return quotes, citations

    def _quoted(self, passage: Passage, span: Span, number: int) -> str:
        subject = self._subject(passage, span)
        speaker = said_by(passage.role, passage.years)
        return f"> {subject}“{escape_markdown(fold(span.text))}” [{number}]\n>\n> — {speaker}"

    def _subject(self, passage: Passage, span: Span) -> str:
        """What a quote that starts with "it" is about, in brackets: ours, outside the quote."""
        card = self._card(passage)
        if card is None or not (card.subject or NAMELESS.match(span.text)):
            return ""
        names = {topic.id: topic.name for topic in self.corpus.topics}
        return f"\\[{card.subject or names[card.topics[0]]}\\] "


def _has_rival(chosen: Sequence[Hit]) -> bool:
    """Tell whether the second passage may answer as well as the first: it is never put off."""
    return len(chosen) > 1 and chosen[1].score >= chosen[0].score - RIVAL


def _as_of(card: Card, passage: Passage) -> str:
    """Say when something was said that need not hold any more, such as "Pascal is close"."""
    if card.holds == "yes" or passage.years.last > OLD or str(passage.years.first) in card.gist:
        return ""
    return f"As of {about(passage.years)}: "


def _cite(passage: Passage, span: Span, number: int) -> Citation:
    if not is_verbatim(span.text, span.lines):
        raise AssertionError(f"not in the source: {span.text!r}")  # a bug, never a user's fault
    return Citation(
        n=number,
        lines=span.lines,
        quote=fold(span.text),
        role=passage.role,
        section=passage.context or None,
        years=passage.years,
    )
