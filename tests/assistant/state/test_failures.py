"""Databases that are missing, damaged, full, locked or gone: one line, and no password."""

import logging
import os
import sqlite3
import stat
import tempfile
import traceback
from contextlib import contextmanager
from pathlib import Path

import psycopg.errors
import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from assistant.errors import SettingsError, StateFailure
from assistant.settings import Settings, load_settings
from assistant.state import database as database_module
from assistant.state.failures import failures_explained
from assistant.state.store import State
from assistant.types import Answer
from tests.postgres import running_cluster

ANSWER = Answer("q", "quotes", "answered", "Yes. " * 2000)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "data"


@pytest.fixture
def file(folder):
    """The file of a database that holds something; closed."""
    state = State.open(Settings(data_dir=folder))
    id = state.conversations.start("page:a", "page").id
    for _ in range(20):
        state.conversations.add(id, "q", ANSWER)
    state.close()
    return folder / "rigwise.db"


def refusal(settings):
    with pytest.raises(StateFailure) as failure:
        State.open(settings)
    line = str(failure.value)
    assert "\n" not in line
    return line


def test_the_file_is_for_its_owner_alone(file):
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"This is a letter, and no database at all. " * 100,
        lambda content: content[: len(content) // 2],
        lambda content: content[:5000] + b"\xff" * 20_000 + content[25_000:],
        lambda content: b"\x00" * 100 + content[100:],
    ],
    ids=["another file", "cut", "overwritten", "no header"],
)
def test_a_damaged_file_is_refused_and_left_alone(file, damage):
    damaged = damage(file.read_bytes())
    file.write_bytes(damaged)
    line = refusal(Settings(data_dir=file.parent))
    assert str(file) in line and "damaged" in line and "restore a copy" in line
    assert file.read_bytes() == damaged


def test_damage_that_happens_later_is_one_line(file):
    state = State.open(Settings(data_dir=file.parent))
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE exchanges SET answer = '{half'")
    connection.close()
    (title,) = state.conversations.listed("page:a")
    with pytest.raises(StateFailure, match="cannot be read; restore"):
        state.conversations.get(title.id)
    state.close()


def test_a_folder_that_is_a_file_is_refused(folder):
    folder.write_text("")
    assert "RIGWISE_DATA_DIR" in refusal(Settings(data_dir=folder / "below"))
    assert "RIGWISE_DATA_DIR" in refusal(Settings(data_dir=folder))


def test_a_read_only_folder_is_refused():
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o555)
        with as_nobody():
            line = refusal(Settings(data_dir=Path(name)))
        Path(name).chmod(0o755)
    assert "permission denied" in line and "RIGWISE_DATA_DIR" in line


