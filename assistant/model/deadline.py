"""A limit in time on something that may block for ever."""

from __future__ import annotations

import contextvars
import queue
import threading
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

T = TypeVar("T")

BEAT = 0.2  # seconds between two looks at whether anybody still waits


class _End:
    """Stands for the end of the items."""


def _go_on() -> None:
    pass


def within(seconds: float, items: Iterator[T], beat: Callable[[], None] = _go_on) -> Iterator[T]:
    """Yield the items of an iterator for at most so many seconds in all.

    beat is called again and again while nothing comes; what it raises ends the waiting.

    The iterator runs in a thread of its own, since a server that sends a byte now and then keeps
    any reader waiting. When time is up, the thread is left behind: it ends at its next item.

    :raises TimeoutError: time is up.
    """
    found: queue.SimpleQueue[T | Exception | _End] = queue.SimpleQueue()
    left = threading.Event()

    def read() -> None:
        try:
            for item in items:
                if left.is_set():
                    return
                found.put(item)
        except Exception as error:  # whatever it is, the reader shall have it
            found.put(error)
        else:
            found.put(_End())

    context = contextvars.copy_context()
    threading.Thread(target=context.run, args=(read,), daemon=True).start()
    end = time.monotonic() + seconds
    try:
        while not isinstance(item := _next(found, end, beat), _End):
            if isinstance(item, Exception):
                raise item
            yield item
    finally:
        left.set()


def _next(
    found: queue.SimpleQueue[T | Exception | _End], end: float, beat: Callable[[], None]
) -> T | Exception | _End:
    while True:
        beat()
        left = max(0.0, end - time.monotonic())
        try:
            return found.get(timeout=min(BEAT, left))
        except queue.Empty as error:
            if left <= BEAT:
                raise TimeoutError from error
