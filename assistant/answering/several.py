"""Several questions in one: each gets what its best passage says, with the quotes behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.answering.coverage import is_covered
from assistant.answering.quotes import LONGEST, NEAR, Composer, Draft
from assistant.retrieval import Understood, retrieve
from assistant.types import Citation
from corpus.load import Corpus
from index.store import Index
from index.types import Hit, Passage

# Shares of the threshold's odds. It was calibrated on whole questions: a part ("what fans?") says
# less, and asks beside others that are covered.
OF_THRESHOLD = 0.65
NEAREST = 3  # passages of an unanswered question that may be in the answer all the same
# Where the whole is not covered, a part is answered if it is plainly covered alone.
ALONE_THRESHOLD = 4.0


@dataclass(frozen=True)
class Each:
    """The answers to several questions, and those that got none, with the nearest passages."""

    drafts: list[Draft] = field(default_factory=list)
    unanswered: list[tuple[str, list[Passage]]] = field(default_factory=list)

    def left_out(self, citations: Sequence[Citation]) -> list[str]:
        """Return the questions that got no answer and none of whose passages is cited either."""
        return [
            question
            for question, nearest in self.unanswered
            if not any(
                passage.lines.overlaps(citation.lines)
                for passage in nearest
                for citation in citations
            )
        ]


def answer_each(
    corpus: Corpus,
    index: Index,
    parts: Sequence[Understood],
    start: int = 0,
    share: float = OF_THRESHOLD,
) -> Each:
    """Draft an answer to each question that the guide covers; citations count on from start.

    Covered is what reaches this share of the odds at the calibrated threshold.

    A passage that answers the question before it is not given again: who asks two things wants
    to know two, so the next best one is taken, or none. One that names a
    component of a longer question ("AMD processors and AMD GPUs") is no question of its own.
    """
    each = Each()
    drafts = each.drafts
    quoted: set[str] = set()
    used: set[int] = set()
    for part in parts:
        hits = retrieve(index, part)
        covered = is_covered(corpus, index, part, hits, share)
        if not covered and hits and not part.topics:
            each.unanswered.append((part.question, [hit.passage for hit in hits[:NEAREST]]))
        hits = [hit for hit in hits if _is_about(corpus, hit, part.topics)]
        if not hits or not covered:
            continue
        count = start + sum(draft.count for draft in drafts)
        composer = Composer(corpus, index, part.question, part.vector, part.focus, count)
        near = [hit for hit in hits if hit.score >= hits[0].score - NEAR]
        fresh = [hit for hit in near if hit.passage.number not in used]
        draft = composer.compose(fresh, passages=1)
        quotes = {citation.quote for citation in draft.citations}
        if quotes - quoted:
            quoted |= quotes
            used.add(fresh[0].passage.number)
            drafts.append(draft)
    return each


def _is_about(corpus: Corpus, hit: Hit, topics: frozenset[str]) -> bool:
    card = corpus.cards[hit.passage.card] if hit.passage.card is not None else None
    return not topics or (card is not None and card.topics[0] in topics)


def joined(drafts: Sequence[Draft]) -> Draft:
    """Put answers one below the other; what makes the whole too long is shown when asked for.

    Of one that is too long its first sentence stays: who asks three things is told of three.
    """
    whole = Draft()
    for draft in drafts:
        words = len(whole.text.split()) + len(draft.text.split())
        if whole.citations and (whole.more or words > LONGEST):
            if draft.lead and not whole.more_citations:
                whole.quotes.append(draft.lead)
                whole.citations += draft.citations
                whole.more += draft.quotes
            else:
                whole.more.append(draft.text)
                whole.more_citations += draft.citations
            continue
        if not whole.citations:
            whole.lead, whole.card = draft.lead, draft.card
        elif draft.lead:
            whole.quotes.append(draft.lead)
        whole.quotes += draft.quotes
        whole.citations += draft.citations
    return whole
