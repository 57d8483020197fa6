"""Answers in the making: each in a thread of its own, so that it is finished and stored even
where nobody looks any more, and can be followed again after a reload.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from assistant.errors import InvalidInput, RigwiseError
from assistant.streaming import Cancelled, Step, Watcher
from assistant.types import Json

_LOG = logging.getLogger(__name__)
AT_ONCE = 32  # answers in the making, of all people together
REMEMBERED_SECONDS = 600
LOOK_SECONDS = 0.02
BROKEN = "Something went wrong in the server. The question is back in the box: ask it again."


@dataclass(slots=True)
class Run:
    """One answer in the making: what happened so far, in order."""

    id: str
    owner: str
    conversation: str
    question: str
    replaces: str | None
    events: list[Json] = field(default_factory=list)
    over: bool = False
    ended: float = 0.0
    watcher: Watcher = field(init=False)

    def __post_init__(self) -> None:
        self.watcher = Watcher(self._tell)

    def _tell(self, step: Step) -> None:
        self.events.append({"step": step.text})

    async def since(self, seen: int, patience: float) -> tuple[list[Json], bool]:
        """Return what happened after the first seen events, waiting for it if need be.

        patience is in seconds. The second value tells that nothing more will come.
        """
        end = time.monotonic() + patience
        while len(self.events) <= seen and not self.over and time.monotonic() < end:
            await asyncio.sleep(LOOK_SECONDS)
        over = self.over  # read first: what was told before the end is then complete
        return self.events[seen:], over


Work = Callable[[Run], list[Json]]  # does all there is to do; returns the last events


class Runs:
    """All answers in the making, and those that ended a moment ago."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._runs: dict[str, Run] = {}

    def start(self, run: Run, work: Work) -> Run:
        """Start the work; a run whose id is known already is returned as it is.

        :raises InvalidInput: the conversation is being answered, or too many are.
        """
        with self._lock:
            self._forget()
            if (known := self._runs.get(run.id)) is not None:
                return known
            going = [other for other in self._runs.values() if not other.over]
            if any(other.conversation == run.conversation for other in going):
                raise InvalidInput(
                    "This conversation is being answered already, perhaps in another tab. "
                    "Wait for that answer or stop it."
                )
            if len(going) >= AT_ONCE:
                raise InvalidInput("Too many questions at once. Ask again in a moment.")
            self._runs[run.id] = run
        threading.Thread(target=_carry_out, args=(run, work), daemon=True).start()
        return run

    def get(self, id: str, owner: str) -> Run | None:
        """Return the owner's run, if it is known."""
        run = self._runs.get(id)
        return run if run and run.owner == owner else None

    def going_on(self, conversation: str, owner: str) -> Run | None:
        """Return the run that answers a conversation just now."""
        with self._lock:
            runs = list(self._runs.values())
        mine = (
            r for r in runs if (r.conversation, r.owner, r.over) == (conversation, owner, False)
        )
        return next(mine, None)

    def _forget(self) -> None:
        limit = time.monotonic() - REMEMBERED_SECONDS
        for id in [run.id for run in self._runs.values() if run.over and run.ended < limit]:
            del self._runs[id]


def _carry_out(run: Run, work: Work) -> None:
    try:
        last = work(run)
    except Cancelled:
        last = [{"stopped": True}]
    except RigwiseError as error:
        last = [{"problem": str(error)}]
    except Exception:
        _LOG.exception("the answer to a question on the page failed")
        last = [{"problem": BROKEN}]
    run.events.extend(last)
    run.ended = time.monotonic()
    run.over = True
