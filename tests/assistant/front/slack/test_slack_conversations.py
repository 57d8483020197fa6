"""Conversations in Slack: threads, the slash command, buttons and modals, strangers."""

import json

import pytest

from assistant.answering.check import fold
from tests.assistant.front.slack.mock_slack import BOT_USER
from tests.assistant.front.slack.payloads import (
    PSU,
    buttons,
    click,
    command,
    mention,
    message,
    submission,
)

ROOT = "1700000000.000100"


def reply(text, ts="1700000001.000100", channel="C1", **event):
    return message(text, channel, ts=ts, thread_ts=ROOT, **event)


def ask_in_channel(slack):
    slack.send(mention(ts=ROOT))
    return slack.mock.wait_for(1)[0]


def test_a_follow_up_in_the_thread_is_understood(slack):
    ask_in_channel(slack)
    slack.send(reply("and with eight of them?"))
    told = slack.mock.wait_for(2)[1]
    assert "2,500 W" in told["text"]
    assert told["thread_ts"] == ROOT
    kept = slack.state.conversations.get(f"slack-T1-C1-{ROOT}")
    assert [exchange.question for exchange in kept.exchanges] == [PSU, "and with eight of them?"]
    assert kept.owner == "slack:T1:U1"


@pytest.mark.parametrize(
    "text",
    ["thanks, that helps", "I ordered them.", "<@U2> what do you think?", "ok?", ":+1:"],
)
def test_chatter_in_our_thread_is_left_alone(slack, text):
    ask_in_channel(slack)
    slack.send(reply(text))
    assert slack.taken == [f"slack-T1-C1-{ROOT}"]


def test_somebody_else_in_our_thread_is_answered_on_a_question_only(slack):
    ask_in_channel(slack)
    slack.send(reply("and with eight of them", user="U2"))
    slack.send(reply("Is x8 enough for two cards?", ts="1700000002.000100", user="U2"))
    slack.mock.wait_for(2)
    assert len(slack.mock.messages()) == 2
    assert "x8" in slack.state.conversations.get(f"slack-T1-C1-{ROOT}").exchanges[1].question


def test_other_threads_and_channels_are_left_alone(slack):
    slack.send(message("Is x8 enough for two cards?", "C1"))
    slack.send(reply("Is x8 enough for two cards?"))
    assert slack.taken == []


def test_a_mention_in_another_thread_is_answered(slack):
    slack.send(reply(f"<@{BOT_USER}> {PSU}"))
    assert slack.mock.wait_for(1)[0]["thread_ts"] == ROOT


@pytest.mark.parametrize(
    "event",
    [
        {"subtype": "message_changed", "message": {"text": PSU}, "text": None, "user": None},
        {"subtype": "message_deleted", "deleted_ts": "1.1", "text": None, "user": None},
        {"subtype": "bot_message", "bot_id": "B2"},
        {"bot_id": "B2"},
        {"user": BOT_USER},
        {"user": "USLACKBOT"},
        {"subtype": "channel_join"},
        {"edited": {"user": "U1", "ts": "1.2"}},
    ],
)
def test_edits_deletions_and_bots_are_ignored(slack, event):
    assert slack.send(message(**event)).status_code == 200
    assert slack.taken == []


def test_a_huge_question_is_refused_in_words(slack):
    slack.send(message("lanes " * 6_667))
    [told] = slack.mock.wait_for(1)
    assert "at most 4,000 can be read" in told["text"]
    assert slack.state.conversations.get(f"slack-T1-D1-{ROOT}").exchanges == ()


def test_a_huge_command_is_refused_in_words(slack):
    slack.send(command("lanes " * 6_667, slack.hook))
    [told] = slack.mock.wait_for(1, "responses")
    assert "at most 4,000 can be read" in told["text"]


@pytest.mark.parametrize("text", ["", "help", "Help!"])
def test_an_empty_mention_and_help_tell_how_to_ask(slack, text):
    slack.send(mention(f"<@{BOT_USER}> {text}", ts=ROOT))
    [told] = slack.mock.wait_for(1)
    assert "/hardware" in json.dumps(told["blocks"])
    assert len(buttons(told, "suggestion-")) == 3


def test_hostile_text_comes_out_harmless(slack):
    slack.send(message("Who is <!channel> &lt;!here&gt; <@U2> <https://evil.example|me> *&amp;*?"))
    [told] = slack.mock.wait_for(1)
    shown = json.dumps([told["blocks"], told["text"]])
    for hostile in ("<!", "<@", "<http"):
        assert hostile not in shown
    assert "&lt;!here&gt;" in told["text"]
    assert told["parse"] == "none"


# The slash command


def test_a_command_is_acknowledged_and_answered_to_its_sender_alone(slack):
    answer = slack.send(command(PSU, slack.hook))
    assert answer.status_code == 200
    assert answer.json()["response_type"] == "ephemeral"
    assert "Looking it up" in answer.json()["text"]
    [told] = slack.mock.wait_for(1, "responses")
    assert told["response_type"] == "ephemeral"
    assert "1,400 W" in told["text"]
    assert slack.mock.messages() == []


