"""The engine: SQLite in the data folder, or PostgreSQL; sessions that read or write."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext, suppress
from pathlib import Path
from urllib.parse import quote

from filelock import FileLock
from pydantic import SecretStr
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

from assistant.errors import SettingsError, StateFailure
from assistant.settings import Settings
from assistant.state.failures import SQLITE_LINES, failures_explained
from assistant.state.migrate import migrate
from assistant.state.tables import Table

FILE = "rigwise.db"
WAIT_SECONDS = 10
SCRUB_SECONDS = 0.5
# FULL: a commit is on the disk when it returns. NORMAL would lose the last ones with the power,
# and a few commits a second do not need its speed. secure_delete: what a person deletes is
# overwritten, not only unlinked.
PRAGMAS = ("foreign_keys = ON", "synchronous = FULL", "secure_delete = ON")


class Database:
    """An engine with its place in words; its sessions raise nothing but StateFailure."""

    def __init__(self, engine: Engine, place: str, file: Path | None) -> None:
        self.engine = engine
        self.place = place
        self.file = file

    @classmethod
    def open(cls, settings: Settings) -> Database:
        """Connect, make what is missing and migrate.

        :raises StateFailure: the database cannot be used.
        :raises SettingsError: RIGWISE_DATABASE_URL cannot be read.
        """
        if settings.database_url is not None:
            database = _postgresql(settings.database_url)
        else:
            database = _sqlite((settings.data_dir / FILE).absolute())
        try:
            with failures_explained(database.place), _opening(database.file):
                migrate(database.engine)
        except BaseException:
            database.close()
            raise
        return database

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session that reads."""
        with failures_explained(self.place), Session(self.engine) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Give a session whose work is committed whole at the end, or not at all."""
        engine = self.engine.execution_options(writes=True)
        with failures_explained(self.place), Session(engine) as session, session.begin():
            yield session

    def ping(self) -> None:
        """Ask for one row.

        :raises StateFailure: there is no answer.
        """
        with failures_explained(self.place):
            if self.file is not None:
                self.file.stat()  # connections outlive a file that was deleted under them
            with self.engine.connect() as connection:
                connection.execute(text("SELECT version_num FROM alembic_version"))

    def scrub(self) -> None:
        """Take what was just deleted out of SQLite's log, too.

        While somebody reads, it stays there until the log is written over.
        """
        if self.file is None:
            return
        with (
            suppress(StateFailure),  # what is deleted is deleted
            failures_explained(self.place),
            closing(sqlite3.connect(self.file, timeout=SCRUB_SECONDS)) as connection,
        ):
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def insert_into(session: Session, table: type[Table]) -> postgresql.Insert | sqlite.Insert:
    """Return an INSERT that knows ON CONFLICT, which SQLAlchemy has by dialect alone."""
    on_postgresql = session.get_bind().dialect.name == "postgresql"
    return postgresql.insert(table) if on_postgresql else sqlite.insert(table)


def _sqlite(file: Path) -> Database:
    def connect() -> sqlite3.Connection:
        # mode=rw: a file that vanished is an error, not a reason to begin an empty one.
        connection = sqlite3.connect(
            f"file:{quote(str(file))}?mode=rw",
            uri=True,
            timeout=WAIT_SECONDS,
            isolation_level=None,  # transactions begin in _begin, where their kind is known
            check_same_thread=False,
        )
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        return connection

    engine = create_engine(
        "sqlite://",
        creator=connect,
        poolclass=QueuePool,
        pool_timeout=WAIT_SECONDS,
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin)
    return Database(engine, _place(file), file)


def _begin(connection: Connection) -> None:
    """Begin; a writer takes its lock at once: a reader that turned writer could not wait for it."""
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _postgresql(secret: SecretStr) -> Database:
    try:
        url = make_url(secret.get_secret_value())
    except (ArgumentError, ValueError):
        # No "from": SQLAlchemy's message holds the whole address with its password.
        raise SettingsError(
            "RIGWISE_DATABASE_URL: write postgresql://USER:PASSWORD@HOST/DATABASE."
        ) from None
    host = url.host or url.query.get("host") or "this machine"
    engine = create_engine(
        url if "connect_timeout" in url.query else url.update_query_dict({"connect_timeout": "5"}),
        pool_pre_ping=True,
        pool_timeout=WAIT_SECONDS,
        hide_parameters=True,
    )
    return Database(engine, f"The PostgreSQL database {url.database or ''} on {host}", None)


def _opening(file: Path | None) -> AbstractContextManager[object]:
    """Make the SQLite file for its owner alone, in WAL mode, one process at a time."""
    return nullcontext() if file is None else _made(file)


@contextmanager
def _made(file: Path) -> Iterator[None]:
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with FileLock(file.with_suffix(".lock"), timeout=6 * WAIT_SECONDS, mode=0o600):
        os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
        with closing(sqlite3.connect(file, timeout=WAIT_SECONDS)) as connection:
            # Damage is better found here than in the middle of an answer.
            (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            if found != "ok":
                raise StateFailure(f"{_place(file)} {SQLITE_LINES['SQLITE_CORRUPT']}.")
            connection.execute("PRAGMA journal_mode = WAL")  # stays with the file
        yield


def _place(file: Path) -> str:
    return f"The database {file}"
