"""The chat page: a thin shell over the Assistant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.answering.markdown import escape_markdown
from assistant.assistant import Assistant
from assistant.errors import InvalidInput
from assistant.front.page.forms import add_build_check, add_calculators
from assistant.front.page.views import answer_blocks, source_html
from assistant.types import Turn

ASSETS = Path(__file__).parent / "assets"
EXAMPLES = (
    "How many watts do I need for four 250 W GPUs and a 150 W CPU?",
    "Is x8 enough for two cards?",
    "How much RAM should I buy for a GPU with 24 GB?",
    "Is an external GPU over Thunderbolt any good?",
    "Blower or open-air cards for a four GPU box?",
)
EMPTY_PANEL = (
    '<p class="hint">Click a number in an answer: the lines it rests on open here, '
    "in their place in the guide.</p>"
)
MODE = (
    '<p class="mode"><strong>Quotes mode</strong>: answers are put together from the guide’s own '
    "words, without any language model. Every number opens its source.</p>"
)
TARGET = re.compile(r"#guide-(\d+)-(\d+)-(\d+)(?:\|(.*))?", re.DOTALL)

Message = dict[str, Any]


def build_page(assistant: Assistant) -> gr.Blocks:
    """Return the page; mount it with `page_options`."""
    page: gr.Blocks = gr.Blocks(title="Rigwise", analytics_enabled=False)
    with page:
        gr.Markdown("# Rigwise\nHardware for deep learning, answered from Tim Dettmers’ guide.")
        gr.HTML(MODE)
        with gr.Row(equal_height=False):
            with gr.Column(scale=3, min_width=320), gr.Tabs():
                with gr.Tab("Chat"):
                    chat = gr.Chatbot(
                        label="Conversation", height="58vh", elem_id="chat", layout="panel",
                        placeholder="Ask what to buy, what fits, what it draws, what still holds.",
                        latex_delimiters=[],  # a price in dollars is no formula
                        buttons=["copy", "copy_all"],
                    )  # fmt: skip
                    box = gr.Textbox(
                        label="Your question", placeholder="4x 2080 Ti, what PSU?",
                        elem_id="question", submit_btn="Ask",
                    )  # fmt: skip
                    gr.Examples([[example] for example in EXAMPLES], box, label="For example")
                with gr.Tab("Calculators"):
                    add_calculators(assistant)
                with gr.Tab("Check my build"):
                    add_build_check(assistant)
            with gr.Column(scale=2, min_width=320):
                panel = gr.HTML(EMPTY_PANEL, elem_id="source", label="Source")
        target = gr.Textbox(elem_id="open-source", elem_classes="offscreen", label="Open lines")

        # What was said, as it was said: the chat shows it escaped and with links.
        turns = gr.State(list[Turn]())

        def answer(
            question: str, messages: list[Message], said: list[Turn]
        ) -> Iterator[tuple[str, list[Message], list[Turn]]]:
            asked = [*messages, {"role": "user", "content": escape_markdown(question)}]
            yield "", asked, said
            found = assistant.ask(question, said)
            said = [*said, Turn("user", question), Turn("assistant", found.text)]
            shown = ""
            for block in answer_blocks(found):
                shown = f"{shown}\n\n{block}".strip()
                yield "", [*asked, {"role": "assistant", "content": shown}], said

        box.submit(answer, [box, chat, turns], [box, chat, turns], api_visibility="private",
                   concurrency_limit=None)  # fmt: skip
        chat.clear(lambda: [], None, turns, api_visibility="private")
        target.change(lambda link: open_source(assistant, link), target, panel,
                     api_visibility="private", concurrency_limit=None)  # fmt: skip
    return page


def open_source(assistant: Assistant, link: str) -> str:
    """Return the source panel for a citation's link, with its quote where one follows."""
    found = TARGET.match(link)
    if not found:
        return EMPTY_PANEL
    try:
        view = assistant.source(int(found.group(1)))
    except InvalidInput as error:
        return f'<p class="hint">{error}</p>'
    return source_html(view, found.group(4) or "")


def page_options() -> dict[str, Any]:
    """Return what mounting the page needs: its style and script, and no file access."""
    return {
        "css": (ASSETS / "page.css").read_text("utf-8"),
        "head": f"<script>{(ASSETS / 'page.js').read_text('utf-8')}</script>",
        "allowed_paths": [],
        "blocked_paths": ["/"],
        "footer_links": [],
    }