@contextmanager
def as_nobody():
    """Lay root's powers down, to whom no folder is read-only."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_file_deleted_under_us_is_noticed_and_not_begun_again(file):
    state = State.open(Settings(data_dir=file.parent))
    state.ping()
    for left in file.parent.glob("rigwise.db*"):
        left.unlink()
    with pytest.raises(StateFailure, match="no such file"):
        state.ping()
    state.close()
    with pytest.raises(StateFailure, match="cannot be opened"):
        state.conversations.listed("page:a")
    assert not file.exists()
    state.close()


def test_a_full_disk_is_one_line_and_keeps_what_is_there(file):
    state = State.open(Settings(data_dir=file.parent))
    state.close()
    event.listen(state.database.engine, "connect", lambda connection, _: limit(connection))
    (title,) = state.conversations.listed("page:a")
    with pytest.raises(StateFailure, match="disk is full"):
        for _ in range(100):
            state.conversations.add(title.id, "q", ANSWER)
    assert len(state.conversations.get(title.id).exchanges) >= 20
    state.close()


def limit(connection):
    connection.execute("PRAGMA max_page_count = 1")  # SQLite takes what it has now


def test_a_locked_file_is_one_line_and_works_when_it_is_free(file, monkeypatch):
    monkeypatch.setattr(database_module, "WAIT_SECONDS", 0.1)
    state = State.open(Settings(data_dir=file.parent))
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StateFailure, match="locked by another program"):
        state.conversations.start("page:a", "page")
    assert state.conversations.listed("page:a")  # reading goes on
    other.execute("ROLLBACK")
    other.close()
    state.conversations.start("page:a", "page")
    state.close()


def test_lost_tables_are_one_line(state):
    with state.database.writing() as session:
        session.connection().exec_driver_sql("DROP TABLE events")
    with pytest.raises(StateFailure, match="has lost its tables"):
        state.events.take("E1", {})


@pytest.mark.parametrize(
    ("sqlstate", "words"),
    [
        ("53100", "disk is full"),
        ("53300", "no connection left"),
        ("57P01", "cannot be reached"),
        ("25006", "read-only"),
        ("40P01", "too busy"),
        ("XX001", "damaged"),
        ("22P02", "22P02"),
    ],
)
def test_each_failure_of_postgresql_has_its_line(sqlstate, words):
    error = OperationalError("SELECT", {}, psycopg.errors.lookup(sqlstate)("boom"))
    with pytest.raises(StateFailure, match=words), failures_explained("The database"):
        raise error


def test_other_errors_stay_what_they_are():
    with pytest.raises(ValueError, match="ours"), failures_explained("The database"):
        raise ValueError("ours")


def test_postgresql_gone_in_the_middle_is_one_line_and_works_again_after_a_restart(caplog):
    with running_cluster() as cluster, cluster.database() as url:
        state = State.open(Settings(database_url=url))
        id = state.conversations.start("page:a", "page").id
        state.conversations.add(id, "q", ANSWER, "e1")
        cluster.stop()
        caplog.set_level(logging.DEBUG)
        for attempt in (
            state.ping,
            lambda: state.conversations.add(id, "q", ANSWER, "e2"),
            lambda: state.events.take("E1", {}),
            lambda: State.open(Settings(database_url=url)),
        ):
            with pytest.raises(StateFailure, match="cannot be reached") as failure:
                attempt()
            assert cluster.password not in "".join(traceback.format_exception(failure.value))
        assert cluster.password not in caplog.text
        cluster.start()
        state.ping()
        assert state.conversations.add(id, "q", ANSWER, "e2").id == "e2"
        assert [exchange.id for exchange in state.conversations.get(id).exchanges] == ["e1", "e2"]
        state.close()


def test_a_connection_cut_within_a_transaction_leaves_no_half(empty_postgres_url):
    state = State.open(Settings(database_url=empty_postgres_url))
    id = state.conversations.start("page:a", "page").id
    with (
        pytest.raises(StateFailure, match="cannot be reached"),
        state.database.writing() as session,
    ):
        connection = session.connection()
        connection.exec_driver_sql("UPDATE conversations SET title = 'half'")
        connection.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")
    assert state.conversations.get(id).title == ""
    state.close()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("s3cret-of-the-tests", "wrong-password-here"), "the user or the password"),
        (("rigwise:", "stranger:"), "the user or the password"),
        (("/test_", "/no_such_"), "does not exist"),
    ],
)
def test_a_wrong_address_is_one_line_without_the_password(
    empty_postgres_url, change, words, caplog
):
    caplog.set_level(logging.DEBUG)
    url = empty_postgres_url.replace(*change)
    with pytest.raises(StateFailure, match=words) as failure:
        State.open(Settings(database_url=url))
    told = "".join(traceback.format_exception(failure.value)) + caplog.text
    assert "s3cret-of-the-tests" not in told and "wrong-password-here" not in told


@pytest.mark.parametrize(
    "url", ["mysql://u:hidden-word@h/d", "hidden-word", "postgresql://", "sqlite:////hidden-word"]
)
def test_an_address_of_something_else_is_refused_without_showing_it(monkeypatch, url):
    monkeypatch.setenv("RIGWISE_DATABASE_URL", url)
    load_settings.cache_clear()
    with pytest.raises(SettingsError, match="RIGWISE_DATABASE_URL") as failure:
        load_settings()
    load_settings.cache_clear()
    assert "hidden-word" not in "".join(traceback.format_exception(failure.value))


@pytest.mark.parametrize("url", ["postgresql://u:hidden-word@h:port/d"])
def test_an_address_that_cannot_be_read_is_refused_without_showing_it(url):
    with pytest.raises(SettingsError, match="RIGWISE_DATABASE_URL") as failure:
        State.open(Settings(database_url=url))
    assert "hidden-word" not in "".join(traceback.format_exception(failure.value))


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_every_usual_scheme_is_understood(scheme):
    url = Settings(database_url=f" {scheme}://u:p@h/d ").database_url
    assert url.get_secret_value() == "postgresql+psycopg://u:p@h/d"


def test_an_empty_address_means_sqlite():
    assert Settings(database_url="").database_url is None
