"""What can go wrong with an index on disk."""

from __future__ import annotations


class IndexFailure(Exception):
    """The index cannot be built, read or written; the message says what to do about it."""


class StaleIndex(IndexFailure):
    """There is no usable index for this text, model and code: build one."""
