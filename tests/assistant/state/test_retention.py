from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from assistant.errors import InvalidInput, NotFound
from assistant.settings import Settings
from assistant.state.retention import delete_owner, export_owner, forget
from assistant.state.store import State
from assistant.state.tables import ConversationRow, EventRow
from assistant.types import Answer


def told(state, owner, question):
    id = state.conversations.start(owner, "page").id
    answer = Answer(question, "quotes", "answered", "Yes.")
    return id, state.conversations.add(id, question, answer).id


def aged(state, days, id):
    """Make a conversation and the event of that name older."""
    then = datetime.now(UTC) - timedelta(days=days)
    with state.database.writing() as session:
        old = update(ConversationRow).where(ConversationRow.id == id)
        session.execute(old.values(updated_at=then))
        session.execute(update(EventRow).where(EventRow.id == id).values(taken_at=then))


def test_what_is_old_is_forgotten(state):
    old, exchange = told(state, "page:a", "old?")
    young, _ = told(state, "page:a", "young?")
    state.feedback.give(exchange, "page:b", "up")
    for id, days in ((old, 31), (young, 29)):
        state.events.take(id, {})
        aged(state, days, id)
    assert forget(state, 30) == 1
    with pytest.raises(NotFound):
        state.conversations.get(old)
    assert state.conversations.get(young).title == "young?"
    assert list(state.feedback.rows()) == []
    assert state.events.take(old, {})
    assert not state.events.take(young, {})


def test_days_must_be_days(state):
    with pytest.raises(InvalidInput, match="1 or more"):
        forget(state, 0)


def test_the_export_holds_all_of_an_owner_and_nothing_of_others(state):
    mine, _ = told(state, "page:a", "mine?")
    _, theirs = told(state, "page:b", "theirs?")
    state.feedback.give(theirs, "page:a", "down", "hm")
    conversation, feedback = export_owner(state, "page:a")
    assert (conversation["kind"], conversation["id"]) == ("conversation", mine)
    assert conversation["exchanges"][0]["answer"]["answer"] == "Yes."
    assert (feedback["kind"], feedback["verdict"], feedback["reason"]) == ("feedback", "down", "hm")
    assert list(export_owner(state, "page:c")) == []


def test_an_owner_is_deleted_and_others_stay(state):
    mine, exchange = told(state, "page:a", "mine?")
    theirs, other = told(state, "page:b", "theirs?")
    state.feedback.give(exchange, "page:b", "up")
    state.feedback.give(other, "page:a", "down")
    state.feedback.give(other, "page:b", "up")
    assert delete_owner(state, "page:a") == 2
    assert list(export_owner(state, "page:a")) == []
    assert [row["verdict"] for row in state.feedback.rows()] == ["up"]
    assert state.conversations.get(theirs).title == "theirs?"
    with pytest.raises(NotFound):
        state.conversations.get(mine)
    assert delete_owner(state, "page:a") == 0


def test_deleted_words_are_gone_from_the_files_of_sqlite(tmp_path):
    state = State.open(Settings(data_dir=tmp_path))
    told(state, "page:a", "xylophone-secret?")
    assert holding(tmp_path, b"xylophone-secret") == ["rigwise.db-wal"]
    delete_owner(state, "page:a")
    assert holding(tmp_path, b"xylophone-secret") == []
    state.close()


def holding(folder, words):
    return [file.name for file in folder.iterdir() if words in file.read_bytes()]
