"""The web application: the page mounted at the root."""

from __future__ import annotations

import gradio as gr
from fastapi import FastAPI

from assistant.assistant import Assistant
from assistant.front.page.app import build_page, page_options


def build_app(assistant: Assistant) -> FastAPI:
    """Return the application that serves the page."""
    app = FastAPI(title="Rigwise", docs_url=None, redoc_url=None, openapi_url=None)
    page = build_page(assistant)
    mounted: FastAPI = gr.mount_gradio_app(app, page, path="/", **page_options())
    return mounted
