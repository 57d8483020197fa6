"""Questions in many people's voices: how each says the number that a calculator needs."""

import pytest

from assistant.understand.calculation import find_calculation
from assistant.understand.numerals import read_number
from assistant.understand.quantities import find_quantities, of_kind


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("three thousand four hundred", 3400),
        ("two thousand and fifty", 2050),
        ("one thousand two hundred and five", 1205),
        ("six hundred", 600),
        ("7 millions of", 7e6),
        ("a tenth of a", 0.1),
        ("three eighths of a", 0.375),
        ("half an", 0.5),
    ],
)
def test_number_words_are_read_to_their_end(words, number):
    assert read_number(words) == number


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("mini-batches comprising 48 photographs", "batch", 48),
        ("a batch holds twenty", "batch", 20),
        ("72 to a batch", "batch", 72),
        ("forty of them go into each mini-batch", "batch", 40),
        ("batches of one hundred 90 by 80 images", "batch", 100),
        ("one byte per channel", "precision", 8),
        ("2 bytes for each value", "precision", 16),
        ("stored as bytes", "precision", 8),
        ("4x gpus", "gpus", 4),
        ("five graphics processors", "gpus", 5),
        ("on ninety days for 6 hours each", "hours_per_day", 6),
        ("21 hours a week", "hours_per_day", 3),
        ("7M acts/sample", "activations", 7_000_000),
    ],
)
def test_a_quantity_is_known_by_what_stands_around_it(text, kind, value):
    assert [amount.value for amount in of_kind(find_quantities(text), kind)] == [value]


@pytest.mark.parametrize("text", ["a batch with 4 GPUs", "batches are 20 MB", "a batch is 90 ms"])
def test_other_things_of_a_batch_are_not_its_size(text):
    assert not of_kind(find_quantities(text), "batch")


@pytest.mark.parametrize(
    ("question", "calculator", "inputs"),
    [
        (
            "I shove 20 pictures of 150 by 120 in half precision onto the card. How slow is x4?",
            "pcie_transfer",
            {"height": 150, "width": 120, "batch": 20, "bytes_per_value": 2, "lanes": 4},
        ),
        (
            "Does x8 copy 30 images of 100x100 within 3 ms?",
            "pcie_transfer",
            {"height": 100, "width": 100, "batch": 30, "lanes": 8},
        ),
        (
            "It does a step in 90 ms with 30 images, 100px square, at x8. How much is the copy?",
            "pcie_transfer",
            {"height": 100, "width": 100, "batch": 30, "step_time": 90, "lanes": 8},
        ),
        (
            "I can spare a fifth of a second for reading each batch of 30 images of 100x100. "
            "Which speed must the disk have?",
            "disk_read",
            {"height": 100, "width": 100, "batch": 30, "read_time": 200},
        ),
        (
            "How many MB a second must a drive give for 9000 images of 100x100 in batches of 30 "
            "if the GPU computes 90 ms?",
            "disk_read",
            {"height": 100, "width": 100, "batch": 30, "step_time": 90},
        ),
        (
            "No prefetching here: 30 images of 100x100 from a hard disk, how long does a step of "
            "90 ms take?",
            "disk_read",
            {"height": 100, "width": 100, "batch": 30, "drive": "hdd", "step_time": 90,
             "asynchronous": False},
        ),
        (
            "Three boxes, each with two cards, on 40 Gbit/s train one net of 6M weights together. "
            "One card gets through 12 batches a second. By what factor is it faster?",
            "gradient_sync",
            {"parameters": 6_000_000, "gpus": 6, "bandwidth": 5, "batches_per_second": 12},
        ),
        (
            "900 quid rig vs 0.3/h cloud, 5h/day, break even?",
            "buy_or_rent",
            {"price": "900 £", "rent": 0.3, "hours_per_day": 5},
        ),
        (
            "2k box or renting at 0,40 per hour?",
            "buy_or_rent",
            {"price": 2000, "rent": 0.4},
        ),
        (
            "Renting is 2 an hour, buying one is six thousand. 90 days, 24 hours a day: which?",
            "buy_or_rent",
            {"price": 6000, "rent": 2, "hours_per_day": 24, "days": 90},
        ),
        (
            "A $900 machine draws 200 W for two cards each and 90 W for the CPU; cloud $1/hour. "
            "Break even?",
            "buy_or_rent",
            {"price": "900 $", "rent": "1 $/hour", "power": 490},
        ),
        (
            "Ten Full HD cameras (1080p) at 20 fps work. How many 4K (2160p) ones?",
            "video_streams",
            {"streams": 10, "from_height": 1080, "to_height": 2160, "from_fps": 20},
        ),
        (
            "Eight 1080p cams at 40 fps are fine. How many would do with 10?",
            "video_streams",
            {"streams": 8, "from_height": 1080, "from_fps": 40, "to_fps": 10},
        ),
        (
            "900 for a pc or 0.3/h in the cloud?",
            "buy_or_rent",
            {"price": 900, "rent": 0.3},
        ),
        (
            "30 x 100px square images at x8: copy time?",
            "pcie_transfer",
            {"height": 100, "width": 100, "batch": 30, "lanes": 8},
        ),
        (
            "80M params with adam, gpu mem?",
            "model_memory",
            {"parameters": 80_000_000, "optimizer": "adam"},
        ),
        (
            "Would 80 million parameters squeeze onto the 6 GB card in my PC with 32 GB of RAM?",
            "model_memory",
            {"parameters": 80_000_000, "card_memory": 6},
        ),
        (
            "My PC has 32 GB of RAM and a 6 GB card. Does a model of 80M parameters fit?",
            "model_memory",
            {"parameters": 80_000_000, "card_memory": 6},
        ),
    ],
)  # fmt: skip
def test_each_voice_is_read_as_meant(question, calculator, inputs):
    request = find_calculation(question)
    assert request.calculator == calculator
    assert dict(request.inputs) == inputs


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("A $900 box or $1/hour rent, 3 hours on weekdays. When even?", "hours_per_day"),
        ("A $900 box with a 700 W supply at $0.2/kWh or $1/hour rent: when even?", "power"),
        (
            "What bandwidth do 4 GPUs need to sync 6M weights for a 3-fold speedup?",
            "batches_per_second",
        ),
        ("One GPU does 12 batches a second with 6M weights over x8. How does it scale?", "gpus"),
    ],
)
def test_what_cannot_be_told_is_asked_for(question, missing):
    request = find_calculation(question)
    assert missing in request.missing
    assert missing not in request.inputs


def test_a_model_spread_over_cards_is_not_reckoned():
    assert find_calculation("Would 2B parameters fit split across two 24 GB cards?") is None


def test_a_network_counts_before_the_slots():
    request = find_calculation("4 GPUs at x16 on 25 GB/s InfiniBand, 6M weights: syncs a second?")
    assert dict(request.inputs) == {"parameters": 6_000_000, "gpus": 4, "bandwidth": 25}
