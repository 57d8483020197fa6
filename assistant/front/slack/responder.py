"""Answer one question in Slack, exactly once."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from uuid import NAMESPACE_URL, uuid5

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from assistant.assistant import Assistant
from assistant.errors import StateFailure
from assistant.front.slack import contract
from assistant.front.slack.client import (
    UNREACHABLE,
    cause_of,
    code,
    connect_webhook,
    retry_after,
)
from assistant.front.slack.hearing import is_bare
from assistant.front.slack.types import Asked, Count, Message, Place
from assistant.front.slack.views.answer import answer_message, plain_message
from assistant.front.slack.views.help import FAULT, help_message, notice, unknown_message
from assistant.front.slack.worker import Task, TryLater
from assistant.state.store import State
from assistant.types import Answer, Turn

ATTEMPTS = 20  # after so many, somebody has to look; an hour and more has passed
RESPONSES = 5  # that Slack takes through one response_url
LONGEST_WAIT = 300.0  # seconds
FIRST_WAIT = 5.0  # a post that timed out may be a while on its way into the thread
WORKING = "is looking it up …"

log = logging.getLogger("rigwise.slack")


class Responder:
    """Answers questions: works out, keeps, posts, and notes that it has."""

    def __init__(
        self,
        assistant: Assistant,
        state: State,
        client: WebClient,
        brief: WebClient,
        count: Count,
    ) -> None:
        self._assistant = assistant
        self._state = state
        self._client = client
        self._brief = brief
        self._count = count

    def respond(self, task: Task) -> None:
        """Answer a question that this process holds, or find that it has been answered.

        :raises TryLater: Slack asks to wait, or did not say whether it took the answer.
        :raises StateFailure: the database is gone.
        """
        asked = task.asked
        if task.attempts > (RESPONSES if asked.response_url else ATTEMPTS):
            log.error("slack question given up: %s", asked.key)
            self._state.events.finish(asked.key)
            return
        if task.unsure and self._is_answered(task):
            self._state.events.finish(asked.key)
            return
        self._show_working(asked)
        start = time.perf_counter()
        message, plain = self._compose(asked)
        if not self._state.events.posting(asked.key):
            return  # another process has taken over while this one slept
        self._post(task, message, plain)
        self._state.events.finish(asked.key)
        self._count("answered")
        milliseconds = 1000 * (time.perf_counter() - start)
        log.info("slack question answered: %s in %.0f ms", asked.key, milliseconds)

    def _compose(self, asked: Asked) -> tuple[Message, Callable[[], Message]]:
        """Return the answer as a message, and as bare text for the case of need."""
        if asked.text.casefold().strip(" .!?") in ("", "help"):
            return help_message(), help_message
        try:
            answer, place = self._answer(asked)
        except StateFailure:
            raise
        except Exception:
            log.exception("slack question failed: %s", asked.key)
            return notice(FAULT), lambda: notice(FAULT)
        if asked.is_command and answer.outcome == "not_covered" and is_bare(asked.text):
            return unknown_message(asked.text), lambda: unknown_message(asked.text)
        echo = asked.text if asked.echo else ""
        return answer_message(answer, place, echo), lambda: plain_message(answer)

    def _answer(self, asked: Asked) -> tuple[Answer, Place]:
        """Answer within the conversation; a second attempt finds the answer of the first."""
        exchange = exchange_of(asked)
        place = Place(asked.conversation, exchange)
        conversation = self._state.conversations.start(asked.owner, "slack", asked.conversation)
        history: list[Turn] = []
        for kept in conversation.exchanges:
            if kept.id == exchange:
                return kept.answer, place
            history += kept.turns()
        answer = self._assistant.ask(asked.text, history)
        if answer.outcome == "invalid_input":
            return answer, place  # what was no question is no part of the conversation
        kept = self._state.conversations.add(asked.conversation, asked.text, answer, exchange)
        return kept.answer, place

    def _show_working(self, asked: Asked) -> None:
        """Show under the thread that work is under way; Slack takes it away with the answer."""
        if asked.response_url or not asked.thread:
            return
        try:
            self._brief.assistant_threads_setStatus(
                channel_id=asked.channel, thread_ts=asked.thread, status=WORKING
            )
        except (SlackApiError, *UNREACHABLE):
            log.debug("no status could be set", exc_info=True)  # an answer is worth more

    def _is_answered(self, task: Task) -> bool:
        """Look in the thread for our answer to this very message."""
        asked = task.asked
        if asked.response_url:
            return False  # what went to one person alone cannot be looked up
        cursor = ""
        try:
            while True:
                page = self._client.conversations_replies(
                    channel=asked.channel,
                    ts=asked.thread,
                    oldest=asked.ts,
                    include_all_metadata=True,
                    limit=200,
                    cursor=cursor or None,
                )
                messages: list[dict[str, object]] = page.get("messages") or []
                if any(_is_answer_to(asked, message) for message in messages):
                    return True
                cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
                if not cursor:
                    return False
        except SlackApiError as error:
            if cause_of(error) != "refused":
                raise TryLater(_pause(task, error), unsure=True) from error
            log.error("the thread of %s cannot be read (%s): answering it", asked.key, code(error))
            return False
        except UNREACHABLE as error:
            raise TryLater(_pause(task), unsure=True) from error

    def _post(self, task: Task, message: Message, plain: Callable[[], Message]) -> None:
        asked = task.asked
        try:
            if asked.response_url:
                self._respond(task, message)
                return
            try:
                self._post_in_thread(asked, message)
            except SlackApiError as error:
                if cause_of(error) != "blocks":
                    raise
                log.error("slack refused the blocks of %s (%s)", asked.key, code(error))
                self._post_in_thread(asked, plain())
        except SlackApiError as error:
            cause = cause_of(error)
            if cause in ("rate_limited", "unsure"):
                raise TryLater(_pause(task, error), unsure=cause == "unsure") from error
            log.error("slack takes no answer to %s (%s)", asked.key, code(error))
        except UNREACHABLE as error:
            raise TryLater(_pause(task), unsure=True) from error

    def _post_in_thread(self, asked: Asked, message: Message) -> None:
        self._client.chat_postMessage(
            channel=asked.channel,
            thread_ts=asked.thread,
            metadata={
                "event_type": contract.METADATA,
                "event_payload": {"event": asked.key},
            },
            parse="none",
            unfurl_links=False,
            unfurl_media=False,
            **message.to_json(),
        )

    def _respond(self, task: Task, message: Message) -> None:
        """Answer through the response_url: five times, for half an hour."""
        asked = task.asked
        answer = connect_webhook(asked.response_url).send_dict(
            {
                "response_type": "in_channel" if asked.visible else "ephemeral",
                "replace_original": False,
                **message.to_json(),
            }
        )
        if answer.status_code == 429:
            raise TryLater(retry_after(answer.headers), unsure=False)
        if answer.status_code >= 500:
            raise TryLater(_pause(task), unsure=True)
        if answer.status_code != 200:
            log.error("slack takes no answer to %s (HTTP %d)", asked.key, answer.status_code)


def exchange_of(asked: Asked) -> str:
    """Return the id of the exchange that a question makes: the same in every attempt."""
    return uuid5(NAMESPACE_URL, asked.key).hex


def _is_answer_to(asked: Asked, message: dict[str, object]) -> bool:
    metadata = message.get("metadata")
    payload = metadata.get("event_payload") if isinstance(metadata, dict) else None
    return isinstance(payload, dict) and payload.get("event") == asked.key


def _pause(task: Task, error: SlackApiError | None = None) -> float:
    """Return how long to wait: what Slack asks for, otherwise longer each time."""
    if error is not None and cause_of(error) == "rate_limited":
        return retry_after(error.response.headers)
    return min(FIRST_WAIT * 2.0 ** (task.attempts - 1), LONGEST_WAIT)
