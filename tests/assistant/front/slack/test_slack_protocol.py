"""Slack's protocol: signatures, deliveries, duplicates, failures."""

import json
import time
from dataclasses import replace
from itertools import pairwise

import pytest
from sqlalchemy import text

from assistant.errors import StateFailure
from tests.assistant.front.serving import until
from tests.assistant.front.slack.mock_slack import BOT_USER
from tests.assistant.front.slack.payloads import PSU, buttons, click, mention, message, signed


def test_a_direct_message_is_answered_in_its_thread(slack):
    assert slack.send(message()).status_code == 200
    [told] = slack.mock.wait_for(1)
    assert told["channel"] == "D1"
    assert told["thread_ts"] == "1700000000.000100"
    assert "1,400 W" in told["text"]
    assert told["metadata"] == {
        "event_type": "rigwise_answer",
        "event_payload": {"event": "slack-T1-D1-1700000000.000100"},
    }


def test_a_bad_signature_is_refused(slack):
    assert slack.send(message(), secret="another").status_code == 401
    assert slack.mock.state()["calls"][1:] == []  # auth.test at the start, and no more


def test_a_stale_timestamp_is_refused(slack):
    assert slack.send(message(), seconds_ago=301).status_code == 401
    assert slack.send(message(), seconds_ago=290).status_code == 200


@pytest.mark.parametrize("stamp", ["", "soon", "1e9", "9" * 400])
def test_a_timestamp_that_is_none_is_refused(slack, stamp):
    request = signed(message())
    request["headers"]["x-slack-request-timestamp"] = stamp
    assert slack.client.post("/slack/events", **request).status_code == 401


def test_a_signature_that_is_no_ascii_is_refused(slack):
    request = signed(message())
    request["headers"]["x-slack-signature"] = b"v0=\xe9"
    assert slack.client.post("/slack/events", **request).status_code == 401


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"payload=%7B", b"[" * 100_000, b"null"])
def test_nonsense_is_refused_unread(slack, body):
    assert slack.client.post("/slack/events", content=body).status_code == 401


@pytest.mark.parametrize(
    "body",
    [
        "{",
        "payload=%7B",
        '{"type":' + "[" * 100_000,
        '{"type":"event_callback","event":7}',
        '{"type":"event_callback","authorizations":{"a":1}}',
        'payload={"type":"block_actions","actions":[]}',
    ],
)
def test_signed_nonsense_breaks_nothing(slack, body):
    assert slack.send(body).status_code == 400


def test_what_nobody_handles_is_not_found(slack):
    """Bolt's own words for it failed on a payload without a view."""
    button = {"action_id": "source-1", "text": {"type": "plain_text", "text": "?"}, "value": "1"}
    assert slack.send(click(button, "", view=None, type=None)).status_code == 404
    assert slack.counted == ["not_taken"]


def test_a_huge_body_is_refused_unread(slack):
    assert slack.client.post("/slack/events", content=b"x" * 2_100_000).status_code == 413


def test_the_request_url_is_verified(slack):
    answer = slack.send({"type": "url_verification", "challenge": "abc", "token": "t"})
    assert answer.status_code == 200
    assert answer.json() == {"challenge": "abc"}


def test_the_certificate_check_is_answered_without_a_signature(slack):
    answer = slack.client.post("/slack/events", content=b"token=t&ssl_check=1", headers={
        "content-type": "application/x-www-form-urlencoded"})  # fmt: skip
    assert (answer.status_code, answer.text) == (200, "")


def test_an_event_sent_three_times_is_answered_once(slack):
    for _ in range(3):
        assert slack.send(message()).status_code == 200
    assert len(slack.mock.wait_for(1)) == 1


@pytest.mark.parametrize("channel", ["C1", "D1"])
def test_the_same_message_told_of_by_two_events_is_answered_once(slack, channel):
    told_of = [
        message(f"<@{BOT_USER}> {PSU}", channel, event_id="Ev1"),
        mention(channel=channel, ts="1700000000.000100", event_id="Ev2"),
    ]
    for event in told_of if channel == "C1" else reversed(told_of):
        assert slack.send(event).status_code == 200
    assert len(slack.mock.wait_for(1)) == 1
    until(lambda: len(slack.counted) == 3)
    # The first may be answered before the second arrives, or after.
    assert sorted(slack.counted) == ["answered", "duplicate", "taken"]


def test_a_retry_whose_first_delivery_never_arrived_is_answered(slack):
    request = signed(message())
    request["headers"] |= {"x-slack-retry-num": "1", "x-slack-retry-reason": "http_timeout"}
    assert slack.client.post("/slack/events", **request).status_code == 200
    assert len(slack.mock.wait_for(1)) == 1


