from __future__ import annotations

import json
import logging
import time

import pytest

from assistant.errors import StateFailure
from assistant.front.http.problems import PREFIX, PROBLEMS
from assistant.front.http.work import Workers
from tests.assistant.front.serving import Changed, client_of

QUESTION = "Is x8 enough for two cards?"


def ask(client, **body):
    return client.post("/api/v1/ask", json={"question": QUESTION, **body})


def assert_problem(response, status, kind):
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    found = response.json()
    assert found["type"] == PREFIX + kind
    assert found["status"] == status == PROBLEMS[kind].status
    assert found["request_id"] == response.headers["x-request-id"]
    assert found["detail"]
    return found["detail"]


def test_a_question_is_answered_as_on_the_command_line(client, assistant):
    found = ask(client, id=7).json()
    expected = assistant.ask(QUESTION).to_json(7)
    del found["timings_ms"], expected["timings_ms"]
    assert found == expected


def test_a_history_is_understood(client, assistant):
    turns = [{"role": "user", "content": "Is an eGPU any good?"}]
    found = ask(client, question="and over Thunderbolt 3?", history=turns).json()
    assert "Thunderbolt" in found["answer"]


def test_a_line_comes_with_its_thread(client):
    found = client.get("/api/v1/source/256").json()
    assert found["role"] == "author"
    assert "External GPUs" in found["text"]
    assert len(found["thread"]) >= 2


def test_every_calculator_is_described(client):
    found = client.get("/api/v1/calculators").json()
    assert len(found) >= 12
    assert "supply_watts" in found["psu"]["inputs"]["properties"]


def test_a_calculator_runs(client):
    found = client.post("/api/v1/calculate/psu", json={"gpu": "4x RTX 2080 Ti", "cpu_watts": 150})
    assert found.json()["results"]["recommended"] == {"value": 1400, "unit": "W"}


