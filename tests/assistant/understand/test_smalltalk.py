import pytest

from assistant.types import Turn
from assistant.understand.smalltalk import has_subject, is_courtesy, without_courtesies


@pytest.mark.parametrize(
    "text",
    ["thanks!", "Thank you very much", "ok", "great, that helps a lot", "hello", "Bye", "got it"],
)
def test_a_courtesy_asks_nothing(text):
    assert is_courtesy(text)


@pytest.mark.parametrize(
    "text",
    ["ok?", "why", "thanks, and with eight?", "thanks, and for AMD", "is it good", ""],
)
def test_what_asks_something_is_no_courtesy(text):
    assert not is_courtesy(text)


@pytest.mark.parametrize("text", ["is it worth it?", "what would you do?", "Who are you", "why?"])
def test_a_question_of_pronouns_has_no_subject(text):
    assert not has_subject(text)


@pytest.mark.parametrize("text", ["what about AMD?", "i7 or i9", "x8?", "should I wait?", "noise"])
def test_a_word_of_the_thing_is_a_subject(text):
    assert has_subject(text)


def test_courtesies_leave_the_conversation_with_their_replies():
    asked, told = Turn("user", "Is x8 enough?"), Turn("assistant", "Yes.")
    thanks, reply = Turn("user", "Thanks!"), Turn("assistant", "What else?")
    assert without_courtesies([asked, told, thanks, reply]) == [asked, told]
    assert without_courtesies([thanks, reply, asked]) == [asked]
