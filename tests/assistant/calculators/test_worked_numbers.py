"""Every worked number of the guide and its comments, reproduced; the line stands in each name.

Where the text contradicts itself, the test shows both figures and says so.
"""

from __future__ import annotations

from typing import Any

import pytest

from assistant.calculators.registry import get
from assistant.calculators.units import quantity
from assistant.types import Calculation, Figure

IMAGENET = "32x225x225x3"


def calculate(name: str, **values: Any) -> Calculation:
    return get(name).calculate(values)


def number(calculation: Calculation, result: str = "value") -> float:
    found = calculation.results[result]
    assert isinstance(found, Figure)
    return found.value


def says(calculation: Calculation, text: str) -> bool:
    return any(text in sentence for sentence in (*calculation.notes, *calculation.steps))


# power supply


def test_line_62_example():
    result = calculate("psu", gpu_watts=250, count=4, cpu_watts=150)
    assert number(result, "draw") == 1250
    assert number(result, "worked_rule") == 1375
    assert number(result, "recommended") == 1400
    assert result.results["recommended"] == Figure(1400, "W")
    assert any("4 × 250 W + 150 W" in step and "= 1250 W" in step for step in result.steps)


def test_line_62_inconsistent_it_says_10_percent_and_adds_100_watts():
    result = calculate("psu", gpu_watts=250, count=4, cpu_watts=150)
    assert number(result, "components") * 0.10 == pytest.approx(115)  # not the 100 W it adds
    assert says(result, "works its example with 100 W")


def test_line_101_short_rule_differs_from_line_62():
    result = calculate("psu", gpu_watts=250, count=4, cpu_watts=150)
    assert number(result, "tldr_rule") == 1265
    assert number(result, "tldr_size") == 1300
    assert says(result, "two rules differ")


@pytest.mark.parametrize("watts", [500, 600])
def test_line_607_one_titan_x_pascal_500_might_and_600_will_do(watts):
    result = calculate("psu", gpu_watts=250, count=1, cpu_watts=100, supply_watts=watts)
    assert result.results["enough"] is True
    assert number(result, "recommended") == 500


@pytest.mark.parametrize(("supply", "cards"), [(1300, 2), (1300, 3), (1400, 3), (1600, 4)])
def test_line_309_titans_that_ran_on_a_supply(supply, cards):
    """A third card beside two on 1300 W, three on 1400 W, four on 1600 W."""
    assert number(calculate("psu", gpu_watts=250, cpu_watts=150, supply_watts=supply)) >= cards


def test_line_360_1500_watts_would_also_carry_four_titans():
    assert number(calculate("psu", gpu_watts=250, cpu_watts=150, supply_watts=1500)) == 4


@pytest.mark.parametrize(("supply", "load"), [(1000, 80), (850, 94.1)])
def test_line_995_two_gpus_draw_800_watts(supply, load):
    """180 board + 85 CPU + 2 x 250 + 6 x 5 fans + 2 x 2.5 pumps; 850 W is "at least 95%" there."""
    other = 180 + 6 * 5 + 2 * 2.5
    result = calculate(
        "psu", gpu_watts=250, count=2, cpu_watts=85, other_watts=other, supply_watts=supply
    )
    assert number(result, "draw") == 800
    assert number(result, "load") == pytest.approx(load)


def test_line_996_four_gpus_and_two_cpus_draw_1385_watts():
    more = calculate("psu", gpu_watts=250, count=2, cpu_watts=85, other_watts=0)
    assert number(more, "draw") == 585
    both = calculate("psu", gpu_watts=250, count=4, cpu_watts=170, other_watts=215)
    assert number(both, "draw") == 1385


def test_line_1097_four_2080_ti_are_1400_watts():
    """275 W each and 300 W for the CPU; the comment's 1300-1600 W adds less than the article."""
    result = calculate("psu", gpu_watts=275, count=4, cpu_watts=300)
    assert number(result, "components") == 1400
    assert number(result, "tldr_rule") == 1540  # within the comment's range
    assert number(result, "worked_rule") == 1650  # above it: article and comment disagree


def test_line_1097_counts_more_for_a_2080_ti_than_line_62_for_a_card():
    result = calculate("psu", gpu="4x RTX 2080 Ti", cpu_watts=150)
    assert number(result, "recommended") == 1400
    assert says(result, "Line 1097 counts 275 W")


# PCIe


@pytest.mark.parametrize(("lanes", "theory", "practice"), [(16, 1.1, 2), (8, 2.3, 5), (4, 4.5, 9)])
def test_lines_25_to_30_transfer_of_an_imagenet_batch(lanes, theory, practice):
    result = calculate("pcie_transfer", shape=IMAGENET, lanes=lanes)
    assert round(number(result), 1) == theory
    assert round(number(result, "practical")) == practice


