"""What must hold for any input: units never mix, physics is monotone, nothing crashes."""

from __future__ import annotations

import math
from typing import Any, Literal, get_args, get_origin

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.calculators.fields import Number
from assistant.calculators.registry import get, names
from assistant.calculators.units import Measured, split_number
from assistant.errors import InvalidInput, NoSolution
from assistant.types import Calculation, Figure

quick = settings(
    max_examples=50,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


def marks(info: Any) -> list[Any]:
    """Return the marks of a field: Measured, Number, or a literal's values."""
    kinds = [info.annotation, *get_args(info.annotation)]
    found = [*info.metadata]
    for kind in kinds:
        found += getattr(kind, "__metadata__", ())
        if get_origin(kind) is Literal:
            found.append(get_args(kind))
    return found


MEASURED = [
    (name, field)
    for name in names()
    for field, info in get(name).inputs.model_fields.items()
    if any(isinstance(mark, Measured) for mark in marks(info))
]

NONSENSE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(min_value=10**300, max_value=10**400),
    st.floats(allow_nan=True, allow_infinity=True),
    st.text(max_size=30),
    st.sampled_from(
        ["250 W", "-3 W", "9**9**9", "1e999 W", "10 m", "2 weeks", "32x3x224x224", "0x0", "gold",
         "1,5 GB", "16", "€", "5 €/kWh", "RTX 2080 Ti", "0x GTX 1070", "nan", "inf W"]
    ),
    st.lists(st.integers(), max_size=8),
    st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
)  # fmt: skip


def sensible(info: Any) -> st.SearchStrategy[Any]:
    """Return values that the field accepts."""
    for mark in marks(info):
        if isinstance(mark, Measured):
            return st.floats(mark.low, mark.high)
        if isinstance(mark, Number):
            if mark.whole:
                return st.integers(int(mark.low), int(mark.high))
            return st.floats(mark.low, mark.high)
        if isinstance(mark, tuple):
            return st.sampled_from(mark)
    if bool in (info.annotation, *get_args(info.annotation)):
        return st.booleans()
    return st.sampled_from(["RTX 2080 Ti", "2x GTX 1080 Ti", "32x3x224x224", "no such thing"])


def inputs_of(name: str, values: Any) -> st.SearchStrategy[dict[str, Any]]:
    fields = get(name).inputs.model_fields
    return st.fixed_dictionaries(
        {}, optional={field: values(info) for field, info in fields.items()}
    )


def run(name: str, values: dict[str, Any]) -> Calculation | None:
    try:
        return get(name).calculate(values)
    except (InvalidInput, NoSolution) as error:
        text = str(error)
        assert text.startswith(f"{name}: ")
        assert text.endswith(".")
        assert "\n" not in text
        return None


@pytest.mark.parametrize("name", names())
@quick
@given(data=st.data())
def test_nonsense_never_crashes(name, data):
    run(name, data.draw(inputs_of(name, lambda _: NONSENSE)))


@pytest.mark.parametrize("name", names())
@quick
@given(data=st.data())
def test_any_allowed_input_gives_finite_figures(name, data):
    result = run(name, data.draw(inputs_of(name, sensible)))
    if result is None:
        return
    assert result.main is not None
    assert result.steps
    assert result.lines
    for value in result.results.values():
        if isinstance(value, Figure):
            assert math.isfinite(value.value)


@pytest.mark.parametrize(("name", "field"), MEASURED)
@pytest.mark.parametrize("wrong", ["3 m", "5 kg*m", "2 furlongs"])
def test_units_never_mix(name, field, wrong):
    with pytest.raises(InvalidInput, match=f"^{name}: .*{field} must be from"):
        get(name).calculate({field: wrong})


@pytest.mark.parametrize("field", ["gpu_watts", "cpu_watts", "supply_watts"])
def test_no_length_time_or_energy_for_watts(field):
    for wrong in ("250 mm", "250 s", "250 kWh"):
        with pytest.raises(InvalidInput, match=field):
            get("psu").calculate({field: wrong})


