"""Conversations of the page: in the database, and in memory while the database is gone."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import uuid4

from assistant.errors import NotFound, StateFailure
from assistant.state.conversations import title_of
from assistant.state.store import State
from assistant.state.types import Conversation, ConversationTitle, Exchange
from assistant.types import Answer

REMEMBERED = 500  # conversations in memory; the ones used longest ago go first
NOT_HERE = (
    "There is no such conversation here: it was deleted, or it belongs to somebody else. "
    "Links to conversations open only for their owner."
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A conversation, and why it cannot be saved (empty where it is)."""

    conversation: Conversation
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class _Change:
    """What the database has yet to be told: an exchange, and the one that it takes the place of."""

    exchange: Exchange
    replaces: str | None


class Keeper:
    """Keeps conversations and goes on without the database where that fails.

    What could not be saved is saved with the next exchange of the same conversation.
    """

    def __init__(self, state: State | None) -> None:
        self._state = state
        self._lock = threading.Lock()
        self._known: OrderedDict[str, Conversation] = OrderedDict()
        self._waiting: dict[str, list[_Change]] = {}

    def begin(self, owner: str) -> Conversation:
        """Return a new conversation; the database learns of it with its first exchange."""
        now = datetime.now(UTC)
        conversation = Conversation(uuid4().hex, owner, "page", "", now, now, ())
        self._remember(conversation)
        return conversation

    def get(self, id: str, owner: str) -> Kept:
        """Return a conversation of the owner's.

        :raises NotFound: there is none.
        :raises StateFailure: the database is gone and the conversation is not in memory.
        """
        known = self._recall(id, owner)
        if known is not None and (id in self._waiting or not known.exchanges):
            return Kept(known, self._save(known))
        try:
            if self._state is None:
                raise NotFound(NOT_HERE)
            found = self._state.conversations.get(id, owner)
        except NotFound as error:
            raise NotFound(NOT_HERE) from error
        except StateFailure as error:
            if known is None:
                raise
            return Kept(known, str(error))
        self._remember(found)
        return Kept(found)

    def add(
        self, id: str, owner: str, exchange_id: str, question: str, answer: Answer,
        replaces: str | None = None,
    ) -> Kept:  # fmt: skip
        """Add an exchange; replaces names the one that goes, with all after it.

        :raises NotFound: the owner has no such conversation.
        """
        conversation = self.get(id, owner).conversation
        now = datetime.now(UTC)
        exchange = Exchange(exchange_id, question, answer, now)
        changed = replace(
            conversation,
            title=conversation.title or title_of(question),
            updated_at=now,
            exchanges=(*before(conversation, replaces), exchange),
        )
        with self._lock:
            self._waiting.setdefault(id, []).append(_Change(exchange, replaces))
        self._remember(changed)
        return Kept(changed, self._save(changed))

    def listed(self, owner: str) -> tuple[ConversationTitle, ...]:
        """Return the owner's conversations, newest first.

        :raises StateFailure: the database is gone.
        """
        return self._state.conversations.listed(owner) if self._state else ()

    def rename(self, id: str, owner: str, title: str) -> None:
        """Give a conversation a title.

        :raises NotFound: the owner has no such conversation.
        :raises StateFailure: the database is gone.
        """
        if self._state:
            self._state.conversations.rename(id, owner, title)

    def delete(self, id: str, owner: str) -> None:
        """Delete a conversation.

        :raises NotFound: the owner has no such conversation.
        :raises StateFailure: the database is gone.
        """
        if self._state:
            self._state.conversations.delete(id, owner)
        with self._lock:
            self._known.pop(id, None)
            self._waiting.pop(id, None)

    def _save(self, conversation: Conversation) -> str:
        """Tell the database what it does not know yet; return what is wrong with it."""
        if self._state is None:
            return "There is no database."
        store = self._state.conversations
        with self._lock:
            waiting = list(self._waiting.get(conversation.id, ()))
        try:
            if waiting:
                store.start(conversation.owner, "page", conversation.id)
            for change in waiting:
                if change.replaces:
                    self._cut(conversation.id, change.replaces)
                store.add(
                    conversation.id, change.exchange.question, change.exchange.answer,
                    change.exchange.id,
                )  # fmt: skip
                with self._lock:
                    self._waiting[conversation.id].remove(change)
        except StateFailure as error:
            return str(error)
        with self._lock:
            if not self._waiting.get(conversation.id):
                self._waiting.pop(conversation.id, None)
        return ""

    def _cut(self, id: str, exchange_id: str) -> None:
        try:
            if self._state:
                self._state.conversations.cut(id, exchange_id)
        except NotFound:
            return  # gone already: another tab was faster

    def _recall(self, id: str, owner: str) -> Conversation | None:
        with self._lock:
            found = self._known.get(id)
        return found if found and found.owner == owner else None

    def _remember(self, conversation: Conversation) -> None:
        with self._lock:
            self._known[conversation.id] = conversation
            self._known.move_to_end(conversation.id)
            for id in list(self._known)[: max(0, len(self._known) - REMEMBERED)]:
                del self._known[id]
                self._waiting.pop(id, None)


def before(conversation: Conversation, exchange_id: str | None) -> tuple[Exchange, ...]:
    """Return the exchanges before the named one; all where it is not there."""
    ids = [exchange.id for exchange in conversation.exchanges]
    end = ids.index(exchange_id) if exchange_id in ids else len(ids)
    return conversation.exchanges[:end]
