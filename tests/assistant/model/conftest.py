from __future__ import annotations

import threading
from contextlib import ExitStack

import pytest

from assistant.assistant import Assistant
from assistant.model.model_mode import ModelMode
from assistant.settings import Settings
from tests.assistant.model.scripted import Script, Server


@pytest.fixture
def scripted(assistant, monkeypatch):
    """Return an assistant whose model is a scripted server, and the script that it follows."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with ExitStack() as stack:

        def start(*steps, corpus=None, index=None, **settings):
            script = Script(list(steps))
            server = Server(script)
            thread = threading.Thread(target=server.serve_forever, args=(0.02,))
            thread.start()
            stack.callback(thread.join)
            stack.callback(server.server_close)
            stack.callback(server.shutdown)
            stack.callback(script.closing.set)
            chosen = Settings(
                model="openai:scripted",
                model_base_url=server.address,
                **{"model_timeout": 20, **settings},
            )
            corpus, index = corpus or assistant.corpus, index or assistant.index
            return Assistant(corpus, index, ModelMode.load(chosen, corpus, index)), script

        yield start
