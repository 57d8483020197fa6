import json
from importlib import resources

import pytest

from assistant.build_check.check import check_build
from assistant.errors import InvalidInput

BUILDS = [
    json.loads(line)
    for line in (resources.files("evals") / "builds.jsonl").read_text("utf-8").splitlines()
]
ROWS = [
    pytest.param(build, about, id=f"{build['id']}-{about}")
    for build in BUILDS
    for about in build["verdicts"]
]


def verdicts(text):
    return {verdict.about: verdict for verdict in check_build(text).verdicts}


def judged(text, about):
    return verdicts(text)[about].verdict


@pytest.mark.parametrize(
    ("text", "about", "expected"),
    [
        ("4x 2080ti, i9-9920X, 1600W PSU", "power", "fine"),
        ("4x 2080ti, i9-9920X, 1300W PSU", "power", "look"),
        ("4x 2080ti, i9-9920X, 1000W PSU", "power", "fails"),
        ("4x 2080ti", "power", "unknown"),
        ("a GTX 1050 Ti", "connectors", "fine"),
        ("4x 2080ti", "connectors", "unknown"),
        ("3x GTX 1080, 5 slots", "slots", "fine"),
        ("3x GTX 1080, 4 slots", "slots", "fails"),
        ("3x GTX 1080", "slots", "unknown"),
        ("GTX 1080", "slots", "fine"),
        ("6x GTX 1080", "slots", "look"),
        ("2x GTX 1080, i7-7700K", "lanes", "fine"),
        ("4x GTX 1080, i7-5820K", "lanes", "look"),
        ("4x GTX 1080, i7-5930K", "lanes", "fine"),
        ("4x GTX 1080", "lanes", "unknown"),
        ("8x GTX 1080, i7-7700K", "lanes", "fails"),
        ("Titan RTX, 32GB RAM", "ram", "fine"),
        ("Titan RTX, 16GB RAM", "ram", "look"),
        ("Titan RTX, 2GB RAM", "ram", "fails"),
        ("Titan RTX", "ram", "unknown"),
        ("4x GTX 1080, i7-5930K", "cpu", "fine"),  # line 1013: six cores do for four GPUs
        ("4x GTX 1080, i7-7700K", "cpu", "look"),
        ("4x GTX 1080", "cpu", "unknown"),
        ("GTX 1080", "cooling", "fine"),
        ("2x GTX 1080", "cooling", "unknown"),
        ("4x GTX 1080", "cooling", "look"),
        ("4x GTX 1080 with blower fans", "cooling", "fine"),
        ("4x GTX 1080, water cooled", "cooling", "fine"),
        ("4x GTX 1080, CPU water cooler", "cooling", "look"),
        ("2x GTX 1080 with space between them", "cooling", "fine"),
        ("GTX 1080, GTX 1080", "mixed_gpus", "fine"),
        ("GTX 1080, RTX 2070", "mixed_gpus", "look"),
        ("GTX 1080, 1 TB NVMe SSD", "disk", "fine"),
        ("GTX 1080, 4 TB hard drive", "disk", "look"),
        ("GTX 1080", "disk", "unknown"),
        ("4x GTX 1080, 1 TB NVMe SSD", "disk", "look"),
        ("GTX 1080, mini-ITX case", "case", "look"),
        ("GTX 1080, mid tower case", "case", "unknown"),
    ],
)
def test_rules(text, about, expected):
    assert judged(text, about) == expected


def test_the_calculation_stands_behind_a_verdict():
    power = verdicts("4x 2080ti, i9-9920X, 1300W PSU")["power"]
    # 4 × 250 W + 165 W + 100 W = 1265 W, and 10% more
    assert power.calculation.results["worked_rule"].value == pytest.approx(1391.5)
    assert power.calculation.inputs["count"].value == 4


def test_every_verdict_cites_lines():
    report = check_build("2x GTX 1080, RTX 2070, i7-5930K, 32GB RAM, 1000W PSU, SSD, tower case")
    assert {verdict.about for verdict in report.verdicts} == {
        "power",
        "connectors",
        "slots",
        "lanes",
        "ram",
        "cpu",
        "cooling",
        "mixed_gpus",
        "disk",
        "case",
    }
    assert all(verdict.lines for verdict in report.verdicts)


def test_an_unknown_card_makes_the_power_unknown():
    assert judged("RTX 9090, GTX 1080, 1600W PSU", "power") == "unknown"


def test_a_build_without_a_gpu_says_so():
    report = check_build("i7-7700K, 16GB RAM")
    assert report.verdicts[0].verdict == "unknown"
    assert "No GPU" in report.verdicts[0].text


def test_more_cards_than_any_calculator_takes_do_not_crash():
    assert judged("500x GTX 1080, i7-7700K", "slots") == "fails"


def test_two_cpus_are_worth_a_look():
    assert judged("2 CPUs with 40 lanes each, 4x Titan X", "lanes") == "look"


def test_nothing_is_refused():
    with pytest.raises(InvalidInput):
        check_build("")


def test_there_are_twenty_builds_from_the_comments():
    assert len(BUILDS) == 20


@pytest.mark.parametrize(("build", "about"), ROWS)
def test_the_check_agrees_with_the_author_or_the_difference_is_explained(build, about):
    agrees = judged(build["text"], about) == build["verdicts"][about]
    assert agrees != (about in build["explained"])


def test_most_verdicts_agree_with_the_author():
    differing = sum(len(build["explained"]) for build in BUILDS)
    assert differing <= 0.1 * len(ROWS)
