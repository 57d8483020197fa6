"""A line of log and a count for each request; what nobody else catches becomes a problem."""

from __future__ import annotations

import time

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.front.http.client import client_of
from assistant.front.http.problems import CLIENT_GONE, response_to
from assistant.front.server.metrics import IN_PROGRESS, REQUESTS, SECONDS
from assistant.front.server.paths import is_api, local_path
from assistant.logs import get_logger

_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
_LOG = get_logger("rigwise.requests")


class Observe:
    """Watches requests from the outside. Paths and queries may hold words: routes are told."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; whatever happens, something answers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status = 0
        start = time.perf_counter()

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        IN_PROGRESS.inc()
        try:
            await self.app(scope, receive, noting)
        except ClientDisconnect:
            status = status or CLIENT_GONE
        except Exception as error:  # the last who can tell the client
            # Where FastAPI has sent the problem and raises the error again, it is in the log.
            if not status:
                await response_to(error)(scope, receive, noting)
        finally:
            IN_PROGRESS.dec()
            _tell(scope, status or CLIENT_GONE, time.perf_counter() - start)


def _tell(scope: Scope, status: int, seconds: float) -> None:
    method = scope["method"] if scope["method"] in _METHODS else "other"
    route = _route(scope)
    REQUESTS.labels(method, route, str(status)).inc()
    SECONDS.labels(route).observe(seconds)
    level = _LOG.debug if route == "page" or route == "/health" else _LOG.info
    level(
        "request",
        method=method,
        route=route,
        status=status,
        ms=round(1000 * seconds, 1),
        client=client_of(scope).rate_key,
    )


def _route(scope: Scope) -> str:
    """Return the pattern of a route; the page's many files are one."""
    if not is_api(local_path(scope)):
        return "page"
    path: str | None = getattr(scope.get("route"), "path", None)
    return path or "unknown"
