import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from assistant.errors import StateFailure
from assistant.state.store import State
from assistant.state.tables import Table


def test_the_migrations_lead_to_the_tables(state):
    with state.database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Table.metadata) == []


def test_opening_again_changes_nothing(state, state_settings):
    id = state.conversations.start("page:a", "page").id
    again = State.open(state_settings)
    assert again.conversations.get(id) == state.conversations.get(id)
    again.close()


def test_a_database_of_a_newer_version_is_refused(state, state_settings):
    with state.database.writing() as session:
        session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StateFailure, match="newer Rigwise"):
        State.open(state_settings)


def test_a_failed_migration_leaves_nothing(state_settings, monkeypatch):
    from alembic import op

    def refuse(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(op, "create_index", refuse)
    with pytest.raises(StateFailure, match="no space left"):
        State.open(state_settings)
    monkeypatch.undo()
    State.open(state_settings).close()
