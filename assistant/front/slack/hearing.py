"""What is meant for us: pure functions of messages and of what people write."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.front.slack.mrkdwn import as_plain
from assistant.front.slack.payloads import Body, id_of, part_of
from assistant.front.slack.types import Asked, Identity
from assistant.understand.smalltalk import asks_something

BARE = 2  # words that make no question by themselves

# Messages that people write; edits, deletions, joins and bots have other subtypes.
_WRITTEN = (None, "", "thread_broadcast", "file_share")
_PERSON = re.compile(r"<@([A-Z0-9]+)(?:\|[^>]*)?>")
_QUESTION_MARK = re.compile(r"[?？][\s\"'”’)\]*_~`!.]*(?::[a-z0-9_+'-]+:\s*)*$")
_STARTS_QUESTION = re.compile(
    r"(?i)^\W*(?:(?:and|but|so|ok(?:ay)?|then|also|hm+|well|thanks|thank you)\b\W*)*"
    r"(?:what|which|how|why|when|where|who|is|are|was|does|do|did|can|could|should|would|will|"
    r"and (?:with|for|if|on|in|at)|(?:what|how) about|same (?:for|with)|tell me|show me|explain|"
    r"compare|calculate)\b"
)
# What people try on a command of any app. None of these alone says what a question is about.
_OPERATING = frozenset({
    "about", "account", "cancel", "commands", "config", "configure", "debug", "disable", "enable",
    "examples", "exit", "feedback", "hello", "help", "hi", "info", "install", "list", "login",
    "logout", "menu", "options", "ping", "preferences", "quit", "restart", "settings", "setup",
    "start", "status", "stop", "subscribe", "uninstall", "unsubscribe", "update", "usage",
    "version", "whoami",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Heard:
    """A message of a person; addressed if it mentions the bot or is a direct message to it."""

    asked: Asked
    addressed: bool


def hear(body: Body, identity: Identity) -> Heard | None:
    """Read a message or a mention; None for what nobody wrote to be answered.

    A mention in a channel arrives twice, as app_mention and as message: both give the same key.
    """
    event = part_of(body, "event")
    user, channel, ts = (id_of(event.get(name)) for name in ("user", "channel", "ts"))
    if not (user and channel and ts) or user in (identity.bot_user, "USLACKBOT"):
        return None
    if event.get("subtype") not in _WRITTEN or event.get("bot_id") or event.get("edited"):
        return None
    text = str(event.get("text") or "")
    addressed = (
        event.get("type") == "app_mention"
        or event.get("channel_type") == "im"
        or identity.bot_user in _PERSON.findall(text)
    )
    thread = id_of(event.get("thread_ts")) or ts
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


def operates_the_app(words: str) -> bool:
    """Tell whether a command's text is what people write to operate an app, and no question."""
    return words in _OPERATING


def is_bare(text: str) -> bool:
    """Tell whether a text is a word or two, as one writes to an app and not to ask something."""
    return len(text.split()) <= BARE and not _QUESTION_MARK.search(text)
