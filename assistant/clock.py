"""How long each stage of a question took."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager


class Clock:
    """Times the stages of one question, in milliseconds."""

    def __init__(self) -> None:
        self._start = time.perf_counter()
        self._stages: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time a stage under a name."""
        start = time.perf_counter()
        yield
        self._stages[name] = 1000 * (time.perf_counter() - start)

    def total(self) -> dict[str, float]:
        """Return the time of each stage and in all, in milliseconds."""
        return {**self._stages, "total": 1000 * (time.perf_counter() - self._start)}
