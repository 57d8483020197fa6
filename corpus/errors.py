"""What can be wrong with the corpus on disk."""

from __future__ import annotations


class CorpusError(Exception):
    """A data file is missing, damaged or breaks a rule; the message says which and where."""
