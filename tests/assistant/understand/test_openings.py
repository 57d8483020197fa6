"""Which questions yes or no can answer."""

import pytest

from assistant.understand.openings import is_wide, is_yes_no


@pytest.mark.parametrize(
    "question",
    [
        "Is x8 enough for two cards?",
        "do i need ecc",
        "So, can I mix cards?",
        "I bought a 2070 last week, is it too small?",
        "fpga for inference any good",
        "stock cooler ok?",
        "tfrecords prebaked, 8 cores needed?",
    ],
)
def test_calls_for_yes_or_no(question):
    assert is_yes_no(question)


@pytest.mark.parametrize(
    "question",
    [
        "Which card should I buy?",
        "How many lanes do I need?",
        "water or air?",
        "Is water better, or do blowers suffice?",
        "1080 Ti vs 2070",
        "why is it enough",
        "pcie lanes single gpu",
    ],
)
def test_calls_for_something_else(question):
    assert not is_yes_no(question)


@pytest.mark.parametrize(
    "question",
    [
        "Several percentages are given for hot cards, what are all of them?",
        "Compare what he said about AMD over the years",
        "pros and cons of water cooling",
    ],
)
def test_calls_for_several_places(question):
    assert is_wide(question)


@pytest.mark.parametrize("question", ["Do all cards need 16 lanes?", "Which PSU for four cards?"])
def test_calls_for_one_place(question):
    assert not is_wide(question)
