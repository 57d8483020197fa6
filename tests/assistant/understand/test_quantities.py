import pytest

from assistant.understand.numerals import read_number, tidy
from assistant.understand.quantities import find_quantities


def found(text):
    return [(amount.kind, amount.values or amount.value) for amount in find_quantities(text)]


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("1,400 W", [("power", 1400)]),
        ("1.2 kW", [("power", 1200)]),
        ("250 watts", [("power", 250)]),
        ("-50 W", [("power", -50)]),
        ("300 kWh", [("energy", 300)]),
        ("0.30 €/kWh", [("price", 0.3)]),
        ("0,30 € per kWh", [("price", 0.3)]),
        ("20 cents per kWh", [("price", 20)]),
        ("£0.15 a kWh", [("price", 0.15)]),
        ("$0.9/hour", [("rent", 0.9)]),
        ("a $3,000 machine", [("money", 3000)]),
        ("$2.5k", [("money", 2500)]),
        ("400 g CO2 per kWh", [("co2", 0.4)]),
        ("2 weeks", [("duration", 336)]),
        ("one and a half days", [("duration", 36)]),
        ("36 hrs", [("duration", 36)]),
        ("3 months", [("duration", 2191.5)]),
        ("12 hours a day", [("hours_per_day", 12)]),
        ("24/7", [("hours_per_day", 24)]),
        ("per month", [("period", 730.5)]),
        ("all year", [("period", 8766)]),
        ("the whole week", [("period", 168)]),
        ("200 ms", [("time", 200)]),
        ("11 GB", [("memory", 11)]),
        ("2x16GB", [("memory", 32)]),
        ("100 MB/s", [("speed", 100)]),
        ("12.5 GB/s", [("speed", 12500)]),
        ("720p/15fps", [("resolution", 720), ("fps", 15)]),
        ("4k", [("resolution", 2160)]),
        ("32x3x224x224", [("shape", (32, 3, 224, 224))]),
        ("224x224", [("image", (224, 224))]),
        ("x8", [("lanes", 8)]),
        ("16 lanes", [("lanes", 16)]),
        ("a 28-lane CPU", [("lanes", 28)]),
        ("500 lanes", [("lanes", 500)]),
        ("PCIe 3.0", [("generation", 3)]),
        ("PCIe gen 4", [("generation", 4)]),
        ("fp16", [("precision", 16)]),
        ("16-bit", [("precision", 16)]),
        ("half-precision", [("precision", 16)]),
        ("80%", [("share", 0.8)]),
        ("an 80+ gold supply", [("efficiency", 0.9)]),
        ("80 plus titanium", [("efficiency", 0.94)]),
        ("batch size 64", [("batch", 64)]),
        ("mini-batch of 32", [("batch", 32)]),
        ("25M parameters", [("parameters", 25_000_000)]),
        ("half a million parameters", [("parameters", 500_000)]),
        ("a dozen GPUs", [("gpus", 12)]),
        ("a trio of cards", [("gpus", 3)]),
        ("half a dozen accelerators", [("gpus", 6)]),
        ("a pair of 180 W cards", [("gpus", 2), ("power", 180)]),
        ("three dual-slot GPUs", [("gpus", 3)]),
        ("3 triple slot cards", [("gpus", 3)]),
        ("four big Quadros", [("gpus", 4)]),
        ("two and a half kilowatts", [("power", 2500)]),
        ("a thousand-watt unit", [("power", 1000)]),
        ("a kWh is 31 cents", [("price", 31)]),
        ("twenty-five cents for each kilowatt-hour", [("price", 25)]),
        ("21 pence a unit", [("price", 21)]),
        ("a second 1080 Ti", []),
        ("a second card", []),
        ("a second of silence", [("duration", 0.000277777777778)]),
        ("two 250 W cards", [("gpus", 2), ("power", 250)]),
        ("a 4-GPU machine", [("gpus", 4)]),
        ("a quad-core", [("cores", 4)]),
        ("6 cores and 12 threads", [("cores", 6), ("threads", 12)]),
        ("350 batches per second", [("rate", 350)]),
        ("7 slots", [("slots", 7)]),
        ("9 video streams", [("streams", 9)]),
        ("230V", [("voltage", 230)]),
        ("seven hours daily", [("hours_per_day", 7)]),
        ("31p per kWh", [("price", 31)]),
        ("1.30 € for every hour", [("rent", 1.3)]),
        ("$0.70 hourly", [("rent", 0.7)]),
        ("100 Gbit/s", [("speed", 12_500)]),
        ("10 Gbps", [("speed", 1250)]),
        ("10 gigabit ethernet", [("speed", 1250)]),
        ("half a gigabyte per second", [("speed", 500)]),
        ("1080p60", [("resolution", 1080), ("fps", 60)]),
        ("six frames a second", [("fps", 6)]),
        ("25 pictures a second", [("fps", 25)]),
        ("full HD", [("resolution", 1080)]),
        ("1440 lines", [("resolution", 1440)]),
        ("uint8", [("precision", 8)]),
        ("third-generation PCIe", [("generation", 3)]),
        ("a threefold speedup", [("factor", 3)]),
        ("2.5 times as fast", [("factor", 2.5)]),
        ("a speed-up of 3", [("factor", 3)]),
        ("one single lane", [("lanes", 1)]),
        ("two PCIe 4.0 lanes", [("lanes", 2), ("generation", 4)]),
        ("twelve milliseconds", [("time", 12)]),
        ("three quarters of an hour", [("duration", 0.75)]),
        ("six gigabytes", [("memory", 6)]),
        ("fifty trainable weights", [("parameters", 50)]),
        ("a pair of cards", [("gpus", 2)]),
        ("twenty 640x480 colour photos", [("batch", 20), ("image", (640, 480))]),
        ("90 pixels square", [("image", (90, 90))]),
        ("200 px per side", [("image", (200, 200))]),
        ("300 by 200.", [("image", (300, 200))]),
        ("half a dozen 720p feeds", [("streams", 6), ("resolution", 720)]),
    ],
)
def test_spellings(text, amounts):
    assert found(text) == amounts


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("a few images", "batch"),
        ("a room of 12 square metres", "image"),
        ("two 1920x1080 monitors", "batch"),
        ("one video card", "streams"),
        ("64-bit", "precision"),
        ("a second-generation Titan", "generation"),
    ],
)
def test_what_is_only_like_an_amount_is_none(text, kind):
    assert kind not in [name for name, _ in found(text)]


