"""The whole application: the API and Slack beside the page, behind the guards."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator
from typing import Any

from asgi_correlation_id import CorrelationIdMiddleware
from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.assistant import Assistant
from assistant.front.http.api import build_router
from assistant.front.http.openapi import add_openapi
from assistant.front.http.problems import Refused, add_problems
from assistant.front.http.work import MODEL_AT_ONCE, QUOTES_AT_ONCE, Workers
from assistant.front.server.access import Access, FromProxy
from assistant.front.server.headers import SecurityHeaders
from assistant.front.server.health import build_service_router
from assistant.front.server.metrics import CountedAssistant, count_slack_event
from assistant.front.server.nonces import Nonces
from assistant.front.server.observe import Observe
from assistant.front.server.paths import UnderPath, is_api, is_closed, local_path
from assistant.front.server.rates import RateLimit
from assistant.front.server.sizes import BodyLimit
from assistant.front.slack.app import SlackFront, build_slack
from assistant.settings import Settings
from assistant.state.store import State
from assistant.state.upkeep import keep_for

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")


def build_app(assistant: Assistant, state: State, settings: Settings) -> ASGIApp:
    """Return the application that `rigwise serve` serves.

    :raises SettingsError: keys, passwords or Slack's secrets are not as they must be.
    """
    counted = CountedAssistant(assistant)
    slack = build_slack(counted, state, settings, count_slack_event)
    api = build_api(counted, state, settings, slack)
    page = build_page_app(counted, state)
    return guarded(Parts(api, page), settings)


def build_api(
    assistant: Assistant, state: State, settings: Settings, slack: SlackFront | None = None
) -> FastAPI:
    """Return the API, the health check, the counts, the documentation and Slack's route."""
    workers = Workers(MODEL_AT_ONCE if assistant.model else QUOTES_AT_ONCE, settings.answer_timeout)

    @contextlib.asynccontextmanager
    async def running(_: FastAPI) -> AsyncIterator[None]:
        if slack:
            await asyncio.to_thread(slack.start)
        forgetting = asyncio.create_task(keep_for(state, settings.retention_days))
        try:
            yield
        finally:
            forgetting.cancel()
            if slack:
                await asyncio.to_thread(slack.stop)
            workers.close()

    app = FastAPI(
        title="Rigwise",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        lifespan=running,
    )
    add_problems(app)
    app.include_router(build_router(assistant, state, workers))
    app.include_router(build_service_router(assistant, state))
    if slack:
        app.include_router(slack.router)
    add_openapi(app)
    return app


def build_page_app(assistant: Assistant, state: State) -> FastAPI:
    """Return the chat page as an application of its own."""
    import gradio as gr  # takes seconds
    from starlette.middleware.cors import CORSMiddleware

    from assistant.front.page.app import build_page, page_options

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    # No other website may read the page: without this, Gradio lets all of them.
    app.add_middleware(CORSMiddleware, allow_origins=[])
    blocks = build_page(assistant, state)
    mounted: FastAPI = gr.mount_gradio_app(app, blocks, path="/", **page_options())
    return mounted


def guarded(app: ASGIApp, settings: Settings) -> ASGIApp:
    """Return the application behind its guards, from the inside to the outside."""
    app = BodyLimit(app)
    app = RateLimit(app, settings.rate_limit)
    app = Access(app, settings)
    app = FromProxy(app, settings)
    app = Observe(app)
    app = SecurityHeaders(app)
    app = CorrelationIdMiddleware(app, validator=_is_request_id)
    return UnderPath(app, settings.root_path)


class Parts:
    """Sends each request to the API or to the page; both start and stop together."""

    def __init__(self, api: FastAPI, page: FastAPI) -> None:
        self.api = api
        self.page = Nonces(page)
        api_lifespan = api.router.lifespan_context

        @contextlib.asynccontextmanager
        async def both(app: FastAPI) -> AsyncIterator[Any]:
            async with api_lifespan(app) as state, page.router.lifespan_context(page):
                yield state

        api.router.lifespan_context = both

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http":
            await self.api(scope, receive, send)
            return
        path = local_path(scope)
        if is_api(path):
            await self.api(scope, receive, send)
        elif is_closed(path):
            raise Refused("not-found", "There is nothing here.")
        else:
            await self.page(scope, receive, send)


def _is_request_id(text: str) -> bool:
    return bool(_REQUEST_ID.fullmatch(text))
