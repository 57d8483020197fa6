"""The page: a thin shell over the Assistant, its views in tabs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import gradio as gr

from assistant.assistant import Assistant
from assistant.errors import InvalidInput, RigwiseError
from assistant.front.page.build import add_build_check
from assistant.front.page.calculators import add_calculators
from assistant.front.page.chat import Chat
from assistant.front.page.guide import add_guide
from assistant.front.page.owners import owner_of
from assistant.front.page.shell import (
    chat_html,
    composer_html,
    header_html,
    history_html,
    panel_html,
)
from assistant.settings import load_settings
from assistant.state.store import State
from assistant.types import Json

ASSETS = Path(__file__).parent / "assets"
FONTS = ("system-ui", "sans-serif")
# Hands the functions of the server to assets/chat.js.
BRIDGE = "window.rwServer = server; window.dispatchEvent(new Event('rw:server'));"


def build_page(assistant: Assistant, state: State | None = None) -> gr.Blocks:
    """Return the page; mount it with `page_options`. Without a state nothing is saved."""
    page: gr.Blocks = gr.Blocks(title="Rigwise", analytics_enabled=False)
    with page:
        _fixed(header_html(load_settings().model if assistant.model else ""), "rw-top")
        with gr.Tabs(elem_id="rw-views"):
            with gr.Tab("Chat", elem_id="rw-chat"):
                _fixed(history_html(), "rw-side")
                _fixed(chat_html(assistant.corpus), "chat")
                _fixed(composer_html(), "rw-foot")
            with gr.Tab("Calculators", elem_id="rw-calculators"):
                add_calculators(assistant)
            with gr.Tab("Check my build", elem_id="rw-build"):
                add_build_check(assistant)
            with gr.Tab("The guide", elem_id="rw-guide"):
                add_guide(assistant)
        _fixed(panel_html(), "source")
        _add_bridge(Chat(assistant, state))
    return page


def _fixed(html: str, id: str) -> None:
    """Add HTML that only our script changes."""
    gr.HTML(html, elem_id=id, js_on_load=None, apply_default_css=False)


def _add_bridge(chat: Chat) -> None:
    """Give the script two functions to call, without a queue: it can tell when a call fails."""

    def call(sent: object, request: gr.Request) -> Json:
        try:
            asked = read_call(sent)
            return chat.call(_owner(asked, request), asked)
        except RigwiseError as error:
            return {"problem": str(error)}

    async def follow(sent: object, request: gr.Request) -> Json:
        try:
            asked = read_call(sent)
            return await chat.follow(_owner(asked, request), asked)
        except RigwiseError as error:
            return {"problem": str(error)}

    gr.HTML("", elem_id="rw-bridge", js_on_load=BRIDGE, server_functions=[call, follow])


def read_call(sent: object) -> Json:
    """Return what a browser sent.

    :raises InvalidInput: it is no object.
    """
    if not isinstance(sent, dict):
        raise InvalidInput('Send an object with an action, such as {"action": "history"}.')
    return sent


def _owner(sent: Json, request: gr.Request) -> str:
    """Return whose conversations are meant; the server puts the user that it knows in the state."""
    # Gradio hands server functions the bare request of the web framework.
    user = getattr(getattr(request, "state", None), "user", None)
    return owner_of(user or getattr(request, "username", None), sent.get("owner"))


def page_options() -> dict[str, Any]:
    """Return what mounting the page needs: its style and script, and no file access."""
    return {
        "head": f"<style>{_together('css')}</style>",
        # Not a script of the head, which the page's security policy would refuse.
        "js": f"() => {{\n{_together('js')}\n}}",
        # Named by hand, so that no font is looked for anywhere.
        "theme": gr.themes.Base(font=FONTS, font_mono=("ui-monospace", "monospace")),
        "allowed_paths": [],
        "blocked_paths": ["/"],
        "footer_links": [],
        "run_history": False,
    }


def _together(suffix: str) -> str:
    """Return all assets of a kind, the shared page.* first."""
    files = sorted(ASSETS.glob(f"*.{suffix}"), key=lambda path: (path.stem != "page", path.name))
    texts = [path.read_text("utf-8") for path in files]
    return "\n".join(f"(() => {{\n{text}\n}})();" if suffix == "js" else text for text in texts)
