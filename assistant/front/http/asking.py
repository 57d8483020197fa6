"""POST /ask: a whole answer or a stream, alone or in a conversation that the server keeps."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from assistant.assistant import Assistant
from assistant.errors import InvalidInput
from assistant.front.http.bodies import AskBody
from assistant.front.http.client import owner_of
from assistant.front.http.events import event_stream, wants_events
from assistant.front.http.examples import ANSWER, EVENTS, shown
from assistant.front.http.problems import Refused
from assistant.front.http.replies import AnswerReply
from assistant.front.http.work import Workers, while_connected
from assistant.state.store import State
from assistant.streaming import COMPOSING, Watch
from assistant.types import Json
from assistant.understand.question import LONGEST


def add_ask(router: APIRouter, assistant: Assistant, state: State, workers: Workers) -> None:
    """Add the route that answers."""
    responses: dict[int | str, dict[str, Any]] = shown(ANSWER)
    responses[200]["content"]["text/event-stream"] = {
        "schema": {"type": "string"},
        "example": EVENTS,
    }

    @router.post(
        "/ask",
        summary="Ask the guide a question",
        description="With `Accept: text/event-stream` the answer is streamed: events `step` "
        "(what is being done), `block` (a piece of the checked answer, in Markdown), `answer` "
        "(the whole, as without streaming) or `error` (a problem). Leaving cancels the work.",
        response_model=AnswerReply,
        responses=responses,
    )
    async def ask(request: Request, body: AskBody) -> Response:
        _require_usable(body)
        owner = owner_of(request)

        async def answer(tell: Watch) -> Json:
            return await workers.run(
                lambda watch: answer_json(assistant, state, body, owner, watch), tell
            )

        if wants_events(request.headers.get("accept", "")):
            return event_stream(answer)
        found = await while_connected(request, answer(lambda _: None))
        return JSONResponse(found)


def _require_usable(body: AskBody) -> None:
    if len(body.question) > LONGEST:
        raise Refused(
            "too-large",
            f"The question has {len(body.question):,} characters; at most {LONGEST:,} can be "
            "read. Ask it in a few sentences.",
        )
    if body.conversation and body.history:
        raise InvalidInput("Give a conversation or a history, not both.")


def answer_json(
    assistant: Assistant, state: State, body: AskBody, owner: str, watch: Watch
) -> Json:
    """Answer a question; in a conversation, keep the exchange. It blocks.

    :raises NotFound: the owner has no such conversation.
    :raises StateFailure: the database does not answer.
    """
    if body.conversation is None:
        return assistant.ask(body.question, body.turns, watch).to_json(body.id)
    conversation = state.conversations.get(body.conversation, owner)
    answer = assistant.ask(body.question, conversation.history(), watch)
    watch(COMPOSING)  # an answer that nobody waited for is not kept
    exchange = state.conversations.add(conversation.id, body.question, answer)
    return {
        **answer.to_json(body.id),
        "conversation": conversation.id,
        "exchange": exchange.id,
    }
