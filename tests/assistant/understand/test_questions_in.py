import pytest

from assistant.understand.several import questions_in


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        (
            "Is NVLink worth it? And do I need a blower card?",
            ("Is NVLink worth it?", "do I need a blower card?"),
        ),
        ("Which CPU should I get and how much RAM?", ("Which CPU should I get", "how much RAM?")),
        (
            "I have two 1080s. What supply, what fans, and does NVLink help?",
            (
                "I have two 1080s. What supply",
                "I have two 1080s. what fans",
                "I have two 1080s. does NVLink help?",
            ),
        ),
        (
            "SSD or hard disk: what for the data, and what for the system?",
            ("SSD or hard disk: what for the data", "SSD or hard disk: what for the system?"),
        ),
        (
            "kaggle rig: how many gb & does the clock matter",
            ("kaggle rig: how many gb", "kaggle rig: does the clock matter"),
        ),
        (
            "cpu cores? pcie lanes per gpu?",
            ("cpu cores?", "pcie lanes per gpu?"),
        ),
    ],
)
def test_several_questions_are_found_with_what_was_told_before(text, questions):
    assert questions_in(text) == questions


def test_a_pronoun_gets_the_question_it_points_to():
    first, second = questions_in("Which product is the exception, and why is it different?")
    assert first == "Which product is the exception"
    assert second.startswith(first)


@pytest.mark.parametrize(
    "text",
    [
        "Is x8 enough for two cards?",
        "I have two cards and would like to add a third.",
        "My board, which has x8 slots, is it enough?",
        "Is it a bottleneck, and why?",  # "why?" alone names nothing
        "What case? What board? What CPU? What disk?",  # more than are answered one by one
        "Do I need a new fan, or is there a cheap fix?",
        "CPU and GPU for a beginner?",
        "",
    ],
)
def test_one_question_stays_whole(text):
    assert questions_in(text) == ()
