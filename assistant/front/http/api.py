"""The HTTP API under /api/v1: the contract of `rigwise ask --json`, and what stands beside it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Depends, Path, Request
from fastapi.responses import JSONResponse

from assistant.assistant import Assistant
from assistant.errors import InvalidInput
from assistant.front.http.asking import add_ask
from assistant.front.http.bodies import CheckBody, Inputs
from assistant.front.http.conversations import add_conversations
from assistant.front.http.examples import BUILD, CALCULATION, CALCULATORS, SOURCE, shown
from assistant.front.http.problems import PROBLEMS, Refused
from assistant.front.http.replies import (
    BuildReply,
    CalculationReply,
    CalculatorReply,
    SourceReply,
)
from assistant.front.http.source import source_json
from assistant.front.http.work import Workers, while_connected
from assistant.state.store import State

T = TypeVar("T")
Json = dict[str, Any]
PREFIX = "/api/v1"

_COMMON = {
    str(status): {
        "description": " ".join(p.meaning for p in PROBLEMS.values() if p.status == status),
        "content": {
            "application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemReply"}}
        },
    }
    for status in sorted({p.status for p in PROBLEMS.values()})
}


async def require_json(request: Request) -> None:
    """Refuse a body that is not sent as JSON: what any website can send unasked is not."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if await request.body() and not (kind == "application/json" or kind.endswith("+json")):
        raise Refused(
            "unsupported-media-type", "Send the body as JSON, with Content-Type: application/json."
        )


def build_router(assistant: Assistant, state: State, workers: Workers) -> APIRouter:
    """Return the routes under /api/v1."""
    router = APIRouter(
        prefix=PREFIX,
        dependencies=[Depends(require_json)],
        responses={status: dict(response) for status, response in _COMMON.items()},
    )
    add_ask(router, assistant, state, workers)
    add_conversations(router, state, workers)

    async def run(request: Request, work: Callable[[], T]) -> T:
        return await while_connected(request, workers.run(lambda _: work()))

    @router.get(
        "/source/{line}",
        summary="A line in its place, with its thread",
        response_model=SourceReply,
        responses=shown(SOURCE),
    )
    async def source(
        request: Request, line: Annotated[int, Path(examples=[256], description="From 1 to 1245.")]
    ) -> JSONResponse:
        return JSONResponse(source_json(await run(request, lambda: assistant.source(line))))

    @router.get(
        "/calculators",
        summary="The calculators, with the schemas of their inputs",
        response_model=dict[str, CalculatorReply],
        responses=shown(CALCULATORS),
    )
    async def calculators(request: Request) -> JSONResponse:
        return JSONResponse(await run(request, assistant.calculators))

    @router.post(
        "/calculate/{name}",
        summary="Run a calculator",
        response_model=CalculationReply,
        responses=shown(CALCULATION),
    )
    async def calculate(
        request: Request, name: Annotated[str, Path(examples=["psu"])], inputs: Inputs
    ) -> JSONResponse:
        _require_sendable(inputs)
        found = await run(request, lambda: assistant.calculate(name, inputs))
        return JSONResponse(found.to_json())

    @router.post(
        "/check", summary="Check a build", response_model=BuildReply, responses=shown(BUILD)
    )
    async def check(request: Request, body: CheckBody) -> JSONResponse:
        report = await run(request, lambda: assistant.check(body.text))
        return JSONResponse(report.to_json(body.id))

    return router


def _require_sendable(inputs: Json) -> None:
    """Refuse what JSON can hold but a reply cannot say: halves of characters, no-numbers."""
    try:
        json.dumps(inputs, ensure_ascii=False, allow_nan=False).encode()
    except ValueError as error:
        raise InvalidInput("An input is no number or no text: NaN, or half a character.") from error
