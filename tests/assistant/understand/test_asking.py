import pytest

from assistant.understand.asking import asking_text, asks_amount, asks_cards, asks_enough
from assistant.understand.request import Reading

SUPPLY = r"(?:psu|power supply)\b"


def test_only_the_sentences_that_ask_are_looked_at():
    reading = Reading("I know that 16 GB are enough. How many cores do I need? It is a Xeon.")
    assert asking_text(reading) == "How many cores do I need?"
    assert not asks_enough(reading)


def test_a_text_without_a_question_mark_asks_as_a_whole():
    assert asking_text(Reading("psu size for 3 cards")) == "psu size for 3 cards"


@pytest.mark.parametrize(
    "text",
    [
        "How big a PSU should it be?",
        "What wattage of power supply is right?",
        "Minimum PSU for this?",
        "psu for two cards",
        "Two cards, PSU?",
        "The PSU size needed?",
        "Please size the power supply",
    ],
)
def test_an_amount_is_asked_for_in_many_ways(text):
    assert asks_amount(Reading(text), SUPPLY)


@pytest.mark.parametrize(
    "text",
    [
        "What brands of PSU are good?",
        "Does the PSU hum?",
        "I have a PSU. How many cards fit?",
        "How many cables has the PSU?",
    ],
)
def test_another_thing_is_asked_for(text):
    assert not asks_amount(Reading(text), SUPPLY)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Is 8 GB enough?", True),
        ("Will it cope with that?", True),
        ("Are 4 cores too few?", True),
        ("It has enough watts, can it still be wrong?", False),
        ("Would you take the larger one?", False),
    ],
)
def test_whether_it_is_enough(text, asked):
    assert asks_enough(Reading(text)) == asked


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("How many 2-slot cards go in?", True),
        ("What is the maximum number of GPUs?", True),
        ("How many GTX 1080s can it feed?", True),
        ("I'd buy as many cards as it carries. How many would that be?", True),
        ("How many slots do three cards need?", False),
        ("How many times faster are two cards?", False),
    ],
)
def test_how_many_cards(text, asked):
    assert asks_cards(Reading(text)) == asked
