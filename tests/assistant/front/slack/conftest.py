"""The Slack front end in this process, on a database of its own, before the mock of Slack."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import text

from assistant.front.slack.app import SlackFront, build_slack
from assistant.settings import Settings
from assistant.state.store import State
from tests.assistant.front.slack.mock_slack import BOT_TOKEN, MockSlack
from tests.assistant.front.slack.payloads import SECRET, signed

LEASE = 1.5  # seconds: another process takes over soon


@dataclass
class Slack:
    """The front end, its state and the Slack that it talks to."""

    mock: MockSlack
    front: SlackFront
    state: State
    client: TestClient
    counted: list[str]

    def send(self, body: str | dict, **signature: object):
        """Deliver what Slack sends."""
        return self.client.post("/slack/events", **signed(body, **signature))

    @property
    def taken(self) -> list[str]:
        """The keys of the events that were taken, whether they are answered yet or not."""
        with self.state.database.engine.connect() as connection:
            return list(connection.scalars(text("SELECT id FROM events ORDER BY taken_at")))

    @property
    def hook(self) -> str:
        return f"{self.mock.address}/hooks/1"


@pytest.fixture(scope="session")
def slack_process():
    mock = MockSlack()
    yield mock
    mock.close()


@pytest.fixture
def mock_slack(slack_process):
    slack_process.tell("reset")
    return slack_process


@pytest.fixture
def slack_settings(mock_slack, tmp_path):
    return Settings(
        data_dir=tmp_path / "data",
        slack_bot_token=BOT_TOKEN,
        slack_signing_secret=SECRET,
        slack_api_url=mock_slack.api_url,
    )


@pytest.fixture
def start_slack(assistant, mock_slack, slack_settings):
    """Start front ends; all of a test share one database."""
    started = []

    def start(running: bool = True, by=None, **settings: object) -> Slack:
        configured = slack_settings.model_copy(update=settings)
        state = State.open(configured)
        counted: list[str] = []
        front = build_slack(by or assistant, state, configured, counted.append, LEASE)
        app = FastAPI()
        app.include_router(front.router)
        if running:
            front.start()
        slack = Slack(mock_slack, front, state, TestClient(app), counted)
        started.append(slack)
        return slack

    yield start
    for slack in started:
        slack.front.stop()
        slack.client.close()
        slack.state.close()


@pytest.fixture
def slack(start_slack):
    return start_slack()
