"""An answer as server-sent events: steps, blocks of Markdown, the whole, or a problem."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from fastapi.responses import StreamingResponse

from assistant.front.http.problems import kind_of, problem_json, response_to
from assistant.streaming import Step, Watch
from assistant.types import Json

PING = 15.0  # seconds of silence after which proxies get a sign of life
MEDIA_TYPE = "text/event-stream"
# A quotation belongs to the sentence that introduces it.
_BETWEEN_BLOCKS = re.compile(r"\n\n(?!>)")


def wants_events(accept: str) -> bool:
    """Tell whether a client asks for a stream."""
    return MEDIA_TYPE in accept.lower()


def event_stream(answer: Callable[[Watch], Awaitable[Json]]) -> StreamingResponse:
    """Return the response that runs `answer` and tells its steps. Leaving it cancels the run."""
    headers = {"X-Accel-Buffering": "no"}  # or a proxy would keep the events back
    return StreamingResponse(_events(answer), media_type=MEDIA_TYPE, headers=headers)


async def _events(answer: Callable[[Watch], Awaitable[Json]]) -> AsyncIterator[str]:
    steps: asyncio.Queue[Step] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def tell(step: Step) -> None:
        loop.call_soon_threadsafe(steps.put_nowait, step)

    working = asyncio.ensure_future(answer(tell))
    try:
        while not working.done() or not steps.empty():
            if following := await _next(steps, working):
                yield following
        for event in _outcome(working):
            yield event
    finally:
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)


async def _next(steps: asyncio.Queue[Step], working: asyncio.Future[Json]) -> str:
    """Return the next step as an event; a comment after long silence; nothing at the end."""
    step = asyncio.ensure_future(steps.get())
    try:
        either: set[asyncio.Future[Any]] = {step, working}
        await asyncio.wait(either, timeout=PING, return_when=asyncio.FIRST_COMPLETED)
        if step.done():
            return event("step", {"text": step.result().text})
        return "" if working.done() else ":\n\n"
    finally:
        step.cancel()


def _outcome(working: asyncio.Future[Json]) -> list[str]:
    error = working.exception()
    if error is None:
        answer = working.result()
        return [*(event("block", {"markdown": block}) for block in blocks_of(answer["answer"])),
                event("answer", answer)]  # fmt: skip
    if not isinstance(error, Exception):
        raise error
    response_to(error)  # writes it to the log
    kind = kind_of(error)
    detail = str(error) if kind != "internal" else "Something went wrong here."
    return [event("error", problem_json(kind, detail))]


def blocks_of(text: str) -> list[str]:
    """Return the blocks of an answer; joined by empty lines they are the text again."""
    return _BETWEEN_BLOCKS.split(text) if text else []


def event(name: str, data: Any) -> str:  # noqa: ANN401 - JSON
    """Return an event as it is sent: JSON has no line breaks of its own."""
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False, allow_nan=False)}\n\n"
