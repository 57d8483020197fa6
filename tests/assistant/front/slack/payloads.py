"""What Slack sends: payloads, signed as Slack signs them."""

from __future__ import annotations

import json
import time
from urllib.parse import urlencode

from slack_sdk.signature import Clock, SignatureVerifier

from tests.assistant.front.slack.mock_slack import BOT_USER, TEAM

SECRET = "0123456789abcdef0123456789abcdef"
PSU = "How many watts for four 250 W GPUs?"


def message(
    text: str = PSU,
    channel: str = "D1",
    ts: str = "1700000000.000100",
    user: str = "U1",
    event_id: str = "",
    **event: object,
) -> dict:
    """A message event; in a direct message unless the channel says otherwise."""
    told = {
        "type": "message",
        "text": text,
        "channel": channel,
        "user": user,
        "ts": ts,
        "event_ts": ts,
        "team": TEAM,
        "channel_type": "im" if channel.startswith("D") else "channel",
        **event,
    }
    return wrapped({k: v for k, v in told.items() if v is not None}, event_id or f"Ev{ts}")


def mention(text: str = f"<@{BOT_USER}> {PSU}", channel: str = "C1", **given: object) -> dict:
    """An app_mention event, which has no channel_type."""
    event_id = given.pop("event_id", "") or f"EvM{given.get('ts', '')}"
    return message(text, channel, type="app_mention", channel_type=None, event_id=event_id, **given)


def wrapped(event: dict, event_id: str) -> dict:
    return {
        "token": "verification",
        "team_id": TEAM,
        "api_app_id": "A1",
        "event": event,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": 1700000000,
        "authorizations": [
            {"enterprise_id": None, "team_id": TEAM, "user_id": BOT_USER, "is_bot": True}
        ],
        "is_ext_shared_channel": False,
    }


def command(text: str, response_url: str, **given: str) -> str:
    """The form of a slash command."""
    return urlencode(
        {
            "token": "verification",
            "team_id": TEAM,
            "channel_id": "C1",
            "user_id": "U1",
            "command": "/hardware",
            "text": text,
            "response_url": response_url,
            "trigger_id": "1.2.3",
            "api_app_id": "A1",
            **given,
        }
    )


def click(button: dict, response_url: str, **given: object) -> str:
    """The form of a click on a button of a message."""
    payload = {
        "type": "block_actions",
        "team": {"id": TEAM, "domain": "lab"},
        "user": {"id": "U1", "team_id": TEAM},
        "api_app_id": "A1",
        "container": {"type": "message", "message_ts": "1700000009.000100", "channel_id": "C1",
                      "thread_ts": "1700000000.000100", "is_ephemeral": False},
        "trigger_id": "7.8.9",
        "channel": {"id": "C1", "name": "general"},
        "response_url": response_url,
        "actions": [{"action_id": button["action_id"], "block_id": "b", "type": "button",
                     "text": button["text"], "value": button["value"], "action_ts": "1.1"}],
        **given,
    }  # fmt: skip
    return urlencode({"payload": json.dumps(payload)})


def submission(view: dict, reason: str) -> str:
    """The form of a modal that was sent."""
    block = view["blocks"][0]
    values = {block["block_id"]: {block["element"]["action_id"]: {"value": reason}}}
    payload = {
        "type": "view_submission",
        "team": {"id": TEAM},
        "user": {"id": "U1", "team_id": TEAM},
        "api_app_id": "A1",
        "trigger_id": "4.5.6",
        "view": {**view, "id": "V1", "state": {"values": values}},
    }
    return urlencode({"payload": json.dumps(payload)})


def signed(body: str | dict, seconds_ago: float = 0, secret: str = SECRET) -> dict:
    """Return the arguments of a POST with Slack's signature."""
    raw = json.dumps(body) if isinstance(body, dict) else body
    form = "application/x-www-form-urlencoded"
    stamp = str(int(time.time() - seconds_ago))
    signature = SignatureVerifier(secret, Clock()).generate_signature(timestamp=stamp, body=raw)
    return {
        "content": raw.encode(),
        "headers": {
            "content-type": "application/json" if isinstance(body, dict) else form,
            "x-slack-request-timestamp": stamp,
            "x-slack-signature": signature,
        },
    }


def buttons(message: dict, prefix: str) -> list[dict]:
    """Return the buttons of a message or view whose ids begin so."""
    return [
        element
        for block in message["blocks"]
        if block["type"] == "actions"
        for element in block["elements"]
        if element["action_id"].startswith(prefix)
    ]
