"""What a user can do wrong or run into: one clear sentence each."""

from __future__ import annotations


class RigwiseError(Exception):
    """Base of all errors shown to a user; the message says what was wrong and what to do."""


class InvalidInput(RigwiseError):
    """What was typed or sent cannot be used."""


class NoSolution(RigwiseError):
    """The calculation has no answer, such as a purchase that never pays."""


class SettingsError(RigwiseError):
    """A setting is missing or wrong; the message names it."""


class NotFound(InvalidInput):
    """What was asked for does not exist, or is somebody else's."""


class StateFailure(RigwiseError):
    """The database is missing, locked, gone or damaged; the message says which and what to do."""
