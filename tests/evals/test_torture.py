"""A short version of `make torture`: the same attacks, a handful of each."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evals.torture import damage, surroundings
from evals.torture.generated import Generator, generate
from evals.torture.targets import TARGETS
from evals.torture.types import Trial

SHORT = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


def nothing_lost(trial: Trial) -> None:
    assert trial.tried
    assert not trial.lost, trial.to_text()


def test_a_loss_is_told():
    trial = Trial("attack", 10)
    for n in range(7):
        trial.lose(f"thing {n}")
    assert "tried 10, lost 7" in trial.to_text()
    assert "thing 0" in trial.to_text()
    assert "2 more" in trial.to_text()


def test_damaged_index_files_are_noticed():
    nothing_lost(damage.damage_index(20))


def test_a_full_disk_leaves_the_old_index():
    nothing_lost(surroundings.fill_disk())


def test_a_clock_that_jumps_changes_nothing():
    nothing_lost(surroundings.jump_clock())


def test_the_same_seed_generates_the_same_texts():
    first, again = iter(Generator(3)), iter(Generator(3))
    texts = [next(first) for _ in range(50)]
    assert texts == [next(again) for _ in range(50)]
    assert len(set(texts)) > 40


def test_generated_texts_break_nothing():
    for trial in generate(120, seed=7):
        nothing_lost(trial)


@pytest.mark.parametrize(
    "name", ["understand", "check_build", "calculate", "slack", "http", "render"]
)
def test_any_text_breaks_nothing(name):
    @SHORT
    @given(st.text(max_size=300))
    def attack(text):
        TARGETS[name](text)

    attack()


@SHORT
@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), st.lists, max_leaves=5))
def test_any_json_is_read_or_refused_by_the_api(value):
    TARGETS["http"](json.dumps({"question": value, "history": value, "id": value, "text": value}))
