import pytest

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
    ],
)
def test_watts_are_of_what_is_nearest(text, roles):
    assert watts(Reading(text)) == roles
