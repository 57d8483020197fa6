import pytest

from assistant.understand.slips import mend_slips


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("how mny wats", "how many watts"),
        ("12 thread, 6 croes", "12 thread, 6 cores"),
        ("three slotts and 40 laes", "three slots and 40 lanes"),
        ("two moths at 800 W", "two months at 800 W"),
    ],
)
def test_slips_in_words_of_calculations_are_mended(typed, meant):
    assert mend_slips(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "Watts, kilowatts and systemd",  # endings
        "Which cads, boards and scores?",  # other words
        "A GTX 1080 WATS",  # names
    ],
)
def test_what_is_a_word_stays(text):
    assert mend_slips(text) == text
