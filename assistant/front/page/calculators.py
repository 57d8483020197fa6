"""The calculators' tab: a list, a form for each, and results as soon as something changes.

The forms are plain HTML; assets/calculators.js hands what they hold to the server, and shows the
HTML that comes back.
"""

from __future__ import annotations

from html import escape
from typing import Any

import gradio as gr

from assistant.assistant import Assistant
from assistant.errors import InvalidInput, RigwiseError
from assistant.front.page.calculators_forms import FORMS
from assistant.front.page.calculators_html import calculators_html
from assistant.front.page.calculators_results import problem_html, result_html

FIRST = "psu"
MOST, LONGEST = 40, 2_000  # inputs of a form, characters of one
UNREAD = "This form could not be read. Reload the page: what you typed is kept."
BRIDGE = "window.rwCalculators = server; window.dispatchEvent(new Event('rw:calculators'));"


def add_calculators(assistant: Assistant) -> None:
    """Add the calculators to the tab that is open."""

    def calculate(sent: Any) -> str:  # noqa: ANN401 - whatever a browser sends
        return answer_form(assistant, sent)

    first = answer_form(assistant, _first_form())
    gr.HTML(
        calculators_html(FIRST, first), elem_id="calculators", apply_default_css=False,
        js_on_load=BRIDGE, server_functions=[calculate],
    )  # fmt: skip


def _first_form() -> dict[str, Any]:
    form = FORMS[FIRST]
    fields = form.shown(*next(form.combinations()))
    values = {name: field.value for name, field in fields.items() if field.value}
    return {"calculator": FIRST, "inputs": values}


def answer_form(assistant: Assistant, sent: object) -> str:
    """Return the result of a form, {"calculator": name, "inputs": {name: text}}, as HTML."""
    try:
        name, inputs = read_form(sent)
    except InvalidInput as error:
        return f'<p class="rw-problem problem" role="alert">{escape(str(error))}</p>'
    try:
        return result_html(assistant, assistant.calculate(name, inputs))
    except RigwiseError as error:
        return problem_html(name, error)


def read_form(sent: object) -> tuple[str, dict[str, str]]:
    """Return the calculator and the inputs of a form.

    :raises InvalidInput: it is none of ours.
    """
    name, inputs = (
        (sent.get("calculator"), sent.get("inputs")) if isinstance(sent, dict) else ("", 0)
    )
    if not isinstance(name, str) or name not in FORMS or not isinstance(inputs, dict):
        raise InvalidInput(UNREAD)
    if len(inputs) > MOST or not all(isinstance(text, str) for text in inputs.values()):
        raise InvalidInput(UNREAD)
    for input, text in inputs.items():
        if len(text) > LONGEST:
            field = FORMS[name].field(input)
            raise InvalidInput(
                f"“{field.label if field else input[:40]}” has {len(text):,} characters; at most "
                f"{LONGEST:,} can be read. Shorten it."
            )
    return name, inputs
