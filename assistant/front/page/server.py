"""The web application: the HTTP API, and the page mounted at the root."""

from __future__ import annotations

import gradio as gr
from fastapi import FastAPI

from assistant.assistant import Assistant
from assistant.front.http.api import build_router
from assistant.front.http.problems import add_problems
from assistant.front.page.app import build_page, page_options


def build_app(assistant: Assistant) -> FastAPI:
    """Return the application that serves the API and the page."""
    app = FastAPI(title="Rigwise", docs_url=None, redoc_url=None, openapi_url="/api/openapi.json")
    add_problems(app)
    app.include_router(build_router(assistant))

    @app.get("/health", include_in_schema=False)
    def health() -> dict[str, str]:
        assistant.source(62)
        return {"status": "ready"}

    mounted: FastAPI = gr.mount_gradio_app(app, build_page(assistant), path="/", **page_options())
    return mounted
