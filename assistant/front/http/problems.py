"""Errors as problem+json (RFC 9457), with stable types: all of them stand in PROBLEMS."""

from __future__ import annotations

import http
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from asgi_correlation_id import correlation_id
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from assistant.errors import InvalidInput, NoSolution, NotFound, RigwiseError, StateFailure
from assistant.logs import get_logger
from corpus.errors import CorpusError
from index.errors import IndexFailure

MEDIA_TYPE = "application/problem+json"
PREFIX = "urn:rigwise:problem:"
CLIENT_GONE = 499  # what nginx calls it; nobody reads it but the log
_LOG = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Problem:
    """A kind of error: its HTTP status, and what it means for the caller."""

    status: int
    meaning: str


PROBLEMS: Mapping[str, Problem] = {
    "malformed": Problem(400, "The body is no JSON."),
    "unauthorized": Problem(401, "A key or a password is missing or wrong."),
    "forbidden": Problem(403, "Another website tried to act in your name."),
    "not-found": Problem(404, "There is no such address, line, calculator or conversation."),
    "method-not-allowed": Problem(405, "The address knows other methods; see Allow."),
    "no-solution": Problem(409, "The inputs make sense, but the calculation has no answer."),
    "too-large": Problem(413, "The question or the request is too long."),
    "unsupported-media-type": Problem(415, "The body is not sent as application/json."),
    "invalid-input": Problem(422, "A field is missing or cannot be used; detail names it."),
    "rate-limited": Problem(429, "Too many requests; wait for Retry-After seconds."),
    "internal": Problem(500, "A fault of ours; the request_id finds it in the log."),
    "unavailable": Problem(503, "The index or the database does not answer."),
    "busy": Problem(503, "Too many answers are being made; wait for Retry-After seconds."),
    "timeout": Problem(504, "The answer took too long and was given up."),
}
_OF_ERRORS: tuple[tuple[type[Exception], str], ...] = (
    (NotFound, "not-found"),
    (InvalidInput, "invalid-input"),
    (NoSolution, "no-solution"),
    (StateFailure, "unavailable"),
    (IndexFailure, "unavailable"),
    (CorpusError, "unavailable"),
)
_OF_STATUS = {problem.status: kind for kind, problem in reversed(list(PROBLEMS.items()))}


class Refused(RigwiseError):
    """A request that is answered with a problem."""

    def __init__(self, kind: str, detail: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(detail)
        self.kind = kind
        self.headers = dict(headers or {})

    @property
    def response(self) -> JSONResponse:
        """The problem as a response."""
        return problem(self.kind, str(self), self.headers)


def problem(kind: str, detail: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """Return a problem; its type is urn:rigwise:problem:KIND."""
    return JSONResponse(
        problem_json(kind, detail),
        PROBLEMS[kind].status,
        headers,
        media_type=MEDIA_TYPE,
    )


def problem_json(kind: str, detail: str) -> dict[str, Any]:
    """Return a problem as JSON, with the id that finds the request in the log."""
    return {
        "type": PREFIX + kind,
        "title": kind.replace("-", " ").capitalize(),
        "status": PROBLEMS[kind].status,
        "detail": detail,
        "request_id": correlation_id.get() or "",
    }


def kind_of(error: Exception) -> str:
    """Return the kind of problem that an error is."""
    found = (kind for types, kind in _OF_ERRORS if isinstance(error, types))
    return error.kind if isinstance(error, Refused) else next(found, "internal")


def response_to(error: Exception) -> JSONResponse:
    """Return the problem for an error; only ours say what they are about."""
    kind = kind_of(error)
    if kind == "internal":
        _LOG.error("internal error", exc_info=error)
        return internal()
    if PROBLEMS[kind].status >= 500:
        _LOG.warning("request failed", problem=kind, reason=str(error))
    return error.response if isinstance(error, Refused) else problem(kind, str(error))


def internal() -> JSONResponse:
    """Return the problem for what should never happen."""
    return problem("internal", "Something went wrong here. The request_id finds it in the log.")


def add_problems(app: FastAPI) -> None:
    """Answer every error of ours, and every malformed request, with a problem."""

    async def ours(_: Request, error: Exception) -> Response:
        return response_to(error)

    for kind in (RigwiseError, CorpusError, IndexFailure, Exception):
        app.add_exception_handler(kind, ours)

    @app.exception_handler(HTTPException)
    async def _http(_: Request, error: HTTPException) -> Response:
        kind = _OF_STATUS.get(error.status_code, "internal")
        detail = str(error.detail)
        if detail == http.HTTPStatus(error.status_code).phrase:
            detail = PROBLEMS[kind].meaning
        return problem(kind, detail, error.headers)

    @app.exception_handler(RequestValidationError)
    async def _malformed(_: Request, error: RequestValidationError) -> Response:
        fault = error.errors()[0]
        if fault["type"] == "json_invalid":
            where = f"at character {fault['loc'][-1]}"
            return problem("malformed", f"The body is no JSON: {fault['ctx']['error']} {where}.")
        where = ".".join(str(part) for part in fault["loc"][1:])
        said = fault["msg"].removeprefix("Value error, ")
        # The place may hold a name from the body, with characters that cannot be sent.
        return problem(
            "invalid-input", f"{where}: {said}".strip(": ").encode(errors="replace").decode()
        )

    @app.exception_handler(ClientDisconnect)
    async def _gone(_: Request, __: ClientDisconnect) -> Response:
        return Response(status_code=CLIENT_GONE)
