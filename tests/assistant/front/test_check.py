import json

import pytest
from click.testing import CliRunner

from assistant.errors import InvalidInput
from assistant.front.terminal.check import check_command

BUILD = "GPU: 4x RTX 2080 Ti\nCPU: i9-9920X\nPSU: 1600W\nMobo: Banana B-77\n"


def run(*arguments, text=None):
    return CliRunner().invoke(check_command, list(arguments), input=text)


@pytest.fixture
def build_file(tmp_path):
    file = tmp_path / "build.txt"
    file.write_text(BUILD, "utf-8")
    return file


def test_json_is_the_contract(build_file):
    result = run(str(build_file), "--json")
    assert result.exit_code == 0
    report = json.loads(result.stdout)
    assert set(report) == {"id", "parts", "unknown_parts", "verdicts"}
    assert report["parts"][0] == {
        "text": "4x RTX 2080 Ti",
        "kind": "gpu",
        "model": "RTX 2080 Ti",
        "count": 4,
    }
    assert report["unknown_parts"] == ["Banana B-77"]
    power = report["verdicts"][0]
    assert (power["about"], power["verdict"]) == ("power", "fine")
    assert power["calculation"]["calculator"] == "psu"
    assert [62, 63] in power["lines"]


def test_standard_input(build_file):
    assert run("-", "--json", text=BUILD).stdout == run(str(build_file), "--json").stdout


def test_tables_show_parts_verdicts_and_unknown_parts(build_file):
    output = run(str(build_file)).stdout
    assert "RTX 2080 Ti" in output
    assert "worth a look" in output
    assert "Banana B-77" in output


def test_control_characters_do_not_reach_the_terminal():
    output = run("-", text="GPU: GTX 1080\nCase: \x1b[31mred\x07").stdout
    assert "\x1b[31mred" not in output
    assert "\x07" not in output


def test_a_file_of_builds_goes_on_after_a_broken_line(tmp_path):
    builds, out = tmp_path / "builds.jsonl", tmp_path / "out.jsonl"
    builds.write_text(
        json.dumps({"id": "a", "text": BUILD})
        + '\nnot json\n\n{"id": "c"}\n'
        + json.dumps({"id": "d", "text": "hello"})
        + "\n"
        + json.dumps({"id": 5, "text": "GTX 1080"})
        + "\n",
        "utf-8",
    )
    result = run("--jsonl", str(builds), "--out", str(out))
    rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [row["id"] for row in rows] == ["a", None, "c", "d", 5]
    assert ["error" in row for row in rows] == [False, True, True, True, False]
    assert "Line 2" in rows[1]["error"]
    assert rows[4]["parts"][0]["model"] == "GTX 1080"
    assert isinstance(result.exception, InvalidInput)
    assert "3 of the builds" in str(result.exception)


def test_jsonl_needs_out(build_file):
    assert run("--jsonl", str(build_file)).exit_code == 2


def test_garbage_is_one_sentence():
    result = run("-", text="hello there")
    assert isinstance(result.exception, InvalidInput)
    assert "No part" in str(result.exception)


def test_bytes_that_are_no_text(tmp_path):
    file = tmp_path / "build.bin"
    file.write_bytes(b"GPU: \xff\xfe")
    result = run(str(file))
    assert isinstance(result.exception, InvalidInput)
    assert "UTF-8" in str(result.exception)