def test_a_public_command_is_answered_to_the_channel_with_its_question(slack):
    slack.send(command(f"public {PSU}", slack.hook))
    [told] = slack.mock.wait_for(1, "responses")
    assert told["response_type"] == "in_channel"
    assert f"*You asked:* {PSU}" in json.dumps(told["blocks"])


@pytest.mark.parametrize("text", ["", "  ", "public"])
def test_an_empty_command_gets_examples(slack, text):
    told = slack.send(command(text, slack.hook)).json()
    assert told["response_type"] == "ephemeral"
    assert "For example" in told["text"]
    assert "/hardware public" not in json.dumps(told)
    assert slack.mock.state()["responses"] == []


def test_help_is_told_at_once(slack):
    told = slack.send(command("help", slack.hook)).json()
    assert "/hardware public" in json.dumps(told)


@pytest.mark.parametrize("text", ["settings", "version", "Login!", "public status", "list"])
def test_what_operates_an_app_gets_help_at_once(slack, text):
    told = slack.send(command(text, slack.hook)).json()
    word = text.removeprefix("public ")
    assert told["text"].startswith(f"“{word}” is no question")
    assert "/hardware public" in json.dumps(told)
    assert slack.taken == []


@pytest.mark.parametrize("text", ["foo", "frobnicate", "public frobnicate", "log in"])
def test_unknown_words_get_help(slack, text):
    slack.send(command(text, slack.hook))
    [told] = slack.mock.wait_for(1, "responses")
    assert "is no question that I can answer" in told["text"]
    assert "/hardware public" in json.dumps(told)


@pytest.mark.parametrize("text", ["ECC", "water cooling", "PSU"])
def test_a_subject_alone_is_answered(slack, text):
    slack.send(command(text, slack.hook))
    [told] = slack.mock.wait_for(1, "responses")
    assert buttons(told, "source-")
    assert "is no question" not in told["text"]


@pytest.mark.parametrize("text", ["best pizza in Rome", "frobnicate?"])
def test_a_question_on_something_else_is_told_that_it_is_not_covered(slack, text):
    slack.send(command(text, slack.hook))
    [told] = slack.mock.wait_for(1, "responses")
    assert "does not cover" in told["text"]


def test_a_response_that_slack_limits_is_sent_later(slack):
    slack.mock.fail("response_url", {"status": 429, "retry_after": 1})
    slack.send(command(PSU, slack.hook))
    assert len(slack.mock.wait_for(1, "responses")) == 1


def test_a_response_url_that_is_used_up_ends_the_matter(slack):
    slack.mock.fail("response_url", {"status": 404})
    slack.send(command(PSU, slack.hook))
    slack.send(command(PSU, slack.hook, trigger_id="2.2.2"))
    assert len(slack.mock.wait_for(1, "responses")) == 1


# Buttons and modals


def test_a_source_opens_its_lines_with_the_quote_in_bold(slack):
    told = ask_in_channel(slack)
    first = buttons(told, "source-")[0]
    assert first["text"]["text"] == "[1] the guide, December 2018, line 62"
    assert slack.send(click(first, slack.hook)).status_code == 200
    [opened] = slack.mock.wait_for(1, "views")
    shown = opened["view"]["blocks"]
    bold = [
        part["text"]
        for block in shown
        if block["type"] == "rich_text"
        for part in block["elements"][0]["elements"]
        if part.get("style", {}).get("bold")
    ]
    assert len(bold) == 1
    kept = slack.state.conversations.get(f"slack-T1-C1-{ROOT}").exchanges[0].answer
    assert fold(bold[0]) == fold(kept.citations[0].quote)
    assert opened["trigger_id"] == "7.8.9"
    assert "Power supply unit (PSU), the guide, December 2018" in json.dumps(shown)


def test_a_source_opens_though_its_answer_is_no_longer_kept(slack):
    first = buttons(ask_in_channel(slack), "source-")[0]
    slack.state.conversations.delete(f"slack-T1-C1-{ROOT}", "slack:T1:U1")
    slack.send(click(first, slack.hook))
    [opened] = slack.mock.wait_for(1, "views")
    assert "4 GPUs with each 250 watts" in json.dumps(opened["view"])


def test_more_opens_what_was_left_out_and_its_sources(slack, assistant):
    questions = (card.questions[0] for card in assistant.corpus.cards)
    slack.send(message(next(question for question in questions if assistant.ask(question).more)))
    [told] = slack.mock.wait_for(1)
    more = buttons(told, "more")
    slack.send(click(more[0], slack.hook))
    [opened] = slack.mock.wait_for(1, "views")
    assert buttons(opened["view"], "source-")
    inside = buttons(opened["view"], "source-")[0]
    slack.send(click(inside, slack.hook, view={"id": "V1", "type": "modal"}))
    slack.mock.wait_for(2, "views")
    assert len(slack.mock.calls("views.push")) == 1


