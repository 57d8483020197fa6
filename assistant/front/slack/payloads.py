"""Slack's payloads: pure functions that read them, whatever their fields hold."""

from __future__ import annotations

import json
import re
from typing import Any

from assistant.front.slack.types import Asked, Identity

Body = dict[str, Any]

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,127}")


def id_of(value: object) -> str:
    """Return an id or time of Slack's; empty for anything else."""
    return value if isinstance(value, str) and _ID.fullmatch(value) else ""


def part_of(body: Body, name: str) -> dict[str, Any]:
    """Return a part of a payload that is an object; an empty one where it is none."""
    part = body.get(name)
    return part if isinstance(part, dict) else {}


def first_of(body: Body, name: str) -> dict[str, Any]:
    """Return the first object of a list in a payload; an empty one where there is none."""
    items = body.get(name)
    first = items[0] if isinstance(items, list) and items else None
    return first if isinstance(first, dict) else {}


def is_sound(body: Body) -> bool:
    """Tell whether a payload has the parts by which Bolt looks for who handles it."""
    if "event" in body and not isinstance(part_of(body, "event").get("type"), str):
        return False
    clicked = first_of(body, "actions")
    return "actions" not in body or all(
        isinstance(clicked.get(name), str) for name in ("action_id", "block_id", "type")
    )


def read_command(body: Body, identity: Identity, visible: bool, question: str) -> Asked:
    """Return the question of a slash command; each is a conversation of its own."""
    where = f"slack-{identity.team}-{body['channel_id']}"
    key = f"{where}-command-{body['trigger_id']}"
    return Asked(
        key=key,
        team=identity.team,
        channel=body["channel_id"],
        user=body["user_id"],
        text=question,
        ts="",
        thread="",
        conversation=key,
        response_url=body["response_url"],
        visible=visible,
        echo=True,
    )


def read_suggestion(body: Body, identity: Identity, question: str) -> Asked:
    """Return the question on a button. Who clicks again, or second, gets no second answer."""
    container = part_of(body, "container")
    channel = channel_of(body) or id_of(container.get("channel_id"))
    ts = id_of(container.get("message_ts"))
    thread = id_of(container.get("thread_ts")) or ts
    where = f"slack-{identity.team}-{channel}"
    hidden = bool(container.get("is_ephemeral"))
    key = f"{where}-{ts}-{id_of(first_of(body, 'actions').get('action_id'))}"
    return Asked(
        key=key,
        team=identity.team,
        channel=channel,
        user=id_of(part_of(body, "user").get("id")),
        text=question,
        ts=ts,
        thread="" if hidden else thread,
        conversation=key if hidden else f"{where}-{thread}",
        response_url=str(body.get("response_url") or "") if hidden else "",
        echo=True,
    )


def channel_of(body: Body) -> str:
    """Return the channel that a payload tells of; empty for a click in a modal."""
    if "event" in body:
        return id_of(part_of(body, "event").get("channel"))
    return id_of(part_of(body, "channel").get("id") or body.get("channel_id"))


def carried_by(body: Body) -> dict[str, Any]:
    """Return what the clicked button carries; nothing, if it is none of ours."""
    try:
        carried = json.loads(first_of(body, "actions").get("value") or "{}")
    except (ValueError, TypeError, RecursionError):
        return {}
    return carried if isinstance(carried, dict) else {}
