"""Check my build: a list pasted or picked, its verdicts, a link to it, paper and Markdown.

assets/build.js hands the text to the server and shows the report that comes back.
"""

from __future__ import annotations

from datetime import date
from html import escape
from typing import Any

import gradio as gr

from assistant.assistant import Assistant
from assistant.errors import RigwiseError
from assistant.front.page.build_picker import build_html
from assistant.front.page.build_report import report_html

UNREAD = "The list could not be read. Reload the page: what you typed is kept."
BRIDGE = "window.rwBuild = server; window.dispatchEvent(new Event('rw:build'));"


def add_build_check(assistant: Assistant) -> None:
    """Add the build check to the tab that is open."""

    def check(sent: Any) -> str:  # noqa: ANN401 - whatever a browser sends
        return answer_build(assistant, sent)

    gr.HTML(
        build_html(), elem_id="build-check", apply_default_css=False, js_on_load=BRIDGE,
        server_functions=[check],
    )  # fmt: skip


def answer_build(assistant: Assistant, sent: object) -> str:
    """Return the report on a build, {"text": …}, or one line that says what is wrong with it."""
    text = sent.get("text") if isinstance(sent, dict) else None
    if not isinstance(text, str):
        return problem_html(UNREAD)
    try:
        report = assistant.check(text)
    except RigwiseError as error:
        return problem_html(str(error))
    return report_html(assistant, report, text, date.today())


def problem_html(message: str) -> str:
    """Return what is wrong as one line."""
    return f'<p class="rw-problem problem" role="alert">{escape(message)}</p>'
