"""An answer as a message, and what did not fit into it as a modal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.answering.phrasing import NOTE_NAMES, said_by
from assistant.calculators.registry import get
from assistant.calculators.words import rows_of
from assistant.front.slack import contract
from assistant.front.slack.blocks import (
    BUTTONS,
    FIELDS,
    MESSAGE,
    MESSAGE_BLOCKS,
    SECTION,
    TITLE,
    VALUE,
    VIEW_BLOCKS,
    button,
    context,
    cut,
    fields,
    piece_blocks,
    plain,
    rows,
    section,
    size,
    split,
)
from assistant.front.slack.mrkdwn import as_mrkdwn, as_pieces, literal
from assistant.front.slack.types import Message, Place
from assistant.types import Answer, Calculation, Citation, Json, Note

NOTE_EMOJIS = {
    "older_advice": "hourglass",
    "changed_advice": "arrows_counterclockwise",
    "gap": "mag",
    "assumption": "heavy_plus_sign",
    "newer_hardware": "calendar",
}
REFUSED = ("invalid_input", "needs_input")
CALCULATIONS = 2  # tables in a message; a checked build has one for each finding
NOTIFICATION = 3000  # characters of the text beside the blocks
_MARKER = re.compile(r"\[(\d+)\]")


def answer_message(answer: Answer, place: Place, echo: str = "") -> Message:
    """Return an answer as a message.

    What exceeds Slack's limits waits behind "More"; the button of every source stays.
    """
    head = [context(f"*You asked:* {literal(cut(echo, 1000))}")] if echo else []
    tail = _tail(answer, place, always_more=False)
    shown, left = _fit(answer, head, tail)
    if left and not answer.more:
        tail = _tail(answer, place, always_more=True)
        shown, left = _fit(answer, head, tail)
    return Message((*head, *shown, *tail), cut(as_mrkdwn(answer.text), NOTIFICATION))


def plain_message(answer: Answer) -> Message:
    """Return an answer as bare text, for the case that Slack refuses the blocks."""
    sources = [f"[{c.n}] {said_by(c.role, c.years)}, line {c.lines}" for c in answer.citations]
    told = "\n".join(sources)
    room = NOTIFICATION - len(told) - 2
    return Message((), f"{cut(as_mrkdwn(answer.text), max(room, 500))}\n\n{told}".strip())


def more_view(answer: Answer, place: Place) -> Json:
    """Return the modal with all that the message left out."""
    always = not answer.more
    head: list[Json] = []
    _, left = _fit(answer, head, _tail(answer, place, always_more=always))
    blocks = [*left]
    for piece in as_pieces(answer.more):
        blocks += piece_blocks(piece)
    citations = [*answer.citations, *answer.more_citations] if left else answer.more_citations
    told = rows([source_button(citation, place) for citation in citations])
    kept = blocks[: VIEW_BLOCKS - len(told)]
    return {
        "type": "modal",
        "callback_id": contract.MORE_VIEW,
        "title": plain("More", TITLE),
        "close": plain("Close", TITLE),
        "blocks": [*(kept or [section("There is no more to this answer.")]), *told],
    }


def _fit(
    answer: Answer, head: Sequence[Json], tail: Sequence[Json]
) -> tuple[list[Json], list[Json]]:
    """Part the blocks of an answer into those that fit and the rest, each in reading order.

    Where room is short the text comes first, then the notes, then the calculations.
    """
    text = [block for piece in as_pieces(answer.text) for block in piece_blocks(piece)]
    told = [*calculation_groups(answer.calculations, answer.text)]
    notes = [note_block(note) for note in answer.notes]
    groups: list[tuple[int, list[Json]]] = [
        *((0, [block]) for block in text),
        *((2, group) for group in told),
        *((1, [note]) for note in notes),
    ]
    room = MESSAGE - size(head) - size(tail)
    slots = MESSAGE_BLOCKS - len(head) - len(tail)
    kept: set[int] = set()
    closed: set[int] = set()  # once something of a kind does not fit, no more of it is shown
    tables = [at for at, (kind, _) in enumerate(groups) if kind == 2]
    for at in sorted(range(len(groups)), key=lambda at: (groups[at][0], at)):
        kind, blocks = groups[at]
        if at in tables[CALCULATIONS:] or size(blocks) > room or len(blocks) > slots:
            closed.add(kind)
        if kind in closed:
            closed.add(kind)
            continue
        room, slots = room - size(blocks), slots - len(blocks)
        kept.add(at)
    shown = [block for at, (_, blocks) in enumerate(groups) if at in kept for block in blocks]
    left = [block for at, (_, blocks) in enumerate(groups) if at not in kept for block in blocks]
    return shown, left


def _tail(answer: Answer, place: Place, always_more: bool) -> list[Json]:
    """Return the buttons: sources, more, suggestions, feedback."""
    blocks = rows([source_button(citation, place) for citation in answer.citations])
    carried = {"c": place.conversation, "e": place.exchange}
    further = []
    if answer.more or always_more:
        further.append(button(contract.MORE, "More", carried))
    further += suggestion_buttons(answer.suggestions)
    blocks += rows(further[:BUTTONS])
    if answer.outcome not in REFUSED:
        blocks += rows(
            [
                button(contract.UP, "👍 Helpful", carried),
                button(contract.DOWN, "👎 Not helpful", carried),
            ]
        )
    return blocks


def source_button(citation: Citation, place: Place) -> Json:
    """Return the button that opens a citation's lines."""
    label = f"[{citation.n}] {said_by(citation.role, citation.years)}, line {citation.lines}"
    carried = {
        "c": place.conversation,
        "e": place.exchange,
        "n": citation.n,
        "l": list(citation.lines),
    }
    return button(f"source-{citation.n}", label, carried)


def suggestion_buttons(questions: Iterable[str]) -> list[Json]:
    """Return a button for each question; a click asks it."""
    return [
        button(f"suggestion-{n}", question, {"q": cut(question, VALUE - 100)})
        for n, question in enumerate(questions, 1)
    ]


def note_block(note: Note) -> Json:
    """Return a note: small and grey, with its kind in front."""
    emoji, title = NOTE_EMOJIS[note.kind], NOTE_NAMES[note.kind]
    return context(f":{emoji}: *{title}.* {literal(note.text)}")


def calculation_groups(calculations: Sequence[Calculation], text: str) -> Iterable[list[Json]]:
    """Yield each calculation as a table; with its steps, where the text does not tell them."""
    for calculation in calculations:
        cells = [f"*{literal(name)}*\n{literal(value)}" for name, value in rows_of(calculation)]
        blocks = [section(f":abacus: *{literal(get(calculation.calculator).title)}*")]
        blocks += [fields(cells[at : at + FIELDS]) for at in range(0, len(cells), FIELDS)]
        if not any(step.partition(" (")[0] in text for step in calculation.steps):
            told = "\n".join(f"• {literal(step)}" for step in calculation.steps)
            blocks += [section(part) for part in split(told, SECTION)]
        where = ", ".join(map(str, calculation.lines))
        if where:
            blocks.append(context(f"By the guide, lines {where}"))
        yield blocks