def test_numbers_in_names_are_left_out():
    assert found("4x RTX 2080 Ti with an i7-5930K") == []


def test_amounts_stand_in_order_with_their_spans():
    text = "12 hours a day at 0.30 €/kWh with 1500 W"
    amounts = find_quantities(text)
    assert [amount.kind for amount in amounts] == ["hours_per_day", "price", "power"]
    assert text[amounts[1].start : amounts[1].end] == "0.30 €/kWh"
    assert amounts[1].unit == "€"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,400", 1400),
        ("0,30", 0.3),
        ("two", 2),
        ("a dozen", 12),
        ("1.5 billion", 1.5e9),
        ("thirty-six", 36),
        ("seventy two", 72),
        ("three and a half", 3.5),
        ("two and a half thousand", 2500),
        ("four hundred and fifty", 450),
        ("a hundred and twenty-five", 125),
        ("half a dozen", 6),
        ("a half dozen", 6),
        ("a couple of thousand", 2000),
        ("forty-eight", 48),
        ("ninety two", 92),
        ("a hundred and twenty", 120),
        ("two hundred", 200),
        ("eighteen hundred", 1800),
        ("one and a half billion", 1.5e9),
        ("a trio of", 3),
        ("a third of a", 1 / 3),
        ("three quarters of a", 0.75),
    ],
)
def test_numbers_in_words_and_digits(text, number):
    assert read_number(text) == number


def test_no_number_is_refused():
    with pytest.raises(ValueError, match="many"):
        read_number("many")


def test_whole_numbers_come_out_as_ints():
    assert isinstance(tidy(3.0), int)
    assert tidy(0.1 + 0.2) == 0.3
