"""What people may ask about their data: to forget it in time, to hand it out, to delete it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, select

from assistant.errors import InvalidInput
from assistant.state.store import State
from assistant.state.tables import ConversationRow, EventRow, FeedbackRow
from assistant.state.types import Conversation
from assistant.types import Json


def forget(state: State, days: int) -> int:
    """Delete what nobody has touched for so many days; return how many conversations went.

    Feedback goes with its conversation. Events, needed to know a second delivery, go by when
    they came.

    :raises InvalidInput: days is below 1.
    """
    if days < 1:
        raise InvalidInput(f"Days must be 1 or more, not {days}.")
    before = datetime.now(UTC) - timedelta(days=days)
    old = delete(ConversationRow).where(ConversationRow.updated_at < before)
    with state.database.writing() as session:
        gone = session.scalars(old.returning(ConversationRow.id)).all()
        session.execute(delete(EventRow).where(EventRow.taken_at < before))
    state.database.scrub()
    return len(gone)


def export_owner(state: State, owner: str) -> Iterator[Json]:
    """Return all that is kept about an owner: conversations, then feedback, oldest first."""
    with state.database.reading() as session:
        ids = session.scalars(
            select(ConversationRow.id)
            .where(ConversationRow.owner == owner)
            .order_by(ConversationRow.started_at, ConversationRow.id)
        ).all()
        given = session.scalars(
            select(FeedbackRow).where(FeedbackRow.owner == owner).order_by(FeedbackRow.given_at)
        ).all()
    for id in ids:
        yield _conversation(state.conversations.get(id))
    for row in given:
        yield {
            "kind": "feedback",
            "exchange_id": row.exchange_id,
            "question": row.question,
            "history": row.history,
            "answer": row.answer,
            "verdict": row.verdict,
            "reason": row.reason,
            "given_at": row.given_at.isoformat(),
        }


def delete_owner(state: State, owner: str) -> int:
    """Delete all that is kept about an owner; return how many conversations and verdicts went."""
    with state.database.writing() as session:
        verdicts = delete(FeedbackRow).where(FeedbackRow.owner == owner)
        conversations = delete(ConversationRow).where(ConversationRow.owner == owner)
        gone = [
            *session.scalars(verdicts.returning(FeedbackRow.exchange_id)),
            *session.scalars(conversations.returning(ConversationRow.id)),
        ]
    state.database.scrub()
    return len(gone)


def _conversation(conversation: Conversation) -> Json:
    return {
        "kind": "conversation",
        "id": conversation.id,
        "channel": conversation.channel,
        "title": conversation.title,
        "started_at": conversation.started_at.isoformat(),
        "updated_at": conversation.updated_at.isoformat(),
        "exchanges": [
            {
                "id": exchange.id,
                "asked_at": exchange.asked_at.isoformat(),
                "question": exchange.question,
                "answer": exchange.answer.to_json(),
            }
            for exchange in conversation.exchanges
        ],
    }