@quick
@given(st.text(alphabet="0123456789*+-/eE.,() W", max_size=40))
def test_what_people_type_is_never_worked_out(text):
    try:
        found, rest = split_number(text)
    except ValueError:
        return
    assert isinstance(found, float)
    assert not any(sign.isdigit() for sign in rest)


def value(name: str, result: str = "value", **values: Any) -> float:
    found = get(name).calculate(values).results[result]
    assert isinstance(found, Figure)
    return found.value


WATTS = st.floats(10, 600)
COUNTS = st.integers(1, 16)


@quick
@given(watts=WATTS, more=st.floats(0, 100), count=st.integers(1, 8), cpu=st.floats(0, 400))
def test_psu_grows_with_watts_and_cards(watts, more, count, cpu):
    less = value("psu", "recommended", gpu_watts=watts, count=count, cpu_watts=cpu)
    assert value("psu", "recommended", gpu_watts=watts + more, count=count, cpu_watts=cpu) >= less
    assert value("psu", "recommended", gpu_watts=watts, count=count + 1, cpu_watts=cpu) >= less


@quick
@given(watts=WATTS, count=st.integers(1, 8), cpu=st.floats(0, 400))
def test_psu_backwards_carries_what_it_was_sized_for(watts, count, cpu):
    size = value("psu", "recommended", gpu_watts=watts, count=count, cpu_watts=cpu)
    assert value("psu", gpu_watts=watts, cpu_watts=cpu, supply_watts=size) >= count


@quick
@given(batch=st.integers(1, 512), side=st.integers(1, 1024), lanes=st.sampled_from([1, 2, 4, 8]))
def test_transfer_falls_with_lanes_and_grows_with_the_batch(batch, side, lanes):
    size = {"height": side, "width": side}
    time = value("pcie_transfer", batch=batch, lanes=lanes, **size)
    assert value("pcie_transfer", batch=batch, lanes=2 * lanes, **size) < time
    assert value("pcie_transfer", batch=batch, lanes=lanes, generation=4, **size) < time
    assert value("pcie_transfer", batch=batch + 1, lanes=lanes, **size) > time


@quick
@given(batch=st.integers(1, 512), lanes=st.sampled_from([1, 2, 4, 8, 16]))
def test_transfer_backwards_finds_the_lanes(batch, lanes):
    size = {"batch": batch, "height": 224}
    time = value("pcie_transfer", lanes=lanes, **size)
    assert value("pcie_transfer", transfer_time=time * 1.0001, **size) == lanes


@quick
@given(size=st.floats(1e3, 1e10), speed=st.floats(1, 5000))
def test_disk_read_and_needed_speed_agree(size, speed):
    time = value("disk_read", bytes=size, speed=speed)
    if 0.001 <= time <= 1e9:
        assert value("disk_read", bytes=size, read_time=time) == pytest.approx(speed, rel=1e-4)
        assert value("disk_read", bytes=size, speed=speed * 2) < time


@quick
@given(gpus=st.integers(2, 64), lanes=st.integers(1, 15), parameters=st.integers(1000, 10**9))
def test_synchronisations_grow_with_lanes_and_fall_with_gpus(gpus, lanes, parameters):
    rate = value("gradient_sync", parameters=parameters, gpus=gpus, lanes=lanes)
    assert value("gradient_sync", parameters=parameters, gpus=gpus, lanes=lanes + 1) > rate
    assert value("gradient_sync", parameters=parameters, gpus=gpus + 1, lanes=lanes) < rate
    assert value("gradient_sync", parameters=parameters * 2, gpus=gpus, lanes=lanes) < rate


@quick
@given(watts=st.floats(10, 5000), hours=st.floats(1, 5000), price=st.floats(0.01, 2),
       efficiency=st.floats(0.5, 0.95))  # fmt: skip