def test_line_25_needs_binary_gigabytes():
    """With 10^9 bytes the 16 lanes would take 1.2 ms: the guide's GB is 2^30."""
    assert round(32 * 225 * 225 * 3 * 4 / 16e9 * 1000, 1) == 1.2
    assert says(calculate("pcie_transfer", shape=IMAGENET), "2^30 bytes")


def test_line_31_gain_inconsistent_3_2_percent_is_from_rounded_times():
    result = calculate("pcie_transfer", shape=IMAGENET, lanes=4, step_time=216)
    assert round(number(result, "gain_from_16_lanes"), 1) == 3.1
    rounded = [
        round(2 * number(calculate("pcie_transfer", shape=IMAGENET, lanes=n))) for n in (4, 16)
    ]
    assert round(100 * ((216 + rounded[0]) / (216 + rounded[1]) - 1), 1) == 3.2
    assert says(result, "unrounded it is 3.1%")


@pytest.mark.parametrize("line", [333, 832])
def test_lines_333_and_832_16_lanes_of_2_0_are_8_of_3_0(line):
    older = calculate("pcie_transfer", shape=IMAGENET, lanes=16, generation=2)
    newer = calculate("pcie_transfer", shape=IMAGENET, lanes=8, generation=3)
    assert older.main == newer.main


def test_line_1120_pcie_4_is_31_5_gigabytes_a_second():
    """The guide's 1 GiB/s a lane is 9% above the standard's 31.508 GB/s; the note says so."""
    result = calculate("pcie_transfer", shape=IMAGENET, lanes=16, generation=4)
    rate = 32 * 225 * 225 * 3 * 4 / (number(result) / 1000) / 1e9
    assert rate / 31.508 == pytest.approx(1.09, abs=0.005)
    assert says(result, "about 9% less")


# disk


def test_line_57_185_milliseconds_from_a_hard_drive():
    result = calculate("disk_read", shape=IMAGENET, speed="100 MB/s", step_time=200)
    assert round(number(result)) == 185
    assert number(result, "asynchronous_wait") == 0
    assert number(result, "asynchronous_step") == 200


def test_line_57_needs_binary_megabytes():
    result = calculate("disk_read", shape=IMAGENET, drive="hdd")
    assert round(number(result)) == 185
    assert round(number(result, "decimal_megabytes")) == 194
    assert says(result, "2^20 bytes")


# CPU and RAM


def test_lines_48_and_49_threads_and_cores_per_gpu():
    during = calculate("cpu_threads", gpus=1, strategy="while_training")
    before = calculate("cpu_threads", gpus=1, strategy="before_training")
    assert (number(during, "threads"), number(during, "cores")) == (4, 2)
    assert (number(before, "threads"), number(before, "cores")) == (2, 1)


def test_line_94_one_to_two_cores_per_gpu():
    cores = {
        number(calculate("cpu_threads", gpus=1, strategy=strategy), "cores")
        for strategy in ("while_training", "before_training")
    }
    assert cores == {1, 2}


def test_line_150_six_cores_mean_at_most_three_gpus():
    assert number(calculate("cpu_threads", cores=6)) == 3


@pytest.mark.parametrize(("gpus", "cores"), [(3, 4), (4, 6)])
def test_line_1013_softer_than_line_48(gpus, cores):
    result = calculate("cpu_threads", gpus=gpus)
    assert number(result, "softer_cores") == cores < number(result, "cores")
    assert says(result, "line 1013")


def test_line_19_titan_rtx_needs_24_gigabytes():
    assert number(calculate("ram", gpu_memory=24), "recommended") == 24


def test_line_19_titan_rtx_by_name():
    assert number(calculate("ram", gpu="Titan RTX"), "recommended") == 24


def test_line_856_inconsistent_with_line_19_4_gigabytes_do_for_a_1080_ti():
    result = calculate("ram", gpu="GTX 1080 Ti")
    assert number(result, "recommended") == 11
    assert number(result, "least") == 4
    assert says(result, "line 856")


def test_line_1086_32_or_64_gigabytes_for_competitions():
    result = calculate("ram", gpu_memory=11, use="kaggle")
    assert number(result, "recommended") == 32
    assert number(result, "comfortable") == 64


def test_line_607_16_gigabytes_for_a_titan_x_pascal():
    result = calculate("ram", gpu_memory=12)
    assert number(result, "kit") == 16


# energy


@pytest.mark.parametrize(("watts", "about"), [(1000, 300), (1500, 500)])
def test_line_65_energy_of_two_weeks(watts, about):
    """Exactly 336 and 504 kWh, which the line rounds to 300 and 500."""
    kwh = number(calculate("energy_cost", power=watts, duration="2 weeks"))
    assert kwh == pytest.approx(watts * 0.336)
    assert about <= kwh < about * 1.13


