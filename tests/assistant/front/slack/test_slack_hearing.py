"""What in a thread is meant for us."""

import pytest

from assistant.front.slack.hearing import is_for_us


@pytest.mark.parametrize(
    "text",
    [
        "and with eight of them?",
        "What about 8 cards",
        "ok, and for water cooling",
        "Is x8 enough",
        "PCIe lanes? :thinking_face:",
        "“Is x8 enough?”",
        "is that still true for the RTX 2070?",
    ],
)
def test_the_asker_need_not_mention_us(text):
    assert is_for_us(text, by_owner=True)


@pytest.mark.parametrize(
    "text",
    [
        "thanks!",
        "Thanks, that helps",
        "why?",
        "I ordered four of them.",
        "<@U2> can you check the lanes?",
        "Great, the lanes are fine then",
        ":+1:",
        "",
        "I asked what? They never told me the price of it, so I left",
    ],
)
def test_chatter_is_not_for_us(text):
    assert not is_for_us(text, by_owner=True)


def test_others_ask_with_a_question_mark():
    assert is_for_us("Is x8 enough for two cards?", by_owner=False)
    assert not is_for_us("Is x8 enough for two cards", by_owner=False)
