"""Conversations that the server keeps, and what people think of its answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, TypeVar

from fastapi import APIRouter, Path, Request
from fastapi.responses import JSONResponse, Response

from assistant.front.http.bodies import FeedbackBody, Id
from assistant.front.http.client import owner_of
from assistant.front.http.examples import CONVERSATION, FEEDBACK, STARTED, shown
from assistant.front.http.replies import ConversationReply, FeedbackReply
from assistant.front.http.work import Workers, while_connected
from assistant.state.store import State
from assistant.state.types import Conversation, Feedback
from assistant.types import Json

T = TypeVar("T")
Named = Annotated[Id, Path(examples=["0123456789abcdef0123456789abcdef"])]


def add_conversations(router: APIRouter, state: State, workers: Workers) -> None:
    """Add the routes of conversations and of feedback."""

    async def run(request: Request, work: Callable[[], T]) -> T:
        return await while_connected(request, workers.run(lambda _: work()))

    @router.post(
        "/conversations",
        summary="Begin a conversation",
        status_code=201,
        response_model=ConversationReply,
        responses=shown(STARTED, 201),
    )
    async def start(request: Request) -> JSONResponse:
        owner = owner_of(request)
        begun = await run(request, lambda: state.conversations.start(owner, "http"))
        return JSONResponse(conversation_json(begun), 201)

    @router.get(
        "/conversations/{id}",
        summary="A conversation of yours",
        response_model=ConversationReply,
        responses=shown(CONVERSATION),
    )
    async def read(request: Request, id: Named) -> JSONResponse:
        owner = owner_of(request)
        found = await run(request, lambda: state.conversations.get(id, owner))
        return JSONResponse(conversation_json(found))

    @router.delete("/conversations/{id}", summary="Delete a conversation of yours", status_code=204)
    async def delete(request: Request, id: Named) -> Response:
        owner = owner_of(request)
        await run(request, lambda: state.conversations.delete(id, owner))
        return Response(status_code=204)

    @router.post(
        "/feedback",
        summary="Judge an answer of a conversation",
        response_model=FeedbackReply,
        responses=shown(FEEDBACK),
    )
    async def feedback(request: Request, body: FeedbackBody) -> JSONResponse:
        owner = owner_of(request)
        given = await run(
            request,
            lambda: state.feedback.give(body.exchange, owner, body.verdict, body.reason),
        )
        return JSONResponse(feedback_json(given))


def conversation_json(conversation: Conversation) -> Json:
    """Return a conversation; to whom it belongs stays here."""
    return {
        "id": conversation.id,
        "title": conversation.title,
        "started_at": conversation.started_at.isoformat(),
        "updated_at": conversation.updated_at.isoformat(),
        "exchanges": [
            {
                "id": exchange.id,
                "question": exchange.question,
                "answer": exchange.answer.to_json(),
                "asked_at": exchange.asked_at.isoformat(),
            }
            for exchange in conversation.exchanges
        ],
    }


def feedback_json(feedback: Feedback) -> Json:
    """Return what was kept."""
    return {
        "exchange": feedback.exchange_id,
        "verdict": feedback.verdict,
        "reason": feedback.reason,
        "given_at": feedback.given_at.isoformat(),
    }
