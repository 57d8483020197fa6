"""Slack within the whole server: below a path, behind its guards."""

import json

import pytest
from pydantic import SecretStr
from starlette.testclient import TestClient

from assistant.front.server.app import build_api, guarded
from assistant.front.slack.app import build_slack
from assistant.front.slack.contract import PATH
from assistant.state.store import State
from tests.assistant.front.serving import KEY
from tests.assistant.front.slack.payloads import PSU, command, message, signed


@pytest.fixture
def served(assistant, slack_settings):
    """The API and Slack at /rigwise; programs need a key."""
    settings = slack_settings.model_copy(
        update={"root_path": "/rigwise", "api_keys": SecretStr(f"ci:{KEY}")}
    )
    state = State.open(settings)
    slack = build_slack(assistant, state, settings)
    app = guarded(build_api(assistant, state, settings, slack), settings)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client
    state.close()


def test_slack_is_served_below_the_path_without_a_key(served, mock_slack):
    assert served.post(f"/rigwise{PATH}", **signed(message())).status_code == 200
    assert "1,400 W" in mock_slack.wait_for(1)[0]["text"]
    assert served.post("/rigwise/api/v1/ask", json={"question": PSU}).status_code == 401


def test_only_slack_is_let_in(served, mock_slack):
    assert served.post(f"/rigwise{PATH}", **signed(message(), secret="another")).status_code == 401
    assert served.post(f"/rigwise{PATH}", **signed(message(), seconds_ago=301)).status_code == 401
    assert served.get(f"/rigwise{PATH}").status_code in (404, 405)
    assert mock_slack.messages() == []


@pytest.mark.parametrize("sign", ["a", "é", "😀"])
def test_the_longest_message_that_slack_sends_is_refused_in_words(served, mock_slack, sign):
    text = f"{sign * 19_999} " * 2  # 40,000 characters
    blocks = [{"type": "rich_text", "elements": [{"type": "text", "text": text}]}]
    request = signed(message(text, blocks=blocks))
    assert served.post(f"/rigwise{PATH}", **request).status_code == 200
    [told] = mock_slack.wait_for(1)
    assert "at most 4,000 can be read" in told["text"]


def test_the_longest_command_is_refused_in_words(served, mock_slack):
    hook = f"{mock_slack.address}/hooks/1"
    assert served.post(f"/rigwise{PATH}", **signed(command("é" * 40_000, hook))).status_code == 200
    [told] = mock_slack.wait_for(1, "responses")
    assert "at most 4,000 can be read" in told["text"]


def test_what_is_larger_than_slack_sends_is_refused(served):
    huge = signed(json.dumps(message("x" * 2_100_000)))
    assert served.post(f"/rigwise{PATH}", **huge).status_code == 413
