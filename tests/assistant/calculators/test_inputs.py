"""What people type: spellings, nonsense with the range named, backwards questions, no solution."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from assistant.calculators.registry import TITLES, get, names
from assistant.errors import InvalidInput, NoSolution
from assistant.types import Calculation, Figure


def calculate(name: str, **values: Any) -> Calculation:
    return get(name).calculate(values)


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        ("psu", {"gpu_watts": -50}, "gpu_watts must be from 1 to 2000 W, not -50"),
        ("psu", {"gpu_watts": 250, "count": 0}, "count must be a whole number from 1 to 64, not 0"),
        ("psu", {"gpu_watts": "250 kg"}, "gpu_watts must be from 1 to 2000 W, not '250 kg'"),
        ("psu", {"gpu_watts": "nan"}, "gpu_watts must be from 1 to 2000 W"),
        ("psu", {"gpu_watts": True}, "gpu_watts is not a number with a unit"),
        ("psu", {"gpu_watts": "9**9**9"}, "gpu_watts must be from 1 to 2000 W"),
        ("psu", {"gpu_watts": 10**400}, "gpu_watts must be from 1 to 2000 W"),
        ("psu", {"gpu_watts": 250, "mains_voltage": 12}, "mains_voltage must be from 100 to 240 V"),
        ("psu", {"watts": 250}, "watts is not an input; the inputs are gpu, count, gpu_watts"),
        ("psu", {}, "gpu is missing"),
        ("psu", {"gpu": "4x RTX 2080 Ti", "count": 2}, "gpu '4x RTX 2080 Ti' already says"),
        ("pcie_transfer", {"shape": "32x225", "lanes": 500}, "lanes must be a whole number from 1"),
        ("pcie_transfer", {"shape": "32x0x3"}, "shape must be a whole number from 1 to 1e+06"),
        ("pcie_transfer", {"shape": "a picture"}, "shape must be a whole number"),
        ("pcie_transfer", {"batch": 32}, "height is missing"),
        ("pcie_transfer", {"shape": "32x3", "batch": 32}, "Give shape or batch, not both"),
        ("pcie_transfer", {"shape": "2x2", "generation": 9}, "generation must be a whole number"),
        ("cpu_threads", {"gpus": 0}, "gpus must be a whole number from 1 to 128, not 0"),
        ("cpu_threads", {"gpus": 2.5}, "gpus must be a whole number from 1 to 128, not 2.5"),
        ("cpu_threads", {"gpus": 2, "strategy": "never"}, "strategy must be while_training or"),
        ("cpu_threads", {}, "gpus is missing"),
        ("ram", {"gpu_memory": 0}, "gpu_memory must be from 0.5 to 512 GB, not 0"),
        ("ram", {"gpu_memory": "24 GB/s"}, "gpu_memory must be from 0.5 to 512 GB, not '24 GB/s'"),
        ("ram", {}, "gpu_memory is missing"),
        ("energy_cost", {"power": 1000}, "duration is missing"),
        ("energy_cost", {"duration": 10}, "power is missing"),
        ("energy_cost", {"power": 1, "duration": "-2 h"}, "duration must be from 0.001 to 1e+06"),
        ("energy_cost", {"power": 1, "duration": 1, "hours_per_day": 25}, "hours_per_day must be"),
        ("energy_cost", {"power": 1, "duration": 1, "efficiency": "120%"}, "efficiency must be"),
        ("energy_cost", {"power": 1, "duration": 1, "better_efficiency": 0.9}, "better_efficiency"),
        ("energy_cost", {"power": 1000, "budget": 50}, "price is missing"),
        ("disk_read", {"shape": "32x3", "speed": 0}, "speed must be from 0.01 to 1e+06 MiB/s"),
        ("disk_read", {"shape": "2x2", "speed": 1, "drive": "hdd"}, "Give speed or drive"),
        ("gradient_sync", {"parameters": 1000, "gpus": 1}, "gpus must be a whole number from 2"),
        ("gradient_sync", {"gpus": 2}, "parameters is missing"),
        ("gradient_sync", {"parameters": 9, "gpus": 2, "speedup": 2}, "batches_per_second is miss"),
        ("slots_and_lanes", {"gpus": 4, "cpu_lanes": 500}, "cpu_lanes must be a whole number"),
        ("slots_and_lanes", {}, "gpus is missing"),
        ("cooling", {"gpus": -1}, "gpus must be a whole number from 1 to 16, not -1"),
        ("cooling", {}, "gpus is missing"),
        ("buy_or_rent", {"price": 0}, "price must be from 0.01 to 1e+09 money, not 0"),
        ("buy_or_rent", {}, "rent and days are missing"),
        ("buy_or_rent", {"price": 9}, "rent is missing"),
        ("buy_or_rent", {"rent": 9}, "price is missing"),
        ("buy_or_rent", {"price": 9, "rent": "50 €/month", "hours_per_day": 8}, "runs all day"),
        ("video_streams", {"streams": 9, "from_height": "720p"}, "from_fps is missing"),
        ("video_streams", {"streams": 9, "from_height": 1, "from_fps": 3}, "from_height must be"),
        ("model_memory", {"parameters": "23M", "precision": 8}, "precision must be 16 or 32"),
        ("model_memory", {}, "parameters is missing"),
    ],
)
def test_nonsense_names_the_input_and_the_range(name, values, message):
    with pytest.raises(InvalidInput) as caught:
        calculate(name, **values)
    assert message in str(caught.value)
    assert str(caught.value).startswith(f"{name}: ")


def test_an_unknown_card_is_named():
    with pytest.raises(InvalidInput, match=r"gpu 'RTX 9999.* is not known"):
        calculate("psu", gpu="RTX 9999 Turbo")


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        ("psu", {"gpu_watts": 300, "supply_watts": 300}, "carries no GPU of 300 W"),
        ("pcie_transfer", {"shape": "512x3x512x512", "transfer_time": 0.1}, "Even 16 lanes"),
        ("cpu_threads", {"threads": 2, "strategy": "while_training"}, "not even one GPU"),
        ("energy_cost", {"power": 500, "price": 0, "budget": 10}, "never uses up"),
        ("gradient_sync",
         {"parameters": 10**6, "gpus": 4, "speedup": 5, "batches_per_second": 10},
         "4 GPUs cannot be 5 times as fast"),
        ("slots_and_lanes", {"gpus": 5, "cpu_lanes": 16}, "even 4 lanes each"),
        ("slots_and_lanes", {"gpus": 1, "cpu_lanes": 16, "ssd_lanes": 16}, "leave none"),
        ("slots_and_lanes", {"cpu_lanes": 4}, "not one GPU runs well"),
        ("cooling", {"budget": 100}, "do not water-cool one GPU"),
        ("buy_or_rent",
         {"price": 3000, "rent": 0.2, "power": 1000, "power_price": 0.4},
         "Buying never pays"),
        ("buy_or_rent",
         {"days": 30, "rent": 0.2, "power": 1000, "power_price": 0.4},
         "No price pays"),
        ("video_streams",
         {"streams": 1, "from_height": 720, "from_fps": 15, "to_height": 2160},
         "Not even one stream"),
        ("model_memory",
         {"parameters": "10B", "card_memory": 11, "activations": 1000},
         "Not one sample fits"),
        ("model_memory", {"card_memory": 1, "activations": "1B", "batch": 10}, "activations alone"),
    ],
)  # fmt: skip
def test_no_solution_says_why(name, values, message):
    with pytest.raises(NoSolution, match=message):
        calculate(name, **values)


@pytest.mark.parametrize(
    ("name", "values", "expected"),
    [
        ("psu", {"gpu_watts": 250, "cpu_watts": 150, "supply_watts": 1000}, Figure(2, "cards")),
        ("pcie_transfer", {"shape": "32x225x225x3", "transfer_time": 2.3}, Figure(8, "lanes")),
        ("cpu_threads", {"threads": 16}, Figure(4, "GPUs")),
        ("cpu_threads", {"cores": 4, "strategy": "before_training"}, Figure(4, "GPUs")),
        ("ram", {"system_ram": 16}, Figure(16, "GB")),
        ("energy_cost", {"power": 1000, "price": 0.2, "budget": 50}, Figure(250, "hours")),
        ("disk_read", {"bytes": "20 MB", "read_time": 200}, Figure(100, "MiB/s")),
        ("disk_read", {"bytes": "20 MB", "step_time": 200}, Figure(100, "MiB/s")),
        ("slots_and_lanes", {"slots": 5}, Figure(3, "GPUs")),
        ("slots_and_lanes", {"slots": 7, "cpu_lanes": 28}, Figure(3, "GPUs")),
        ("cooling", {"budget": 450}, Figure(4, "GPUs")),
        ("buy_or_rent", {"rent": 1, "days": 100, "hours_per_day": 10}, Figure(1000, "")),
        ("buy_or_rent", {"price": "1000 €", "days": 100, "hours_per_day": 10},
         Figure(1, "€/hour")),
        ("video_streams",
         {"streams": 9, "from_height": 720, "from_fps": 15, "to_streams": 45},
         Figure(3, "frames/s")),
        ("model_memory",
         {"parameters": 10**9, "card_memory": 17, "activations": 10**8, "optimizer": "adam"},
         Figure(2, "samples")),
        ("model_memory", {"card_memory": 12, "optimizer": "sgd"}, Figure(1500000000, "parameters")),
    ],
)  # fmt: skip
def test_backwards(name, values, expected):
    assert calculate(name, **values).results["value"] == expected


def test_backwards_bandwidth_for_a_speedup():
    needed = calculate(
        "gradient_sync", parameters=800 * 1200, gpus=16, speedup=2, batches_per_second=350
    )
    bandwidth = needed.results["bandwidth"]
    assert isinstance(bandwidth, Figure)
    back = calculate("gradient_sync", parameters=800 * 1200, gpus=16, batches_per_second=350,
                     bandwidth=bandwidth.value)  # fmt: skip
    scaling = back.results["scaling"]
    assert isinstance(scaling, Figure)
    assert scaling.value == pytest.approx(2, rel=1e-4)
    assert needed.results["lanes"] == "more than 16"


@pytest.mark.parametrize("watts", [250, 250.0, "250", "250 W", "250W", "250 watts", "0.25 kW"])
def test_spellings_of_watts(watts):
    assert calculate("psu", gpu_watts=watts, count=4, cpu_watts=150).main == Figure(1400, "W")


@pytest.mark.parametrize("price", [0.3, "0.30 €/kWh", "€0.30/kWh", "0,30 €", "30 cents/kWh",
                                   "30 ct per kWh", "EUR 0.30/kWh", "0.30 € per kWh"])  # fmt: skip
def test_spellings_of_a_price(price):
    result = calculate("energy_cost", power="1 kW", duration="10 hours", price=price)
    assert isinstance(result.main, Figure)
    assert result.main.value == pytest.approx(3)


def test_the_currency_is_read_from_the_price_and_only_shown():
    result = calculate("energy_cost", power=1000, duration=10, price="$0.30/kWh")
    assert result.main == Figure(3, "$")


@pytest.mark.parametrize("efficiency", [0.9, 90, "90%", "gold", "80+ Gold", "80 PLUS gold"])
def test_spellings_of_an_efficiency(efficiency):
    result = calculate("energy_cost", power=900, duration=10, efficiency=efficiency)
    assert result.results["kwh"] == Figure(10, "kWh")


@pytest.mark.parametrize(
    "shape",
    ["32x225x225x3", "32x3x225x225", "32 × 225 × 225 × 3", "32,225,225,3", [32, 225, 225, 3]],
)
def test_spellings_of_a_shape(shape):
    result = calculate("pcie_transfer", shape=shape)
    sides = calculate("pcie_transfer", batch=32, height=225)
    assert result.main == sides.main


@pytest.mark.parametrize("precision", [16, "16", "16-bit", "fp16", "float16", "half"])
def test_spellings_of_a_precision(precision):
    assert calculate("model_memory", parameters="1B", precision=precision).results[
        "weights"
    ] == Figure(2, "GB")


def test_cards_of_different_kinds_add_up():
    result = calculate("psu", gpu="2x RTX 2080 Ti, GTX 1070", cpu_watts=100)
    assert result.results["components"] == Figure(750, "W")


def test_names_and_watts_give_the_same_figures():
    named = calculate("psu", gpu="RTX 2080 Ti", count=4, cpu_watts=150)
    plain = calculate("psu", gpu_watts=250, count=4, cpu_watts=150)
    for result in ("recommended", "worked_rule", "tldr_rule", "draw"):
        assert named.results[result] == plain.results[result]


def test_connectors_of_four_2080_ti():
    assert calculate("psu", gpu="4x RTX 2080 Ti").results["connectors"] == "8 × 8-pin"


def test_four_2080_ti_for_two_weeks_at_30_cents_with_a_gold_supply():
    result = calculate("energy_cost", gpu="4x RTX 2080 Ti", duration="2 weeks",
                       price="0.30 €/kWh", efficiency="gold")  # fmt: skip
    assert result.main == Figure(112, "€")
    assert any("only the cards are counted" in note for note in result.notes)


def test_what_was_assumed_is_said():
    result = calculate("psu", gpu_watts=250)
    assert any("CPU counts with 150 W" in note for note in result.notes)


@pytest.mark.parametrize(("volts", "warned"), [(None, True), (120, True), (230, False)])
def test_one_household_circuit(volts, warned):
    result = calculate(
        "psu", gpu_watts=300, count=4, cpu_watts=200, **({"mains_voltage": volts} if volts else {})
    )
    assert any("circuit" in note for note in result.notes) is warned


def test_a_supply_that_is_not_sold_is_shared():
    result = calculate("psu", gpu_watts=300, count=8, cpu_watts=300)
    assert result.results["supplies"] == Figure(2, "")
    assert any("shared" in note or "share the parts" in note for note in result.notes)


def test_blocking_and_asynchronous_reading():
    slow = {"shape": "32x225x225x3", "drive": "hdd", "step_time": 100}
    blocking = calculate("disk_read", asynchronous=False, **slow)
    ahead = calculate("disk_read", asynchronous=True, **slow)
    assert blocking.results["slowdown"] == Figure(185.4, "%")
    assert ahead.results["slowdown"] == Figure(85.39, "%")


def test_a_better_supply_saves():
    result = calculate("energy_cost", power=1000, duration=1000, price=0.2, efficiency=0.8,
                       better_efficiency=0.94, co2=0.4)  # fmt: skip
    assert result.results["saving"] == Figure(round(200 / 0.8 - 200 / 0.94, 4), "")
    assert result.results["co2"] == Figure(500, "kg")


def test_buying_or_renting_for_a_time():
    values = {"price": 1000, "rent": 1, "hours_per_day": 10}
    assert calculate("buy_or_rent", days=99, **values).main == "rent"
    assert calculate("buy_or_rent", days=101, **values).main == "buy"


def test_titles_are_those_of_the_modules():
    assert {name: get(name).title for name in names()} == TITLES
    assert [get(name).name for name in names()] == list(names())


def test_every_input_is_described():
    for name in names():
        for field, info in get(name).inputs.model_fields.items():
            assert info.description, f"{name}.{field}"


def test_an_unknown_calculator_lists_the_names():
    with pytest.raises(InvalidInput, match="psu, pcie_transfer"):
        get("horoscope")


def test_the_registry_does_not_import_pint():
    code = (
        "import sys, assistant.calculators.registry as r; r.names(); print('pint' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize("values", [{"gpu": "\ud83d"}, {"\ud83d": 1}])
def test_half_a_character_is_refused(values):
    with pytest.raises(InvalidInput, match="half a character"):
        get("psu").calculate(values)