def test_a_rate_limit_is_waited_for(slack):
    slack.mock.fail("chat.postMessage", *[{"status": 429, "retry_after": 1}] * 3)
    slack.send(message())
    assert len(slack.mock.wait_for(1)) == 1
    calls = slack.mock.calls("chat.postMessage")
    waits = [later["at"] - call["at"] for call, later in pairwise(calls)]
    assert len(calls) == 4
    assert all(wait >= 1 for wait in waits)


def test_a_rate_limit_is_waited_for_longer_than_failures_are(slack, monkeypatch):
    monkeypatch.setattr("assistant.front.slack.responder.ATTEMPTS", 3)
    slack.mock.fail("chat.postMessage", *[{"status": 429, "retry_after": 0}] * 12)
    slack.send(message())
    assert len(slack.mock.wait_for(1)) == 1


def test_what_fails_again_and_again_is_given_up(slack, monkeypatch, caplog):
    monkeypatch.setattr("assistant.front.slack.responder.ATTEMPTS", 3)
    monkeypatch.setattr("assistant.front.slack.responder.FIRST_WAIT", 0.01)
    slack.mock.fail("chat.postMessage", *[{"status": 500}] * 12)
    slack.send(message())
    _eventually_done(slack)
    assert len(slack.mock.calls("chat.postMessage")) == 3
    assert "slack question given up: slack-T1-D1-1700000000.000100" in caplog.text


def test_a_thread_that_cannot_be_read_is_answered_all_the_same(slack, monkeypatch, caplog):
    monkeypatch.setattr("assistant.front.slack.responder.FIRST_WAIT", 0.2)
    slack.mock.fail("chat.postMessage", {"status": 500})
    slack.mock.fail("conversations.replies", {"error": "missing_scope"})
    slack.send(message())
    assert len(slack.mock.wait_for(1)) == 1
    assert "cannot be read (missing_scope)" in caplog.text


@pytest.mark.parametrize("fault", [{"status": 500}, {"error": "fatal_error"}, {"hang": 1}])
def test_a_post_that_took_effect_though_slack_failed_is_not_repeated(slack, monkeypatch, fault):
    monkeypatch.setattr("assistant.front.slack.responder.FIRST_WAIT", 0.2)
    slack.mock.fail("chat.postMessage", {**fault, "done": True})
    slack.send(message())
    slack.mock.wait_for(1)
    _eventually_done(slack)
    assert len(slack.mock.messages()) == 1
    assert len(slack.mock.calls("conversations.replies")) == 1


@pytest.mark.parametrize("fault", [{"status": 500}, {"error": "service_unavailable"}, {"hang": 1}])
def test_a_post_that_failed_is_repeated_after_a_look(slack, monkeypatch, fault):
    monkeypatch.setattr("assistant.front.slack.responder.FIRST_WAIT", 0.2)
    slack.mock.fail("chat.postMessage", fault)
    slack.send(message())
    assert len(slack.mock.wait_for(1)) == 1
    assert len(slack.mock.calls("conversations.replies")) == 1


def test_blocks_that_slack_refuses_are_followed_by_plain_text(slack):
    slack.mock.fail("chat.postMessage", {"error": "invalid_blocks"})
    slack.send(message())
    [told] = slack.mock.wait_for(1)
    assert "1,400 W" in told["text"]
    assert "[1] the guide, December 2018, line 62" in told["text"]
    assert not told.get("blocks")


def test_a_channel_that_takes_no_message_ends_the_matter(slack):
    slack.mock.fail("chat.postMessage", {"error": "is_archived"})
    slack.send(message())
    _eventually_done(slack)
    assert slack.mock.messages() == []


def test_work_is_shown_before_the_answer(slack):
    slack.send(message())
    slack.mock.wait_for(1)
    called = [call["method"] for call in slack.mock.state()["calls"]]
    assert called == ["auth.test", "assistant.threads.setStatus", "chat.postMessage"]


def test_a_status_that_cannot_be_set_costs_no_answer(slack):
    slack.mock.fail("assistant.threads.setStatus", {"error": "not_allowed_token_type"})
    slack.send(message())
    assert len(slack.mock.wait_for(1)) == 1


def test_without_the_database_slack_is_asked_to_come_again(slack, monkeypatch):
    def gone(*_: object, **__: object) -> None:
        raise StateFailure("the database is gone")

    with monkeypatch.context() as broken:
        broken.setattr(slack.state.events, "take", gone)
        assert slack.send(message()).status_code == 503
    assert slack.send(message()).status_code == 200
    assert len(slack.mock.wait_for(1)) == 1


def test_while_slack_cannot_tell_who_we_are_it_is_asked_to_come_again(start_slack, mock_slack):
    mock_slack.fail("auth.test", {"status": 500}, {"status": 500})
    slack = start_slack()
    assert slack.send(message()).status_code == 503
    assert slack.send(message()).status_code == 200
    assert len(mock_slack.wait_for(1)) == 1


