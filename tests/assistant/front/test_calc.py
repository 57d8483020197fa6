"""rigwise calc."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner, Result

from assistant.calculators.registry import TITLES, get, names
from assistant.front.terminal.calc import calc_group


def call(*words: str) -> Result:
    return CliRunner().invoke(calc_group, list(words))


def test_the_list_names_every_calculator():
    output = call("--help").output
    for name, title in TITLES.items():
        assert name in output
        assert title in output


def test_the_list_imports_no_calculator():
    code = (
        "import sys; from click.testing import CliRunner;"
        "from assistant.front.terminal.calc import calc_group;"
        "CliRunner().invoke(calc_group, ['--help']); print('pint' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize("name", names())
def test_every_input_is_an_option(name):
    result = call(name, "--help")
    assert result.exit_code == 0
    assert "--json" in result.output
    for field in get(name).inputs.model_fields:
        assert f"--{field.replace('_', '-')}" in result.output


def test_help_gives_ranges_choices_and_defaults():
    output = " ".join(call("pcie_transfer", "--help").output.split())
    assert "a whole number from 1 to 16; default 16" in output
    assert "while_training|before_training" in call("cpu_threads", "--help").output


def test_json_is_the_calculation():
    result = call("psu", "--gpu", "RTX 2080 Ti", "--count", "4", "--cpu-watts", "150", "--json")
    assert result.exit_code == 0
    shown = json.loads(result.output)
    assert shown["calculator"] == "psu"
    assert shown["results"]["recommended"] == {"value": 1400, "unit": "W"}
    assert [62, 63] in shown["lines"]


def test_a_table_with_results_steps_notes_and_lines():
    output = call("psu", "--gpu-watts", "250 W", "--count", "4", "--cpu-watts", "150").output
    assert "1,400 W" in output
    assert "= 1250 W" in output
    assert "Note: " in output
    assert "lines 62-63, 100-103" in output


def test_flags():
    shown = json.loads(call("cooling", "--gpus", "4", "--water", "--json").output)
    assert shown["inputs"]["water"] is True
    shown = json.loads(call("disk_read", "--shape", "2x2", "--no-asynchronous", "--json").output)
    assert shown["inputs"]["asynchronous"] is False


def test_dashes_do_for_underscores():
    assert call("video-streams", "--help").exit_code == 0


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["psu", "--gpu-watts", "-50"], "gpu_watts must be from 1 to 2000 W, not -50."),
        (["cpu_threads", "--gpus", "0"], "gpus must be a whole number from 1 to 128, not 0."),
        (["psu"], "gpu is missing"),
        (["buy_or_rent", "--price", "9", "--rent", "0"], "Buying never pays"),
        (["psu", "--watts", "9"], "No such option"),
        (["horoscope"], "No such command"),
    ],
)
def test_faults_are_one_line_and_status_2(words, message):
    result = call(*words)
    assert result.exit_code == 2
    assert message in result.stderr
    assert "Traceback" not in result.output
    assert sum(line.startswith("Error: ") for line in result.stderr.splitlines()) == 1
