"""Blocking work away from the event loop: so much at once, so long, and while somebody waits."""

from __future__ import annotations

import asyncio
import contextvars
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from fastapi import Request
from starlette.requests import ClientDisconnect

from assistant.front.http.problems import Refused
from assistant.streaming import Watch, Watcher, unwatched

T = TypeVar("T")

QUOTES_AT_ONCE = 4  # threads that compute: more would only wait for the interpreter's lock
MODEL_AT_ONCE = 32  # threads that wait for a model most of the time
MOST_PENDING = 512  # at work and waiting for a thread; then callers are told to come back


class Workers:
    """A bounded pool of threads for answers."""

    def __init__(self, at_once: int, seconds: float, most_pending: int = MOST_PENDING) -> None:
        self.seconds = seconds
        self._most_pending = most_pending
        self._at_once = at_once
        self._pool: ThreadPoolExecutor | None = None
        self._pending = 0
        self._lock = threading.Lock()

    async def run(self, work: Callable[[Watch], T], tell: Watch = unwatched) -> T:
        """Return what the work returns. It is called off when the caller is cancelled.

        :raises Refused: too much is waiting, or the work took too long.
        """
        watcher = Watcher(tell)
        future = self._submit(work, watcher)
        try:
            async with asyncio.timeout(self.seconds) as limit:
                return await asyncio.wrap_future(future)
        except TimeoutError:
            if not limit.expired():
                raise
            raise Refused("timeout", f"No answer within {self.seconds:g} seconds.") from None
        finally:
            watcher.call_off()

    def _submit(self, work: Callable[[Watch], T], watcher: Watcher) -> Future[T]:
        with self._lock:
            if self._pending >= self._most_pending:
                raise Refused(
                    "busy", "Too many answers are being made. Try again.", {"Retry-After": "2"}
                )
            self._pool = self._pool or ThreadPoolExecutor(self._at_once, "answer")
            self._pending += 1
            context = contextvars.copy_context()  # the request id of the logs
            future = self._pool.submit(context.run, work, watcher)
        future.add_done_callback(self._done)
        return future

    def _done(self, _: Future[T]) -> None:
        with self._lock:
            self._pending -= 1

    def close(self) -> None:
        """Drop what has not begun, and let the threads go."""
        with self._lock:
            pool, self._pool = self._pool, None
        if pool:
            pool.shutdown(wait=False, cancel_futures=True)


async def while_connected(request: Request, work: Awaitable[T]) -> T:
    """Return what the work returns; cancel it when the client goes away.

    :raises ClientDisconnect: the client has gone.
    """
    working = asyncio.ensure_future(work)
    leaving = asyncio.ensure_future(_disconnection(request))
    try:
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise ClientDisconnect
        return working.result()
    finally:
        for task in (working, leaving):
            task.cancel()
        await asyncio.gather(working, leaving, return_exceptions=True)


async def _disconnection(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