@pytest.mark.parametrize(("kwh", "euros"), [(300, 60), (500, 100)])
def test_line_65_cost_at_20_cents(kwh, euros):
    result = calculate(
        "energy_cost", power=1000, duration=f"{kwh} hours", price="20 cents/kWh", currency="€"
    )
    assert result.main == Figure(euros, "€")


@pytest.mark.parametrize(("kwh", "printed", "right"), [(300, 18, 15), (500, 26, 25)])
def test_line_65_inconsistent_extra_cost_of_an_80_percent_supply(kwh, printed, right):
    result = calculate(
        "energy_cost", power=1000, duration=f"{kwh} hours", price="0.20 €/kWh", efficiency="80%"
    )
    assert number(result, "extra_cost") == right != printed
    assert says(result, "18-26 €")


def test_line_65_inconsistent_dollars_are_at_two_rates():
    assert round(66 / 60, 2) == 1.10
    assert round(111 / 100, 2) == 1.11


def test_line_1018_3_percent_of_a_day_is_about_40_minutes():
    """Exactly 43 minutes: the comment rounds down."""
    gained = (quantity(1, "day") * 0.03).to("minute").magnitude
    assert gained == pytest.approx(43.2)


# several GPUs


def test_line_175_sixteen_gpus_with_4_lanes():
    result = calculate(
        "gradient_sync", parameters=800 * 1200, gpus=16, lanes=4, batches_per_second=350
    )
    assert number(result, "bandwidth") == pytest.approx(0.2666, abs=1e-4)
    assert int(number(result)) == 74
    assert int(0.2666 / 0.0036) == 74  # as the line rounds
    assert round(1 / number(result, "scaling")) == 5  # "5 times slower"


def test_line_175_inconsistent_the_product_leaves_out_four_bytes():
    assert round(800 * 1200 / 1024**3, 4) == 0.0009
    assert round(800 * 1200 * 4 / 1024**3, 4) == 0.0036
    assert says(calculate("gradient_sync", parameters="960k", gpus=4), "four bytes of a value")


def test_line_176_inconsistent_it_prints_647_for_1481():
    result = calculate(
        "gradient_sync", parameters=800 * 1200, gpus=4, lanes=16, batches_per_second=350
    )
    assert round(number(result, "bandwidth"), 2) == 5.33
    assert int(5.33 / 0.0036) == 1480
    assert round(number(result)) == 1491  # 0.0036 unrounded
    assert round(647 / 350) == 2  # the "speedup of about 2" stands on the wrong figure
    assert number(result, "scaling") == 4
    assert says(result, "prints 647")


@pytest.mark.parametrize(("gpus", "printed"), [(6, 1.6), (12, 0.72), (24, 0.35), (48, 0.17)])
def test_line_184_infiniband(gpus, printed):
    """12 GPUs give 0.727: the line cuts off where it rounds the others."""
    result = calculate("gradient_sync", parameters=960000, gpus=gpus, bandwidth="8 GB/s")
    assert number(result, "bandwidth") == pytest.approx(printed, abs=0.008)
    shown = result.results["bandwidth"]
    assert isinstance(shown, Figure)
    assert shown.unit == "GB/s"


def test_line_141_three_gpus_need_five_slots():
    assert number(calculate("slots_and_lanes", gpus=3)) == 5


def test_line_111_inconsistent_with_line_141_two_slots_a_gpu():
    assert says(calculate("slots_and_lanes", gpus=3), "6 slots in all")
    assert says(calculate("slots_and_lanes", gpus=3), "as line 111 counts")


def test_line_34_four_gpus_take_32_lanes():
    assert calculate("slots_and_lanes", gpus=4, cpu_lanes=32).results["split"] == "8/8/8/8"
    assert number(calculate("slots_and_lanes", cpu_lanes=32)) == 4


@pytest.mark.parametrize(
    ("gpus", "lanes", "split"),
    [
        (2, 40, "16/16"),  # 217, 957
        (4, 40, "16/8/8/8"),  # 217, 474
        (2, 28, "16/8"),  # 928
        (2, 16, "8/8"),  # 594, 885
        (4, 32, "8/8/8/8"),  # 946, 957
    ],
)
def test_lines_217_474_594_928_957_lane_split(gpus, lanes, split):
    assert calculate("slots_and_lanes", gpus=gpus, cpu_lanes=lanes).results["split"] == split


def test_lines_217_and_957_inconsistent_about_three_gpus():
    """16/8/16 and 16/8/8: the first is ours, in another order; the note gives both."""
    result = calculate("slots_and_lanes", gpus=3, cpu_lanes=40)
    assert result.results["split"] == "16/16/8"
    assert says(result, "line 217 has 16/8/16 and line 957 16/8/8")


