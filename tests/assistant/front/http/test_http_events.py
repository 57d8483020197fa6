from __future__ import annotations

import json
import socket
import threading
import time

import pytest
from hypothesis import given
from hypothesis import settings as limited
from hypothesis import strategies as st

from assistant.assistant import Assistant
from assistant.errors import StateFailure
from assistant.front.http.events import blocks_of, event
from assistant.model.model_mode import ModelMode
from assistant.settings import Settings
from assistant.streaming import READING, WRITING, Cancelled, Step, Watcher, stream
from assistant.types import Answer
from tests.assistant.front.serving import Changed, client_of, listening, read_events, served, until
from tests.assistant.model.scripted import Script, Server, Stall

QUESTION = "Is x8 enough for two cards?"
EVENTS = {"accept": "text/event-stream"}


def test_a_stream_tells_steps_then_blocks_then_the_answer(client, assistant):
    with client.stream(
        "POST", "/api/v1/ask", json={"question": QUESTION, "id": 3}, headers=EVENTS
    ) as found:
        assert found.headers["content-type"].startswith("text/event-stream")
        assert found.headers["cache-control"] == "no-store"
        events = [(name, json.loads(data)) for name, data in read_events(found.read().decode())]
    names = [name for name, _ in events]
    assert names == sorted(names, key=["step", "block", "answer"].index)
    expected = assistant.ask(QUESTION).to_json(3)
    answer = events[-1][1]
    assert "\n\n".join(e["markdown"] for n, e in events if n == "block") == answer["answer"]
    assert {**answer, "timings_ms": 0} == {**expected, "timings_ms": 0}


def test_a_stream_in_a_conversation_is_kept(client):
    id = client.post("/api/v1/conversations").json()["id"]
    body = {"question": QUESTION, "conversation": id}
    events = read_events(client.post("/api/v1/ask", json=body, headers=EVENTS).text)
    kept = client.state.conversations.get(id).exchanges
    assert [json.loads(events[-1][1])["exchange"]] == [exchange.id for exchange in kept]


def test_what_goes_wrong_in_a_stream_is_an_event(assistant, tmp_path):
    def gone(*_):
        raise StateFailure("The database is gone.")

    with client_of(Changed(assistant, gone), tmp_path) as client:
        found = client.post("/api/v1/ask", json={"question": QUESTION}, headers=EVENTS)
    [(name, data)] = read_events(found.text)
    assert name == "error"
    assert json.loads(data).items() >= {"status": 503, "detail": "The database is gone."}.items()


@pytest.mark.parametrize("headers", [EVENTS, {}])
def test_leaving_calls_the_work_off_and_nothing_is_kept(assistant, tmp_path, headers):
    seen = []

    def slow(question, history, watch):
        try:
            while len(seen) < 1500:
                seen.append(watch(WRITING))
                time.sleep(0.01)
        except Cancelled:
            seen.append("called off")
            raise
        return Answer(question, "quotes", "answered", "late")

    with (
        served(Changed(assistant, slow), tmp_path) as (app, state),
        listening(app) as url,
    ):
        id = state.conversations.start("http:local", "http").id
        body = json.dumps({"question": QUESTION, "conversation": id})
        lines = [
            "POST /api/v1/ask HTTP/1.1",
            "Host: x",
            "Content-Type: application/json",
            *(f"{name}: {value}" for name, value in headers.items()),
            f"Content-Length: {len(body)}",
        ]
        host, _, port = url.removeprefix("http://").partition(":")
        with socket.create_connection((host, int(port))) as connection:
            connection.sendall("\r\n".join([*lines, "", body]).encode())
            until(lambda: seen)
        until(lambda: seen[-1] == "called off")
        assert state.conversations.get(id).exchanges == ()


def test_the_page_streams_through_the_same_door(assistant):
    *steps, answer = stream(assistant, QUESTION)
    assert steps[0] == READING
    assert all(isinstance(step, Step) for step in steps)
    assert len(set(steps)) == len(steps)
    assert answer.text == assistant.ask(QUESTION).text


def test_closing_the_iterator_calls_the_work_off(assistant):
    seen = []

    def slow(question, history, watch):
        try:
            while True:
                watch(WRITING)
                time.sleep(0.01)
        except Cancelled:
            seen.append("called off")
            raise

    steps = stream(Changed(assistant, slow), QUESTION)
    assert next(steps) == WRITING
    steps.close()
    until(lambda: seen == ["called off"])


def test_an_error_is_raised_where_the_answer_is_awaited(assistant):
    def fail(*_):
        raise StateFailure("gone")

    with pytest.raises(StateFailure, match="gone"):
        list(stream(Changed(assistant, fail), QUESTION))


@given(st.text())
@limited(max_examples=300, deadline=None)
def test_any_text_comes_through_an_event(text):
    assert read_events(event("block", {"markdown": text.encode(errors="replace").decode()})) == [
        ("block", json.dumps({"markdown": text.encode(errors="replace").decode()},
                             ensure_ascii=False))
    ]  # fmt: skip


@given(st.text(alphabet="a\n> "))
@limited(deadline=None)
def test_blocks_are_the_text_again(text):
    assert "\n\n".join(blocks_of(text)) == text


def test_a_model_that_thinks_is_left_at_once(assistant, monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    script = Script([Stall(30)])
    server = Server(script)
    serving = threading.Thread(target=server.serve_forever, args=(0.02,))
    serving.start()
    try:
        chosen = Settings(model="openai:scripted", model_base_url=server.address)
        model = ModelMode.load(chosen, assistant.corpus, assistant.index)
        watcher, ended = Watcher(), []

        def ask():
            try:
                Assistant(assistant.corpus, assistant.index, model).ask(QUESTION, (), watcher)
            except Cancelled:
                ended.append(time.monotonic())

        asking = threading.Thread(target=ask)
        asking.start()
        until(lambda: script.requests)
        left = time.monotonic()
        watcher.call_off()
        asking.join(20)
        assert ended
        assert ended[0] - left < 3
    finally:
        script.closing.set()
        server.shutdown()
        server.server_close()
        serving.join()
