"""A conversation to take away: as Markdown to read, as JSON to compute with."""

from __future__ import annotations

import json
import re

from assistant.errors import InvalidInput
from assistant.front.page.exchange import answer_as_text
from assistant.state.types import Conversation
from assistant.types import Json
from corpus.reader import SOURCE


def export(conversation: Conversation, form: str) -> Json:
    """Return a file's name, type and text; form is markdown or json.

    :raises InvalidInput: there is no such form.
    """
    name = re.sub(r"[^a-z0-9]+", "-", conversation.title.lower()).strip("-")[:50] or "conversation"
    if form == "markdown":
        return {"name": f"{name}.md", "type": "text/markdown", "text": as_markdown(conversation)}
    if form == "json":
        return {"name": f"{name}.json", "type": "application/json", "text": as_json(conversation)}
    raise InvalidInput("A conversation can be exported as Markdown or as JSON.")


def as_markdown(conversation: Conversation) -> str:
    """Return the conversation as a document with its sources."""
    parts = [
        f"# {conversation.title}",
        f"Asked of Rigwise, which answers from “{SOURCE.title}” by {SOURCE.author} "
        f"({SOURCE.date}) and its comments: {SOURCE.address}",
    ]
    for exchange in conversation.exchanges:
        parts += [f"## {' '.join(exchange.question.split())}", answer_as_text(exchange.answer)]
    return "\n\n".join(parts) + "\n"


def as_json(conversation: Conversation) -> str:
    """Return the conversation with every answer in full."""
    exchanges = [
        {"id": exchange.id, "asked_at": exchange.asked_at.isoformat(), **exchange.answer.to_json()}
        | {"id": exchange.id, "question": exchange.question}
        for exchange in conversation.exchanges
    ]
    whole = {
        "id": conversation.id,
        "title": conversation.title,
        "started_at": conversation.started_at.isoformat(),
        "updated_at": conversation.updated_at.isoformat(),
        "exchanges": exchanges,
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
