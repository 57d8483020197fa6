"""What requests hold."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from assistant.types import Turn

LONGEST_TURN = 20_000  # characters of one message of a conversation
TURNS = 100


def _sayable(text: str) -> str:
    if "\x00" in text:
        raise ValueError("a NUL character cannot be used")
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError("half a character (a lone surrogate) cannot be used")
    return text


Text = Annotated[str, AfterValidator(_sayable)]
Id = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$", description="32 hexadecimal digits.")]


class TurnBody(BaseModel):
    """One message of a conversation."""

    role: Literal["user", "assistant"]
    content: Annotated[Text, Field(max_length=LONGEST_TURN)]


class AskBody(BaseModel):
    """A question, with the conversation before it: told here, or kept by the server."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"id": "1", "question": "Is x8 enough for two cards?"}]}
    )

    question: Annotated[Text, Field(description="At most 4,000 characters.")]
    id: Annotated[
        Annotated[Text, Field(max_length=200)] | int | None,
        Field(description="Comes back with the answer."),
    ] = None
    history: Annotated[
        list[TurnBody], Field(max_length=TURNS, description="Earlier messages, oldest first.")
    ] = Field(default_factory=list)
    conversation: Annotated[
        Id | None,
        Field(description="A conversation that the server keeps: it is the history, and grows."),
    ] = None

    @property
    def turns(self) -> list[Turn]:
        """The history as the assistant takes it."""
        return [Turn(turn.role, turn.content) for turn in self.history]


class CheckBody(BaseModel):
    """A build: a pasted part list or YAML."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"text": "4x RTX 2080 Ti\nIntel i9-9900K\n32 GB RAM\n1600 W PSU", "id": "build-7"}
            ]
        }
    )

    text: Annotated[Text, Field(max_length=LONGEST_TURN)]
    id: Annotated[Text, Field(max_length=200)] | int | None = None


class FeedbackBody(BaseModel):
    """What you think of an answer in a conversation; the last word counts."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "exchange": "0123456789abcdef0123456789abcdef",
                    "verdict": "down",
                    "reason": "It is about cards in general; I asked about blowers.",
                }
            ]
        }
    )

    exchange: Id
    verdict: Literal["up", "down"]
    reason: Annotated[Text, Field(max_length=2000)] = ""


Inputs = Annotated[
    dict[str, Any],
    Field(
        description="The calculator's inputs by name: numbers in its units, or text with a unit.",
        examples=[{"gpu": "4x RTX 2080 Ti", "cpu_watts": 150}],
    ),
]
