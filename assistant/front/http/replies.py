"""What replies hold: models for the documentation and its checks; nothing is built from them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, Field

from assistant.types import About, Mode, NoteKind, Outcome, PartKind, VerdictKind
from corpus.types import Role

Lines = tuple[int, int]


class CitationReply(BaseModel):
    """A numbered, exact quotation from the guide."""

    n: int
    lines: Lines
    quote: str
    role: Role
    section: str | None
    years: tuple[int, int]


class PassageReply(BaseModel):
    """A passage that was found, with its score."""

    lines: Lines
    score: float


class CalculationReply(BaseModel):
    """A calculation: the main figure is results.recommended or results.value."""

    calculator: str
    inputs: dict[str, Any]
    results: dict[str, Any]
    steps: list[str]
    lines: list[Lines]
    notes: list[str]


class NoteReply(BaseModel):
    """Something to know about an answer."""

    kind: NoteKind
    text: str


class AnswerReply(BaseModel):
    """An answer; its [n] are the numbers of its citations."""

    id: str | int | None
    question: str
    mode: Mode
    outcome: Outcome
    answer: str
    citations: list[CitationReply]
    passages: list[PassageReply]
    calculations: list[CalculationReply]
    notes: list[NoteReply]
    timings_ms: dict[str, float]
    more: str
    more_citations: list[CitationReply]
    suggestions: list[str]
    unsupported: int
    conversation: str = Field(default="", description="Only where the question named one.")
    exchange: str = Field(default="", description="What feedback names; with a conversation.")


class CommentReply(BaseModel):
    """A comment of a thread."""

    lines: Lines
    role: Role
    years: tuple[int, int]
    text: str


class SourceReply(BaseModel):
    """A line in its place: the comment or section that holds it, and its thread."""

    lines: Lines
    text: str
    role: Role
    section: str | None
    years: tuple[int, int]
    said_by: str
    thread: list[CommentReply]


class CalculatorReply(BaseModel):
    """What a calculator does and takes."""

    title: str
    summary: str
    inputs: dict[str, Any]


class PartReply(BaseModel):
    """A part that was recognised."""

    text: str
    kind: PartKind
    model: str
    count: int


class VerdictReply(BaseModel):
    """A finding on a build."""

    about: About
    verdict: VerdictKind
    text: str
    lines: list[Lines]
    calculation: CalculationReply | None


class BuildReply(BaseModel):
    """The findings on a build."""

    id: str | int | None
    parts: list[PartReply]
    unknown_parts: list[str]
    verdicts: list[VerdictReply]


class ExchangeReply(BaseModel):
    """A question of a conversation and its answer."""

    id: str
    question: str
    answer: AnswerReply
    asked_at: datetime


class ConversationReply(BaseModel):
    """A conversation that the server keeps."""

    id: str
    title: str
    started_at: datetime
    updated_at: datetime
    exchanges: list[ExchangeReply]


class FeedbackReply(BaseModel):
    """What was kept."""

    exchange: str
    verdict: Literal["up", "down"]
    reason: str
    given_at: datetime


class HealthReply(BaseModel):
    """The index and the database answer."""

    status: Literal["ready"]


class ProblemReply(BaseModel):
    """An error (RFC 9457). The type is stable; detail is for people."""

    type: str
    title: str
    status: int
    detail: str
    request_id: str
