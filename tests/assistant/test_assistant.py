import pytest

from assistant.answering.check import fold, is_verbatim
from assistant.errors import InvalidInput
from assistant.types import Turn
from corpus.reader import text_of

PSU = "How many watts do I need for four 250 W GPUs and a 150 W CPU?"


def test_the_question_of_the_readme_cites_line_62(assistant):
    answer = assistant.ask(PSU)
    assert answer.outcome == "answered"
    assert any(citation.lines.covers(62) for citation in answer.citations)
    assert "1250" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        PSU,
        "Is an external GPU over Thunderbolt any good?",
        "blower or open air cards",
        "do I need ECC memory?",
        "can i mix a 1080 and a 1080ti",
    ],
)
def test_every_quote_stands_in_its_lines(assistant, question):
    answer = assistant.ask(question)
    assert answer.citations
    for citation in answer.citations:
        assert is_verbatim(citation.quote, citation.lines)
        assert fold(citation.quote) in fold(text_of(citation.lines))


def test_citations_are_numbered_from_one_and_all_are_used(assistant):
    answer = assistant.ask(PSU)
    assert [citation.n for citation in answer.citations] == list(
        range(1, len(answer.citations) + 1)
    )
    for citation in answer.citations:
        assert f"[{citation.n}]" in answer.text


def test_ten_distinct_passages_are_told_best_first(assistant):
    passages = assistant.ask(PSU).passages
    assert len({passage.lines for passage in passages}) == 10
    assert [p.score for p in passages] == sorted((p.score for p in passages), reverse=True)


@pytest.mark.parametrize(
    "question",
    [
        "best pizza in Rome",
        "how do I knit a scarf?",
        "who won the 2014 world cup",
        "foo",
        "log in",
        "Our boiler gets hot, but two of the radiators stay cold. What can I do?",
        "Lost my library card, what does a new one cost?",
    ],
)
def test_what_the_guide_does_not_cover_is_said_so(assistant, question):
    answer = assistant.ask(question)
    assert answer.outcome == "not_covered"
    assert not answer.citations


@pytest.mark.parametrize("asked", ["what did tim say about", "what does the guide say about"])
def test_what_was_said_about_a_subject_is_answered(assistant, asked):
    answer = assistant.ask(f"{asked} xeon phi")
    assert answer.outcome == "answered"
    assert answer.citations[0].lines.covers(448)


@pytest.mark.parametrize("question", ["", "  \n", "???", "\x00\x07", "\u200b\u200b", "x" * 100_000])
def test_what_is_no_question_is_refused_in_one_line(assistant, question):
    answer = assistant.ask(question)
    assert answer.outcome == "invalid_input"
    assert answer.text
    assert "\n" not in answer.text


@pytest.mark.parametrize("question", ["Why?", "hello", "thanks!", "and then?", "is it worth it?"])
def test_what_asks_nothing_gets_examples(assistant, question):
    answer = assistant.ask(question)
    assert answer.outcome == "needs_input"
    assert "x8" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "hardly a finger fits between my two. worry?",
        "Is it bad for the planet to leave it on?",
    ],
)
def test_a_question_in_other_words_than_the_guide_is_answered(assistant, question):
    assert assistant.ask(question).outcome == "answered"


@pytest.mark.parametrize("text", ["thanks!", "ok great", "hello"])
def test_a_courtesy_does_not_repeat_the_answer(assistant, text):
    history = [Turn("user", PSU), Turn("assistant", assistant.ask(PSU).text)]
    answer = assistant.ask(text, history)
    assert answer.outcome == "needs_input"
    assert not answer.citations
    after = [*history, Turn("user", text), Turn("assistant", answer.text)]
    follow_up = "and with eight of them?"
    assert assistant.ask(follow_up, after).text == assistant.ask(follow_up, history).text


def test_control_and_invisible_characters_change_nothing(assistant):
    hidden = PSU.replace(" ", " \u200b").replace("watts", "wat\x00ts")
    assert assistant.ask(hidden).citations == assistant.ask(PSU).citations


def test_a_follow_up_is_answered_about_its_subject(assistant):
    history = [Turn("user", "Is an external GPU any good?"), Turn("assistant", "Yes, …")]
    answer = assistant.ask("and over Thunderbolt?", history)
    assert any(citation.lines.covers(1222) for citation in answer.citations)


def test_the_first_quote_of_a_follow_up_is_about_its_last_turn(assistant):
    history = [
        Turn("user", "I only program in Matlab. Can I train nets with it?"),
        Turn("assistant", "Yes, with the bindings of a research group."),
    ]
    answer = assistant.ask("and would it help with brain signals to learn Python?", history)
    assert "brain signals" in answer.citations[0].quote


def test_a_line_opens_with_its_thread(assistant):
    view = assistant.source(256)
    assert view.role == "author"
    assert view.lines.covers(256)
    assert {comment.lines.first for comment in view.thread} >= {255, 256}


def test_a_line_of_the_article_opens_with_its_section(assistant):
    view = assistant.source(62)
    assert view.section == "Power supply unit (PSU)"
    assert view.thread == ()


@pytest.mark.parametrize("line", [0, 1246, -5])
def test_a_line_that_is_not_there_is_refused(assistant, line):
    with pytest.raises(InvalidInput, match="lines 1 to 1245"):
        assistant.source(line)
