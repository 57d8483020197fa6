"""The tables; migrations/ brings a database to them, and a test holds the two together."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    DateTime,
    Dialect,
    Double,
    ForeignKey,
    Index,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from assistant.types import Json


def storable(text: str) -> str:
    """Return the text with what no database keeps (NUL, lone surrogates) as U+FFFD."""
    kept = text.replace("\x00", "\ufffd")
    return kept.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


class Words(TypeDecorator[str]):
    """Text from outside, made storable on its way in."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Make the text storable."""
        return None if value is None else storable(value)


class Moment(TypeDecorator[datetime]):
    """A point in time, UTC on both sides; SQLite alone would forget the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn the moment to UTC."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the moment its zone."""
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


class Table(DeclarativeBase):
    """Base of the tables."""

    type_annotation_map = {str: Words, datetime: Moment, Json: JSON, float: Double}  # noqa: RUF012 - SQLAlchemy's own attribute


class ConversationRow(Table):
    """A conversation; named tells that its title was given by a person."""

    __tablename__ = "conversations"
    __table_args__ = (
        Index("ix_conversations_owner_updated_at", "owner", "updated_at"),
        Index("ix_conversations_updated_at", "updated_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    owner: Mapped[str]
    channel: Mapped[str]
    title: Mapped[str] = mapped_column(default="")
    named: Mapped[bool] = mapped_column(default=False)
    started_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class ExchangeRow(Table):
    """An exchange; position orders the exchanges of a conversation."""

    __tablename__ = "exchanges"
    __table_args__ = (
        UniqueConstraint(
            "conversation_id", "position", name="uq_exchanges_conversation_id_position"
        ),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE", name="fk_exchanges_conversation_id")
    )
    position: Mapped[int]
    question: Mapped[str]
    answer: Mapped[Json]
    asked_at: Mapped[datetime]


class FeedbackRow(Table):
    """A verdict with a copy of what it is about.

    The copy outlives the exchange: who dislikes an answer asks again, which cuts it, and the
    disliked answers are those that the evaluation needs. It goes with the conversation.
    """

    __tablename__ = "feedback"
    __table_args__ = (
        Index("ix_feedback_conversation_id", "conversation_id"),
        Index("ix_feedback_owner", "owner"),
    )

    exchange_id: Mapped[str] = mapped_column(primary_key=True)
    owner: Mapped[str] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE", name="fk_feedback_conversation_id")
    )
    verdict: Mapped[str]
    reason: Mapped[str]
    question: Mapped[str]
    history: Mapped[list[Json]] = mapped_column(JSON)
    answer: Mapped[Json]
    given_at: Mapped[datetime]


class EventRow(Table):
    """An event; leased_until is in seconds of the database's clock, holder who works on it."""

    __tablename__ = "events"
    __table_args__ = (Index("ix_events_state_leased_until", "state", "leased_until"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    payload: Mapped[Json]
    state: Mapped[str]
    holder: Mapped[str]
    attempts: Mapped[int]
    leased_until: Mapped[float]
    taken_at: Mapped[datetime]
