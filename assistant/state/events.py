"""Events: each is worked on by one process at a time, and by another if that one dies."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Double, update
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from assistant.state.database import Database, insert_into
from assistant.state.tables import EventRow
from assistant.state.types import Event
from assistant.types import Json

LEASE_SECONDS = 30


class _Now(FunctionElement[float]):
    """Seconds since 1970 by the database's clock: those of two servers need not agree."""

    type = Double()
    inherit_cache = True


@compiles(_Now, "sqlite")
def _now_in_sqlite(element: _Now, compiler: SQLCompiler, **_: Any) -> str:  # noqa: ANN401 - SQLAlchemy's
    return "((julianday('now') - 2440587.5) * 86400.0)"


@compiles(_Now, "postgresql")
def _now_in_postgresql(element: _Now, compiler: SQLCompiler, **_: Any) -> str:  # noqa: ANN401 - SQLAlchemy's
    return "CAST(extract(epoch FROM clock_timestamp()) AS double precision)"


class EventStore:
    """Keeps events. Whoever takes one holds it for a lease; holder names this process."""

    def __init__(self, database: Database, holder: str) -> None:
        self._database = database
        self._holder = holder

    def take(self, event_id: str, payload: Json, lease_seconds: float = LEASE_SECONDS) -> bool:
        """Record an event before work starts; True for exactly one caller of all processes.

        An event whose taker died stays taken: take_over hands it on.
        """
        with self._database.writing() as session:
            taken = session.scalar(
                insert_into(session, EventRow)
                .values(
                    id=event_id,
                    payload=payload,
                    state="taken",
                    holder=self._holder,
                    attempts=1,
                    leased_until=_Now() + lease_seconds,
                    taken_at=datetime.now(UTC),
                )
                .on_conflict_do_nothing()
                .returning(EventRow.id)
            )
        return taken is not None

    def take_over(self, lease_seconds: float = LEASE_SECONDS) -> tuple[Event, ...]:
        """Return the unfinished events whose lease ran out, now leased to this caller alone.

        One in state posting may have been answered: look before answering again.
        """
        # PostgreSQL locks each row and looks at its lease again, so no second caller gets it.
        taken = (
            update(EventRow)
            .where(EventRow.state != "done", EventRow.leased_until < _Now())
            .values(
                holder=self._holder,
                attempts=EventRow.attempts + 1,
                leased_until=_Now() + lease_seconds,
            )
            .returning(
                EventRow.id, EventRow.payload, EventRow.state, EventRow.attempts, EventRow.taken_at
            )
        )
        with self._database.writing() as session:
            rows = sorted(session.execute(taken), key=lambda row: row.taken_at)
        return tuple(Event(row.id, row.payload, row.state, row.attempts) for row in rows)

    def renew(self, event_id: str, lease_seconds: float = LEASE_SECONDS) -> bool:
        """Hold an event for longer; False if another process has taken it over."""
        return self._change(event_id, leased_until=_Now() + lease_seconds)

    def posting(self, event_id: str) -> bool:
        """Record that the answer is being posted; False, and then do not, if it is not ours."""
        return self._change(event_id, state="posting")

    def finish(self, event_id: str) -> None:
        """Record that the answer is out, and forget what the event said."""
        done = update(EventRow).where(EventRow.id == event_id)
        with self._database.writing() as session:
            session.execute(done.values(state="done", payload={}))

    def _change(self, event_id: str, **values: Any) -> bool:  # noqa: ANN401 - columns of one row
        ours = (
            EventRow.id == event_id,
            EventRow.holder == self._holder,
            EventRow.state != "done",
        )
        changed = update(EventRow).where(*ours).values(**values).returning(EventRow.id)
        with self._database.writing() as session:
            return session.scalar(changed) is not None
