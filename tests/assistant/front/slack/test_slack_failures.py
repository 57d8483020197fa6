"""Clicks, commands and forms that come to nothing: whoever waits is told, in one line."""

import json

import pytest

from assistant.errors import StateFailure
from assistant.front.slack.views import failures
from tests.assistant.front.slack.mock_slack import BOT_USER
from tests.assistant.front.slack.payloads import (
    PSU,
    buttons,
    click,
    command,
    mention,
    submission,
)

ROOT = "1700000000.000100"


@pytest.fixture
def answered(slack):
    """A front end that has answered, and the answer."""
    slack.send(mention(f"<@{BOT_USER}> Is x8 enough for two cards?", ts=ROOT))
    [slack.answer] = slack.mock.wait_for(1)
    return slack


@pytest.fixture
def no_database(answered, monkeypatch):
    """The database is gone as far as clicks and commands can see; put back by calling it."""

    def gone(*_: object, **__: object) -> None:
        raise StateFailure("the database is gone")

    with monkeypatch.context() as broken:
        for store, method in (("events", "take"), ("feedback", "give"), ("conversations", "get")):
            broken.setattr(getattr(answered.state, store), method, gone)
        yield broken.undo


def click_on(slack, prefix, **given):
    answer = slack.send(click(buttons(slack.answer, prefix)[0], slack.hook, **given))
    assert answer.status_code == 200


def told_to(slack):
    [told] = slack.mock.wait_for(1, "responses")
    assert told["response_type"] == "ephemeral"
    assert told["replace_original"] is False
    assert told["thread_ts"] == ROOT  # where the click was, not somewhere above
    return told["text"]


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ({"error": "expired_trigger_id"}, failures.WINDOW),
        ({"error": "invalid_arguments"}, failures.REFUSED),
        ({"hang": 1}, failures.SLACK),
    ],
)
def test_who_clicked_is_told_why_no_window_opened(answered, fault, told):
    answered.mock.fail("views.open", fault)
    click_on(answered, "source-")
    assert told_to(answered) == told
    assert answered.mock.state()["views"] == []
    assert "lost" in answered.counted


@pytest.mark.parametrize("prefix", ["source-", "feedback-up", "feedback-down", "suggestion-"])
def test_who_clicked_is_told_that_the_database_is_gone(answered, no_database, prefix):
    click_on(answered, prefix)
    assert told_to(answered) == failures.DATABASE


def test_who_clicked_is_told_of_a_fault_of_ours_without_its_details(answered, monkeypatch):
    def fault(*_: object) -> None:
        raise ValueError("a secret detail")

    monkeypatch.setattr(answered.state.feedback, "give", fault)
    click_on(answered, "feedback-up")
    assert told_to(answered) == failures.FAULT


def test_a_click_in_a_modal_that_fails_is_told_in_the_channel(answered):
    answered.mock.fail("views.push", {"error": "push_limit_reached"})
    body = click(buttons(answered.answer, "source-")[0], "", view={"id": "V1", "type": "modal"},
                 channel=None, container={"type": "view", "view_id": "V1"})  # fmt: skip
    assert answered.send(body).status_code == 200
    [told] = answered.mock.wait_for(1, "ephemeral")
    assert (told["channel"], told["user"]) == ("C1", "U1")
    assert told["text"] == failures.REFUSED


def test_a_failure_that_cannot_be_told_breaks_nothing(answered, caplog):
    answered.mock.fail("views.open", {"error": "expired_trigger_id"})
    answered.mock.fail("response_url", {"status": 404})
    click_on(answered, "source-")
    click_on(answered, "feedback-up")
    assert told_to(answered) == "Thank you."
    assert "slack takes no response to a click (HTTP 404)" in caplog.text


def test_a_command_without_the_database_is_refused_in_words(answered, no_database):
    answer = answered.send(command(PSU, answered.hook))
    assert answer.status_code == 200
    assert answer.json()["response_type"] == "ephemeral"
    assert answer.json()["text"] == failures.DATABASE
    no_database()
    assert "Looking it up" in answered.send(command(PSU, answered.hook)).json()["text"]
    assert len(answered.mock.wait_for(1, "responses")) == 1


def test_a_form_that_cannot_be_kept_stays_open_and_says_so(answered, monkeypatch):
    click_on(answered, "feedback-down")
    [opened] = answered.mock.wait_for(1, "views")
    body = submission(opened["view"], "My cards draw 300 W")

    def gone(*_: object, **__: object) -> None:
        raise StateFailure("the database is gone")

    with monkeypatch.context() as broken:
        broken.setattr(answered.state.feedback, "give", gone)
        answer = answered.send(body)
    assert answer.json()["response_action"] == "errors"
    block = opened["view"]["blocks"][0]["block_id"]
    assert answer.json()["errors"] == {block: failures.DATABASE}
    assert answered.send(body).text == ""
    [row] = answered.state.feedback.rows()
    assert row["reason"] == "My cards draw 300 W"


def test_what_is_said_of_failures_fits_where_it_is_said():
    said = [text for name, text in vars(failures).items() if name.isupper() and name != "TOO_LATE"]
    assert len(said) == 5
    for text in said:
        assert "\n" not in text
        assert len(text) < 150
        assert json.dumps(text).isascii()
