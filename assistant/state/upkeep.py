"""What the server does by itself: conversations that nobody touched for long are forgotten."""

from __future__ import annotations

import asyncio

import structlog

from assistant.errors import StateFailure
from assistant.state.retention import forget
from assistant.state.store import State

PAUSE = 24 * 3600  # seconds between two rounds

_log = structlog.get_logger(__name__)


async def keep_for(state: State, days: int | None, pause: float = PAUSE) -> None:
    """Forget at once, and then daily, what is older than so many days; None keeps all."""
    while days is not None:
        try:
            forgotten = await asyncio.to_thread(forget, state, days)
        except StateFailure as error:
            _log.warning("not forgotten", reason=str(error))
        else:
            _log.info("forgotten", conversations=forgotten, older_than_days=days)
        await asyncio.sleep(pause)
