import pytest

from assistant.calculators.registry import get
from assistant.calculators.words import headline
from assistant.understand.calculation import find_calculation


@pytest.mark.parametrize(
    ("question", "words", "value"),
    [
        ("How many cores for three GPUs?", "Cores", "6 cores"),
        ("How many threads for three GPUs?", "CPU threads", "12 threads"),
        ("How wide are the links of two cards on 16 lanes?", "Lanes of the GPUs", "8/8"),
        ("How much slower are 3 adjacent blower cards?", "Slow-down", "10-15% slower"),
        ("What must I spend to put 2 cards under water?", "Water cooling costs about", "250 $"),
        (
            "900 W for 100 days at 0.2 €/kWh: what does a 90% instead of an 80% supply save?",
            "A better supply saves, in money",
            "60 €",
        ),
    ],
)
def test_an_answer_begins_with_what_was_asked(question, words, value):
    request = find_calculation(question)
    calculation = get(request.calculator).calculate(dict(request.inputs))
    assert headline(calculation, question) == (words, value)