def test_energy_grows_and_the_budget_gives_the_time_back(watts, hours, price, efficiency):
    values = {"power": watts, "price": price, "efficiency": efficiency}
    cost = value("energy_cost", duration=hours, **values)
    assert value("energy_cost", duration=hours * 2, **values) > cost
    better = value("energy_cost", duration=hours, power=watts, price=price, efficiency=0.96)
    assert better < cost
    if cost >= 0.01:
        assert value("energy_cost", budget=cost, **values) == pytest.approx(hours, rel=1e-4)


@quick
@given(gpus=COUNTS, strategy=st.sampled_from(["while_training", "before_training"]))
def test_threads_feed_the_gpus_they_were_counted_for(gpus, strategy):
    threads = int(value("cpu_threads", "recommended", gpus=gpus, strategy=strategy))
    assert value("cpu_threads", threads=threads, strategy=strategy) == gpus


@quick
@given(price=st.floats(100, 1e5), rent=st.floats(0.5, 20), hours=st.floats(1, 24),
       watts=st.floats(0, 1500))  # fmt: skip
def test_break_even_moves_as_it_should(price, rent, hours, watts):
    values = {"hours_per_day": hours, "power": watts, "power_price": 0.3}
    days = value("buy_or_rent", price=price, rent=rent, **values)
    assert value("buy_or_rent", price=price * 2, rent=rent, **values) > days
    assert value("buy_or_rent", price=price, rent=rent * 2, **values) < days
    if 0.01 <= days <= 36525:
        assert value("buy_or_rent", rent=rent, days=days, **values) == pytest.approx(
            price, rel=1e-4
        )


@quick
@given(streams=st.integers(1, 100), fps=st.floats(1, 60), height=st.sampled_from([480, 720, 1080]))
def test_streams_fall_with_resolution_and_rate(streams, fps, height):
    known = {"streams": streams, "from_height": height, "from_fps": fps}
    assert value("video_streams", **known) == streams
    assert value("video_streams", to_fps=fps / 2, **known) >= streams
    assert value("video_streams", to_streams=streams * 2, **known) == pytest.approx(
        fps / 2, rel=1e-4
    )


@quick
@given(parameters=st.integers(10**6, 10**9), batch=st.integers(1, 512),
       activations=st.integers(10**4, 10**7), precision=st.sampled_from([16, 32]),
       optimizer=st.sampled_from(["sgd", "momentum", "adam"]))  # fmt: skip
def test_memory_grows_and_the_largest_batch_fits(
    parameters, batch, activations, precision, optimizer
):
    values = {"parameters": parameters, "activations": activations, "precision": precision,
              "optimizer": optimizer}  # fmt: skip
    total = value("model_memory", batch=batch, **values)
    assert value("model_memory", batch=batch + 1, **values) > total
    card = max(total * 1.001, 0.1)
    largest = int(value("model_memory", card_memory=card, **values))
    assert largest >= batch
    fitting = get("model_memory").calculate({**values, "card_memory": card, "batch": largest})
    assert fitting.results["fits"] is True


@quick
@given(gpus=st.integers(1, 4), lanes=st.integers(32, 128), ssd=st.integers(0, 16))
def test_lane_split_uses_no_lane_twice(gpus, lanes, ssd):
    result = get("slots_and_lanes").calculate({"gpus": gpus, "cpu_lanes": lanes, "ssd_lanes": ssd})
    split = [int(width) for width in str(result.results["split"]).split("/")]
    assert len(split) == gpus
    assert sum(split) <= lanes - ssd
    assert split == sorted(split, reverse=True)


@quick
@given(slots=st.integers(1, 8))
def test_the_gpus_that_fit_fit(slots):
    gpus = int(value("slots_and_lanes", slots=slots))
    assert get("slots_and_lanes").calculate({"gpus": gpus, "slots": slots}).results["fits"] is True
