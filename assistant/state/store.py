"""State: what lasts beyond a process, behind one small door."""

from __future__ import annotations

from typing import Self
from uuid import uuid4

from assistant.settings import Settings
from assistant.state.conversations import ConversationStore
from assistant.state.database import Database
from assistant.state.events import EventStore
from assistant.state.feedback import FeedbackStore

__all__ = ["ConversationStore", "EventStore", "FeedbackStore", "State"]


class State:
    """Conversations, feedback and events in one database. Safe to share between threads."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.conversations = ConversationStore(database)
        self.feedback = FeedbackStore(database)
        self.events = EventStore(database, holder=uuid4().hex)

    @classmethod
    def open(cls, settings: Settings) -> Self:
        """Open the database that the settings name, making and migrating it as needed.

        :raises StateFailure: it cannot be used; the message says why and what to do.
        :raises SettingsError: RIGWISE_DATABASE_URL cannot be read.
        """
        return cls(Database.open(settings))

    def ping(self) -> None:
        """Tell that the database answers.

        :raises StateFailure: it does not.
        """
        self.database.ping()

    def close(self) -> None:
        """Close all connections; safe to call twice."""
        self.database.close()
