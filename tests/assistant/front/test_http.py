import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.front.http.api import build_router
from assistant.front.http.problems import add_problems


@pytest.fixture(scope="module")
def client(assistant):
    app = FastAPI()
    add_problems(app)
    app.include_router(build_router(assistant))
    return TestClient(app)


def test_a_question_is_answered_as_on_the_command_line(client, assistant):
    body = {"id": 7, "question": "Is x8 enough for two cards?"}
    found = client.post("/api/v1/ask", json=body).json()
    expected = assistant.ask(body["question"]).to_json(7)
    del found["timings_ms"], expected["timings_ms"]
    assert found == expected


def test_a_line_comes_with_its_thread(client):
    found = client.get("/api/v1/source/256").json()
    assert found["role"] == "author"
    assert "External GPUs" in found["text"]
    assert len(found["thread"]) >= 2


def test_every_calculator_is_described(client):
    found = client.get("/api/v1/calculators").json()
    assert len(found) == 12
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
    ("method", "path", "body", "status", "named"),
    [
        ("get", "/api/v1/source/0", None, 422, "lines 1 to 1245"),
        ("post", "/api/v1/calculate/nope", {}, 422, "psu"),
        ("post", "/api/v1/calculate/psu", {"gpu_watts": -50}, 422, "gpu_watts"),
        ("post", "/api/v1/check", {"text": ""}, 422, "part"),
        ("post", "/api/v1/ask", {}, 422, "question"),
    ],
)
def test_what_is_wrong_is_a_problem_with_a_stable_type(client, method, path, body, status, named):
    found = client.request(method, path, json=body)
    assert found.status_code == status
    assert found.headers["content-type"] == "application/problem+json"
    assert found.json()["type"].startswith("urn:rigwise:problem:")
    assert named in found.json()["detail"]
