"""Whatever Slack's fields hold, it is read or left, and never breaks anything."""

import json
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.front.slack.guard import Guard
from assistant.front.slack.hearing import hear, is_bare, is_for_us, operates_the_app
from assistant.front.slack.mrkdwn import as_mrkdwn, as_plain, literal
from assistant.front.slack.payloads import carried_by, channel_of
from assistant.front.slack.types import Asked, Identity, channel_in
from tests.assistant.front.slack.payloads import click, command, mention, message, wrapped

IDENTITY = Identity("T1", "", "UBOT", "BBOT")
# With halves of characters and zeros: JSON can carry both, databases neither.
TEXTS = st.text(alphabet=st.characters(exclude_categories=()), max_size=40) | st.sampled_from(
    ["<@UBOT>", "<@U2|x> ?", "<", "<@", "<!channel>", "&amp;lt;", "\ud800", "\x00", "public", "?"]
)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)
FIELDS = ("text", "channel", "user", "ts", "thread_ts", "team", "user_team", "channel_type",
          "subtype", "bot_id", "edited", "source_team")  # fmt: skip
CHANGES = st.dictionaries(st.sampled_from(FIELDS), ANYTHING, max_size=4)
OUTER = st.dictionaries(
    st.sampled_from(["team_id", "authorizations", "event_id", "enterprise_id", "context_team_id"]),
    ANYTHING,
    max_size=2,
)


@given(TEXTS)
def test_what_people_write_is_read_whatever_it_is(text):
    plain = as_plain(text, "UBOT")
    plain.encode()  # no half characters
    assert "\x00" not in plain
    for by_owner in (True, False):
        assert isinstance(is_for_us(text, by_owner), bool)
    assert isinstance(operates_the_app(text), bool)
    assert isinstance(is_bare(text), bool)
    assert isinstance(channel_in(text), str)
    for written in (literal(text), as_mrkdwn(text)):
        assert "<!" not in written
        assert "<@" not in written


@given(CHANGES, st.sampled_from(["message", "app_mention"]))
def test_a_message_with_any_fields_is_heard_or_not(changes, kind):
    told = message()["event"] | {"type": kind} | changes
    body = wrapped(told, "Ev1")
    Guard(IDENTITY, (), ("C1",)).lets_in(body)
    heard = hear(body, IDENTITY)
    if heard is None:
        return
    asked = heard.asked
    assert Asked.from_json(json.loads(json.dumps(asked.to_json()))) == asked
    for said in (asked.key, asked.conversation, asked.text, asked.owner, asked.channel):
        said.encode()


@given(ANYTHING, ANYTHING)
def test_what_a_button_carries_is_read_or_left(value, channel):
    body = {"actions": [{"value": value}], "channel": channel}
    assert isinstance(carried_by(body), dict)
    assert isinstance(channel_of(body), str)
    assert isinstance(carried_by({"actions": [{"value": json.dumps(value)}]}), dict)


# Through the whole of it, signed as Slack signs.

WHOLE = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def idle(start_slack):
    """Takes what comes, and answers nothing."""
    slack = start_slack(running=False)
    slack.front.worker.submit = lambda task: None
    return slack


@given(CHANGES, OUTER, st.sampled_from([message, mention]))
@WHOLE
def test_no_event_breaks_the_server(idle, changes, outer, made):
    body = made()
    body["event"] |= changes
    assert idle.send(body | outer).status_code < 500


@given(st.dictionaries(st.sampled_from(["text", "user_id", "channel_id", "trigger_id", "team_id"]),
                       st.text(max_size=40), max_size=4))  # fmt: skip
@WHOLE
def test_no_command_breaks_the_server(idle, changes):
    assert (
        idle.send(command(**{"text": "x8?", "response_url": idle.hook} | changes)).status_code < 500
    )


@given(st.dictionaries(st.sampled_from(["actions", "container", "user", "team", "channel", "view",
                                        "trigger_id", "message", "type"]),
                       ANYTHING, max_size=2),
       st.sampled_from(["source-1", "more", "suggestion-1", "feedback-up", "feedback-down"]),
       ANYTHING)  # fmt: skip
@WHOLE
def test_no_click_breaks_the_server(idle, changes, action, carried):
    button = {"action_id": action, "text": {"type": "plain_text", "text": "?"},
              "value": json.dumps(carried)}  # fmt: skip
    assert idle.send(click(button, "", **changes)).status_code < 500


@given(ANYTHING)
@WHOLE
def test_no_signed_body_breaks_the_server(idle, body):
    assert idle.send(json.dumps(body)).status_code < 500
    assert idle.send(urlencode({"payload": json.dumps(body)})).status_code < 500
