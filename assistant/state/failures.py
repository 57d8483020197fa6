"""Database errors mapped once, here, to one clear line. No line holds a password."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from json import JSONDecodeError

import psycopg
from alembic.util import CommandError
from filelock import Timeout
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from assistant.errors import StateFailure

log = logging.getLogger(__name__)

RESTORE = "restore a copy of it, or move it away to begin with an empty one"
SQLITE_LINES = {
    "SQLITE_NOTADB": f"is not a database or is damaged; {RESTORE}",
    "SQLITE_CORRUPT": f"is damaged; {RESTORE}",
    "SQLITE_FULL": "cannot grow because the disk is full; free some space and try again",
    "SQLITE_READONLY": "cannot be written; check its permissions and those of its folder",
    "SQLITE_PERM": "cannot be opened; check its permissions and those of its folder",
    "SQLITE_CANTOPEN": "cannot be opened; check that it exists and who may write its folder",
    "SQLITE_BUSY": "is locked by another program; close it, or try again in a moment",
    "SQLITE_LOCKED": "is locked by another program; close it, or try again in a moment",
    "SQLITE_CONSTRAINT": "was changed meanwhile; try again",
    "SQLITE_IOERR": "cannot be read or written; check the disk that it is on",
}
BUSY = "was too busy; try again in a moment"
UNREACHABLE = "cannot be reached; check that it runs and that RIGWISE_DATABASE_URL is right"
# By SQLSTATE, longest first: the class is its first two characters.
POSTGRESQL_LINES = {
    "28": "refuses the user or the password; check RIGWISE_DATABASE_URL",
    "3D000": "does not exist; create it, or check RIGWISE_DATABASE_URL",
    "42501": "does not let this user do that; grant the user its tables and the right to create",
    "42P01": "has lost its tables; restore a copy of it",
    "25006": "is read-only; check that RIGWISE_DATABASE_URL names the primary server",
    "53100": "cannot grow because its disk is full; free some space and try again",
    "53300": "has no connection left; try again in a moment, or raise its max_connections",
    "23": "was changed meanwhile; try again",
    "40": BUSY,
    "55": BUSY,
    "57": UNREACHABLE,
    "08": UNREACHABLE,
    "XX": f"is damaged; {RESTORE}",
}
# libpq gives no SQLSTATE where a connection fails, only its words.
CONNECTION_WORDS = {
    "password authentication failed": "28",
    "no password supplied": "28",
    "no pg_hba.conf entry": "28",
    'role "': "28",
    'database "': "3D000",
    "too many clients": "53300",
}


@contextmanager
def failures_explained(place: str) -> Iterator[None]:
    """Turn whatever the database raises into StateFailure; place is how the line names it."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, CommandError, Timeout, OSError, ValueError) as error:
        line = _explain(error)
        if line is None:
            raise
        # With the traceback only here: a driver's message can hold a row, and so a question.
        log.debug("%s failed", place, exc_info=error)
        raise StateFailure(f"{place} {line}.") from error


def _explain(error: Exception) -> str | None:
    """Return the rest of the line, or None for what is not the database's doing."""
    match error:
        case DBAPIError():
            return _explain_driver(error.orig)
        case sqlite3.Error():
            return _explain_driver(error)
        case JSONDecodeError():
            return f"holds a row that cannot be read; {RESTORE}"
        case PoolTimeout():
            return BUSY
        case Timeout():  # of the lock beside the file; it is an OSError, too
            return SQLITE_LINES["SQLITE_BUSY"]
        case CommandError():
            return "was written by a newer Rigwise; update this one, or use another database"
        case OSError():
            reason = (error.strerror or "unknown reason").lower()
            return f"cannot be opened ({reason}); check RIGWISE_DATA_DIR and who may write there"
        case SQLAlchemyError():
            return f"cannot be used ({type(error).__name__})"
    return None


def _explain_driver(error: BaseException | None) -> str:
    if "no such table" in str(error):
        return f"has lost its tables; {RESTORE}"
    name = getattr(error, "sqlite_errorname", None)
    if name is not None:
        code = "_".join(name.split("_")[:2])  # SQLITE_IOERR_WRITE and the like: by their kind
        return SQLITE_LINES.get(code, f"cannot be used ({name})")
    state = getattr(error, "sqlstate", None) or ""
    if not state and isinstance(error, psycopg.OperationalError):
        state = _state_by_words(str(error))
    for length in (5, 2):
        if state[:length] in POSTGRESQL_LINES:
            return POSTGRESQL_LINES[state[:length]]
    return f"cannot be used ({state or type(error).__name__})"


def _state_by_words(message: str) -> str:
    return next((state for words, state in CONNECTION_WORDS.items() if words in message), "08")
