"""What can go wrong with a model, each in a few words for the person who waits."""

from __future__ import annotations

import logging

_LOG = logging.getLogger(__name__)


class ModelFailure(Exception):
    """The model gave nothing that can be shown; the message says why, in half a sentence."""


def is_worth_retrying(error: Exception) -> bool:
    """Tell whether the same call may succeed at once: not after a time-out or a refusal."""
    status = _status(error)
    if status is not None:
        return status == 429 or status >= 500
    return not _is_kind(error, "Timeout") and not isinstance(error, (ValueError, TypeError))


def failure_of(error: Exception) -> ModelFailure:
    """Return the failure that an error of LangChain, a provider or the network stands for.

    Providers share no classes of errors, so the status and the names of the classes must do. The
    message of the error stays out: it may hold parts of the key.
    """
    status = _status(error)
    _LOG.warning("model: %s, status %s", type(error).__name__, status)
    if isinstance(error, ModelFailure):
        return error
    if _is_kind(error, "Timeout"):
        return ModelFailure("did not answer in time")
    if status == 429:
        return ModelFailure("is out of quota or too busy")
    if status in (401, 403):
        return ModelFailure("refused the key")
    if status == 404:
        return ModelFailure("is not known at its address")
    if status is not None:
        return ModelFailure(f"failed (HTTP {status})")
    if _is_kind(error, "LimitExceeded", "RecursionError"):
        return ModelFailure("did not come to an end")
    if isinstance(error, OSError) or _is_kind(error, "Connect", "Network"):
        return ModelFailure("could not be reached")
    return ModelFailure("gave no answer that can be read")


def _status(error: Exception) -> int | None:
    status = getattr(error, "status_code", None)
    return status if isinstance(status, int) and status >= 400 else None


def _is_kind(error: Exception, *names: str) -> bool:
    kinds = [kind.__name__ for kind in type(error).__mro__]
    return any(name in kind for name in names for kind in kinds)
