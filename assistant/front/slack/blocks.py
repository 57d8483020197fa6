"""Block Kit's parts within Slack's limits; texts are split, never sent too long."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from assistant.front.slack.mrkdwn import Piece, Quote
from assistant.types import Json

SECTION = 3000  # characters of the text of a section
FIELDS = 10  # fields of a section
FIELD = 2000
LABEL = 75  # characters on a button
VALUE = 2000  # characters that a button carries
BUTTONS = 25  # in a row
TITLE = 24  # of a modal
MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
# Slack refuses messages whose blocks hold more than some 13,000 characters and names 12,000.
MESSAGE = 11_500


def section(mrkdwn: str) -> Json:
    """Return a section; verbatim, so that no bare name or address becomes a link."""
    return {"type": "section", "text": _mrkdwn(mrkdwn)}


def fields(cells: Sequence[str]) -> Json:
    """Return a table of two columns, at most ten cells."""
    return {"type": "section", "fields": [_mrkdwn(cut(cell, FIELD)) for cell in cells[:FIELDS]]}


def context(mrkdwn: str) -> Json:
    """Return a small grey line."""
    return {"type": "context", "elements": [_mrkdwn(cut(mrkdwn, SECTION))]}


def quote(lines: Sequence[str]) -> Json:
    """Return a quotation. Its text is shown as it stands: Slack reads no markup in rich text."""
    elements = []
    for number, line in enumerate(lines):
        text = line if number == len(lines) - 1 else f"{line}\n"
        element: Json = {"type": "text", "text": text}
        if line.startswith("— "):
            element["style"] = {"italic": True}
        if text:
            elements.append(element)
    return _rich({"type": "rich_text_quote", "elements": elements})


def marked(parts: Sequence[tuple[str, bool]]) -> Json:
    """Return literal text with the marked parts of it in bold."""
    elements = [
        {"type": "text", "text": text, **({"style": {"bold": True}} if bold else {})}
        for text, bold in parts
        if text
    ]
    return _rich({"type": "rich_text_section", "elements": elements})


def button(action: str, label: str, value: Json, style: str = "") -> Json:
    """Return a button; what it carries is JSON."""
    told: Json = {
        "type": "button",
        "action_id": action,
        "text": plain(label, LABEL),
        "value": json.dumps(value, ensure_ascii=False, separators=(",", ":")),
    }
    return {**told, "style": style} if style else told


def rows(buttons: Sequence[Json]) -> list[Json]:
    """Return as many rows of buttons as are needed."""
    return [
        {"type": "actions", "elements": list(buttons[at : at + BUTTONS])}
        for at in range(0, len(buttons), BUTTONS)
    ]


def plain(text: str, limit: int) -> Json:
    """Return text that Slack does not read as mrkdwn, cut to a limit; no names of emoji either."""
    return {"type": "plain_text", "text": cut(text, limit), "emoji": False}


def cut(text: str, limit: int) -> str:
    """Cut a text to a limit, with dots to show it."""
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"


def split(text: str, limit: int = SECTION) -> Iterator[str]:
    """Split a text into parts within a limit: between paragraphs, lines or words if possible."""
    while len(text) > limit:
        at = next(
            (end for sign in ("\n\n", "\n", " ") if (end := text.rfind(sign, 1, limit)) > 0), limit
        )
        # An entity must not be torn: &amp; would come out as two pieces of nonsense.
        ampersand = text.rfind("&", max(at - 5, 0), at)
        if at == limit and ampersand > 0 and ";" not in text[ampersand:at]:
            at = ampersand
        yield text[:at].rstrip()
        text = text[at:].lstrip()
    if text:
        yield text


def piece_blocks(piece: Piece) -> list[Json]:
    """Return a piece of an answer as one or more blocks."""
    if isinstance(piece, Quote):
        told = "\n".join(piece.lines)
        return [quote(part.split("\n")) for part in split(told)]
    return [section(part) for part in split(piece.mrkdwn)]


def size(blocks: Sequence[Json]) -> int:
    """Count the characters that blocks show."""
    return sum(_texts(block) for block in blocks)


def _texts(node: object) -> int:
    if isinstance(node, dict):
        return sum(
            len(value) if key == "text" and isinstance(value, str) else _texts(value)
            for key, value in node.items()
        )
    return sum(map(_texts, node)) if isinstance(node, list) else 0


def _mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def _rich(element: Json) -> Json:
    return {"type": "rich_text", "elements": [element]}
