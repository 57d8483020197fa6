import pytest

from assistant.calculators.registry import get
from assistant.calculators.words import headline
from assistant.understand.calculation import find_calculation


@pytest.mark.parametrize(
    ("question", "label", "value"),
    [
        ("How many ms do 32x3x224x224 take over x8 in practice?", "In practice", "4.4"),
        ("What fraction of a 200 ms step is copying 32x3x224x224 over x4?", "Share", "%"),
        ("How much faster is x16 than x4 with 32x3x224x224 and 200 ms?", "16 lanes", "%"),
        ("A 30 MB batch from an HDD ahead of 200 ms steps: do I wait?", "Waiting, if read", "100"),
        ("How long is a whole 200 ms step with 30 MB batches from an HDD?", "A step, one", "500"),
        ("A whole 200 ms step, 30 MB batches read ahead from an HDD: how long?", "A step, if", "3"),
        ("How long do 4 GPUs at x16 need to sync 20M params?", "One exchange takes", "ms"),
        ("How do 4 GPUs at x8 scale with gradients of 9M params, 90 batches/s?", "Speed", "times"),
        ("In how many months does a 2000 $ box beat renting at $1 an hour?", "In months", "2.7"),
    ],
)  # fmt: skip
def test_an_answer_begins_with_what_was_asked_for(question, label, value):
    request = find_calculation(question)
    calculation = get(request.calculator).calculate(dict(request.inputs))
    words, figure = headline(calculation, question)
    assert words.startswith(label)
    assert value in figure
