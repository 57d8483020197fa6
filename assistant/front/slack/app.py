"""The Slack front end: the table of what Slack sends and who handles it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from fastapi import APIRouter
from slack_bolt import Ack, App, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from assistant.assistant import Assistant
from assistant.errors import NotFound, SettingsError, StateFailure
from assistant.front.server.metrics import count_slack_event
from assistant.front.slack import contract
from assistant.front.slack.clicks import Clicks, carried_by
from assistant.front.slack.client import (
    UNREACHABLE,
    SlackUnreachable,
    code,
    connect,
    connect_briefly,
    identify,
)
from assistant.front.slack.hearing import (
    Body,
    Guard,
    hear,
    is_for_us,
    read_command,
    read_suggestion,
)
from assistant.front.slack.responder import Responder
from assistant.front.slack.routes import build_routes
from assistant.front.slack.types import Asked, Identity, Message
from assistant.front.slack.views.help import examples_message, help_message, looking_up
from assistant.front.slack.worker import LEASE_SECONDS, Task, Worker
from assistant.settings import Settings
from assistant.state.store import State

VISIBLE = "public"  # the first word of a command whose answer the channel may read

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
    lease_seconds: float = LEASE_SECONDS,
) -> SlackFront | None:
    """Return the Slack front end; None where no Slack secret is set.

    :raises SettingsError: some but not all that is needed is set.
    """
    token = settings.read_slack_bot_token()
    secret = settings.read_slack_signing_secret()
    app_token = settings.read_slack_app_token()
    if not (token or secret or app_token):
        return None
    if not token:
        raise SettingsError("RIGWISE_SLACK_BOT_TOKEN is missing; run rigwise slack doctor.")
    if not (secret or app_token):
        raise SettingsError(
            "Set RIGWISE_SLACK_SIGNING_SECRET (for a Request URL) or RIGWISE_SLACK_APP_TOKEN "
            "(for Socket Mode)."
        )
    client = connect(token, settings.slack_api_url)
    brief = connect_briefly(token, settings.slack_api_url)
    responder = Responder(assistant, state, client, brief)
    worker = Worker(state, responder.respond, lease_seconds)
    intake = Intake(state, worker, token, lambda: identify(brief), settings)
    bolt = build_bolt(
        intake, Clicks(assistant, state, client), connect(None, settings.slack_api_url), secret
    )
    return SlackFront(build_routes(bolt, secret), bolt, worker, intake.identity)


class Intake:
    """Decides what is a question to us, and records it before anybody works on it."""

    def __init__(
        self,
        state: State,
        worker: Worker,
        token: str,
        ask_who: Callable[[], Identity],
        settings: Settings,
    ) -> None:
        self._state = state
        self._worker = worker
        self._token = token
        self._ask_who = ask_who
        self._settings = settings
        self._identity: Identity | None = None

    def identity(self) -> Identity:
        """Return who the token belongs to, asking Slack the first time.

        :raises SlackUnreachable: Slack cannot be asked now.
        """
        if self._identity is None:
            self._identity = self._ask_who()
        return self._identity

    def authorize(self) -> AuthorizeResult:
        """Tell Bolt who we are, so that it ignores what we say ourselves."""
        identity = self.identity()
        return AuthorizeResult(
            enterprise_id=identity.enterprise or None,
            team_id=identity.team,
            bot_user_id=identity.bot_user,
            bot_id=identity.bot,
            bot_token=self._token,
        )

    def keep_strangers_out(
        self, body: Body, next: Callable[[], BoltResponse]
    ) -> BoltResponse | None:
        """Let only members ask; a stranger is acknowledged and hears nothing."""
        if body.get("type") == "url_verification" or "ssl_check" in body:
            return next()
        settings = self._settings
        guard = Guard(self.identity(), settings.slack_team_ids(), settings.slack_channel_ids())
        if guard.lets_in(body):
            return next()
        count_slack_event("stranger")
        log.info("a stranger in slack got no answer")
        return BoltResponse(status=200, body="")

    def hear(self, body: Body) -> None:
        """Take a message or a mention."""
        heard = hear(body, self.identity())
        if heard is None or not (heard.addressed or self._is_in_our_thread(heard.asked, body)):
            count_slack_event("ignored")
            return
        asked = heard.asked
        # Before the event is taken, so that a reply a moment later finds the thread ours.
        self._state.conversations.start(asked.owner, "slack", asked.conversation)
        self._take(asked)

    def _is_in_our_thread(self, asked: Asked, body: Body) -> bool:
        try:
            conversation = self._state.conversations.get(asked.conversation)
        except NotFound:
            return False
        return is_for_us(str(body["event"].get("text") or ""), conversation.owner == asked.owner)

    def command(self, body: Body) -> Message:
        """Take a slash command; return what its sender sees at once."""
        question = str(body.get("text") or "").strip()
        word = question.casefold().strip(" .!?")
        if word == "help":
            return help_message()
        visible = word.split(" ", 1)[0] == VISIBLE if word else False
        if visible:
            question = question[len(VISIBLE) :].strip()
        if not question.strip(" .!?"):
            return examples_message()
        self._take(read_command(body, self.identity(), visible, question))
        return looking_up(question)

    def suggestion(self, body: Body) -> None:
        """Take the question on a button."""
        question = carried_by(body).get("q")
        if isinstance(question, str) and question:
            self._take(read_suggestion(body, self.identity(), question))

    def _take(self, asked: Asked) -> None:
        """Record the question; work on it if no process has it."""
        first = self._state.events.take(asked.key, asked.to_json(), self._worker.lease_seconds)
        count_slack_event("taken" if first else "duplicate")
        if first:
            self._worker.submit(Task(asked))


def build_bolt(intake: Intake, clicks: Clicks, client: WebClient, secret: str | None) -> App:
    """Return Bolt with its handlers.

    It acknowledges after a handler has run: they only record, and a failure to record must not
    be acknowledged. What takes longer is a lazy listener, which runs after the acknowledgement.
    """
    bolt = App(
        name="rigwise",
        logger=logging.getLogger("rigwise.slack.bolt"),
        client=client,
        signing_secret=secret or "",
        authorize=lambda logger: intake.authorize(),  # Bolt takes no method, and one argument
        process_before_response=True,
    )
    bolt.use(intake.keep_strangers_out)
    bolt.error(explain)
    bolt.event("app_mention")(intake.hear)
    bolt.event("message")(intake.hear)
    bolt.command(contract.COMMAND)(_command(intake))
    bolt.action(contract.SUGGESTION)(_acknowledged(intake.suggestion))
    bolt.action(contract.SOURCE)(ack=_at_once, lazy=[_logged(clicks.open_source)])
    bolt.action(contract.MORE)(ack=_at_once, lazy=[_logged(clicks.open_more)])
    bolt.action(contract.UP)(ack=_at_once, lazy=[_logged(clicks.take_feedback, True)])
    bolt.action(contract.DOWN)(ack=_at_once, lazy=[_logged(clicks.take_feedback, False)])
    bolt.view(contract.REASON_VIEW)(_acknowledged(clicks.take_reason))
    return bolt


def explain(error: Exception) -> BoltResponse:
    """Return 503 for what will pass, so that Slack sends it again; 500 for a fault of ours."""
    count_slack_event("not_taken")
    if isinstance(error, StateFailure | SlackUnreachable):
        log.warning("slack event not taken: %s", error)
        return BoltResponse(status=503, body="")
    log.error("slack event not taken", exc_info=error)
    return BoltResponse(status=500, body="")


def _command(intake: Intake) -> Callable[..., None]:
    def handle(ack: Ack, body: Body) -> None:
        ack(response_type="ephemeral", **intake.command(body).to_json())

    return handle


def _at_once(ack: Ack) -> None:
    ack()


def _acknowledged(handle: Callable[[Body], None]) -> Callable[..., None]:
    def handler(ack: Ack, body: Body) -> None:
        handle(body)
        ack()

    return handler


def _logged(handle: Callable[..., None], *arguments: Any) -> Callable[..., None]:  # noqa: ANN401
    """Wrap what runs after the acknowledgement: nobody is left to be told of a failure."""

    def handler(body: Body) -> None:
        try:
            handle(body, *arguments)
        except SlackApiError as error:
            log.error("slack refused what was clicked (%s)", code(error))
        except (StateFailure, *UNREACHABLE) as error:
            log.warning("a click was lost: %s", error)

    handler.__name__ = f"{handle.__name__}_{'_'.join(map(str, arguments))}"
    return handler
