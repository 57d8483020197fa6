import pytest

from assistant.understand.calculation import find_calculation


@pytest.mark.parametrize(
    ("question", "calculator", "inputs"),
    [
        (
            "how long does a batch of 64 images 3x200x200 fp32 take over x4?",
            "pcie_transfer",
            {"shape": "64x3x200x200", "bytes_per_value": 4, "lanes": 4},
        ),
        (
            "what does a 16x3x200x200 batch take over x8",
            "pcie_transfer",
            {"shape": "16x3x200x200", "lanes": 8},
        ),
        (
            "psu for two 220 W cards and a 180 W xeon",
            "psu",
            {"count": 2, "gpu_watts": 220, "cpu_watts": 180},
        ),
        (
            "is a 2500 $ machine better than renting at 0.7 an hour",
            "buy_or_rent",
            {"price": "2500 $", "rent": 0.7},
        ),
        ("watercooling cost for 2 cards", "cooling", {"gpus": 2, "water": True}),
    ],
)
def test_inputs_are_read_as_meant(question, calculator, inputs):
    request = find_calculation(question)
    assert request.calculator == calculator
    assert dict(request.inputs) == inputs
