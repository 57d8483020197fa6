"""How often a client may ask, counted by the limits library in this process."""

from __future__ import annotations

import math
import time

from limits import RateLimitItem, parse_many
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.front.http.client import client_of
from assistant.front.http.problems import Refused
from assistant.front.server.paths import GRADIO_API, local_path

PAGE_CALLS = 10  # of the page for one question: it follows the answer as it grows
FAILED_ATTEMPTS = "10/minute"  # wrong keys and passwords from one address


class Rates:
    """Counts what each key does against some limits."""

    def __init__(self, limits: str, times: int = 1) -> None:
        self._limits: list[RateLimitItem] = [
            type(limit)(times * limit.amount, limit.multiples, limit.namespace)
            for limit in (parse_many(limits) if limits else [])
        ]
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def count(self, key: str) -> None:
        """Count one more.

        :raises Refused: it is one too many.
        """
        for limit in self._limits:
            if not self._limiter.hit(limit, key):
                raise self._refusal(limit, key)

    def require_room(self, key: str) -> None:
        """Count nothing.

        :raises Refused: one more would be too many.
        """
        for limit in self._limits:
            if not self._limiter.test(limit, key):
                raise self._refusal(limit, key)

    def _refusal(self, limit: RateLimitItem, key: str) -> Refused:
        reset = self._limiter.get_window_stats(limit, key).reset_time
        seconds = max(1, math.ceil(reset - time.time()))
        detail = f"More than {limit}; try again in {seconds} s."
        return Refused("rate-limited", detail, {"Retry-After": str(seconds)})


class RateLimit:
    """Holds every client to the limit in what costs work: the API, and the page's questions."""

    def __init__(self, app: ASGIApp, limits: str) -> None:
        self.app = app
        self._api = Rates(limits)
        self._page = Rates(limits, PAGE_CALLS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count the request and pass it on."""
        if scope["type"] == "http":
            client = client_of(scope)
            rates = self._rates_of(scope["method"], local_path(scope))
            # Whoever sits at the machine itself, where no keys are asked for, is not counted.
            if rates and client.kind != "local":
                rates.count(client.rate_key)
        await self.app(scope, receive, send)

    def _rates_of(self, method: str, path: str) -> Rates | None:
        if path.startswith("/api/v1/"):
            return self._api
        return self._page if method == "POST" and path.startswith(GRADIO_API) else None
