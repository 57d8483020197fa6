"""One question to the agent: search, calculate, write, within limits."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from langchain.agents import create_agent
from langchain.agents.middleware import (
    AgentMiddleware,
    ModelCallLimitMiddleware,
    ModelRetryMiddleware,
    ToolCallLimitMiddleware,
)
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage
from langchain_core.tools import BaseTool

from assistant.answering.check import MARKER
from assistant.model.deadline import within
from assistant.model.failures import ModelFailure, failure_of, is_worth_retrying
from assistant.model.plain import LONGEST
from assistant.model.prompt import SYSTEM
from assistant.streaming import CALCULATING, SEARCHING, WRITING, Step, Watch, unwatched
from assistant.types import Turn

RETRIES = 1  # of one call to the model
FIRST_DELAY = 0.5  # seconds before it
TOOL_CALLS = 3  # for each step, at most: a model may call several tools at once
REMEMBERED = 6  # turns of the conversation before the question
LONGEST_TURN = 2000  # characters of each that the model is shown
LEAST_TIME = 1.0  # seconds that must be left to start another call
READS = {"search", "thread"}  # the tools that look into the guide; the others calculate


@dataclass(frozen=True, slots=True)
class Limits:
    """What one question may take: seconds in all, and calls to the model."""

    seconds: float
    steps: int


class Agent:
    """A model with its tools, for one question: the time runs from the start."""

    def __init__(
        self,
        model: BaseChatModel,
        tools: Sequence[BaseTool],
        limits: Limits,
        watch: Watch = unwatched,
    ) -> None:
        self._model = model
        self._watch = watch
        self._step = WRITING
        self._end = time.monotonic() + limits.seconds
        middleware: list[AgentMiddleware[Any, None, Any]] = [
            ModelCallLimitMiddleware(run_limit=limits.steps, exit_behavior="error"),
            ToolCallLimitMiddleware(run_limit=TOOL_CALLS * limits.steps),
            ModelRetryMiddleware(
                max_retries=RETRIES,
                retry_on=is_worth_retrying,
                on_failure="error",
                initial_delay=FIRST_DELAY,
            ),
        ]
        self._graph = create_agent(model, tools, system_prompt=SYSTEM, middleware=middleware)

    @property
    def has_time(self) -> bool:
        """Tell whether enough time is left for another call."""
        return self._left > LEAST_TIME

    @property
    def _left(self) -> float:
        return self._end - time.monotonic()

    def answer(self, question: str, history: Sequence[Turn]) -> str:
        """Return what the model writes in the end.

        :raises ModelFailure: it cannot be reached, takes too long, or writes nothing.
        """
        asked: Any = {"messages": [*_remembered(history), HumanMessage(question)]}
        last: BaseMessage | None = None
        try:
            # Streaming the messages makes the model stream, so that a silent one is noticed.
            events: Iterator[Any] = self._graph.stream(asked, stream_mode=["messages", "values"])
            for mode, event in within(self._left, events, self._beat):
                if mode == "values":
                    last = event["messages"][-1]
                    self._step = _step_after(last)
        except Exception as error:  # every provider has its own errors
            raise failure_of(error) from error
        return _text_of(last)

    def repair(self, request: str) -> str:
        """Return the model's answer to one further request, asked without tools.

        :raises ModelFailure: it cannot be reached, takes too long, or writes nothing.
        """
        messages = [SystemMessage(SYSTEM), HumanMessage(request)]
        try:
            written = "".join(
                str(chunk.text) for chunk in within(self._left, self._chunks(messages), self._beat)
            )
        except Exception as error:  # as above
            raise failure_of(error) from error
        return _text_of(AIMessage(written))

    def _beat(self) -> None:
        self._watch(self._step)

    def _chunks(self, messages: list[BaseMessage]) -> Iterator[BaseMessage]:
        yield from self._model.stream(messages)


def _step_after(message: BaseMessage | None) -> Step:
    """Return what goes on after a message of the conversation with the model."""
    calls = message.tool_calls if isinstance(message, AIMessage) else []
    if not calls:
        return WRITING
    return SEARCHING if any(call["name"] in READS for call in calls) else CALCULATING


def _remembered(history: Sequence[Turn]) -> list[BaseMessage]:
    """Return the last turns as messages; citations of earlier answers count no longer."""
    return [
        HumanMessage(turn.content[:LONGEST_TURN])
        if turn.role == "user"
        else AIMessage(MARKER.sub("", turn.content)[:LONGEST_TURN])
        for turn in history[-REMEMBERED:]
        if turn.content.strip()
    ]


def _text_of(message: BaseMessage | None) -> str:
    text = str(message.text).strip() if isinstance(message, AIMessage) else ""
    if not text:
        raise ModelFailure("gave an empty answer")
    return text[:LONGEST]
