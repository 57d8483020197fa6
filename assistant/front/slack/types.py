"""The nouns of the Slack front end: pure values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from assistant.types import Json

# Is told what became of an event, in one of a few fixed words.
Count = Callable[[str], None]


def uncounted(outcome: str) -> None:
    """Count nothing."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the bot token belongs to: its workspace, organisation and bot user."""

    team: str
    enterprise: str
    bot_user: str
    bot: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in Slack, with all that is needed to answer it in another process, too.

    key names the message, whichever event told of it. A question with a response_url is answered
    through it, any other in the thread. echo repeats the question above the answer.
    """

    key: str
    team: str
    channel: str
    user: str
    text: str
    ts: str
    thread: str
    conversation: str
    response_url: str = ""
    visible: bool = False
    echo: bool = False

    @property
    def owner(self) -> str:
        """Who asked, as conversations and feedback name people."""
        return owner_of(self.team, self.user)

    @property
    def is_command(self) -> bool:
        """Whether it was asked by the slash command, which leaves no message behind."""
        return not self.ts

    def to_json(self) -> Json:
        """Return what the event store keeps."""
        return asdict(self)

    @classmethod
    def from_json(cls, payload: Json) -> Asked:
        """Read what the event store kept."""
        return cls(**payload)


@dataclass(frozen=True, slots=True)
class Message:
    """What is posted: blocks, and the text of the notification."""

    blocks: tuple[Json, ...]
    text: str

    def to_json(self) -> dict[str, Any]:
        """Return the arguments of chat.postMessage."""
        return {"blocks": list(self.blocks), "text": self.text}


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer is kept: its conversation and its exchange in it."""

    conversation: str
    exchange: str


def owner_of(team: str, user: str) -> str:
    """Name a person of a workspace."""
    return f"slack:{team}:{user}"


def channel_in(conversation: str) -> str:
    """Return the channel of a conversation's id (slack-TEAM-CHANNEL-…); empty if it has none."""
    parts = conversation.split("-")
    return parts[2] if len(parts) > 3 and parts[0] == "slack" else ""
