"""Conversations: start, continue, list, cut, rename, delete."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.orm import Session

from assistant.errors import InvalidInput, NotFound
from assistant.records import answer_from_json
from assistant.state.database import Database, insert_into
from assistant.state.tables import ConversationRow, ExchangeRow, storable
from assistant.state.types import Channel, Conversation, ConversationTitle, Exchange
from assistant.types import Answer

TITLE_LENGTH = 60


class ConversationStore:
    """Keeps conversations. Every method is one transaction and may raise StateFailure."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def start(self, owner: str, channel: Channel, id: str | None = None) -> Conversation:
        """Begin a conversation; with an id that exists already, return that one.

        The id is for names that only we give, such as a Slack thread's: whoever owns the
        conversation, it is returned.
        """
        now = datetime.now(UTC)
        id = id or uuid4().hex
        row = {"id": id, "owner": owner, "channel": channel, "title": "", "named": False}
        with self._database.writing() as session:
            session.execute(
                insert_into(session, ConversationRow)
                .values(**row, started_at=now, updated_at=now)
                .on_conflict_do_nothing()
            )
            return _read(session, id)

    def get(self, id: str, owner: str | None = None) -> Conversation:
        """Return a conversation, if the owner is its owner or not given.

        :raises NotFound: there is none.
        """
        with self._database.reading() as session:
            conversation = _read(session, id)
        if owner is not None and conversation.owner != storable(owner):
            raise _no_conversation(id)
        return conversation

    def listed(self, owner: str, limit: int = 50) -> tuple[ConversationTitle, ...]:
        """Return the owner's conversations that hold something, newest first."""
        query = (
            select(ConversationRow.id, ConversationRow.title, ConversationRow.updated_at)
            .where(ConversationRow.owner == owner)
            .where(exists().where(ExchangeRow.conversation_id == ConversationRow.id))
            .order_by(ConversationRow.updated_at.desc(), ConversationRow.id)
            .limit(limit)
        )
        with self._database.reading() as session:
            return tuple(ConversationTitle(*row) for row in session.execute(query))

    def add(
        self, id: str, question: str, answer: Answer, exchange_id: str | None = None
    ) -> Exchange:
        """Add an exchange at the end; one whose exchange_id is there already is returned.

        :raises NotFound: there is no such conversation.
        :raises InvalidInput: the exchange_id belongs to another conversation.
        """
        with self._database.writing() as session:
            conversation = session.get(ConversationRow, id, with_for_update=True)
            if conversation is None:
                raise _no_conversation(id)
            there = session.get(ExchangeRow, exchange_id) if exchange_id else None
            if there is not None:
                if there.conversation_id != conversation.id:
                    raise InvalidInput(f"The exchange {exchange_id!r} is in another conversation.")
                return _exchange(there)
            row = ExchangeRow(
                id=storable(exchange_id) if exchange_id else uuid4().hex,
                conversation_id=conversation.id,
                position=_next_position(session, conversation.id),
                question=storable(question),
                answer=answer.to_json(),
                asked_at=datetime.now(UTC),
            )
            session.add(row)
            conversation.updated_at = row.asked_at
            if row.position == 0 and not conversation.named:
                conversation.title = title_of(question)
            return _exchange(row)

    def cut(self, id: str, exchange_id: str) -> None:
        """Remove an exchange and all after it.

        :raises NotFound: the conversation has no such exchange.
        """
        with self._database.writing() as session:
            session.get(ConversationRow, id, with_for_update=True)
            row = session.get(ExchangeRow, exchange_id)
            if row is None or row.conversation_id != storable(id):
                raise NotFound(f"The conversation has no exchange {exchange_id!r}.")
            session.execute(
                delete(ExchangeRow)
                .where(ExchangeRow.conversation_id == id)
                .where(ExchangeRow.position >= row.position)
            )

    def rename(self, id: str, owner: str, title: str) -> None:
        """Give a conversation a title of the owner's own.

        :raises NotFound: the owner has no such conversation.
        :raises InvalidInput: the title is empty or longer than 200 characters.
        """
        title = " ".join(title.split())
        if not 1 <= len(title) <= 200:
            raise InvalidInput("A title has 1 to 200 characters.")
        renamed = update(ConversationRow).values(title=title, named=True)
        with self._database.writing() as session:
            mine = (ConversationRow.id == id, ConversationRow.owner == owner)
            if session.scalar(renamed.where(*mine).returning(ConversationRow.id)) is None:
                raise _no_conversation(id)

    def delete(self, id: str, owner: str) -> None:
        """Delete a conversation with its exchanges and the feedback on them.

        :raises NotFound: the owner has no such conversation.
        """
        with self._database.writing() as session:
            mine = (ConversationRow.id == id, ConversationRow.owner == owner)
            deleted = delete(ConversationRow).where(*mine).returning(ConversationRow.id)
            if session.scalar(deleted) is None:
                raise _no_conversation(id)
        self._database.scrub()


def title_of(question: str) -> str:
    """Return the question as a title: one line of at most 60 characters, cut at a word."""
    words = " ".join(question.split())
    if len(words) <= TITLE_LENGTH:
        return words
    head = words[:TITLE_LENGTH]  # the last of its characters gives way to the ellipsis
    whole, space, _ = head.rpartition(" ")
    return (whole.rstrip(",;:–-") if space else head[:-1]) + "…"


def _read(session: Session, id: str) -> Conversation:
    row = session.get(ConversationRow, id)
    if row is None:
        raise _no_conversation(id)
    exchanges = session.scalars(
        select(ExchangeRow).where(ExchangeRow.conversation_id == id).order_by(ExchangeRow.position)
    )
    return Conversation(
        id=row.id,
        owner=row.owner,
        channel=row.channel,  # type: ignore[arg-type] # only start() writes it
        title=row.title,
        started_at=row.started_at,
        updated_at=row.updated_at,
        exchanges=tuple(map(_exchange, exchanges)),
    )


def _exchange(row: ExchangeRow) -> Exchange:
    return Exchange(row.id, row.question, answer_from_json(row.answer), row.asked_at)


def _next_position(session: Session, id: str) -> int:
    last = session.scalar(
        select(func.max(ExchangeRow.position)).where(ExchangeRow.conversation_id == id)
    )
    return 0 if last is None else last + 1


def _no_conversation(id: str) -> NotFound:
    return NotFound(f"There is no conversation {storable(id)[:80]!r}.")
