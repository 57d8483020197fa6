"""Decides what is a question to us, and records it before anybody works on it."""

from __future__ import annotations

import logging
from collections.abc import Callable

from slack_bolt import BoltResponse
from slack_bolt.authorization import AuthorizeResult

from assistant.errors import NotFound
from assistant.front.slack.guard import Guard
from assistant.front.slack.hearing import hear, is_for_us, operates_the_app
from assistant.front.slack.payloads import Body, carried_by, read_command, read_suggestion
from assistant.front.slack.types import Asked, Count, Identity, Message
from assistant.front.slack.views.help import (
    examples_message,
    help_message,
    looking_up,
    unknown_message,
)
from assistant.front.slack.worker import Task, Worker
from assistant.settings import Settings
from assistant.state.store import State

VISIBLE = "public"  # the first word of a command whose answer the channel may read

log = logging.getLogger("rigwise.slack")


class Intake:
    """Takes questions: each is recorded by its key, and worked on by whoever recorded it."""

    def __init__(
        self,
        state: State,
        worker: Worker,
        token: str,
        ask_who: Callable[[], Identity],
        settings: Settings,
        count: Count,
    ) -> None:
        self._state = state
        self._worker = worker
        self._token = token
        self._ask_who = ask_who
        self._settings = settings
        self._count = count
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
        self._count("stranger")
        log.info("a stranger in slack got no answer")
        return BoltResponse(status=200, body="")

    def hear(self, body: Body) -> None:
        """Take a message or a mention."""
        heard = hear(body, self.identity())
        if heard is None or not (heard.addressed or self._is_in_our_thread(heard.asked, body)):
            self._count("ignored")
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
        visible = question.casefold().split(maxsplit=1)[:1] == [VISIBLE]
        if visible:
            question = question[len(VISIBLE) :].strip()
        words = question.casefold().strip(" .!?")
        if words == "help":
            return help_message()
        if not words:
            return examples_message()
        if operates_the_app(words):
            return unknown_message(question)
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
        self._count("taken" if first else "duplicate")
        log.info("slack question %s: %s", "taken" if first else "taken before", asked.key)
        if first:
            self._worker.submit(Task(asked))
