"""The HTTP API: ask, source, calculate, check; the contract of `rigwise ask --json`."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from assistant.answering.phrasing import said_by
from assistant.assistant import Assistant
from assistant.types import Turn
from corpus.reader import text_of


class TurnBody(BaseModel):
    """One message of a conversation."""

    role: Literal["user", "assistant"]
    content: str


class AskBody(BaseModel):
    """A question, with the conversation before it."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"id": "1", "question": "Is x8 enough for two cards?"}]}
    )

    question: str
    id: str | int | None = None
    history: list[TurnBody] = Field(default_factory=list, max_length=100)


class CheckBody(BaseModel):
    """A build: a pasted part list or YAML."""

    text: str
    id: str | int | None = None


def build_router(assistant: Assistant) -> APIRouter:
    """Return the routes under /api/v1."""
    router = APIRouter(prefix="/api/v1")

    @router.post("/ask", summary="Ask the guide a question")
    def ask(body: AskBody) -> dict[str, Any]:
        turns = [Turn(turn.role, turn.content) for turn in body.history]
        return assistant.ask(body.question, turns).to_json(body.id)

    @router.get("/source/{line}", summary="A line in its place, with its thread")
    def source(line: int) -> dict[str, Any]:
        view = assistant.source(line)
        return {
            "lines": list(view.lines),
            "text": view.text,
            "role": view.role,
            "section": view.section,
            "years": list(view.years),
            "said_by": said_by(view.role, view.years),
            "thread": [
                {
                    "lines": list(comment.lines),
                    "role": comment.role,
                    "years": list(comment.years),
                    "text": text_of(comment.lines),
                }
                for comment in view.thread
            ],
        }

    @router.get("/calculators", summary="The calculators, with the schemas of their inputs")
    def calculators() -> dict[str, Any]:
        return assistant.calculators()

    @router.post("/calculate/{name}", summary="Run a calculator")
    def calculate(name: str, inputs: dict[str, Any]) -> dict[str, Any]:
        return assistant.calculate(name, inputs).to_json()

    @router.post("/check", summary="Check a build")
    def check(body: CheckBody) -> dict[str, Any]:
        return assistant.check(body.text).to_json(body.id)

    return router
