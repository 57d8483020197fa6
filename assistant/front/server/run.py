"""The server's process: it listens, says when it is ready, and stops in good order."""

from __future__ import annotations

import socket
from types import FrameType

import click
import uvicorn
from starlette.types import ASGIApp

from assistant.front.server.stopping import Stopping
from assistant.settings import Settings


class _Server(uvicorn.Server):
    """Tells when it listens, and lets go of idle pages when it shall stop."""

    def __init__(self, config: uvicorn.Config, stopping: Stopping, url: str) -> None:
        super().__init__(config)
        self._stopping = stopping
        self._url = url

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            click.echo(f"Rigwise is ready: {self._url}", err=True)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._stopping.begin()
        super().handle_exit(sig, frame)


KEEP_ALIVE = 75  # seconds: longer than a proxy's, or it sends into connections just closed


def run(app: ASGIApp, settings: Settings, patience: int) -> None:
    """Serve until told to stop; then answers in the making get some seconds of patience."""
    stopping = Stopping(app)
    config = uvicorn.Config(
        stopping,
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # FromProxy reads them, after it has looked who sends them
        timeout_graceful_shutdown=patience,
        timeout_keep_alive=KEEP_ALIVE,
    )
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    url = f"http://{host}:{settings.port}{settings.root_path}"
    _Server(config, stopping, url).run()
