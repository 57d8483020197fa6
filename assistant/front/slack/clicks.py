"""What buttons do: open sources, show more, ask a suggestion, take feedback."""

from __future__ import annotations

import json
import logging

from slack_sdk import WebClient

from assistant.assistant import Assistant
from assistant.errors import InvalidInput, NotFound
from assistant.front.slack.ephemeral import Ephemeral
from assistant.front.slack.payloads import Body, carried_by, id_of, part_of
from assistant.front.slack.types import Place, owner_of
from assistant.front.slack.views.answer import more_view
from assistant.front.slack.views.feedback import (
    BLOCK,
    INPUT,
    THANKS_UP,
    reason_view,
)
from assistant.front.slack.views.source import message_view, source_view
from assistant.state.store import State
from assistant.state.types import Exchange
from assistant.types import Json
from corpus.types import Lines

GONE = "This answer is no longer kept. Ask again to get a new one."

log = logging.getLogger("rigwise.slack")


class Clicks:
    """Handles what is clicked; a modal must open within three seconds of the click."""

    def __init__(
        self, assistant: Assistant, state: State, client: WebClient, ephemeral: Ephemeral
    ) -> None:
        self._assistant = assistant
        self._state = state
        self._client = client
        self._ephemeral = ephemeral

    def open_source(self, body: Body) -> None:
        """Open the lines of a citation."""
        carried = carried_by(body)
        try:
            lines = Lines(*carried["l"])
            view = source_view(self._assistant.source(lines.first), lines, self._quote(carried))
        except (InvalidInput, KeyError, TypeError) as error:
            view = message_view("Source", f"These lines cannot be shown: {error}")
        self._open(body, view)

    def _quote(self, carried: Json) -> str:
        """Return the quoted words; none where the answer is no longer kept."""
        exchange = self._exchange(carried)
        if exchange is None:
            return ""
        answer = exchange.answer
        citations = (*answer.citations, *answer.more_citations)
        return next((c.quote for c in citations if c.n == carried.get("n")), "")

    def open_more(self, body: Body) -> None:
        """Show what a message left out."""
        carried = carried_by(body)
        exchange = self._exchange(carried)
        if exchange is None:
            self._open(body, message_view("More", GONE))
            return
        self._open(body, more_view(exchange.answer, Place(carried["c"], carried["e"])))

    def take_feedback(self, body: Body, helped: bool) -> None:
        """Keep a verdict; ask for the reason where the answer did not help."""
        exchange = carried_by(body).get("e", "")
        try:
            self._state.feedback.give(exchange, _owner(body), "up" if helped else "down")
        except NotFound:
            self._ephemeral.say(body, GONE)
            return
        if helped:
            self._ephemeral.say(body, THANKS_UP)
        else:
            self._open(body, reason_view(exchange))

    def take_reason(self, body: Body) -> None:
        """Keep the reason why an answer did not help."""
        view = body["view"]
        reason = view["state"]["values"][BLOCK][INPUT].get("value") or ""
        exchange = json.loads(view["private_metadata"])["e"]
        try:
            self._state.feedback.give(exchange, _owner(body), "down", reason)
        except NotFound:
            log.info("feedback on an answer that is no longer kept")

    def _exchange(self, carried: Json) -> Exchange | None:
        try:
            conversation = self._state.conversations.get(carried["c"])
        except (NotFound, KeyError):
            return None
        return next((kept for kept in conversation.exchanges if kept.id == carried["e"]), None)

    def _open(self, body: Body, view: Json) -> None:
        """Open a modal: above the one that was clicked in, if one was."""
        trigger: str = body["trigger_id"]
        if body.get("view"):
            self._client.views_push(trigger_id=trigger, view=view)
        else:
            self._client.views_open(trigger_id=trigger, view=view)


def _owner(body: Body) -> str:
    user = part_of(body, "user")
    team = user.get("team_id") or part_of(body, "team").get("id")
    return owner_of(id_of(team), id_of(user.get("id")))
