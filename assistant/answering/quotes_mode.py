"""Quotes mode as a whole: arithmetic, quotes or a refusal, with the notes that belong to it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.arithmetic import Worked, cite_calculation, in_words, work_out
from assistant.answering.coverage import is_covered, is_elsewhere
from assistant.answering.notes import age_note, change_note, gap_notes, newer_note, unanswered_note
from assistant.answering.opening import opening_of
from assistant.answering.quotes import Composer, Draft
from assistant.answering.refusal import refusal
from assistant.answering.several import ALONE_THRESHOLD, OF_THRESHOLD, answer_each, joined
from assistant.retrieval import Understood
from assistant.types import Answer, Citation, Note, Outcome
from corpus.load import Corpus
from corpus.types import Change
from index.store import Index
from index.types import Hit

# What "is that still true?" is answered with first, by what became of the advice.
STILL = {
    "yes": "Yes, as far as the source goes.",
    "dated": "It may be dated, and the source says nothing newer.",
    "superseded": "No, it was replaced later.",
}
NO_REASON = "The source gives no reason beyond this."
LIKE_CASE = "Said of a like case:"
YES_OR_NO = re.compile(r"^(?:Yes|No)\. ")
SUGGESTED = 3
OF_THIS_CASE = 0.75  # cosine from which a passage speaks of the case that was calculated
ON_TOPIC = 0.4  # cosine below which the nearest passage is about something else altogether


def answer_in_quotes(
    corpus: Corpus, index: Index, understood: Understood, hits: Sequence[Hit], worked: Worked | None
) -> Answer:
    """Answer from calculations and the guide's own words."""
    if worked and worked.refused:
        return _answer(understood, "invalid_input", worked.problem)
    if worked and worked.calculation:
        return _calculated(corpus, index, understood, worked, hits)
    composer = Composer(corpus, index, understood.question, understood.vector, understood.focus)
    draft = _draft(composer, understood, hits)
    covered = is_covered(corpus, index, understood, hits)
    if worked and not (covered and worked.missing):
        return _asked_back(understood, worked, draft.lead_only())
    share = OF_THRESHOLD if covered else ALONE_THRESHOLD
    each = answer_each(corpus, index, understood.parts, share=share)
    if each.drafts and (len(each.drafts) > 1 or not covered):
        draft, covered = joined(each.drafts), True
    if not covered:
        near = max((hit.dense for hit in hits), default=0.0) >= ON_TOPIC
        shown = near and not is_elsewhere(corpus, index, understood.vector)
        draft = draft.lead_only() if shown else Draft()
    notes = [newer_note(understood.newer)]
    if covered:
        notes += _history_notes(understood.changes, draft)
    notes += gap_notes(corpus, index, understood.vector, draft.citations)
    notes += [unanswered_note(each.left_out(draft.citations)) if each.drafts else None]
    return _answer(
        understood,
        "answered" if covered else "not_covered",
        _covered_text(draft, worked) if covered else refusal(understood.question, draft),
        draft,
        [note for note in notes if note],
        _suggestions(corpus, hits),
    )


def _draft(composer: Composer, understood: Understood, hits: Sequence[Hit]) -> Draft:
    if understood.intent == "reason" and understood.said:
        reasons = composer.explain(hits, understood.said)
        if reasons.quotes:
            return reasons
    draft = composer.compose(hits)
    if understood.intent == "reason" and understood.said and draft.lead:
        draft.lead = f"{NO_REASON} {draft.lead}"
    if understood.intent == "current" and draft.lead and draft.card:
        draft.lead = f"{STILL[draft.card.holds]} {draft.lead}"
    return draft


