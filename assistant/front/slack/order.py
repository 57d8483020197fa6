"""One at a time of each kind, in the order in which they came."""

from __future__ import annotations

import threading
from collections import deque
from typing import Generic, TypeVar

Item = TypeVar("Item")


class InOrder(Generic[Item]):
    """Lets one item of each key go ahead; the others wait until it has left."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: dict[str, deque[Item]] = {}

    def enter(self, key: str, item: Item) -> bool:
        """Tell whether an item may go ahead; if not, it is kept until its turn."""
        with self._lock:
            if key in self._waiting:
                self._waiting[key].append(item)
                return False
            self._waiting[key] = deque()
            return True

    def leave(self, key: str) -> Item | None:
        """Return the item that may go ahead now, if one waits."""
        with self._lock:
            if self._waiting[key]:
                return self._waiting[key].popleft()
            del self._waiting[key]
            return None
