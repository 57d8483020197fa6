"""What logs hold of Slack: neither words nor secrets, but the keys of questions."""

import json
import logging

import pytest
import structlog

from assistant import logs
from assistant.errors import StateFailure
from assistant.settings import Settings
from tests.assistant.front.slack.mock_slack import BOT_TOKEN, BOT_USER
from tests.assistant.front.slack.payloads import (
    SECRET,
    buttons,
    click,
    command,
    mention,
    message,
    submission,
    wrapped,
)

WORDS = "How many watts for seven 333 W GPUs of pizzeria?"
PLANTED = (
    "How many watts",
    "pizzeria",
    BOT_TOKEN,
    "xoxb",
    SECRET,
    "hooks.slack.com/commands/T1/secret",
)


@pytest.fixture
def written(capsys):
    """Read what was logged, with the logs as both servers configure them; put all back."""
    root = logging.getLogger()
    before = root.handlers[:], root.level, structlog.get_config()

    def configure(level):
        logs.configure_logs(Settings(log_format="json", log_level=level))
        return lambda: capsys.readouterr().err

    yield configure
    root.handlers[:], level, config = before
    root.setLevel(level)
    structlog.configure(**config)


def go_through_everything(slack):
    """Ask, click and fail in all ways."""
    slack.send(mention(f"<@{BOT_USER}> {WORDS}", ts="1700000000.000100"))
    [told] = slack.mock.wait_for(1)
    slack.send(message(WORDS), secret="wrong")
    slack.send(message(WORDS, "C1", ts="1700000001.1"))
    slack.send(message(WORDS, user_team="T9"))
    slack.send(command(WORDS, "https://hooks.slack.com.invalid/commands/T1/secret"))
    slack.send(command(WORDS, slack.hook, trigger_id="2.2.2"))
    slack.mock.wait_for(1, "responses")
    slack.mock.fail("views.open", {"error": "invalid_arguments"}, {"hang": 1})
    for _ in range(2):
        slack.send(click(buttons(told, "source-")[0], slack.hook))
    slack.mock.fail("chat.postMessage", {"error": "invalid_blocks"}, {"error": "is_archived"})
    slack.send(message(WORDS, "D1", ts="1700000002.1"))
    slack.send(click(buttons(told, "feedback-down")[0], slack.hook))
    [opened] = slack.mock.wait_for(1, "views")
    slack.send(submission(opened["view"], WORDS))
    unknown = {"action_id": "of-another-app", "text": {"type": "plain_text", "text": WORDS}}
    slack.send(click({**unknown, "value": WORDS}, slack.hook))
    slack.send(command(WORDS, slack.hook, command="/another"))
    slack.send(wrapped({"type": "team_join", "text": WORDS}, "Ev9"))


def test_logs_hold_neither_words_nor_secrets(slack, written):
    log = written("info")
    go_through_everything(slack)
    told = log()
    assert "slack question taken: slack-T1-C1-1700000000.000100" in told
    assert "slack click lost" in told
    for planted in PLANTED:
        assert planted not in told, planted


def test_faults_are_logged_without_what_was_asked(start_slack, written, monkeypatch):
    class Broken:
        def ask(self, question, history):
            raise ValueError(f"cannot answer {question}")

    log = written("info")
    slack = start_slack(by=Broken())
    slack.send(message(WORDS))
    slack.mock.wait_for(1)

    def fault(event_id, payload, lease):
        raise RuntimeError(f"cannot keep {payload}")

    monkeypatch.setattr(slack.state.events, "take", fault)
    assert slack.send(message(WORDS, ts="1700000001.1")).status_code == 500
    assert slack.send(command(WORDS, slack.hook)).status_code == 200
    told = log()
    assert "ValueError" in told
    assert "RuntimeError" in told
    for planted in PLANTED:
        assert planted not in told, planted


def test_debug_holds_no_secrets_either(slack, written):
    log = written("debug")
    go_through_everything(slack)
    told = log()
    for secret in (BOT_TOKEN, SECRET, "hooks.slack.com/commands"):
        assert secret not in told, secret


def test_what_is_logged_while_a_question_is_answered_names_it(start_slack, written, assistant):
    class Telling:
        def ask(self, question, history):
            logging.getLogger("rigwise.test").info("searching")
            return assistant.ask(question, history)

    log = written("info")
    slack = start_slack(by=Telling())
    slack.send(message())
    slack.mock.wait_for(1)
    lines = [json.loads(line) for line in log().splitlines() if "searching" in line]
    assert [line["request_id"] for line in lines] == ["slack-T1-D1-1700000000.000100"]


def test_a_database_that_is_gone_is_logged_in_one_line(slack, written, monkeypatch):
    def gone(*_: object) -> None:
        raise StateFailure("The database cannot be reached.")

    log = written("info")
    monkeypatch.setattr(slack.state.events, "take", gone)
    slack.send(message(WORDS))
    [line] = [line for line in log().splitlines() if "not taken" in line]
    assert json.loads(line)["event"] == "slack event not taken: The database cannot be reached."
