"""What a server does by itself: on both databases."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from assistant.state.tables import ConversationRow
from assistant.state.upkeep import keep_for
from assistant.types import Answer


def aged(state, days):
    """Return the id of a conversation last touched so many days ago."""
    started = state.conversations.start("page:anna", "page")
    state.conversations.add(started.id, "is x8 enough?", Answer("?", "quotes", "answered", "Yes."))
    then = datetime.now(UTC) - timedelta(days=days)
    with state.database.writing() as session:
        row = ConversationRow.id == started.id
        session.execute(update(ConversationRow).where(row).values(updated_at=then))
    return started.id


async def rounds(state, days):
    with_limit = asyncio.wait_for(keep_for(state, days, pause=0.01), 0.3)
    with pytest.raises(TimeoutError):
        await with_limit


def test_what_is_older_than_the_days_to_keep_is_forgotten(state):
    old, young = aged(state, 40), aged(state, 3)
    asyncio.run(rounds(state, 30))
    assert [title.id for title in state.conversations.listed("page:anna")] == [young]
    assert old != young


def test_everything_is_kept_where_no_days_are_set(state):
    aged(state, 4000)
    asyncio.run(keep_for(state, None))
    assert len(state.conversations.listed("page:anna")) == 1


def test_a_database_that_is_gone_does_not_end_the_upkeep(state, monkeypatch):
    from assistant.errors import StateFailure
    from assistant.state import upkeep

    calls = []

    def fails_once(state, days):
        calls.append(days)
        if len(calls) == 1:
            raise StateFailure("The database is gone.")
        return 0

    monkeypatch.setattr(upkeep, "forget", fails_once)
    asyncio.run(rounds(state, 30))
    assert len(calls) > 1
