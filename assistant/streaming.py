"""An answer in the making: what is being done, step by step, and a way to call it off."""

from __future__ import annotations

import contextvars
import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.types import Answer, Turn

if TYPE_CHECKING:
    from assistant.assistant import Assistant


@dataclass(frozen=True, slots=True)
class Step:
    """What is being done just now, in a few words for the person who waits."""

    text: str


# Called at every step, and again while one goes on; it may raise Cancelled.
Watch = Callable[[Step], None]

READING = Step("Reading the question")
CALCULATING = Step("Calculating")
SEARCHING = Step("Searching the guide")
COMPOSING = Step("Putting the answer together")
WRITING = Step("Writing the answer")
CHECKING = Step("Checking every sentence against the guide")


class Cancelled(BaseException):
    """Nobody waits for the answer any more.

    No Exception, so that what catches every failure of a model does not take it for one.
    """


def unwatched(_: Step) -> None:
    """Let the work go on: nobody looks."""


class Watcher:
    """Passes on each new step, until it is called off."""

    def __init__(self, tell: Watch = unwatched) -> None:
        self._tell = tell
        self._last: Step | None = None
        self._off = threading.Event()

    def call_off(self) -> None:
        """Make the work stop at its next step; may be called from any thread."""
        self._off.set()

    def __call__(self, step: Step) -> None:
        """Pass a step on.

        :raises Cancelled: the work was called off.
        """
        if self._off.is_set():
            raise Cancelled
        if step != self._last:
            self._last = step
            self._tell(step)


def stream(
    assistant: Assistant, question: str, history: Sequence[Turn] = ()
) -> Iterator[Step | Answer]:
    """Yield the steps of an answer as they are made, then the answer.

    The work runs in a thread of its own. Closing the iterator calls it off: it stops at its next
    step. What goes wrong in it is raised here.
    """
    found: queue.SimpleQueue[Step | Answer | BaseException] = queue.SimpleQueue()
    watcher = Watcher(found.put)

    def work() -> None:
        try:
            found.put(assistant.ask(question, history, watcher))
        except BaseException as error:  # whatever it is, the reader shall have it
            found.put(error)

    context = contextvars.copy_context()  # the request id of the logs comes along
    threading.Thread(target=context.run, args=(work,), daemon=True).start()
    try:
        while True:
            item = found.get()
            if isinstance(item, BaseException):
                raise item
            yield item
            if isinstance(item, Answer):
                return
    finally:
        watcher.call_off()
