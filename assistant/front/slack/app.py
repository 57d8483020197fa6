"""The Slack front end: the table of what Slack sends and who handles it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field

from fastapi import APIRouter
from slack_bolt import App
from slack_sdk import WebClient

from assistant.assistant import Assistant
from assistant.errors import SettingsError
from assistant.front.slack import contract
from assistant.front.slack.clicks import Clicks
from assistant.front.slack.client import SlackUnreachable, connect, connect_briefly, identify
from assistant.front.slack.ephemeral import Ephemeral
from assistant.front.slack.intake import Intake
from assistant.front.slack.listeners import Listeners, acknowledge, then_acknowledged
from assistant.front.slack.responder import Responder
from assistant.front.slack.routes import build_routes
from assistant.front.slack.types import Count, Identity, uncounted
from assistant.front.slack.worker import LEASE_SECONDS, Worker
from assistant.settings import Settings
from assistant.state.store import State

log = logging.getLogger("rigwise.slack")


@dataclass
class SlackFront:
    """Slack's side of the server: routes to mount, and work to start and stop."""

    router: APIRouter
    bolt: App
    worker: Worker
    _identify: Callable[[], Identity] = field(repr=False)

    def start(self) -> None:
        """Start answering, and take over what a process before this one left undone."""
        try:
            self._identify()
        except SlackUnreachable as error:
            # The page and the API go on; each event tries again and is sent again by Slack.
            log.warning("%s", error)
        self.worker.start()

    def stop(self) -> None:
        """Finish what is being answered; the rest waits for the next start."""
        self.worker.stop()


def build_slack(
    assistant: Assistant,
    state: State,
    settings: Settings,
    count: Count = uncounted,
    lease_seconds: float = LEASE_SECONDS,
) -> SlackFront | None:
    """Return the Slack front end; None where no Slack secret is set.

    count is told what becomes of each event, in one word.

    :raises SettingsError: some but not all that is needed is set.
    """
    token = read_token(settings)
    if token is None:
        return None
    secret = settings.read_slack_signing_secret()
    client = connect(token, settings.slack_api_url)
    brief = connect_briefly(token, settings.slack_api_url)
    ephemeral = Ephemeral(brief)
    worker = Worker(state, Responder(assistant, state, client, brief, count).respond, lease_seconds)
    intake = Intake(state, worker, token, lambda: identify(brief), settings, count)
    bolt = build_bolt(connect(None, settings.slack_api_url), intake, secret)
    listen(bolt, intake, Clicks(assistant, state, client, ephemeral), Listeners(ephemeral, count))
    return SlackFront(build_routes(bolt, secret), bolt, worker, intake.identity)


def read_token(settings: Settings) -> str | None:
    """Return the bot token; None where no Slack secret is set.

    :raises SettingsError: some but not all that is needed is set.
    """
    token = settings.read_slack_bot_token()
    has_way_in = bool(settings.read_slack_signing_secret() or settings.read_slack_app_token())
    if not token and has_way_in:
        raise SettingsError("RIGWISE_SLACK_BOT_TOKEN is missing; run rigwise slack doctor.")
    if token and not has_way_in:
        raise SettingsError(
            "Set RIGWISE_SLACK_SIGNING_SECRET (for a Request URL) or RIGWISE_SLACK_APP_TOKEN "
            "(for Socket Mode)."
        )
    return token or None


def build_bolt(client: WebClient, intake: Intake, secret: str | None) -> App:
    """Return Bolt without listeners.

    It acknowledges after a listener has run: they only record, and a failure to record must not
    be acknowledged. What takes longer is a lazy listener, which runs after the acknowledgement.
    """
    return App(
        name="rigwise",
        logger=logging.getLogger("rigwise.slack.bolt"),
        client=client,
        signing_secret=secret or "",
        authorize=lambda logger: intake.authorize(),  # Bolt takes no method, and one argument
        process_before_response=True,
        raise_error_for_unhandled_request=True,  # what Bolt says instead fails on odd payloads
    )


def listen(bolt: App, intake: Intake, clicks: Clicks, listeners: Listeners) -> None:
    """Register who handles what Slack sends."""
    bolt.use(intake.keep_strangers_out)
    bolt.error(listeners.answer_failed)
    bolt.event("app_mention")(intake.hear)
    bolt.event("message")(intake.hear)
    bolt.command(contract.COMMAND)(listeners.for_command(intake.command))
    bolt.action(contract.SUGGESTION)(then_acknowledged(listeners.for_click(intake.suggestion)))
    bolt.view(contract.REASON_VIEW)(listeners.for_form(clicks.take_reason))
    for action, handle, *arguments in (
        (contract.SOURCE, clicks.open_source),
        (contract.MORE, clicks.open_more),
        (contract.UP, clicks.take_feedback, True),
        (contract.DOWN, clicks.take_feedback, False),
    ):
        bolt.action(action)(ack=acknowledge, lazy=[listeners.for_click(handle, *arguments)])
