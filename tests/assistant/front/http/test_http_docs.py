from __future__ import annotations

import re
import shlex
from html import unescape
from itertools import pairwise

import jsonschema
import pytest

from assistant.front.http import examples
from assistant.front.http.problems import PREFIX, PROBLEMS


@pytest.fixture(scope="module")
def document(client):
    return client.get("/api/openapi.json").json()


def operations(document):
    for path, item in document["paths"].items():
        for method, operation in item.items():
            yield method, path, operation


def test_every_operation_has_an_example_and_its_problems(document):
    assert len(list(operations(document))) == 10
    for _, path, operation in operations(document):
        success = next(r for s, r in operation["responses"].items() if s.startswith("2"))
        for content in success.get("content", {}).values():
            assert content["example"]
        if path.startswith("/api/"):
            problems = {s for s, r in operation["responses"].items() if s >= "4"}
            assert problems == {str(problem.status) for problem in PROBLEMS.values()}
            for status in problems:
                assert "application/problem+json" in operation["responses"][status]["content"]


def test_the_examples_are_what_their_schemas_say(document):
    for _, _, operation in operations(document):
        for status, response in operation["responses"].items():
            content = response.get("content", {}).get("application/json")
            if status.startswith("2") and content:
                schema = {**content["schema"], "components": document["components"]}
                jsonschema.validate(content["example"], schema)


def test_the_examples_are_as_true_replies_are(client):
    def shape(value):
        return sorted(value) if isinstance(value, dict) else type(value)

    body = {"question": examples.ANSWER["question"], "id": "1"}
    answer = client.post("/api/v1/ask", json=body).json()
    assert shape(answer) == shape(examples.ANSWER)
    source = client.get("/api/v1/source/256").json()
    assert shape(source) == shape(examples.SOURCE)
    for name in ("lines", "role", "years", "said_by", "section"):
        assert source[name] == examples.SOURCE[name]
    assert source["text"].startswith(examples.SOURCE["text"].removesuffix("…").strip())
    assert source["thread"][0]["text"].startswith(
        examples.SOURCE["thread"][0]["text"].removesuffix("…").strip()
    )
    sent = {"gpu": "4x RTX 2080 Ti", "cpu_watts": 150}
    calculation = client.post("/api/v1/calculate/psu", json=sent).json()
    assert shape(calculation) == shape(examples.CALCULATION)
    assert calculation["results"].items() >= examples.CALCULATION["results"].items()


def test_the_page_shows_everything_and_asks_nobody(client, document):
    found = client.get("/api/docs")
    assert found.headers["content-type"].startswith("text/html")
    page = found.text
    assert "<script" not in page
    assert re.findall(r'(?:src|href)="(?!#|/api/openapi.json)', page) == []
    assert all(f"<code>{path}</code>" in page for _, path, _ in operations(document))
    assert all(f"<code>{PREFIX}{kind}</code>" in page for kind in PROBLEMS)


def test_the_commands_on_the_page_work(client, document):
    page = client.get("/api/docs").text
    commands = re.findall(r"<pre>(curl.*?)</pre>", page, re.DOTALL)
    assert len(commands) == 10
    seen = [status_of(client, command) for command in commands]
    unknown = "0123456789abcdef0123456789abcdef"
    expected = [404 if unknown in command else 200 for command in commands]
    expected[next(i for i, c in enumerate(commands) if c.endswith("/conversations"))] = 201
    assert seen == expected


def status_of(client, command):
    words = [word for word in shlex.split(unescape(command)) if word.strip()]
    method, headers, body = "GET", {}, None
    url = next(word for word in words if word.startswith("http"))
    for flag, value in pairwise(words):
        if flag == "-X":
            method = value
        elif flag == "-H":
            headers.update([value.split(": ")])
        elif flag == "-d":
            method, body = "POST", value
    return client.request(method, url, headers=headers, content=body).status_code