def _calculated(
    corpus: Corpus, index: Index, understood: Understood, worked: Worked, hits: Sequence[Hit]
) -> Answer:
    """Answer with calculations first, then with quotes for what else was asked.

    What somebody said of nearly this case ("1300 W is enough for two Titan X") stands below.
    """
    sums = _sums(understood, worked)
    texts: list[str] = []
    citations: list[Citation] = []
    assumed: list[str] = []
    for asked, found in sums:
        if found.calculation is None:
            raise AssertionError("nothing was calculated")
        own = cite_calculation(corpus, index.encoder, found.calculation, asked, len(citations))
        first = opening_of(found.calculation, asked.question)
        texts.append(in_words(found, own, asked.question, first))
        citations += own
        assumed += [*found.request.assumed.values(), *found.calculation.notes]
    quoted = [part for part in understood.parts if all(part is not asked for asked, _ in sums)]
    each = answer_each(corpus, index, quoted, len(citations))
    said = _said_of_it(corpus, index, understood, hits, citations)
    for draft in [*each.drafts, *([said] if said and not each.drafts else [])]:
        texts.append(draft.text)
        citations += draft.citations
    notes = [Note("assumption", text) for text in dict.fromkeys(assumed)]
    others = [newer_note(understood.newer), unanswered_note(each.left_out(citations))]
    return Answer(
        question=understood.question,
        mode="quotes",
        outcome="answered",
        text="\n\n".join(texts),
        citations=tuple(citations),
        calculations=tuple(found.calculation for _, found in sums if found.calculation),
        notes=(*notes, *filter(None, others)),
    )


def _said_of_it(
    corpus: Corpus,
    index: Index,
    understood: Understood,
    hits: Sequence[Hit],
    citations: Sequence[Citation],
) -> Draft | None:
    """Return what the passage nearest to a calculation's question says, unless it is cited."""
    nearest = hits[:1]
    if not nearest or nearest[0].dense < OF_THIS_CASE:
        return None
    if any(nearest[0].passage.lines.overlaps(citation.lines) for citation in citations):
        return None
    composer = Composer(
        corpus, index, understood.question, understood.vector, understood.focus, len(citations)
    )
    draft = composer.compose(nearest, passages=1)
    if draft.lead:  # the calculation has said yes or no already
        draft.lead = f"{LIKE_CASE} {YES_OR_NO.sub('', draft.lead)}"
    return draft


def _sums(understood: Understood, worked: Worked) -> list[tuple[Understood, Worked]]:
    """Return what was worked out, and for which of several questions; each calculator once."""
    sums: list[tuple[Understood, Worked]] = []
    for part in understood.parts:
        if any(found.answers(part.question) for _, found in sums):
            continue
        found = worked if worked.answers(part.question) else work_out(part.question, ())
        if found and found.calculation:
            sums.append((part, found))
    if any(found is worked for _, found in sums):
        return sums
    return [(understood, worked), *sums]


def _asked_back(understood: Understood, worked: Worked, draft: Draft) -> Answer:
    """Ask for what is missing, or say why there is no solution; then what the guide says."""
    text = in_words(worked, ())
    if draft.lead:
        text = f"{text}\n\nWhat the guide says: {draft.lead}"
    return _answer(understood, "needs_input" if worked.missing else "answered", text, draft)


def _covered_text(draft: Draft, worked: Worked | None) -> str:
    """Return the guide's answer, and below it what a calculation for this case would need."""
    return f"{draft.text}\n\n{in_words(worked, ())}" if worked else draft.text


def _answer(
    understood: Understood,
    outcome: Outcome,
    text: str,
    draft: Draft | None = None,
    notes: Sequence[Note] = (),
    suggestions: tuple[str, ...] = (),
) -> Answer:
    draft = draft or Draft()
    return Answer(
        question=understood.question,
        mode="quotes",
        outcome=outcome,
        text=text,
        citations=tuple(draft.citations),
        notes=tuple(notes),
        more="\n\n".join(draft.more),
        more_citations=tuple(draft.more_citations),
        suggestions=suggestions,
    )


def _history_notes(changes: Sequence[Change], draft: Draft) -> list[Note | None]:
    """Show older advice as older, or say that all that is known is old."""
    touched = [change for change in changes if _touches(change, draft.citations)]
    if touched:
        return [change_note(touched[0])]
    return [age_note(draft.citations, draft.card)]


def _touches(change: Change, citations: Sequence[Citation]) -> bool:
    """Tell whether an answer cites a place where the subject's history was made."""
    return any(
        position.lines.overlaps(citation.lines)
        for position in change.positions
        for citation in citations
    )


def _suggestions(corpus: Corpus, hits: Sequence[Hit]) -> tuple[str, ...]:
    """Questions that the next best passages answer, one each."""
    cards = [corpus.cards[h.passage.card] for h in hits if h.passage.card is not None]
    return tuple(card.questions[0] for card in cards[1 : 1 + SUGGESTED])
