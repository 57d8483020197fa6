"""The views: pure builders, within Slack's limits whatever the answer."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.front.slack.blocks import split
from assistant.front.slack.mrkdwn import Quote, Text, as_mrkdwn, as_pieces, as_plain, literal
from assistant.front.slack.types import Place
from assistant.front.slack.views.answer import answer_message, more_view, plain_message
from assistant.front.slack.views.feedback import reason_view
from assistant.front.slack.views.help import examples_message, help_message
from assistant.front.slack.views.source import source_view
from assistant.types import Answer, Calculation, Citation, Figure, Note
from corpus.types import Lines, Years
from tests.assistant.front.slack.payloads import buttons
from tests.assistant.front.slack.slack_limits import refused, refused_view, texts_in

PLACE = Place("slack-T1-C1-1700000000.000100", "0" * 32)


def citation(n, quote="q", first=62):
    return Citation(n, Lines(first, first), quote, "reader", "Cooling", Years(2016, 2017))


def answer(text="Yes. [1]", citations=None, **further):
    cited = (citation(1),) if citations is None else citations
    return Answer("?", "quotes", "answered", text, cited, **further)


def shown(message):
    return "\n".join(text for block in message.blocks for text in texts_in(block))


def test_emphasis_lists_and_entities_become_mrkdwn():
    told = as_mrkdwn("Take **1,400 W** or *less*.\n\n- one &lt;b&gt;\n- two \\[x\\]\n\n3. three")
    assert told == "Take *1,400 W* or _less_.\n\n• one &lt;b&gt;\n• two [x]\n\n3. three"


def test_a_quote_is_a_piece_of_its_own_with_its_speaker():
    assert as_pieces("Yes. [1]\n\n> “a \\*b\\* &lt;!here&gt;” [1]\n>\n> — a reader") == [
        Text("Yes. [1]"),
        Quote(("“a *b* <!here>” [1]", "— a reader")),
    ]


def test_nothing_becomes_a_link_an_image_a_heading_or_code():
    told = as_mrkdwn("[x](https://e.example) ![y](z) <https://e.example> `c`\n\n# not a heading")
    assert "<" not in told
    assert "`" not in told
    assert "# not a heading" in told


@pytest.mark.parametrize(
    ("text", "harmless"),
    [
        ("<!channel> & <@U1>", "&lt;!channel&gt; &amp; &lt;@U1&gt;"),
        ("*loud* _low_ ~no~", "∗loud∗ ˍlowˍ ∼no∼"),
        ("4*250 a_b_c 4 * 250", "4*250 a_b_c 4 * 250"),
    ],
)
def test_literal_text_is_shown_as_it_stands(text, harmless):
    assert literal(text) == harmless


def test_what_people_write_comes_out_plain():
    told = as_plain("<@UBOT> is <https://e.example|this> in <#C1|lab> ok, <@U2>? 2 &lt; 3", "UBOT")
    assert told == "is this in #lab ok, @somebody? 2 < 3"


@given(st.text(alphabet=st.sampled_from("*_~`<>&!@#|[]()-> \n12ab.:/"), max_size=200))
def test_no_text_makes_a_mention_or_a_link(text):
    told = as_mrkdwn(text)
    assert "<" not in told
    assert told.count(">") == sum(line.startswith("> ") for line in told.split("\n"))


@given(st.text(alphabet="ab &;\n", max_size=400), st.integers(10, 60))
def test_splitting_loses_no_word(text, limit):
    parts = list(split(text, limit))
    assert all(len(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_an_answer_shows_quotes_notes_sources_and_feedback():
    message = answer_message(
        answer("Yes. [1]\n\n> “q” [1]\n>\n> — a reader", notes=(Note("gap", "A <list> is lost."),)),
        PLACE,
    )
    kinds = [block["type"] for block in message.blocks]
    assert kinds == ["section", "rich_text", "context", "actions", "actions"]
    assert "*Missing in the source.* A &lt;list&gt; is lost." in shown(message)
    assert [b["action_id"] for b in buttons(message.to_json(), "")] == [
        "source-1", "feedback-up", "feedback-down",
    ]  # fmt: skip


def test_a_calculation_is_a_table_and_its_steps_are_told_once():
    worked = Calculation(
        "psu", {}, {"recommended": Figure(1400, "W")}, ("4 × 250 W = 1000 W (line 62).",),
        (Lines(62, 63),),
    )  # fmt: skip
    told = answer_message(answer("It is so. [1]", calculations=(worked,)), PLACE)
    assert "*Recommended supply*\n1,400 W" in shown(told)
    assert "• 4 × 250 W = 1000 W (line 62)." in shown(told)
    assert "By the guide, lines 62-63" in shown(told)
    told = answer_message(answer("- 4 × 250 W = 1000 W (line 62).", calculations=(worked,)), PLACE)
    assert shown(told).count("1000 W") == 1


def test_a_refusal_asks_for_no_feedback():
    told = Answer("?", "quotes", "invalid_input", "The question is empty.")
    assert buttons(answer_message(told, PLACE).to_json(), "") == []


WORDS = st.text(alphabet="abc <>&*_\n-", min_size=1, max_size=80)


@st.composite
def answers(draw):
    """Answers far beyond anything that we compose."""
    count = draw(st.integers(0, 60))
    parts = draw(st.lists(WORDS, max_size=8))
    text = "\n\n".join(part * draw(st.integers(1, 25)) for part in parts)
    markers = "".join(f"[{n}]" for n in range(1, count + 1))
    worked = Calculation(
        "psu", {}, {f"v{n}": draw(WORDS) for n in range(draw(st.integers(0, 25)))},
        tuple(draw(st.lists(WORDS, max_size=5))), (Lines(1, 2),),
    )  # fmt: skip
    return answer(
        f"{text}\n\n> “{draw(WORDS)}” {markers}",
        tuple(citation(n, draw(WORDS)) for n in range(1, count + 1)),
        calculations=(worked,) * draw(st.integers(0, 6)),
        notes=tuple(Note("gap", part * 30) for part in draw(st.lists(WORDS, max_size=9))),
        more=draw(st.sampled_from(["", text])),
        more_citations=tuple(citation(n) for n in range(count + 1, count + 1 + len(parts))),
        suggestions=tuple(draw(st.lists(WORDS.map(lambda part: part * 40), max_size=30))),
    )


@given(answers())
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_the_answer_slack_takes_it_and_no_citation_is_lost(told):
    message = answer_message(told, PLACE, echo="q" * 5000)
    assert refused(list(message.blocks)) == ""
    assert sum(len(text) for block in message.blocks for text in texts_in(block)) <= 12_000
    sources = [b["action_id"] for b in buttons(message.to_json(), "source-")]
    assert sources == [f"source-{c.n}" for c in told.citations]
    assert len(message.text) <= 3000
    assert len(plain_message(told).text) <= 12_000
    view = more_view(told, PLACE)
    assert refused_view(view) == ""
    further = {b["action_id"] for b in buttons(view, "source-")}
    assert {f"source-{c.n}" for c in told.more_citations} <= further


@given(answers())
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_does_not_fit_is_behind_more(told):
    message = answer_message(told, PLACE)
    inside = json.dumps(more_view(told, PLACE))
    has_more = bool(buttons(message.to_json(), "more"))
    for note in told.notes:
        if literal(note.text)[:50] not in shown(message):
            assert has_more
            assert json.dumps(literal(note.text)[:50])[1:-1] in inside


def test_every_source_of_the_guide_opens_within_the_limits(assistant):
    for line in range(1, len(assistant.corpus.lines) + 1, 7):
        view = source_view(assistant.source(line), Lines(line, line), "")
        assert refused_view(view) == ""


def test_a_source_shows_the_conversation_around_it(assistant):
    view = source_view(assistant.source(710), Lines(710, 710), "")
    told = json.dumps(view, ensure_ascii=False)
    assert "The conversation around it" in told
    assert "the author, in a comment of about 2016-2017" in told


def test_the_other_views_are_within_the_limits():
    assert refused(list(help_message().blocks)) == ""
    assert refused(list(examples_message().blocks)) == ""
    assert refused_view(reason_view("0" * 32)) == ""
