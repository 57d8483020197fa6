"""What reaches the app and what it listens to: pure functions of Slack's payloads."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from assistant.front.slack.mrkdwn import as_plain
from assistant.front.slack.types import Asked, Identity
from assistant.understand.question import asks_something

Body = dict[str, Any]

# Messages that people write; edits, deletions, joins and bots have other subtypes.
_WRITTEN = {None, "", "thread_broadcast", "file_share"}
_PERSON = re.compile(r"<@([A-Z0-9]+)(?:\|[^>]*)?>")
_QUESTION_MARK = re.compile(r"[?？][\s\"'”’)\]*_~`!.]*(?::[a-z0-9_+'-]+:\s*)*$")
_STARTS_QUESTION = re.compile(
    r"(?i)^\W*(?:(?:and|but|so|ok(?:ay)?|then|also|hm+|well|thanks|thank you)\b\W*)*"
    r"(?:what|which|how|why|when|where|who|is|are|was|does|do|did|can|could|should|would|will|"
    r"and (?:with|for|if|on|in|at)|(?:what|how) about|same (?:for|with)|tell me|show me|explain|"
    r"compare|calculate)\b"
)


@dataclass(frozen=True, slots=True)
class Heard:
    """A message of a person; addressed if it mentions the bot or is a direct message to it."""

    asked: Asked
    addressed: bool


@dataclass(frozen=True, slots=True)
class Guard:
    """Who may ask: the members of the token's workspace and of those allowed, where allowed."""

    identity: Identity
    teams: Collection[str] = ()
    channels: Collection[str] = ()

    def lets_in(self, body: Body) -> bool:
        """Tell whether a payload comes from a person who may ask, in a channel for it."""
        home = {self.identity.team, self.identity.enterprise, *self.teams} - {""}
        return (
            _installed_in(body) in {self.identity.team, self.identity.enterprise} - {""}
            and _author_team(body) in home
            and self._may_speak_in(_channel(body))
        )

    def _may_speak_in(self, channel: str) -> bool:
        return not self.channels or not channel or channel[0] == "D" or channel in self.channels


def _installed_in(body: Body) -> str | None:
    """Return the workspace (or organisation) whose installation a payload is for."""
    authorized = body.get("authorizations")
    if isinstance(authorized, list) and authorized:
        first = authorized[0]
        return _text(first.get("team_id") or first.get("enterprise_id"))
    team = body.get("team")
    if isinstance(team, dict):
        return _text(team.get("id"))
    return _text(body.get("team_id") or (body.get("enterprise") or {}).get("id"))


def _author_team(body: Body) -> str | None:
    """Return the workspace of who wrote or clicked; None where a shared channel hides it."""
    event = body.get("event")
    if isinstance(event, dict):
        named = event.get("user_team") or event.get("source_team") or event.get("team")
        return _text(named or ("" if body.get("is_ext_shared_channel") else body.get("team_id")))
    user = body.get("user")
    if isinstance(user, dict):
        return _text(user.get("team_id") or (body.get("team") or {}).get("id"))
    return _text(body.get("team_id"))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _channel(body: Body) -> str:
    event = body.get("event")
    if isinstance(event, dict):
        return str(event.get("channel") or "")
    channel = body.get("channel")
    if isinstance(channel, dict):
        return str(channel.get("id") or "")
    return str(body.get("channel_id") or "")


def hear(body: Body, identity: Identity) -> Heard | None:
    """Read a message or a mention; None for what nobody wrote to be answered.

    A mention in a channel arrives twice, as app_mention and as message: both give the same key.
    """
    event = body["event"]
    user, channel, ts = event.get("user"), event.get("channel"), event.get("ts")
    if not (user and channel and ts) or user in (identity.bot_user, "USLACKBOT"):
        return None
    if event.get("subtype") not in _WRITTEN or event.get("bot_id") or event.get("edited"):
        return None
    text = str(event.get("text") or "")
    addressed = (
        event["type"] == "app_mention"
        or event.get("channel_type") == "im"
        or identity.bot_user in _PERSON.findall(text)
    )
    thread = event.get("thread_ts") or ts
    if not addressed and thread == ts:
        return None
    where = f"slack-{identity.team}-{channel}"
    asked = Asked(
        key=f"{where}-{ts}",
        team=identity.team,
        channel=channel,
        user=user,
        text=as_plain(text, identity.bot_user),
        ts=ts,
        thread=thread,
        conversation=f"{where}-{thread}",
    )
    return Heard(asked, addressed)


def is_for_us(text: str, by_owner: bool) -> bool:
    """Tell whether a message in a thread of ours asks us, though it does not mention us.

    A message to somebody else never does. Anybody's does that ends in a question mark; whoever
    began the thread need not write one ("and with eight of them").
    """
    if _PERSON.search(text):
        return False
    plain = as_plain(text)
    if not asks_something(plain):
        return False
    return bool(
        _QUESTION_MARK.search(plain.strip()) or (by_owner and _STARTS_QUESTION.match(plain))
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
    action, container = body["actions"][0], body.get("container") or {}
    channel = _channel(body) or container.get("channel_id", "")
    ts = container.get("message_ts", "")
    thread = container.get("thread_ts") or ts
    where = f"slack-{identity.team}-{channel}"
    hidden = bool(container.get("is_ephemeral"))
    key = f"{where}-{ts}-{action['action_id']}"
    return Asked(
        key=key,
        team=identity.team,
        channel=channel,
        user=body["user"]["id"],
        text=question,
        ts=ts,
        thread="" if hidden else thread,
        conversation=key if hidden else f"{where}-{thread}",
        response_url=body.get("response_url", "") if hidden else "",
        echo=True,
    )
