"""Parts for tests of the server: the API behind its guards, and assistants that misbehave."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import contextmanager

import uvicorn
from starlette.testclient import TestClient

from assistant.assistant import Assistant
from assistant.front.server.app import build_api, guarded
from assistant.front.server.metrics import CountedAssistant
from assistant.settings import Settings
from assistant.state.store import State

KEY = "0123456789abcdef-ci"
OTHER_KEY = "fedcba9876543210-me"
PASSWORD = "correct horse"


class Changed(Assistant):
    """The real assistant, with another way to answer."""

    def __init__(self, assistant, ask):
        super().__init__(assistant.corpus, assistant.index, assistant.model)
        self._ask = ask

    def ask(self, question, history=(), watch=lambda _: None):
        return self._ask(question, history, watch)


@contextmanager
def served(assistant, tmp_path, **settings):
    """Give the API behind its guards, without the page, which takes seconds to import."""
    chosen = Settings(data_dir=tmp_path / "data", **settings)
    state = State.open(chosen)
    try:
        yield guarded(build_api(CountedAssistant(assistant), state, chosen), chosen), state
    finally:
        state.close()


@contextmanager
def client_of(assistant, tmp_path, address="127.0.0.1", **settings):
    with (
        served(assistant, tmp_path, **settings) as (app, state),
        TestClient(app, client=(address, 50000), raise_server_exceptions=False) as client,
    ):
        client.state = state
        yield client


@contextmanager
def listening(app):
    """Serve an application on a free port, in a thread."""
    server = uvicorn.Server(
        uvicorn.Config(app, port=free_port(), log_config=None, access_log=False, lifespan="on")
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        until(lambda: server.started)
        yield f"http://127.0.0.1:{server.config.port}"
    finally:
        server.should_exit = True
        thread.join()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(condition, seconds=30):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)


def read_events(text):
    """Parse server-sent events by the letter of their specification."""
    events = []
    for block in text.replace("\r\n", "\n").replace("\r", "\n").split("\n\n"):
        fields = {}
        for line in block.split("\n"):
            name, _, value = line.partition(":")
            if name:
                value = value.removeprefix(" ")
                fields[name] = f"{fields[name]}\n{value}" if name in fields else value
        if "data" in fields:
            events.append((fields.get("event", "message"), fields["data"]))
    return events
