import pytest

from assistant.understand.figures_asked import figures_asked


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("what would that set me back for each of them?", "about $100 for each GPU"),
        ("What does it cost?", "a few hundred dollars"),
        ("how hot may they get", "at 80 degrees C"),
        ("how much slower in %", "about 25% slower"),
        ("How many watts does it draw?", "250 watts"),
        ("How long does a pass take?", "216 milliseconds"),
        ("how much RAM do I need", "at least 16 GB"),
    ],
)
def test_a_figure_of_the_kind_asked_for_is_known(question, figure):
    found = figures_asked(question)
    assert any(pattern.search(figure) for pattern in found) == any(map(str.isdigit, figure))


def test_most_questions_ask_for_no_figure():
    assert figures_asked("Is NVLink worth it for two cards?") == ()
