"""Handlers as Bolt's listeners: when each acknowledges, and what is said when one fails."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from slack_bolt import Ack, BoltResponse
from slack_bolt.error import BoltUnhandledRequestError
from slack_sdk.errors import SlackApiError

from assistant.errors import StateFailure
from assistant.front.slack.client import UNREACHABLE, SlackUnreachable, code
from assistant.front.slack.ephemeral import Ephemeral
from assistant.front.slack.payloads import Body
from assistant.front.slack.types import Count, Message
from assistant.front.slack.views import failures
from assistant.front.slack.views.feedback import BLOCK
from assistant.front.slack.views.help import notice

log = logging.getLogger("rigwise.slack")

Handler = Callable[..., None]


class Listeners:
    """Makes listeners of handlers.

    Slack sends an event again that is not acknowledged, but never a command, a click or a form:
    for those, whoever waits is told of a failure.
    """

    def __init__(self, ephemeral: Ephemeral, count: Count) -> None:
        self._ephemeral = ephemeral
        self._count = count

    def answer_failed(self, error: Exception) -> BoltResponse:
        """Return 503 for what will pass, so that Slack sends it again; 500 for our own fault.

        What nobody asked Slack for gets 404.
        """
        self._count("not_taken")
        if isinstance(error, BoltUnhandledRequestError):
            log.warning("slack event not taken: nobody handles it")
            return BoltResponse(status=404, body="")
        _log_failure("slack event not taken", error)
        passing = isinstance(error, StateFailure | SlackUnreachable)
        return BoltResponse(status=503 if passing else 500, body="")

    def for_command(self, handle: Callable[[Body], Message]) -> Handler:
        """Acknowledge a command with what its sender sees at once."""

        def listen(ack: Ack, body: Body) -> None:
            try:
                message = handle(body)
            except Exception as error:
                message = notice(self._lost("slack command", error))
            ack(response_type="ephemeral", **message.to_json())

        return listen

    def for_form(self, handle: Callable[[Body], None]) -> Handler:
        """Acknowledge the form of a modal; where it cannot be kept it stays open and says so."""

        def listen(ack: Ack, body: Body) -> None:
            try:
                handle(body)
            except Exception as error:
                ack(response_action="errors", errors={BLOCK: self._lost("slack form", error)})
            else:
                ack()

        return listen

    def for_click(self, handle: Callable[..., None], *arguments: Any) -> Handler:  # noqa: ANN401
        """Handle a click; who clicked is told of a failure, and nobody else."""

        def listen(body: Body) -> None:
            try:
                handle(body, *arguments)
            except Exception as error:
                self._ephemeral.say(body, self._lost("slack click", error))

        # Bolt tells lazy listeners apart by their names.
        listen.__name__ = "_".join(["click", handle.__name__, *map(str, arguments)])
        return listen

    def _lost(self, what: str, error: Exception) -> str:
        """Log that something was lost; return what the person is told."""
        self._count("lost")
        _log_failure(f"{what} lost", error)
        if isinstance(error, SlackApiError):
            return failures.WINDOW if code(error) in failures.TOO_LATE else failures.REFUSED
        if isinstance(error, StateFailure):
            return failures.DATABASE
        return failures.SLACK if isinstance(error, UNREACHABLE) else failures.FAULT


def acknowledge(ack: Ack) -> None:
    """Acknowledge at once: the work is done afterwards, by a lazy listener."""
    ack()


def then_acknowledged(listen: Handler) -> Handler:
    """Return a listener that acknowledges what another has dealt with."""

    def both(ack: Ack, body: Body) -> None:
        listen(body)
        ack()

    return both


def _log_failure(what: str, error: Exception) -> None:
    if isinstance(error, SlackApiError):
        log.error("%s: slack says %s", what, code(error))  # its own words repeat what was sent
    elif isinstance(error, (StateFailure, SlackUnreachable, *UNREACHABLE)):
        log.warning("%s: %s", what, error)
    else:
        log.error("%s: a fault of ours", what, exc_info=error)
