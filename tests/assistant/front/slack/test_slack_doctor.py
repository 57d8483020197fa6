"""rigwise slack doctor: what it looks at and what it says."""

import pytest
from click.testing import CliRunner
from pydantic import SecretStr

from assistant.front.slack import doctor
from assistant.front.slack.command import slack_group
from assistant.front.slack.doctor import examine
from assistant.settings import Settings
from tests.assistant.front.slack.mock_slack import APP_TOKEN
from tests.assistant.front.slack.payloads import SECRET


@pytest.fixture
def look(mock_slack, slack_settings):
    def findings(**changed: object):
        settings = slack_settings.model_copy(update=changed)
        return {finding.about: finding for finding in examine(settings)}

    return findings


def test_all_is_well(look):
    found = look(slack_app_token=SecretStr(APP_TOKEN))
    assert all(finding.fine for finding in found.values()), found
    assert list(found) == [
        "reaching Slack", "bot token", "scopes", "clock", "signing secret", "app token", "database",
    ]  # fmt: skip
    assert found["bot token"].told == "workspace Lab (T1), bot rigwise"


def test_missing_scopes_are_named_with_their_purpose(look, mock_slack):
    mock_slack.tell("scopes", scopes="chat:write, commands,app_mentions:read,im:history")
    told = look()["scopes"]
    assert not told.fine
    assert "channels:history (to read the threads" in told.told
    assert "chat:write" not in told.told


def test_a_wrong_token_is_told(look):
    told = look(slack_bot_token=SecretStr("xoxb-another"))["bot token"]
    assert not told.fine
    assert "invalid_auth" in told.told
    assert "another" not in told.told
    assert not look(slack_bot_token=SecretStr("xapp-1"))["bot token"].fine
    assert "RIGWISE_SLACK_BOT_TOKEN" in look(slack_bot_token=None)["bot token"].told


def test_a_slack_out_of_reach_is_told(look):
    told = look(slack_api_url="http://127.0.0.1:9/api/")["reaching Slack"]
    assert not told.fine
    assert "127.0.0.1" in told.told


def test_no_way_in_is_told(look):
    told = look(slack_signing_secret=None)["way in"]
    assert not told.fine
    assert "RIGWISE_SLACK_SIGNING_SECRET" in told.told
    assert "RIGWISE_SLACK_APP_TOKEN" in told.told


def test_a_token_in_place_of_the_signing_secret_is_told(look):
    assert not look(slack_signing_secret=SecretStr("xoxb-0123456789abcdef"))["signing secret"].fine


def test_an_app_token_that_slack_refuses_is_told(look):
    told = look(slack_app_token=SecretStr("xapp-another"))["app token"]
    assert not told.fine
    assert "connections:write" in told.told


def test_a_clock_that_is_off_is_told(look, monkeypatch):
    now = doctor.time.time()
    monkeypatch.setattr("assistant.front.slack.doctor.time.time", lambda: now + 600)
    told = look()["clock"]
    assert not told.fine
    assert "600 s off" in told.told or "599 s off" in told.told or "601 s off" in told.told


def test_a_database_that_is_gone_is_told(look):
    gone = SecretStr("postgresql+psycopg://u:secret-word@127.0.0.1:9/none")
    told = look(database_url=gone)["database"]
    assert not told.fine
    assert "secret-word" not in told.told


def test_the_command_says_each_and_ends_with_a_status(mock_slack, monkeypatch, slack_settings):
    given = slack_settings
    monkeypatch.setattr("assistant.front.slack.command.load_settings", lambda: given)
    done = CliRunner().invoke(slack_group, ["doctor"])
    assert done.exit_code == 0, done.output
    assert "ok       scopes: all 7 are granted" in done.output
    assert "xoxb" not in done.output
    assert SECRET not in done.output
    given = given.model_copy(update={"slack_signing_secret": None})
    done = CliRunner().invoke(slack_group, ["doctor"])
    assert done.exit_code == 1
    assert "missing  way in: set RIGWISE_SLACK_SIGNING_SECRET" in done.output


def test_secrets_are_read_from_files(tmp_path):
    file = tmp_path / "token"
    file.write_text("xoxb-in-a-file\n")
    settings = Settings(slack_bot_token_file=file, slack_signing_secret=SecretStr(" s "))
    assert settings.read_slack_bot_token() == "xoxb-in-a-file"
    assert settings.read_slack_signing_secret() == "s"
    assert settings.read_slack_app_token() is None
