"""How much a request may send."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.front.http.problems import Refused
from assistant.front.server.paths import is_api, local_path
from assistant.front.slack import contract

# A question is refused past 4,000 characters, which JSON may write in 12 bytes each; the rest is
# for the history of a hundred messages.
API_BYTES = 256 * 1024
PAGE_BYTES = 4 * 1024 * 1024  # Gradio sends the whole conversation back


class BodyLimit:
    """Refuses bodies that are too large, told or not."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on while its body stays within the limit."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        most = _most(local_path(scope))
        told = Headers(scope=scope).get("content-length", "0")
        if told.isdecimal() and int(told) > most:
            raise _too_large(most)
        read = 0

        async def limited() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > most:  # what FastAPI passes on while it reads a body
                raise HTTPException(413, str(_too_large(most)))
            return message

        await self.app(scope, limited, send)


def _most(path: str) -> int:
    if path == contract.PATH:
        return contract.LARGEST
    return API_BYTES if is_api(path) else PAGE_BYTES


def _too_large(most: int) -> Refused:
    return Refused("too-large", f"A request may have {most // 1024} KiB at most.")
