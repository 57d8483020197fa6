"""The OpenAPI document: what FastAPI makes, with problems, keys and where it is served."""

from __future__ import annotations

import json
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from assistant.front.http.problems import PREFIX, PROBLEMS
from assistant.front.http.replies import ProblemReply
from assistant.types import Json

ABOUT = (
    "Answers about hardware for deep learning from one source, each with the exact lines it "
    "rests on. Errors are problem+json (RFC 9457) with the types below; every reply carries an "
    "X-Request-ID, which finds it in the server's log. Where the server has keys, send one as "
    "`Authorization: Bearer KEY`."
)


def add_openapi(app: FastAPI) -> None:
    """Make the application's document complete."""

    def build() -> Json:
        if app.openapi_schema is None:
            app.openapi_schema = _completed(
                get_openapi(
                    title="Rigwise", version=app.version, description=ABOUT, routes=app.routes
                )
            )
        return app.openapi_schema

    app.openapi = build  # type: ignore[method-assign] # FastAPI's documented way


def _completed(document: Json) -> Json:
    parts: dict[str, Any] = document.setdefault("components", {})
    schemas = parts.setdefault("schemas", {})
    schemas["ProblemReply"] = {
        **ProblemReply.model_json_schema(),
        "example": {
            "type": f"{PREFIX}invalid-input",
            "title": "Invalid input",
            "status": 422,
            "detail": "question: Field required",
            "request_id": "0123456789abcdef0123456789abcdef",
        },
    }
    schemas["ProblemReply"]["properties"]["type"]["enum"] = [PREFIX + kind for kind in PROBLEMS]
    parts["securitySchemes"] = {
        "key": {"type": "http", "scheme": "bearer"},
        "password": {"type": "http", "scheme": "basic"},
    }
    for item in document["paths"].values():
        for operation in item.values():
            for response in operation["responses"].values():
                content = response.get("content", {}).get("application/json", {})
                if "example" in content:
                    content["example"] = json.loads(content["example"])
    document["security"] = [{}, {"key": []}, {"password": []}]
    return document
