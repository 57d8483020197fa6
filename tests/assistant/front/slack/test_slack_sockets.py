"""Socket Mode through the real client."""

import time

import pytest

from assistant.errors import SettingsError, StateFailure
from assistant.front.slack.app import build_slack
from assistant.front.slack.sockets import SocketMode
from tests.assistant.front.slack.mock_slack import APP_TOKEN
from tests.assistant.front.slack.payloads import PSU, mention


@pytest.fixture
def sockets(slack):
    socket_mode = SocketMode(slack.front.bolt, APP_TOKEN)
    socket_mode.connect()
    deadline = time.monotonic() + 10
    while not slack.mock.tell("look")["sockets"]:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    yield slack
    socket_mode.close()


def deliver(slack, payload, envelope="E1", kind="events_api"):
    slack.mock.tell("socket", envelope_id=envelope, type=kind, payload=payload,
                    accepts_response_payload=kind != "events_api")  # fmt: skip


def test_an_event_is_acknowledged_and_answered(sockets):
    deliver(sockets, mention(ts="1700000000.000100"))
    assert len(sockets.mock.wait_for(1)) == 1
    assert [told["envelope_id"] for told in sockets.mock.state()["acknowledged"]] == ["E1"]


def test_what_comes_by_both_ways_is_answered_once(sockets):
    deliver(sockets, mention(ts="1700000000.000100"))
    sockets.send(mention(ts="1700000000.000100"))
    assert len(sockets.mock.wait_for(1)) == 1


def test_a_command_is_acknowledged_with_what_its_sender_sees(sockets):
    payload = {"team_id": "T1", "channel_id": "C1", "user_id": "U1", "command": "/hardware",
               "text": PSU, "response_url": sockets.hook, "trigger_id": "1.2"}  # fmt: skip
    deliver(sockets, payload, kind="slash_commands")
    sockets.mock.wait_for(1, "responses")
    [told] = sockets.mock.state()["acknowledged"]
    assert "Looking it up" in told["payload"]["text"]


def test_what_cannot_be_recorded_is_not_acknowledged(sockets, monkeypatch):
    def gone(*_: object) -> None:
        raise StateFailure("the database is gone")

    with monkeypatch.context() as broken:
        broken.setattr(sockets.state.events, "take", gone)
        deliver(sockets, mention(ts="1700000000.000100"))
        time.sleep(0.7)
    assert sockets.mock.state()["acknowledged"] == []
    deliver(sockets, mention(ts="1700000000.000100"), envelope="E2")
    assert len(sockets.mock.wait_for(1)) == 1
    assert [told["envelope_id"] for told in sockets.mock.state()["acknowledged"]] == ["E2"]


def test_without_secrets_there_is_no_slack(assistant, slack_settings):
    none = {"slack_bot_token": None, "slack_signing_secret": None}
    assert build_slack(assistant, None, slack_settings.model_copy(update=none)) is None
    with pytest.raises(SettingsError, match="RIGWISE_SLACK_BOT_TOKEN"):
        build_slack(assistant, None, slack_settings.model_copy(update={"slack_bot_token": None}))
    with pytest.raises(SettingsError, match="RIGWISE_SLACK_APP_TOKEN"):
        build_slack(
            assistant, None, slack_settings.model_copy(update={"slack_signing_secret": None})
        )


def test_the_terminal_answers_without_slack_libraries():
    import subprocess
    import sys

    code = (
        "import sys, assistant.front.terminal.main, assistant.front.terminal.ask,"
        " assistant.front.slack.command; "
        "sys.exit('slack_sdk' in sys.modules or 'slack_bolt' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