def test_a_suggestion_is_asked_in_the_thread_once(slack):
    slack.send(mention(f"<@{BOT_USER}> Is x8 enough for two cards?", ts=ROOT))
    [told] = slack.mock.wait_for(1)
    suggestion = buttons(told, "suggestion-")[0]
    for user in ("U1", "U1", "U2"):
        by = {"user": {"id": user, "team_id": "T1"}}
        assert slack.send(click(suggestion, slack.hook, **by)).status_code == 200
    answers = slack.mock.wait_for(2)
    assert len(answers) == 2
    assert answers[1]["thread_ts"] == ROOT
    assert suggestion["text"]["text"] in json.dumps(answers[1]["blocks"], ensure_ascii=False)


def test_a_suggestion_under_a_command_is_answered_to_its_sender_alone(slack):
    examples = slack.send(command("", slack.hook)).json()
    hidden = {"type": "message", "message_ts": "1700000005.1", "channel_id": "C1",
              "is_ephemeral": True}  # fmt: skip
    slack.send(click(buttons(examples, "suggestion-")[0], slack.hook, container=hidden))
    [told] = slack.mock.wait_for(1, "responses")
    assert told["response_type"] == "ephemeral"
    assert "1,400 W" in told["text"]
    assert slack.mock.messages() == []


def test_feedback_is_kept(slack):
    told = ask_in_channel(slack)
    slack.send(click(buttons(told, "feedback-up")[0], slack.hook))
    [thanks] = slack.mock.wait_for(1, "responses")
    assert thanks["text"] == "Thank you."
    [row] = slack.state.feedback.rows()
    assert (row["question"], row["verdict"]) == (PSU, "up")


def test_a_bad_answer_is_noted_at_once_and_its_reason_asked(slack):
    told = ask_in_channel(slack)
    slack.send(click(buttons(told, "feedback-down")[0], slack.hook))
    [opened] = slack.mock.wait_for(1, "views")
    assert [row["verdict"] for row in slack.state.feedback.rows()] == ["down"]
    answer = slack.send(submission(opened["view"], "My cards draw 300 W"))
    assert (answer.status_code, answer.text) == (200, "")
    [row] = slack.state.feedback.rows()
    assert (row["verdict"], row["reason"]) == ("down", "My cards draw 300 W")


def test_feedback_on_an_answer_that_is_gone_is_explained(slack):
    told = ask_in_channel(slack)
    slack.state.conversations.delete(f"slack-T1-C1-{ROOT}", "slack:T1:U1")
    slack.send(click(buttons(told, "feedback-up")[0], slack.hook))
    [answer] = slack.mock.wait_for(1, "responses")
    assert "no longer kept" in answer["text"]


@pytest.mark.parametrize("value", ["", "{", "null", "[]", '{"l":[0,0]}', '{"l":"x"}', '{"q":7}'])
@pytest.mark.parametrize("action", ["source-1", "more", "suggestion-1", "feedback-up"])
def test_a_button_that_carries_nonsense_breaks_nothing(slack, action, value):
    button = {"action_id": action, "text": {"type": "plain_text", "text": "?"}, "value": value}
    assert slack.send(click(button, slack.hook)).status_code == 200
    assert slack.taken == []


# Strangers


def stranger(**outer):
    return {**mention(ts=ROOT), **outer}


FOREIGN = [{"enterprise_id": None, "team_id": "T9", "user_id": BOT_USER, "is_bot": True}]


@pytest.mark.parametrize(
    "body",
    [
        mention(ts=ROOT, user_team="T9"),
        mention(ts=ROOT, team="T9"),
        mention(ts=ROOT, source_team="T9"),
        mention(ts=ROOT, user_team="E9"),
        stranger(team_id="T9", authorizations=FOREIGN),
        {**mention(ts=ROOT, team=None), "is_ext_shared_channel": True},
        command(PSU, "http://127.0.0.1:9/", team_id="T9"),
    ],
)
def test_a_stranger_hears_nothing(slack, body):
    answer = slack.send(body)
    assert (answer.status_code, answer.text) == (200, "")
    assert slack.taken == []


def test_a_stranger_cannot_click(slack):
    told = ask_in_channel(slack)
    by = {"user": {"id": "U9", "team_id": "T9"}}
    slack.send(click(buttons(told, "feedback-up")[0], slack.hook, **by))
    slack.send(click(buttons(told, "source-")[0], slack.hook, **by))
    assert list(slack.state.feedback.rows()) == []
    assert slack.mock.state()["views"] == []


def test_a_partner_workspace_can_be_let_in(start_slack):
    slack = start_slack(slack_teams="T8, T9")
    slack.send(mention(ts=ROOT, user_team="T9"))
    assert len(slack.mock.wait_for(1)) == 1


def test_channels_can_be_limited(start_slack):
    slack = start_slack(slack_channels="C7")
    slack.send(mention(ts=ROOT))
    slack.send(mention(ts="1700000003.1", channel="C7"))
    slack.send(message(ts="1700000004.1", channel="D1"))
    assert {told["channel"] for told in slack.mock.wait_for(2)} == {"C7", "D1"}
