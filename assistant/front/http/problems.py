"""Errors as problem+json (RFC 9457), with stable types."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

from assistant.errors import InvalidInput, NoSolution, RigwiseError

STATUS: dict[type[RigwiseError], tuple[int, str]] = {
    InvalidInput: (422, "invalid-input"),
    NoSolution: (409, "no-solution"),
}


def problem(status: int, kind: str, detail: str) -> JSONResponse:
    """Return a problem; its type is urn:rigwise:problem:KIND."""
    return JSONResponse(
        {
            "type": f"urn:rigwise:problem:{kind}",
            "title": kind.replace("-", " "),
            "status": status,
            "detail": detail,
        },
        status,
        media_type="application/problem+json",
    )


def add_problems(app: FastAPI) -> None:
    """Answer every error of ours, and every malformed request, with a problem."""

    @app.exception_handler(RigwiseError)
    async def _ours(request: Request, error: RigwiseError) -> JSONResponse:
        status, kind = STATUS.get(type(error), (400, "error"))
        return problem(status, kind, str(error))

    @app.exception_handler(RequestValidationError)
    async def _malformed(request: Request, error: RequestValidationError) -> JSONResponse:
        fault = error.errors()[0]
        where = ".".join(str(part) for part in fault["loc"][1:])
        return problem(422, "invalid-input", f"{where}: {fault['msg']}".strip(": "))
