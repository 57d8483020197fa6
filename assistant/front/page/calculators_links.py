"""Links that open a calculator filled in: `#calc=psu&ask=size&gpu=RTX%202080%20Ti&count=4`."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from assistant.calculators.units import round_to
from assistant.front.page.calculators_fields import Field, Form
from assistant.front.page.calculators_forms import FORMS
from assistant.types import Calculation, Figure, Value

_LARGE = (("billion", 1e9), ("million", 1e6))


def calculator_link(calculation: Calculation) -> str:
    """Return the link that opens a calculation's calculator with its inputs filled in."""
    form = FORMS[calculation.calculator]
    # A box that is not ticked is no input, whichever question is asked.
    inputs = {name: value for name, value in calculation.inputs.items() if value is not False}
    ask, way = _choose(form, set(inputs))
    fields = form.shown(ask, way)
    pairs = [("calc", calculation.calculator), ("ask", ask), ("way", way)]
    pairs += [(name, _typed(value, fields.get(name))) for name, value in inputs.items()]
    return "#" + "&".join(f"{name}={quote(text, safe='')}" for name, text in pairs if text)


def plain_inputs(calculation: Calculation) -> dict[str, Any]:
    """Return the inputs as a calculator takes them: numbers in the unit of each field."""
    return {
        name: value.value if isinstance(value, Figure) else value
        for name, value in calculation.inputs.items()
    }


def _choose(form: Form, given: set[str]) -> tuple[str, str]:
    """Return the question and the way that show all that is given and ask for most of it."""

    def fit(choice: tuple[str, str]) -> tuple[int, int, int]:
        fields = form.shown(*choice)
        needed = {name for name, field in fields.items() if field.needed}
        return -len(given - set(fields)), -len(needed - given), len(needed & given)

    return max(form.combinations(), key=fit)


def _typed(value: Value, field: Field | None) -> str:
    """Return a value as somebody would type it into its field."""
    if isinstance(value, bool):
        return "true"
    if isinstance(value, tuple):
        return "x".join(str(item) for item in value)
    if not isinstance(value, Figure):
        return str(value or "")
    if field is not None and field.control in ("share", "rating"):
        return f"{round(100 * value.value, 6):g}{'%' if field.control == 'rating' else ''}"
    if field is not None and any(unit == "million" for unit, _ in field.units):
        for word, size in _LARGE:
            if value.value >= size and value.value % (size / 100) == 0:
                return f"{value.value / size:g} {word}"
    return f"{round_to(value.value, 12)}"