def test_line_404_two_gpus_and_an_8_lane_ssd_on_40_lanes():
    result = calculate("slots_and_lanes", gpus=2, cpu_lanes=40, ssd_lanes=8)
    assert result.results["split"] == "16/16"


@pytest.mark.parametrize(("gpus", "split"), [(2, "16/16"), (3, "16/16/16"), (4, "16/16/16/16")])
def test_lines_951_and_957_switches_give_16_lanes_each(gpus, split):
    result = calculate("slots_and_lanes", gpus=gpus, cpu_lanes=40, switch_lanes=64)
    assert result.results["split"] == split


def test_line_848_one_switch_leaves_4_lanes_each_to_the_cpu():
    result = calculate("slots_and_lanes", gpus=4, cpu_lanes=40, switch_lanes=64, switches=1)
    assert number(result, "cpu_lanes_each") == 4


def test_line_1193_eight_gpus_communicate_32_times_as_dearly():
    assert number(calculate("slots_and_lanes", gpus=8), "communication") == 32


# cooling


@pytest.mark.parametrize(
    ("values", "low", "high"),
    [
        ({"gpus": 1}, 0, 10),  # 72
        ({"gpus": 2, "spacing": "spaced"}, 0, 10),  # 70, 72
        ({"gpus": 4, "spacing": "adjacent"}, 10, 25),  # 72
        ({"gpus": 4, "spacing": "adjacent", "fan": "blower"}, 10, 15),  # 81
        ({"gpus": 4, "spacing": "adjacent", "fan": "open"}, 30, 30),  # 11
        ({"gpus": 4, "water": True}, 0, 0),  # 81
    ],
)
def test_lines_11_72_81_slowdown(values, low, high):
    result = calculate("cooling", **values)
    assert (number(result, "low"), number(result, "high")) == (low, high)


def test_lines_11_72_81_inconsistent_ranges_are_told():
    assert says(calculate("cooling", gpus=4), "10-25% for several (line 72)")


@pytest.mark.parametrize(("gpus", "dollars"), [(1, 150), (4, 450)])
def test_line_77_water_cooling(gpus, dollars):
    assert calculate("cooling", gpus=gpus).results["water_cost"] == Figure(dollars, "$")


# money, video, memory


@pytest.mark.parametrize("months", [3, 5, 6, 10])
@pytest.mark.parametrize("cents", [27, 40])
def test_line_991_months_until_a_machine_has_paid(months, cents):
    """Price and rent are lost with the part list: only the way there and back can be checked."""
    values = {"rent": 1, "hours_per_day": 12, "power": 800, "power_price": f"{cents} cents/kWh"}
    price = number(calculate("buy_or_rent", months=months, **values))
    assert price == pytest.approx(months * 365.25 / 12 * 12 * (1 - 0.8 * cents / 100), rel=1e-5)
    assert number(calculate("buy_or_rent", price=price, **values), "months") == pytest.approx(
        months, rel=1e-5
    )


@pytest.mark.parametrize(("pounds", "monthly"), [(4400, 122.2), (2150, 59.7)])
def test_line_911_rent_of_three_years(pounds, monthly):
    hourly = calculate("buy_or_rent", price=pounds, months=36)
    assert number(hourly) * 24 * 365.25 / 12 == pytest.approx(monthly, abs=0.05)


def test_line_1205_45_streams_at_720p_and_3_frames():
    result = calculate("video_streams", streams=9, from_height="720p", from_fps=15, to_fps=3)
    assert number(result) == 9 * 5


def test_line_1205_20_streams_at_1080p_and_3_frames():
    result = calculate(
        "video_streams", streams=9, from_height="720p", from_fps=15, to_height="1080p", to_fps=3
    )
    assert number(result) == 9 * 5 / 2.25 == 20


def test_line_10_twice_the_model_at_16_bits():
    single = number(calculate("model_memory", card_memory=9, precision=32))
    assert number(calculate("model_memory", card_memory=9, precision=16)) == 2 * single


def test_line_242_4_gigabytes_at_16_bits_are_virtually_8():
    half = calculate("model_memory", card_memory=4, precision="16-bit")
    assert half.main == calculate("model_memory", card_memory=8, precision="32-bit").main


def test_line_457_activations_shrink_with_the_batch():
    large, small = (
        number(
            calculate("model_memory", parameters="60M", activations="2M", batch=n), "activations"
        )
        for n in (128, 96)
    )
    assert small / large == 96 / 128


def test_line_1171_inconsistent_with_line_10_not_a_straight_doubling():
    result = calculate("model_memory", parameters="23M", precision=16)
    assert number(result, "mixed_precision") > number(result)
    assert says(result, "line 1171")
