"""State, once on SQLite and once on PostgreSQL: every test that uses it runs on both."""

import pytest

from assistant.settings import Settings
from assistant.state.store import State
from tests.postgres import empty_postgres_url, postgres_cluster

__all__ = ["empty_postgres_url", "postgres_cluster"]


@pytest.fixture(params=["sqlite", "postgresql"])
def state_settings(request, tmp_path):
    """Settings that name a database in which nothing is yet."""
    if request.param == "sqlite":
        return Settings(data_dir=tmp_path / "data")
    url = request.getfixturevalue("empty_postgres_url")
    return Settings(data_dir=tmp_path / "data", database_url=url)


@pytest.fixture
def state(state_settings):
    opened = State.open(state_settings)
    yield opened
    opened.close()
