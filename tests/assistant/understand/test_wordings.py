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
        ("2x 2080 ti psu", "psu", {"gpu": "RTX 2080 Ti", "count": 2}),
        ("4 titan x psu wattage?", "psu", {"gpu": "GTX Titan X", "count": 4}),
        ("power supply 3 rtx 2070", "psu", {"gpu": "RTX 2070", "count": 3}),
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


@pytest.mark.parametrize(
    ("question", "calculator", "inputs"),
    [
        (
            "I have 40 photos of 150 by 100 pixels in a batch. My card is in an x4 slot. "
            "How long do they take to get there?",
            "pcie_transfer",
            {"height": 150, "width": 100, "batch": 40, "lanes": 4},
        ),
        (
            "Two full HD frames as uint8 over eight lanes: copy time?",
            "pcie_transfer",
            {"height": 1080, "width": 1920, "batch": 2, "bytes_per_value": 1, "lanes": 8},
        ),
        (
            "Would 16 lanes rather than x2 speed up 300 ms steps with 20 images, 90 pixels square?",
            "pcie_transfer",
            {"height": 90, "width": 90, "batch": 20, "step_time": 300, "lanes": 2},
        ),
        (
            "My NAS gives 70 megabytes a second. How long does a batch of ten 400x300 scans take?",
            "disk_read",
            {"height": 400, "width": 300, "batch": 10, "speed": "70 MB/s"},
        ),
        (
            "A step takes 0.3 seconds. How many MB/s must the SSD give for 25 megabyte batches?",
            "disk_read",
            {"bytes": "25 MB", "step_time": 300},
        ),
        (
            "One card does 9 batches a second. How do four cards at x8 scale if they exchange the "
            "gradients of 7 million weights?",
            "gradient_sync",
            {"parameters": 7_000_000, "gpus": 4, "lanes": 8, "batches_per_second": 9},
        ),
        (
            "Three machines with two GPUs each on 40 Gbit/s: how often do 5M params synchronise?",
            "gradient_sync",
            {"parameters": 5_000_000, "gpus": 6, "bandwidth": 5},
        ),
        (
            "3 GPUs, 4M weights, 10 batches per second on one of them: what bandwidth for a "
            "twofold speedup?",
            "gradient_sync",
            {"parameters": 4_000_000, "gpus": 3, "batches_per_second": 10, "speedup": 2},
        ),
        (
            "cloud 0.60$/h vs own box 1500$, four hours daily, when does it pay",
            "buy_or_rent",
            {"price": "1500 $", "rent": "0.6 $/hour", "hours_per_day": 4},
        ),
        (
            "Buy a machine for 3k or rent at 1.2 an hour for ten weeks?",
            "buy_or_rent",
            {"price": 3000, "rent": 1.2, "days": 70},
        ),
        (
            "Hiring is $2 an hour, all day and night for a whole year. What may our own box cost?",
            "buy_or_rent",
            {"rent": "2 $/hour", "hours_per_day": 24, "days": 365.25},
        ),
        (
            "Does a net of 90 million weights fit six gigabytes with SGD without momentum?",
            "model_memory",
            {"parameters": 90_000_000, "optimizer": "sgd", "card_memory": 6},
        ),
        (
            "How much GPU memory do 80M parameters, gradients and Adam take on my Titan V?",
            "model_memory",
            {"parameters": 80_000_000, "optimizer": "adam", "gpu": "Titan V"},
        ),
        (
            "30M params, 9M activations an image: how many images can a batch have on a 2080 Ti?",
            "model_memory",
            {"parameters": 30_000_000, "activations": 9_000_000, "gpu": "RTX 2080 Ti"},
        ),
    ],
)
def test_data_money_and_models_are_read_as_meant(question, calculator, inputs):
    request = find_calculation(question)
    assert request.calculator == calculator
    assert dict(request.inputs) == inputs


@pytest.mark.parametrize(
    "question",
    [
        "Is a 2 TB hard disk with a 32 GB cache faster at loading images?",
        "I read 400 GB from an NVMe drive each day, what endurance does it need?",
        "Is an SSD needed for 2 million images of 300x300?",
        "Would a 65B model fit a pair of 24 GB cards with 4-bit quantisation?",
        "Can a 13B model be trained with offloading to 64 GB of host memory?",
        "Can a mini PC with 64 GB run a 30B model?",
        "Is my crippled half gigabyte felt by nets of a million weights?",
        "What is the largest batch that I should use on an RTX 2080 Ti?",
        "Will two 1920x1080 monitors take lanes from my card?",
        "Can a GTX 1050 decode 4 streams of 1080p at 30 fps?",
        "My video card drives a 1080p monitor at 144 Hz and one at 60 Hz, is that ok?",
        "Is 1.10 $/h a good price for a cloud GPU?",
        "How many tensor cores do three RTX 2080 Ti have together?",
        "Two cards capped from 250 to 200 watts by software: how much slower are they when hot?",
        "What fan speed in RPM keeps four cards cool, and how many percent slower are they else?",
        "How large a UPS bridges ten minutes for a 1000 W computer that runs all week?",
        "What do carbon offsets for a 1000 W machine cost a year?",
        "After how many reads of a 300 GB batch file does a consumer SSD die?",
        "How many watts does a machine with four cards pull when it idles?",
        "Which draws fewer watts, an RTX 2070 or two GTX 1080?",
        "quiet psu 2x 2080 ti",
        "2x 2080 ti psu connectors",
        "How many slots apart must two cards be for an NVLink bridge?",
        "Which slots do I use for three cards on a board with seven slots?",
    ],
)
def test_prose_with_numbers_runs_no_calculator(question):
    assert find_calculation(question) is None
