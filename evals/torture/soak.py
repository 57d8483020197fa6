"""A server at half its load for minutes: no error, memory flat, no file left open."""

from __future__ import annotations

import threading
import time

from evals.bench.servers import clients, served
from evals.question_set import own_questions
from evals.torture.types import Trial

HALF_LOAD = 2  # clients that ask one question after the other: about half of two cores
SAMPLE = 5.0  # seconds
GROWTH = 1.08  # of memory, from the second fifth of the time to the last
HANDLES = 10
ROUND = 200  # questions of each client between looks


def soak(minutes: float) -> Trial:
    """Ask for some minutes."""
    trial = Trial(f"soak at half load, {minutes:g} minutes")
    questions = [question.question for question in own_questions() if not question.history]
    with served() as server:
        clients("http", port=server.port, clients=2, questions=questions, each=len(questions) // 2)
        memory: list[float] = []
        handles: list[int] = []
        over = threading.Event()

        def watch() -> None:
            while not over.wait(SAMPLE):
                memory.append(server.memory())
                handles.append(server.handles())

        watcher = threading.Thread(target=watch)
        watcher.start()
        deadline = time.monotonic() + 60 * minutes
        try:
            while time.monotonic() < deadline:
                tally = clients(
                    "http", port=server.port, clients=HALF_LOAD, questions=questions, each=ROUND
                )
                trial.tried += len(tally.waits) + len(tally.errors)
                for error in tally.errors:
                    trial.lose(error)
        finally:
            over.set()
            watcher.join()
    _judge(trial, memory, handles)
    return trial


def _judge(trial: Trial, memory: list[float], handles: list[int]) -> None:
    fifth = max(1, len(memory) // 5)
    early, late = memory[fifth : 2 * fifth] or memory[:1], memory[-fifth:]
    if not early or not late:
        trial.lose("too short to tell")
        return
    first, last = sum(early) / len(early), sum(late) / len(late)
    if last > GROWTH * first:
        trial.lose(f"memory grew from {first:.0f} to {last:.0f} MiB")
    if max(handles[-fifth:]) > min(handles[:fifth]) + HANDLES:
        trial.lose(f"open files grew from {min(handles[:fifth])} to {max(handles[-fifth:])}")
    trial.notes.append(
        f"memory {first:.0f} to {last:.0f} MiB, open files {handles[0]} to {handles[-1]}"
    )
