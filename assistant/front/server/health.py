"""Whether the server can answer: the index and the database do."""

from __future__ import annotations

import asyncio
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from assistant.assistant import Assistant
from assistant.front.http.docs_page import docs_html
from assistant.front.http.examples import HEALTH, shown
from assistant.front.http.problems import MEDIA_TYPE, Refused
from assistant.front.http.replies import HealthReply
from assistant.front.server.metrics import metrics_response
from assistant.state.store import State

PATIENCE = 5.0  # seconds


def build_service_router(assistant: Assistant, state: State) -> APIRouter:
    """Return the routes for those who run the server, and the documentation."""
    router = APIRouter()
    refused: dict[int | str, dict[str, Any]] = {
        503: {
            "description": "The index or the database does not answer.",
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemReply"}}},
        }
    }

    def look() -> None:
        state.ping()
        if not assistant.index.search("power supply", 1):
            raise Refused("unavailable", "The index finds nothing.")

    @router.get(
        "/health",
        summary="Whether questions can be answered",
        response_model=HealthReply,
        responses={**shown(HEALTH), **refused},
    )
    async def health() -> JSONResponse:
        try:
            async with asyncio.timeout(PATIENCE):
                await asyncio.to_thread(look)
        except TimeoutError:
            raise Refused("unavailable", f"No answer within {PATIENCE:g} seconds.") from None
        return JSONResponse(HEALTH)

    @router.get("/metrics", include_in_schema=False)
    async def metrics() -> Response:
        return metrics_response()

    @router.get("/api/docs", include_in_schema=False)
    async def docs(request: Request) -> Response:
        root = request.scope.get("root_path", "")
        return Response(docs_html(request.app.openapi(), root), media_type="text/html")

    return router
