"""Headers that tell a browser what a reply may do."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.front.server.nonces import nonce_of
from assistant.front.server.paths import is_api, local_path

_NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
# The documentation has one style sheet inside and no script.
API_POLICY = f"{_NOTHING}; style-src 'unsafe-inline'"
# Gradio styles its parts by attributes and by style sheets inside the page ('unsafe-inline'), and
# makes functions of the templates of its HTML parts ('unsafe-eval'). Scripts inside the page need
# no such leave: they carry a nonce.
PAGE_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'{nonce} 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "media-src 'self' blob:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-src 'none'",
        "frame-ancestors 'none'",
    )
)
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",  # browsers that do not know frame-ancestors
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
# Files of Gradio whose names hold a hash of what is in them.
_LASTING = ("/assets/", "/static/")


def page_policy(nonce: str | None) -> str:
    """Return the policy of the page, whose own scripts carry a nonce."""
    return PAGE_POLICY.replace("{nonce}", f" 'nonce-{nonce}'" if nonce else "")


class SecurityHeaders:
    """Adds the headers to every reply."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the reply with the headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = local_path(scope)

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(ALWAYS)
                headers["Content-Security-Policy"] = (
                    API_POLICY if is_api(path) else page_policy(nonce_of(scope))
                )
                if not path.startswith(_LASTING):
                    headers["Cache-Control"] = "no-store"
            await send(message)

        await self.app(scope, receive, with_headers)
