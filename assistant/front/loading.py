"""Loading without looking for garbage: nothing that is being loaded is any."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def loading() -> Iterator[None]:
    """Import and load without collections, a quarter of the time; what was loaded stays for good.

    Later collections do not look at it either, which is why they cost an answer nothing.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
