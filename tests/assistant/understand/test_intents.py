"""Follow-ups: what they want, and whether they need the conversation at all."""

import pytest

from assistant.types import Turn
from assistant.understand.followups import leans, standalone
from assistant.understand.intents import intent_of, new_subject


@pytest.mark.parametrize("question", ["why?", "But why is that?", "ok, how come", "why not"])
def test_asks_for_the_reason(question):
    assert intent_of(question) == "reason"


@pytest.mark.parametrize(
    "question", ["Is that still true?", "does this still hold", "has that changed?", "outdated?"]
)
def test_asks_whether_it_still_holds(question):
    assert intent_of(question) == "current"


@pytest.mark.parametrize("question", ["Why do blowers matter?", "Is a still life a picture?"])
def test_asks_for_an_answer(question):
    assert intent_of(question) == "answer"


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("what about AMD", "AMD"),
        ("and how about water cooling then?", "water cooling"),
        ("what about two?", ""),
        ("what about a 2080 Ti?", ""),
        ("what about them", ""),
        ("what about cards", ""),
    ],
)
def test_a_new_subject_is_told_from_a_changed_number(question, subject):
    assert new_subject(question) == subject


@pytest.mark.parametrize(
    "question", ["is ecc ram worth it?", "does it matter which brand", "is it worth to buy a xeon?"]
)  # fmt: skip
def test_it_that_stands_for_nothing_leans_on_nothing(question):
    assert not leans(question)


def test_a_new_subject_leaves_the_old_one_behind():
    history = [Turn("user", "Should I use blower fans?"), Turn("assistant", "…")]
    assert standalone("what about water cooling?", history) == "what about water cooling?"
    later = [*history, Turn("user", "what about water cooling?"), Turn("assistant", "…")]
    assert "blower" not in standalone("how much is it?", later)
    assert "water cooling" in standalone("how much is it?", later)


@pytest.mark.parametrize(
    ("before", "question", "alone"),
    [
        (
            "Are lanes important for two GPUs?",
            "what about eight?",
            "Are lanes important for eight GPUs?",
        ),
        ("Is x8 enough for 2 RTX cards?", "and with 4 of them?", "Is x8 enough for 4 RTX cards?"),
        ("Is ECC needed?", "what about two?", "Is ECC needed? what about two?"),
    ],
)
def test_another_number_of_cards_asks_the_same_of_as_many(before, question, alone):
    assert standalone(question, [Turn("user", before)]) == alone
