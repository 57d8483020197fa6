import pytest

from assistant.understand.calculation import find_calculation
from assistant.understand.request import Reading
from assistant.understand.watts import watts


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("the CPU takes 95 W and cards 250 W", {"cpu": 95, "card": 250}),
        ("each accelerator is rated 300 W and the processor 140 W", {"card": 300, "cpu": 140}),
        ("250 W and processor 95 W", {"system": 250, "cpu": 95}),
        ("a 700 watt unit", {"supply": 700}),
        ("two 120 W Xeons", {"cpu": 240}),
        ("dual 90 W processors", {"cpu": 180}),
        ("a 120 W Xeon", {"cpu": 120}),
        ("three 1080 Tis beside two Xeons of 90 W each", {"cpu": 180}),
        ("my Epyc is specified by AMD at 155 watts", {"cpu": 155}),
        (
            "a Threadripper, TDP of 180, with cards that take 220 W apiece",
            {"cpu": 180, "card": 220},
        ),
        ("1x 3080 + 3700x (65w)", {"cpu": 65}),
        ("two cards that take 400 W together", {"card": 200}),
        ("five 220 W graphics boards and a 105 W Ryzen", {"card": 220, "cpu": 105}),
        ("a tower with three cards draws 900 W", {"system": 900}),
        ("do two GTX 1080s run on 600 W?", {"system": 600}),
    ],
)
def test_watts_are_of_what_is_nearest(text, roles):
    assert watts(Reading(text)) == roles


@pytest.mark.parametrize(
    ("question", "unclear"),
    [
        ("My 900 W supply, a GTX 1080 and then 75 watts more: is it enough?", "75 W"),
        ("Two 250 W cards and one 180 W card: what size of power supply?", "180 W"),
    ],
)
def test_watts_of_which_one_cannot_tell_what_draws_them_are_asked_about(question, unclear):
    request = find_calculation(question)
    assert request is not None
    assert unclear in request.missing["watts"]


def test_watts_that_are_to_be_enough_are_the_supplys():
    request = find_calculation("Are 900 W enough for three GTX 1070s and a 95 W processor?")
    assert request is not None
    assert request.ready
    assert request.inputs["supply_watts"] == 900
