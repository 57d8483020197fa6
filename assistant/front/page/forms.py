"""The calculators and the build check as tabs of the page."""

from __future__ import annotations

from functools import partial
from html import escape
from typing import Any

import gradio as gr

from assistant.assistant import Assistant
from assistant.errors import RigwiseError
from assistant.front.page.views import calculation_html, report_html

# Filled in when a tab opens, so that the first result is one click away.
EXAMPLES: dict[str, dict[str, str]] = {
    "psu": {"gpu": "4x RTX 2080 Ti", "cpu_watts": "150"},
    "pcie_transfer": {"shape": "32x3x224x224", "lanes": "8", "step_time": "216"},
    "cpu_threads": {"gpus": "4", "strategy": "while_training"},
    "ram": {"gpu": "Titan RTX"},
    "energy_cost": {"power": "1000", "duration": "2 weeks", "price": "0.2", "efficiency": "0.8"},
    "disk_read": {"shape": "32x3x224x224", "drive": "hdd", "step_time": "200"},
    "gradient_sync": {"parameters": "25000000", "gpus": "4", "lanes": "8"},
    "slots_and_lanes": {"gpus": "4", "cpu_lanes": "40"},
    "cooling": {"gpus": "4", "spacing": "adjacent", "fan": "open"},
    "buy_or_rent": {"price": "3000", "rent": "0.9"},
    "video_streams": {"streams": "9", "from_height": "720", "from_fps": "15", "to_height": "720",
                      "to_fps": "3"},
    "model_memory": {"parameters": "25000000", "optimizer": "adam", "gpu": "RTX 2080 Ti"},
}  # fmt: skip
BUILD = "4x RTX 2080 Ti\nIntel i9-9900K\n32 GB RAM\n1600 W PSU"


def add_calculators(assistant: Assistant) -> None:
    """Add a form for each calculator to the tab that is open."""
    for name, about in assistant.calculators().items():
        with gr.Accordion(about["title"], open=name == "psu", elem_id=f"calc-{name}"):
            gr.Markdown(about["summary"])
            with gr.Row():
                fields = [
                    gr.Textbox(
                        label=field.replace("_", " "),
                        info=schema.get("description", ""),
                        value=EXAMPLES[name].get(field, ""),
                        min_width=220,
                    )
                    for field, schema in about["inputs"]["properties"].items()
                ]
            button = gr.Button("Calculate", variant="primary")
            result = gr.HTML(elem_id=f"result-{name}")
            names = list(about["inputs"]["properties"])

            def run(*values: str, name: str = name, names: list[str] = names) -> str:
                return calculate(assistant, name, dict(zip(names, values, strict=True)))

            gr.on(
                [button.click, *(field.submit for field in fields)],
                run, fields, result, api_visibility="private", concurrency_limit=None,
            )  # fmt: skip


def calculate(assistant: Assistant, name: str, typed: dict[str, str]) -> str:
    """Return the result of a form as HTML; empty fields are left out."""
    inputs = {field: as_value(text) for field, text in typed.items() if text.strip()}
    try:
        return calculation_html(assistant.calculate(name, inputs), with_steps=True)
    except RigwiseError as error:
        return problem_html(error)


def as_value(text: str) -> Any:  # noqa: ANN401 - a bool or the text itself
    """Return yes and no as booleans; all else as typed, for the calculator to read."""
    return {"yes": True, "true": True, "no": False, "false": False}.get(text.strip().lower(), text)


def add_build_check(assistant: Assistant) -> None:
    """Add the build check to the tab that is open."""
    gr.Markdown("Paste a part list as you would post it, one part a line, or a sentence.")
    box = gr.Textbox(label="Your build", value=BUILD, lines=8, elem_id="build")
    button = gr.Button("Check my build", variant="primary", elem_id="check-build")
    report = gr.HTML(elem_id="report")
    button.click(
        partial(check, assistant), box, report, api_visibility="private",
        concurrency_limit=None,
    )  # fmt: skip


def check(assistant: Assistant, text: str) -> str:
    """Return the report of a build as HTML."""
    try:
        return report_html(assistant.check(text))
    except RigwiseError as error:
        return problem_html(error)


def problem_html(error: RigwiseError) -> str:
    """Return an error as one clear sentence."""
    return f'<p class="problem" role="alert">{escape(str(error))}</p>'