def test_a_build_is_checked(client):
    text = "4x RTX 2080 Ti\nIntel i9-9900K\n32 GB RAM\n1600 W PSU"
    found = client.post("/api/v1/check", json={"text": text}).json()
    assert {part["kind"] for part in found["parts"]} == {"gpu", "cpu", "ram", "psu"}
    assert {verdict["about"] for verdict in found["verdicts"]} >= {"power", "lanes", "cooling"}


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "kind", "named"),
    [
        ("get", "/api/v1/source/0", None, 422, "invalid-input", "lines 1 to 1245"),
        ("get", "/api/v1/source/x", None, 422, "invalid-input", "line"),
        ("post", "/api/v1/calculate/nope", {}, 422, "invalid-input", "psu"),
        ("post", "/api/v1/calculate/psu", {"gpu_watts": -50}, 422, "invalid-input", "gpu_watts"),
        ("post", "/api/v1/check", {"text": ""}, 422, "invalid-input", "part"),
        ("post", "/api/v1/ask", {}, 422, "invalid-input", "question"),
        ("post", "/api/v1/ask", [], 422, "invalid-input", ""),
        ("post", "/api/v1/ask", {"question": "a\x00b"}, 422, "invalid-input", "NUL"),
        ("post", "/api/v1/ask", {"question": "x" * 4001}, 413, "too-large", "4,001"),
        ("post", "/api/v1/ask", {"question": "x" * 40_000}, 413, "too-large", "40,000"),
        ("post", "/api/v1/ask", {"question": "é\n" * 20_000}, 413, "too-large", "40,000"),
        ("post", "/api/v1/ask", {"question": "x" * 300_000}, 413, "too-large", "256 KiB"),
        ("get", "/api/v1/ask", None, 405, "method-not-allowed", ""),
        ("delete", "/health", None, 405, "method-not-allowed", ""),
        ("get", "/api", None, 404, "not-found", ""),
        ("get", "/api/v1", None, 404, "not-found", ""),
        ("post", "/api/v2/ask", {}, 404, "not-found", ""),
        ("get", "/api/../etc/passwd", None, 404, "not-found", ""),
        ("get", "/api/v1/conversations/nope", None, 422, "invalid-input", "id"),
        ("get", f"/api/v1/conversations/{'0' * 32}", None, 404, "not-found", "0000"),
        ("delete", f"/api/v1/conversations/{'0' * 32}", None, 404, "not-found", "0000"),
        ("post", "/api/v1/feedback", {"exchange": "0" * 32, "verdict": "up"}, 404, "not-found", ""),
        ("post", "/api/v1/feedback", {"exchange": "0" * 32, "verdict": "meh"}, 422,
         "invalid-input", "verdict"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_a_problem_with_a_stable_type(
    client, method, path, body, status, kind, named
):
    assert named in assert_problem(client.request(method, path, json=body), status, kind)


def test_a_wrong_method_is_told_the_right_one(client):
    assert client.put("/api/v1/ask", json={}).headers["allow"] == "POST"


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", None])
def test_a_body_that_is_not_sent_as_json_is_refused(client, kind):
    headers = {"content-type": kind} if kind else {}
    sent = json.dumps({"question": QUESTION}).encode()
    found = client.post("/api/v1/ask", content=sent, headers=headers)
    assert "application/json" in assert_problem(found, 415, "unsupported-media-type")


@pytest.mark.parametrize("body", [b"{", b"\xff", b"[" * 90_000, b'{"question": ' + b"9" * 9000])
def test_what_is_no_json_is_malformed(client, body):
    found = client.post("/api/v1/ask", content=body, headers={"content-type": "application/json"})
    assert_problem(found, 400, "malformed")


@pytest.mark.parametrize("value", ["NaN", "Infinity", '"\\ud800"', '{"a": ["\\udfff"]}'])
def test_what_json_can_hold_but_nobody_can_say_is_refused(client, value):
    for path, name in (("/api/v1/calculate/psu", "gpu"), ("/api/v1/ask", "question")):
        sent = f'{{"{name}": {value}}}'
        found = client.post(path, content=sent, headers={"content-type": "application/json"})
        assert_problem(found, 422, "invalid-input")


def test_a_body_of_untold_length_is_cut_off(client):
    def endless():
        for _ in range(1000):
            yield b'{"question": "' + b"x" * 1000

    found = client.post(
        "/api/v1/ask", content=endless(), headers={"content-type": "application/json"}
    )
    assert_problem(found, 413, "too-large")


def test_a_conversation_is_kept_and_is_the_history(client, assistant):
    begun = client.post("/api/v1/conversations")
    assert begun.status_code == 201
    id = begun.json()["id"]
    first = ask(client, conversation=id, question="Is an eGPU any good?").json()
    second = ask(client, conversation=id, question="and over Thunderbolt 3?", id="b").json()
    assert (second["conversation"], second["id"]) == (id, "b")
    history = client.state.conversations.get(id).history()[:2]
    assert second["answer"] == assistant.ask("and over Thunderbolt 3?", history).text
    kept = client.get(f"/api/v1/conversations/{id}").json()
    assert kept["title"] == "Is an eGPU any good?"
    assert [e["id"] for e in kept["exchanges"]] == [first["exchange"], second["exchange"]]
    assert kept["exchanges"][1]["answer"]["answer"] == second["answer"]
    given = {"exchange": first["exchange"], "verdict": "down", "reason": "too short"}
    assert client.post("/api/v1/feedback", json=given).json().items() >= given.items()
    assert [row["verdict"] for row in client.state.feedback.rows()] == ["down"]
    assert client.delete(f"/api/v1/conversations/{id}").status_code == 204
    assert_problem(client.get(f"/api/v1/conversations/{id}"), 404, "not-found")
    assert_problem(ask(client, conversation=id), 404, "not-found")


def test_a_conversation_and_a_history_contradict(client):
    turns = [{"role": "user", "content": "Is an eGPU any good?"}]
    found = ask(client, conversation="0" * 32, history=turns)
    assert "not both" in assert_problem(found, 422, "invalid-input")


def test_health_needs_the_index_and_the_database(client, assistant, tmp_path, monkeypatch):
    assert client.get("/health").json() == {"status": "ready"}

    def gone():
        raise StateFailure("The database is gone. Start it.")

    with monkeypatch.context() as patch:
        patch.setattr(client.state, "ping", gone)
        assert "database" in assert_problem(client.get("/health"), 503, "unavailable")
    with monkeypatch.context() as patch:
        patch.setattr(assistant.index, "search", lambda *_: [])
        assert "index" in assert_problem(client.get("/health"), 503, "unavailable")


def test_a_database_that_is_gone_is_said(client, monkeypatch):
    def gone(*_):
        raise StateFailure("The database is gone. Start it.")

    monkeypatch.setattr(client.state.conversations, "start", gone)
    found = client.post("/api/v1/conversations")
    assert assert_problem(found, 503, "unavailable") == "The database is gone. Start it."


@pytest.mark.parametrize("accept", ["application/json", "text/event-stream"])
def test_a_fault_of_ours_tells_nothing_but_the_id(assistant, tmp_path, caplog, accept):
    def fail(question, *_):
        raise RuntimeError(f"inside: {question}")

    with (
        caplog.at_level(logging.INFO),
        client_of(Changed(assistant, fail), tmp_path) as client,
    ):
        headers = {"accept": accept, "x-request-id": "sane-request-1"}
        found = client.post("/api/v1/ask", json={"question": "planted words"}, headers=headers)
    assert "sane-request-1" in found.text
    assert f"{PREFIX}internal" in found.text
    assert not any(word in found.text for word in ("planted", "inside", "RuntimeError", "File"))
    if accept == "application/json":
        assert_problem(found, 500, "internal")


def test_an_answer_that_takes_too_long_is_given_up(assistant, tmp_path):
    seen = []

    def slow(question, history, watch):
        from assistant.streaming import WRITING, Cancelled

        try:
            while len(seen) < 500:
                seen.append(watch(WRITING))
                time.sleep(0.01)
        except Cancelled:
            seen.append("called off")
            raise

    with client_of(Changed(assistant, slow), tmp_path, answer_timeout=0.3) as client:
        assert "0.3 seconds" in assert_problem(ask(client), 504, "timeout")
        time.sleep(0.3)
    assert seen[-1] == "called off"


def test_more_than_fits_is_told_to_come_back():
    import anyio

    from assistant.front.http.problems import Refused

    async def crowd():
        workers = Workers(1, 5, most_pending=2)
        async with anyio.create_task_group() as group:
            for _ in range(2):
                group.start_soon(workers.run, lambda _: time.sleep(0.2))
            await anyio.sleep(0.05)
            with pytest.raises(Refused) as refused:
                await workers.run(lambda _: None)
        await workers.run(lambda _: None)  # there is room again
        workers.close()
        return refused.value

    refusal = anyio.run(crowd)
    assert (refusal.kind, refusal.headers) == ("busy", {"Retry-After": "2"})