def test_a_database_that_hangs_is_not_waited_for(slack, monkeypatch):
    monkeypatch.setattr("assistant.front.slack.routes.DEADLINE", 0.2)
    take = slack.state.events.take

    def slow(*given: object) -> bool:
        time.sleep(4)
        return take(*given)

    monkeypatch.setattr(slack.state.events, "take", slow)
    start = time.monotonic()
    assert slack.send(message()).status_code == 503
    assert time.monotonic() - start < 3.5
    assert slack.send(message()).status_code == 503  # the retry finds it just as slow
    assert len(slack.mock.wait_for(1)) == 1


def test_a_process_that_died_is_followed_by_another(start_slack):
    dead = start_slack(running=False)
    dead.front.worker.submit = lambda task: None  # it takes the event and dies
    assert dead.send(message()).status_code == 200
    start_slack()
    assert len(dead.mock.wait_for(1)) == 1


@pytest.mark.parametrize("posted", [True, False])
def test_a_process_that_died_while_posting_is_followed_by_a_look(start_slack, posted):
    dead = start_slack(running=False)
    submitted = []
    dead.front.worker.submit = submitted.append
    dead.send(message())
    if posted:
        dead.state.events.finish, finish = lambda key: None, dead.state.events.finish
        dead.front.worker._work(submitted[0])
        dead.state.events.finish = finish
    else:
        dead.state.events.posting(submitted[0].asked.key)
    alive = start_slack()
    _eventually_done(alive)
    assert len(alive.mock.messages()) == 1
    assert len(alive.mock.calls("conversations.replies")) == 1


def test_who_lost_the_lease_while_asleep_does_not_post(start_slack):
    asleep = start_slack(running=False)
    submitted = []
    asleep.front.worker.submit = submitted.append
    asleep.send(message())
    awake = start_slack()
    awake.mock.wait_for(1)
    asleep.front.worker._work(submitted[0])
    assert len(awake.mock.messages()) == 1


def test_a_long_answer_keeps_its_lease(start_slack, assistant):
    asked = []

    class Slow:
        def ask(self, *given: object):
            asked.append(given)
            time.sleep(4)  # more than twice the lease
            return assistant.ask(*given)

    slack = start_slack(by=Slow())
    start_slack(by=Slow())
    slack.send(message())
    assert len(slack.mock.wait_for(1)) == 1
    time.sleep(2)
    assert len(slack.mock.messages()) == 1
    assert len(asked) == 1  # nobody else has worked on it meanwhile


def test_a_question_waits_for_the_one_before_it_in_its_thread(start_slack, assistant):
    heard = []

    class Slow:
        def ask(self, question, history):
            heard.append((question, len(history)))
            time.sleep(0.5 if len(heard) == 1 else 0)
            return assistant.ask(question, history)

    slack = start_slack(by=Slow())
    slack.send(message(PSU))
    slack.send(message("and with eight of them?", ts="1700000001.1", thread_ts="1700000000.000100"))
    slack.send(message("Is x8 enough for two cards?", channel="D2"))
    told = slack.mock.wait_for(3)
    assert [turns for _, turns in heard] == [0, 0, 2]
    assert "eight" in heard[2][0]  # it waited, the other conversation did not
    assert "2,500 W" in next(m["text"] for m in reversed(told) if m["channel"] == "D1")


def test_an_oversize_answer_is_posted_with_every_source(start_slack, assistant):
    whole = assistant.ask("Is x8 enough for two cards?")
    citations = tuple(replace(whole.citations[0], n=n) for n in range(1, 61))
    text = "\n\n".join(f"{'lanes ' * 160}[{n}]" for n in range(1, 61))

    class Talkative:
        def ask(self, question, history):
            return replace(whole, text=text, citations=citations, more="")

    slack = start_slack(by=Talkative())
    slack.send(message())
    [told] = slack.mock.wait_for(1)  # the mock refuses what Slack would refuse
    assert len(slack.mock.calls("chat.postMessage")) == 1
    assert len(buttons(told, "source-")) == 60
    assert len(buttons(told, "more")) == 1


def test_a_fault_of_ours_is_told(start_slack, caplog):
    class Broken:
        def ask(self, *given: object):
            raise ValueError("a secret detail")

    slack = start_slack(by=Broken())
    slack.send(message())
    [told] = slack.mock.wait_for(1)
    assert "a fault on our side" in told["text"]
    assert "secret" not in json.dumps(told)
    assert "slack question failed" in caplog.text


def _eventually_done(slack, seconds=15):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with slack.state.database.engine.connect() as connection:
            if set(connection.scalars(text("SELECT state FROM events"))) == {"done"}:
                return
        time.sleep(0.05)
    raise AssertionError("the event is not finished")
