"""Slack's limits of messages and modals, as docs.slack.dev/reference/block-kit states them.

slack_sdk checks some of them, and none within what it was given as JSON.
"""

from __future__ import annotations

from collections.abc import Iterator

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

BLOCK_TYPES = {"section", "context", "actions", "divider", "rich_text", "input", "header"}
TEXT = {"section": 3000, "button": 75, "header": 150}  # characters of a text, by what holds it
ELEMENTS = {"actions": 25, "context": 10}  # elements of a block
ID = 255  # characters of action_id and block_id
VALUE = 2000  # characters that a button carries
FIELDS, FIELD = 10, 2000
METADATA = 3000  # characters of private_metadata
TITLE = 24  # characters of a modal's title and its buttons
MESSAGE_BLOCKS, VIEW_BLOCKS = 50, 100
ALL_TEXTS = 13_000  # characters of all texts of a message


def refused(blocks: list[dict]) -> str:
    """Return Slack's error for the blocks of a message; empty if it takes them."""
    if len(blocks) > MESSAGE_BLOCKS or sum(map(len, texts_in(blocks))) > ALL_TEXTS:
        return "msg_blocks_too_long"
    return "invalid_blocks" if any(True for _ in faults_in(blocks)) else ""


def refused_view(view: dict) -> str:
    """Return Slack's error for a modal; empty if it takes it."""
    labels = [view.get(name, {"text": "?"})["text"] for name in ("title", "close", "submit")]
    try:
        View(**view).validate_json()
    except Exception:
        return "invalid_arguments"
    wrong = (
        len(view["blocks"]) > VIEW_BLOCKS
        or any(not 0 < len(label) <= TITLE for label in labels)
        or len(view.get("private_metadata", "")) > METADATA
        or any(True for _ in faults_in(view["blocks"]))
    )
    return "invalid_arguments" if wrong else ""


def faults_in(blocks: list[dict]) -> Iterator[str]:
    """Yield what Slack would not take in blocks."""
    try:
        for block in Block.parse_all(blocks):
            block.validate_json()
    except Exception as error:
        yield str(error)
    ids = [element["action_id"] for block in blocks for element in elements_of(block)
           if "action_id" in element]  # fmt: skip
    if len(ids) != len(set(ids)):
        yield "two elements have one action_id"
    for block in blocks:
        yield from faults_of(block)
        for element in elements_of(block):
            yield from faults_of(element)


def faults_of(part: dict) -> Iterator[str]:
    """Yield what Slack would not take in a block or an element."""
    kind = part["type"]
    if len(part.get("elements", ())) > ELEMENTS.get(kind, 1000):
        yield f"{kind} has too many elements"
    if kind in ELEMENTS and not part["elements"]:
        yield f"{kind} is empty"
    text = part.get("text")
    if isinstance(text, dict) and not 0 < len(text["text"]) <= TEXT.get(kind, 3000):
        yield f"the text of {kind} is empty or too long"
    if kind == "mrkdwn" and not 0 < len(part["text"]) <= 3000:
        yield "a text is empty or too long"
    fields = part.get("fields", ())
    if len(fields) > FIELDS or any(not 0 < len(field["text"]) <= FIELD for field in fields):
        yield "fields are empty or too long"
    if len(part.get("action_id", "")) > ID or len(part.get("block_id", "")) > ID:
        yield "an id is too long"
    if len(part.get("value", "")) > VALUE:
        yield "a button carries too much"


def elements_of(block: dict) -> list[dict]:
    return [part for part in block.get("elements", ()) if "elements" not in part]


def texts_in(node: object) -> list[str]:
    if isinstance(node, dict):
        own = [value for key, value in node.items() if key == "text" and isinstance(value, str)]
        return own + [text for value in node.values() for text in texts_in(value)]
    return [text for item in node for text in texts_in(item)] if isinstance(node, list) else []
