"""Work on events: threads, leases kept while it lasts, turns, and what others left undone."""

from __future__ import annotations

import heapq
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from asgi_correlation_id import correlation_id

from assistant.errors import StateFailure
from assistant.front.slack.order import InOrder
from assistant.front.slack.types import Asked
from assistant.state.store import State

THREADS = 8
LEASE_SECONDS = 30.0
TICK = 0.1  # seconds
LOOK = 5.0  # seconds between two looks for what others left undone

log = logging.getLogger("rigwise.slack")


@dataclass(frozen=True, slots=True)
class Task:
    """An event that this process holds; unsure tells that its answer may be out already."""

    asked: Asked
    unsure: bool = False
    attempts: int = 1


class TryLater(Exception):
    """The task must wait; unsure if its answer may have been posted."""

    def __init__(self, seconds: float, unsure: bool) -> None:
        super().__init__(seconds)
        self.seconds = seconds
        self.unsure = unsure


class Worker:
    """Runs tasks in threads and keeps the lease of each until it is finished."""

    def __init__(
        self, state: State, work: Callable[[Task], None], lease_seconds: float = LEASE_SECONDS
    ) -> None:
        self._state = state
        self._work = work
        self._lease = lease_seconds
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="slack")
        self._lock = threading.Lock()
        self._held: set[str] = set()
        self._order: InOrder[Task] = InOrder()
        self._later: list[tuple[float, int, Task]] = []
        self._number = 0
        self._active = 0
        self._draining = False
        self._stopping = threading.Event()
        self._keeper = threading.Thread(target=self._keep, name="slack-keeper", daemon=True)

    @property
    def lease_seconds(self) -> float:
        """How long an event is held without a word from its holder."""
        return self._lease

    def start(self) -> None:
        """Start keeping leases and looking for what others left undone."""
        self._keeper.start()

    def submit(self, task: Task) -> None:
        """Work on an event that this process has just taken."""
        with self._lock:
            if task.asked.key in self._held:
                return
            self._held.add(task.asked.key)
        self._submit(task)

    def stop(self, seconds: float = 10.0) -> None:
        """Finish what runs; what waits is left for whoever takes it over."""
        self._draining = True
        self._threads.shutdown(wait=False, cancel_futures=True)
        deadline = time.monotonic() + seconds
        while self._active and time.monotonic() < deadline:
            time.sleep(TICK / 2)
        self._stopping.set()
        if self._keeper.is_alive():
            self._keeper.join(seconds)

    def _submit(self, task: Task) -> None:
        """Run a task in its turn: a question may lean on the one before it in its thread."""
        if self._order.enter(task.asked.conversation, task):
            self._start(task)

    def _start(self, task: Task) -> None:
        try:
            self._threads.submit(self._run, task)
        except RuntimeError:  # stopping: the lease runs out and another process works on it
            self._drop(task)

    def _run(self, task: Task) -> None:
        correlation_id.set(task.asked.key)  # what is logged on the way names the question
        with self._lock:
            self._active += 1
        try:
            self._try(task)
        finally:
            following = self._order.leave(task.asked.conversation)
            if following:
                self._start(following)
            with self._lock:
                self._active -= 1

    def _try(self, task: Task) -> None:
        try:
            self._work(task)
        except TryLater as later:
            # Where Slack limits the rate it has not tried: that is waited for without an end.
            tried = task.attempts + 1 if later.unsure else task.attempts
            again = replace(task, unsure=later.unsure, attempts=tried)
            with self._lock:
                self._number += 1
                due = time.monotonic() + later.seconds
                heapq.heappush(self._later, (due, self._number, again))
            return
        except StateFailure as failure:
            # Without the database nobody can tell who holds it: it is taken over when it is back.
            log.warning("slack event left for later: %s", failure)
        except Exception:
            log.exception("slack event left for later: a fault of ours")
        self._drop(task)

    def _drop(self, task: Task) -> None:
        with self._lock:
            self._held.discard(task.asked.key)

    def _keep(self) -> None:
        renewed = looked = 0.0
        while not self._stopping.wait(TICK):
            now = time.monotonic()
            if not self._draining:
                self._wake(now)
            try:
                if now - renewed >= self._lease / 3:
                    renewed = now
                    self._renew()
                if now - looked >= min(LOOK, self._lease / 3) and not self._draining:
                    looked = now
                    self._take_over()
            except StateFailure as failure:
                log.warning("slack events cannot be kept: %s", failure)
            except Exception:
                log.exception("slack events cannot be kept")

    def _wake(self, now: float) -> None:
        while self._later and self._later[0][0] <= now:
            with self._lock:
                _, _, task = heapq.heappop(self._later)
            self._submit(task)

    def _renew(self) -> None:
        with self._lock:
            held = tuple(self._held)
        for key in held:
            self._state.events.renew(key, self._lease)

    def _take_over(self) -> None:
        for event in self._state.events.take_over(self._lease):
            asked = Asked.from_json(event.payload)
            self.submit(Task(asked, unsure=event.state == "posting", attempts=event.attempts))
