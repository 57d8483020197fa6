from __future__ import annotations

import json
import logging

import pytest
import structlog

from assistant import logs
from assistant.settings import Settings
from tests.assistant.front.serving import KEY, OTHER_KEY, Changed, client_of

WORDS = "planted words about a pizza oven"
SECRETS = {
    "authorization": f"Bearer {KEY}",
    "slack": "xoxb-1234567890-abcdefghij",
    "slack_app": "xapp-1-A1-234-abcdef",
    "provider": "sk-proj-abcdef123456",
    "database": "postgresql://rig:hunter2hunter2@db/rig",
}
PLANTED = ("hunter2", "xoxb-", "xapp-", "sk-proj", KEY, OTHER_KEY)


@pytest.fixture
def written(capsys, monkeypatch):
    """Configure the logs as the server does, and put everything back."""
    root = logging.getLogger()
    before = root.handlers[:], root.level, structlog.get_config()

    def configure(level, form="json"):
        logs.configure_logs(Settings(log_format=form, log_level=level))
        # The test's own client tells the addresses that it asks.
        monkeypatch.setattr(logging.getLogger("httpx2"), "disabled", True)
        return lambda: capsys.readouterr().err

    yield configure
    root.handlers[:], _, config = before
    root.setLevel(before[1])
    structlog.configure(**config)


def everything(assistant, tmp_path):
    def fail(question, *_):
        logging.getLogger("some.library").error("failed for %s", SECRETS["slack"])
        raise RuntimeError(f"cannot read {question!r} with {SECRETS['provider']}")

    log = logs.get_logger("test")
    log.info("told", question=WORDS, answer=WORDS, text=WORDS, **SECRETS)
    log.info("nested", headers={"Authorization": KEY, "list": [SECRETS["slack"]]})
    log.debug("deep", question=WORDS)
    logging.getLogger("plain").warning("url %s", SECRETS["database"])
    with client_of(
        Changed(assistant, fail), tmp_path, api_keys=f"ci:{KEY},me:{OTHER_KEY}"
    ) as client:
        headers = {"authorization": f"Bearer {KEY}", "x-request-id": "request-of-test"}
        for path in ("/api/v1/ask", f"/api/v1/{WORDS}", f"/api/v1/ask?question={WORDS}&k={KEY}"):
            client.post(path, json={"question": WORDS}, headers=headers)
        client.get("/metrics", headers={"authorization": f"Bearer {OTHER_KEY}wrong"})


@pytest.mark.parametrize("form", ["json", "console"])
def test_neither_secrets_nor_words_are_written(assistant, tmp_path, written, form):
    read = written("info", form)
    everything(assistant, tmp_path)
    found = read()
    assert "request" in found and "internal error" in found and "told" in found
    assert not any(secret in found for secret in PLANTED)
    assert not any(word in found for word in WORDS.split()[:2])


def test_at_debug_words_are_written_but_no_secrets(assistant, tmp_path, written):
    read = written("debug")
    everything(assistant, tmp_path)
    found = read()
    assert WORDS in found
    assert not any(secret in found for secret in PLANTED)


def test_every_line_is_json_and_carries_the_request(assistant, tmp_path, written):
    read = written("info")
    everything(assistant, tmp_path)
    lines = [json.loads(line) for line in read().splitlines()]
    asked = [line for line in lines if line.get("route") == "/api/v1/ask"]
    assert [line["status"] for line in asked] == [500, 500]
    assert all(line["request_id"] == "request-of-test" for line in asked)
    assert all(line["client"] == "key:ci" for line in asked)
    [first, _] = [line for line in lines if line["event"] == "internal error"]
    assert first["exception"] == "RuntimeError"
    assert first["at"][-1].startswith(f"{__name__}:fail:")
    assert all({"event", "level", "timestamp", "logger"} <= line.keys() for line in lines)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("abcd-1234", True),
        ("0" * 64, True),
        ("short", False),
        ("0" * 65, False),
        ("has space and more", False),
        ('"><script>', False),
    ],
)
def test_a_sane_request_id_is_kept_and_always_returned(assistant, tmp_path, sent, kept):
    with client_of(assistant, tmp_path) as client:
        found = client.get("/health", headers={"x-request-id": sent}).headers["x-request-id"]
    assert (found == sent) == kept
    assert kept or len(found) == 32
