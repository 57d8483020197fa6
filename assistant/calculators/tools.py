"""The calculators as LangChain tools: the same inputs and results, for a model to call."""

from __future__ import annotations

import json
from typing import Any

from langchain_core.tools import StructuredTool
from pydantic import ValidationError

from assistant.calculators.base import Calculator, explain
from assistant.calculators.registry import get, names
from assistant.errors import InvalidInput, NoSolution


def langchain_tools() -> list[StructuredTool]:
    """Return a tool for every calculator.

    A tool returns the JSON of its calculation, or one line that says what was wrong.
    """
    return [_tool(get(name)) for name in names()]


def _tool(calculator: Calculator) -> StructuredTool:
    def calculate(**values: Any) -> str:  # noqa: ANN401 - the schema checks them
        try:
            calculation = calculator.calculate(values)
        except (InvalidInput, NoSolution) as error:
            return str(error)
        return json.dumps(calculation.to_json(), ensure_ascii=False)

    def refuse(error: Any) -> str:  # noqa: ANN401 - LangChain allows pydantic's old error, too
        assert isinstance(error, ValidationError)
        return f"{calculator.name}: {explain(error, calculator.inputs)}."

    return StructuredTool.from_function(
        func=calculate,
        name=calculator.name,
        description=calculator.summary,
        args_schema=calculator.inputs,
        handle_validation_error=refuse,
    )
