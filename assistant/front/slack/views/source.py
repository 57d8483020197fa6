"""A citation in its place: the lines, who said them, when, and the thread around."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.check import fold
from assistant.answering.phrasing import said_by
from assistant.assistant import SourceView
from assistant.front.slack import contract
from assistant.front.slack.blocks import SECTION, TITLE, context, cut, marked, plain, section
from assistant.front.slack.mrkdwn import literal
from assistant.types import Json
from corpus.reader import text_of
from corpus.types import Comment, Lines

AROUND = 2400  # characters of the source on each side of what is quoted
SAID = 700  # characters of each comment of the thread
THREAD = 12  # comments of the thread


def source_view(view: SourceView, lines: Lines, quote: str = "") -> Json:
    """Return the modal with the lines of a citation in context, the quote in bold."""
    where = f"{literal(view.section)}, " if view.section else ""
    about = f"*{where}{literal(said_by(view.role, view.years))}*"
    blocks = [
        section(f"{about}\nLines {view.lines} of the guide; quoted: {lines}"),
        *_excerpt(view, lines, quote),
    ]
    others = [comment for comment in view.thread if comment.lines != view.lines]
    if others:
        blocks += [{"type": "divider"}, section("*The conversation around it*")]
        blocks += [block for comment in _near(others, lines) for block in _said(comment)]
    return {
        "type": "modal",
        "callback_id": contract.SOURCE_VIEW,
        "title": plain(f"Line {lines}", TITLE),
        "close": plain("Close", TITLE),
        "blocks": blocks,
    }


def message_view(title: str, told: str) -> Json:
    """Return a modal that only says something."""
    return {
        "type": "modal",
        "title": plain(title, TITLE),
        "close": plain("Close", TITLE),
        "blocks": [section(literal(told))],
    }


def _excerpt(view: SourceView, lines: Lines, quote: str) -> list[Json]:
    """Return the text around the quote, cut at line ends where it is long."""
    start, end = _find(view, lines, quote)
    before, said, after = view.text[:start], view.text[start:end], view.text[end:]
    blocks = []
    if len(before) > AROUND:
        at = before.find("\n", len(before) - AROUND) + 1 or len(before) - AROUND
        blocks.append(context("… earlier lines are left out"))
        before = before[at:]
    left_out = len(after) > AROUND
    if left_out:
        after = after[: max(after.rfind("\n", 0, AROUND), 0) or AROUND]
    parts = ((before, False), (said, True), (after, False))
    if len(before) + len(said) + len(after) <= SECTION:
        blocks.append(marked(parts))
    else:
        blocks += [marked([(part, bold)]) for text, bold in parts for part in _parts(text)]
    if left_out:
        blocks.append(context("… later lines are left out"))
    return blocks


def _parts(text: str) -> list[str]:
    """Cut a text into what one block takes."""
    text = text.strip("\n")
    return [text[at : at + SECTION] for at in range(0, len(text), SECTION)]


def _find(view: SourceView, lines: Lines, quote: str) -> tuple[int, int]:
    """Return where the quote stands in the text; its lines, where it cannot be found."""
    offsets = [0, *(at + 1 for at, sign in enumerate(view.text) if sign == "\n")]
    first = offsets[min(max(lines.first - view.lines.first, 0), len(offsets) - 1)]
    words = [re.escape(word) for word in fold(quote).split(" ") if word]
    found = re.compile(r"\s+".join(words)).search(view.text, first) if words else None
    if found:
        return found.span()
    after = lines.last - view.lines.first + 1
    return first, offsets[after] - 1 if after < len(offsets) else len(view.text)


def _near(comments: Sequence[Comment], lines: Lines) -> list[Comment]:
    """Keep the comments of a thread that stand nearest, in order."""
    nearest = sorted(comments, key=lambda comment: abs(comment.lines.first - lines.first))
    return sorted(nearest[:THREAD], key=lambda comment: comment.lines)


def _said(comment: Comment) -> list[Json]:
    head = context(f"*{literal(said_by(comment.role, comment.years))}*, lines {comment.lines}")
    return [head, marked([(cut(text_of(comment.lines).strip(), SAID), False)])]
