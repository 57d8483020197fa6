"""A served Rigwise: how soon it answers, its memory, many clients at once, people on the page."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.bench.clients import Tally
from evals.bench.processes import RIGWISE
from evals.bench.types import Measured, share_at
from evals.question_set import own_questions

CLIENTS, PEOPLE = 64, 50
READING = 5.0  # seconds between the questions of one person on the page
READY_WITHIN = 120.0


@dataclass(frozen=True, slots=True)
class Server:
    """A running server."""

    port: int
    process: int
    ready_after: float

    def memory(self) -> float:
        """Return its memory now, in MiB."""
        status = Path(f"/proc/{self.process}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024

    def handles(self) -> int:
        """Return how many files and sockets it holds open."""
        return len(list(Path(f"/proc/{self.process}/fd").iterdir()))


@contextmanager
def served(environment: Mapping[str, str] | None = None) -> Iterator[Server]:
    """Serve on a free port with a data folder of its own, until the first answer over HTTP."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    with tempfile.TemporaryDirectory() as data:
        log = Path(data) / "log.txt"
        settings = {"RIGWISE_DATA_DIR": data, "RIGWISE_RATE_LIMIT": "", **(environment or {})}
        with log.open("w") as errors:
            process = subprocess.Popen(
                [RIGWISE, "serve", "--port", str(port)],
                env={**os.environ, **settings},
                stdout=errors,
                stderr=errors,
            )
        try:
            start = time.perf_counter()
            while not _answers(port):
                if process.poll() is not None or time.perf_counter() - start > READY_WITHIN:
                    raise RuntimeError(f"the server did not come up: {log.read_text()[-2000:]}")
                time.sleep(0.02)
            yield Server(port, process.pid, time.perf_counter() - start)
        finally:
            process.terminate()
            process.wait(30)


def _answers(port: int) -> bool:
    from urllib.request import Request, urlopen

    request = Request(
        f"http://127.0.0.1:{port}/api/v1/ask",
        json.dumps({"question": "Is x8 enough for two cards?"}).encode(),
        {"Content-Type": "application/json"},
    )
    try:
        with urlopen(request, timeout=30) as reply:
            return bool(json.load(reply)["citations"])
    except OSError:
        return False


def clients(kind: str, **wanted: Any) -> Tally:  # noqa: ANN401 - what the kind of client takes
    """Run clients in a process of their own, so that they do not wait for each other's work."""
    done = subprocess.run(
        [sys.executable, "-m", "evals.bench.clients"],
        input=json.dumps({"kind": kind, **wanted}),
        capture_output=True,
        text=True,
        check=True,
    )
    return Tally(**json.loads(done.stdout))


def measure_servers(quick: bool = False) -> Iterator[Measured]:
    """Measure a server from its start."""
    questions = [question.question for question in own_questions() if not question.history]
    with served() as server:
        yield Measured("rigwise serve, first answer after", server.ready_after, "s", bar=5)
        clients("http", port=server.port, clients=4, questions=questions, each=5)
        each = 4 if quick else 40
        tally = clients("http", port=server.port, clients=CLIENTS, questions=questions, each=each)
        if not tally.waits:
            raise RuntimeError(f"no client was answered: {tally.errors[:3]}")
        yield Measured(
            f"{CLIENTS} clients at once over HTTP, answers a second",
            len(tally.waits) / tally.seconds,
            "/s",
            bar=80,
            at_least=True,
            note=f"{len(tally.waits)} answers",
        )
        yield Measured(
            f"{CLIENTS} clients, 95th percentile", share_at(tally.waits, 0.95), "ms", bar=1000
        )
        yield Measured(
            f"{CLIENTS} clients, errors", len(tally.errors), "", bar=0, note=_first(tally)
        )
        page = clients(
            "page",
            port=server.port,
            people=PEOPLE,
            questions=questions,
            each=1 if quick else 5,
            pause=READING,
        )
        if not page.waits:
            raise RuntimeError(f"nobody on the page was answered: {page.errors[:3]}")
        note = f"a question each {READING:g} s from everybody"
        for name, share in (("median", 0.5), ("95th percentile", 0.95)):
            yield Measured(
                f"page, {PEOPLE} people chatting, first piece, {name}",
                share_at(page.waits, share),
                "ms",
                bar=300,
                note=note,
            )
        yield Measured(
            f"page, {PEOPLE} people, errors", len(page.errors), "", bar=0, note=_first(page)
        )
        yield Measured("rigwise serve, memory after all that", server.memory(), "MiB", bar=600)


def _first(tally: Tally) -> str:
    return tally.errors[0] if tally.errors else ""
