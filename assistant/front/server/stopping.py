"""Letting go of connections that only keep a page alive, when the server stops."""

from __future__ import annotations

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.front.server.paths import GRADIO_API

_KEPT_OPEN = f"{GRADIO_API}heartbeat/"


class Stopping:
    """Tells the page's heartbeats that their clients have gone, once the server stops."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._begun = asyncio.Event()

    def begin(self) -> None:
        """Let them go; the signal handler calls it."""
        self._begun.set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; a heartbeat ends when the server stops."""
        if scope["type"] != "http" or _KEPT_OPEN not in scope["path"]:
            await self.app(scope, receive, send)
            return

        async def until_stop() -> Message:
            if self._begun.is_set():
                return {"type": "http.disconnect"}
            told = asyncio.ensure_future(receive())
            stop = asyncio.ensure_future(self._begun.wait())
            waiting: set[asyncio.Future[object]] = {told, stop}  # type: ignore[arg-type]
            try:
                await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
                return told.result() if told.done() else {"type": "http.disconnect"}
            finally:
                stop.cancel()
                told.cancel()

        await self.app(scope, until_stop, send)
