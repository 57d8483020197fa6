import pytest

from assistant.understand.components import components_in


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        (
            "AMD processors and AMD GPUs: what is advised on each?",
            ["AMD processors: what is advised on each?", "AMD GPUs: what is advised on each?"],
        ),
        (
            "What should the board, the CPU and the case look like?",
            [
                "What should the board look like?",
                "What should the CPU look like?",
                "What should the case look like?",
            ],
        ),
        (
            "On lanes and on cooling, can I save?",
            ["On lanes, can I save?", "on cooling, can I save?"],
        ),
        (
            "Compare NVLink and InfiniBand for four cards.",
            ["Compare NVLink for four cards.", "Compare InfiniBand for four cards."],
        ),
    ],
)
def test_a_question_is_asked_of_each_component(text, questions):
    assert [each.question for each in components_in(text)] == questions


def test_a_component_knows_its_topics():
    board, cpu, supply = components_in("Which board, CPU and PSU for four cards?")
    assert board.topics == {"motherboard"}
    assert "cpu" in cpu.topics
    assert supply.topics == {"psu"}


@pytest.mark.parametrize(
    "text",
    [
        "cpu + motherboard combo for dual gpu",  # one thing
        "same seed but cpu and gpu give different results",
        "How fast are transfers between CPU, RAM and GPU?",
        "SSD, hard disk and NVMe: which?",  # of one kind
        "My board, CPU and RAM are old. New card?",  # told, not asked
        "Is x8 enough for two cards?",
        "Which board, CPU, PSU, SSD and case?",  # more than are answered one by one
        "",
    ],
)
def test_what_is_meant_together_stays_together(text):
    assert components_in(text) == ()
