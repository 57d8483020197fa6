"""The page's own scripts get a mark that no injected one can know: a nonce for each reply."""

from __future__ import annotations

import gzip
import secrets

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SCRIPT = b"<script"
# Gradio's one link that leaves the path under which a proxy serves the page.
_STRAY = b'href="/manifest.json"'
_IN_SCOPE = "rigwise.nonce"


def nonce_of(scope: Scope) -> str | None:
    """Return the nonce of a reply, if it holds scripts."""
    found: str | None = scope.get(_IN_SCOPE)
    return found


class Nonces:
    """Marks the scripts in HTML that the application sends; the policy allows only those.

    Only what Gradio writes is HTML of a whole page: nothing that a user typed is in it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; where HTML comes back, mark its scripts."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        accepted = Headers(scope=scope).get("accept", "")
        if "text/html" not in accepted:
            await self.app(scope, receive, send)
            return
        await _Marked(scope, send).run(self.app, receive)


class _Marked:
    def __init__(self, scope: Scope, send: Send) -> None:
        self._zip = "gzip" in Headers(scope=scope).get("accept-encoding", "")
        plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        self._outer = scope
        self._scope = {**scope, "headers": plain}
        self._send = send
        self._start: Message | None = None
        self._body = b""

    async def run(self, app: ASGIApp, receive: Receive) -> None:
        await app(self._scope, receive, self._receive_reply)

    async def _receive_reply(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            if not Headers(raw=message["headers"]).get("content-type", "").startswith("text/html"):
                await self._send(message)
                return
            self._start = message
        elif self._start is None:
            await self._send(message)
        else:
            self._body += message.get("body", b"")
            if not message.get("more_body"):
                await self._finish(self._start)

    async def _finish(self, start: Message) -> None:
        nonce = secrets.token_urlsafe(16)
        self._outer[_IN_SCOPE] = nonce
        body = self._body.replace(_SCRIPT, b'%s nonce="%s"' % (_SCRIPT, nonce.encode()))
        body = body.replace(_STRAY, _STRAY.replace(b"/", b"./"))
        headers = MutableHeaders(scope=start)
        if self._zip and body:
            body = gzip.compress(body, 5)
            headers["Content-Encoding"] = "gzip"
        headers.add_vary_header("Accept-Encoding")
        if self._body:
            headers["Content-Length"] = str(len(body))
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body})
