"""The calculators as a model sees them."""

from __future__ import annotations

import json

import pytest

from assistant.calculators.registry import get, names
from assistant.calculators.tools import langchain_tools


@pytest.fixture(scope="module")
def tools():
    return {tool.name: tool for tool in langchain_tools()}


def test_there_is_a_tool_for_every_calculator(tools):
    assert tuple(tools) == names()


def test_a_tool_gives_the_calculation_as_json(tools):
    values = {"gpu_watts": 250, "count": 4, "cpu_watts": "150 W"}
    assert json.loads(tools["psu"].invoke(values)) == get("psu").calculate(values).to_json()


def test_null_means_not_given_even_where_there_is_a_default(tools):
    values = {"shape": "32x225x225x3", "lanes": None, "generation": None}
    assert json.loads(tools["pcie_transfer"].invoke(values))["inputs"]["lanes"]["value"] == 16


def test_null_means_not_given(tools):
    result = json.loads(tools["cpu_threads"].invoke({"gpus": 2, "threads": None}))
    assert result["results"]["recommended"] == {"value": 8, "unit": "threads"}


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        ("psu", {"gpu_watts": -50}, "psu: gpu_watts must be from 1 to 2000 W, not -50."),
        ("psu", {}, "psu: gpu is missing"),
        ("cpu_threads", {"gpus": "many"}, "cpu_threads: gpus must be a whole number from 1 to 128"),
        ("buy_or_rent", {"price": 9, "rent": 0}, "buy_or_rent: Buying never pays"),
    ],
)
def test_a_fault_comes_back_as_one_line(tools, name, values, message):
    answer = tools[name].invoke(values)
    assert answer.startswith(message)
    assert "\n" not in answer


def test_the_schema_tells_a_model_units_and_ranges(tools):
    schema = tools["psu"].get_input_schema().model_json_schema()
    assert schema["additionalProperties"] is False
    assert schema["properties"]["count"]["anyOf"][0] == {
        "type": "integer", "minimum": 1, "maximum": 64,
    }  # fmt: skip
    watts = schema["properties"]["gpu_watts"]
    assert "Watts of each card" in watts["description"]
    assert "from 1 to 2000 W" in watts["anyOf"][0]["description"]


def test_every_tool_can_be_described_to_a_model(tools):
    from langchain_core.utils.function_calling import convert_to_openai_tool

    for name, tool in tools.items():
        function = convert_to_openai_tool(tool)["function"]
        assert function["name"] == name
        assert function["description"] == get(name).summary
        assert set(function["parameters"]["properties"]) == set(get(name).inputs.model_fields)
