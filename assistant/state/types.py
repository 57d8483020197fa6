"""The nouns of what lasts: pure values. All times are UTC and know it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from assistant.types import Answer, Json, Turn

Channel = Literal["page", "slack", "http"]
FeedbackVerdict = Literal["up", "down"]
EventState = Literal["taken", "posting", "done"]


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and its answer."""

    id: str
    question: str
    answer: Answer
    asked_at: datetime

    def turns(self) -> tuple[Turn, Turn]:
        """Return the exchange as two messages."""
        return Turn("user", self.question), Turn("assistant", self.answer.text)


@dataclass(frozen=True, slots=True)
class ConversationTitle:
    """A line of a list of conversations."""

    id: str
    title: str
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation with its exchanges, oldest first."""

    id: str
    owner: str
    channel: Channel
    title: str
    started_at: datetime
    updated_at: datetime
    exchanges: tuple[Exchange, ...]

    def history(self) -> tuple[Turn, ...]:
        """Return all messages, oldest first: what Assistant.ask takes."""
        return tuple(turn for exchange in self.exchanges for turn in exchange.turns())


@dataclass(frozen=True, slots=True)
class Feedback:
    """What somebody thought of an answer."""

    exchange_id: str
    owner: str
    verdict: FeedbackVerdict
    reason: str
    given_at: datetime


@dataclass(frozen=True, slots=True)
class Event:
    """Something that asks for exactly one answer; attempts counts who began to work on it."""

    id: str
    payload: Json
    state: EventState
    attempts: int
