"""From words to a calculator's inputs, and the questions written for it."""

import json
import math
from importlib import resources

import pytest

from assistant.calculators.registry import get
from assistant.errors import InvalidInput, NoSolution
from assistant.types import Figure
from assistant.understand.calculation import change_calculation, find_calculation

ROWS = [
    json.loads(line)
    for line in (resources.files("evals") / "questions" / "calc_words.jsonl")
    .read_text("utf-8")
    .splitlines()
]
WORDED = [row for row in ROWS if "results" in row]
NONSENSE = [row for row in ROWS if "error" in row]
PROSE = [row for row in ROWS if row["calculator"] is None]


def same(left, right):
    if isinstance(left, bool) or isinstance(right, bool) or isinstance(left, str):
        return left == right
    return math.isclose(left, right, rel_tol=1e-4)


def is_right(row):
    """Tell whether a question gives the calculator, inputs and figures that were worked out."""
    request = find_calculation(row["question"])
    if request is None or request.calculator != row["calculator"]:
        return False
    if request.inputs.keys() != row["inputs"].keys():
        return False
    if not all(same(value, request.inputs[name]) for name, value in row["inputs"].items()):
        return False
    results = get(request.calculator).calculate(request.inputs).results
    for name, figure in row["results"].items():
        result = results[name]
        value = result.value if isinstance(result, Figure) else result
        unit = result.unit if isinstance(result, Figure) else ""
        if not same(value, figure["value"]) or unit != figure["unit"]:
            return False
    return True


def test_there_are_the_questions_asked_for():
    assert (len(WORDED), len(NONSENSE), len(PROSE)) == (60, 15, 40)
    assert len({row["calculator"] for row in WORDED}) == 12


def test_worded_questions_give_calculator_inputs_and_figures():
    wrong = [row["id"] for row in WORDED if not is_right(row)]
    assert len(WORDED) - len(wrong) >= 57, wrong


@pytest.mark.parametrize("row", NONSENSE, ids=lambda row: row["id"])
def test_nonsense_gets_an_error_that_names_the_input(row):
    request = find_calculation(row["question"])
    assert request is not None
    assert request.calculator == row["calculator"]
    with pytest.raises((InvalidInput, NoSolution)) as refused:
        get(request.calculator).calculate(request.inputs)
    message = str(refused.value).removeprefix(f"{row['calculator']}: ")
    assert message.startswith(row["error"])


def test_questions_without_arithmetic_run_no_calculator():
    ran = [row["question"] for row in PROSE if find_calculation(row["question"]) is not None]
    assert len(ran) <= 1, ran


def test_the_example_of_the_issue():
    request = find_calculation("2 weeks flat out on 4x 2080 Ti at 0.30 €/kWh with a gold PSU")
    assert request.calculator == "energy_cost"
    assert request.inputs == {
        "gpu": "RTX 2080 Ti",
        "count": 4,
        "duration": 336,
        "price": "0.3 €/kWh",
        "efficiency": 0.9,
    }
    calculation = get("energy_cost").calculate(request.inputs)
    assert "4 × 250 W" in calculation.steps[0]
    # 1 kW / 0.9 × 336 h × 0.30 €
    assert calculation.results["value"].value == pytest.approx(112, rel=1e-4)


def test_the_words_and_the_options_give_the_same_figures():
    words = find_calculation("What PSU for 4 RTX 2080 Ti and a 150 W CPU?")
    options = get("psu").calculate({"gpu": "RTX 2080 Ti", "count": "4", "cpu_watts": "150"})
    assert get("psu").calculate(words.inputs).results == options.results


def test_what_is_missing_is_asked_for():
    request = find_calculation("What is the energy cost for 3 weeks at 0.30 €/kWh?")
    assert not request.ready
    assert set(request.missing) == {"power"}


def test_what_is_assumed_is_said():
    request = find_calculation("how big a PSU for four GPUs?")
    assert request.ready
    assert request.inputs["gpu_watts"] == 250
    assert "line 62" in request.assumed["gpu_watts"]


def test_lanes_of_a_named_cpu_are_said():
    request = find_calculation("How are the lanes split over 3 GPUs on an i7-6850K?")
    assert request.inputs["cpu_lanes"] == 40
    assert "40 lanes" in request.assumed["cpu_lanes"]


COST = "2 weeks flat out on 4x 2080 Ti at 0.30 €/kWh with a gold PSU"
PSU = "What PSU for 3x GTX 1080 Ti?"
STREAMS = "A card does 10 streams of 720p at 30 fps. How many at 10 fps?"
TRANSFER = "How long does a batch of 64 images of 256x256 take over x8 PCIe 3.0?"


@pytest.mark.parametrize(
    ("question", "follow_up", "changed"),
    [
        (COST, "make it three weeks", {"duration": 504}),
        (COST, "and with eight of them?", {"count": 8}),
        (COST, "and with 2?", {"count": 2}),
        (COST, "with a 3090 instead", {"gpu": "RTX 3090"}),
        (COST, "what about at 0.40 €/kWh?", {"price": "0.4 €/kWh"}),
        (COST, "at 35 cents?", {"price": "35 cents/kWh"}),
        (COST, "and with a platinum PSU?", {"efficiency": 0.92}),
        (COST, "how about 12 hours a day", {"hours_per_day": 12}),
        (PSU, "and with four?", {"count": 4}),
        (PSU, "and with a fifth one?", {"count": 5}),
        (STREAMS, "same but full hd?", {"to_height": 1080}),
        (PSU, "what about RTX 2070 cards?", {"gpu": "RTX 2070"}),
        (PSU, "with an i9-9900K", {"cpu": "Core i9-9900K"}),
        (TRANSFER, "and with x4?", {"lanes": 4}),
        (TRANSFER, "at fp16?", {"bytes_per_value": 2}),
        (TRANSFER, "with a batch size of 128", {"batch": 128}),
    ],
)
def test_a_follow_up_changes_only_what_it_says(question, follow_up, changed):
    request = find_calculation(question)
    after = change_calculation(request, follow_up)
    assert after.calculator == request.calculator
    assert after.inputs == {**request.inputs, **changed}


def test_a_load_in_watts_ousts_the_cards():
    after = change_calculation(find_calculation(COST), "what if it draws 1500 W?")
    assert after.inputs["power"] == 1500
    assert "gpu" not in after.inputs


def test_a_card_can_be_added():
    after = change_calculation(find_calculation(PSU), "and if I add a GTX 970?")
    assert after.inputs == {"gpu": "3x GTX 1080 Ti, 1x GTX 970"}


def test_the_first_side_of_a_shape_is_the_batch():
    request = find_calculation("How many ms for 32x3x224x224 over x8?")
    assert change_calculation(request, "with batch size 64").inputs["shape"] == "64x3x224x224"


@pytest.mark.parametrize(
    "follow_up",
    ["thanks", "why is that?", "Which GPU should I buy?", "and RAM?", "How much RAM for a 3090?"],
)
def test_what_is_no_change_changes_nothing(follow_up):
    assert change_calculation(find_calculation(COST), follow_up) is None
