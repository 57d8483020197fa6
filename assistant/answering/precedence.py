"""Who goes first: the current view before the older ones, the author's reply before the reader."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from corpus.types import Change, Lines
from index.types import Hit, Passage

# What the current view of a changed subject gains. Its older ones lose nothing: a passage on
# another subject must not lead because there is a newer word on this one.
CURRENT = 0.12
REPLACING = 0.12  # what it gains besides, where an older view would lead
REPLIED = 5  # of the best passages, those whose reply is looked for


def put_in_order(
    hits: Sequence[Hit], changes: Sequence[Change], passages: Sequence[Passage]
) -> list[Hit]:
    """Return the passages found, current views and the author's words first."""
    return prefer_reply(prefer_current(hits, changes), passages)


def prefer_current(hits: Sequence[Hit], changes: Sequence[Change]) -> list[Hit]:
    """Put the current view of a subject with a history before its older ones."""
    found = _raised(hits, [lines for change in changes for lines in _views(change, True)], CURRENT)
    for change in changes:
        current, older = _views(change, True), _views(change, False)
        if found and _is_among(found[0], older) and not _is_among(found[0], current):
            return _raised(found, current, REPLACING)
    return found


def _views(change: Change, current: bool) -> list[Lines]:
    return [view.lines for view in change.positions if view.current == current]


def _is_among(hit: Hit, spans: Sequence[Lines]) -> bool:
    return any(hit.passage.lines.overlaps(lines) for lines in spans)


def _raised(hits: Sequence[Hit], spans: Sequence[Lines], gain: float) -> list[Hit]:
    """Let what stands in these lines gain, and sort again."""
    return _sorted(
        replace(hit, score=min(1.0, hit.score + gain)) if _is_among(hit, spans) else hit
        for hit in hits
    )


def prefer_reply(hits: Sequence[Hit], passages: Sequence[Passage]) -> list[Hit]:
    """Put the author's reply to a reader's statement right before it.

    What a reader claims or doubts resembles the question most; what the author says to it
    answers the question.
    """
    found = {hit.passage.number: hit for hit in hits}
    for hit in hits[:REPLIED]:
        if hit.passage.role != "reader":
            continue
        for reply in _replies(hit.passage, passages):
            known = found.get(reply.number)
            score = max(hit.score + 1e-6, known.score if known else 0.0)
            found[reply.number] = replace(known or hit, passage=reply, score=score)
    return _sorted(found.values())


def _replies(said: Passage, passages: Sequence[Passage]) -> list[Passage]:
    """The author's passages that answer the comment in which this one stands."""
    return [
        passage
        for passage in passages
        if passage.role == "author"
        and passage.card is not None
        and passage.reply_of is not None
        and passage.reply_of.overlaps(said.lines)
    ]


def _sorted(hits: Iterable[Hit]) -> list[Hit]:
    return sorted(hits, key=lambda hit: -hit.score)
