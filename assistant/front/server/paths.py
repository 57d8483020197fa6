"""Where a request goes: the path under which the server is reached, and what stands below it."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

API = ("/api", "/health", "/metrics", "/slack")

# What the page needs of Gradio's own interface; the rest (uploads, proxies, monitoring, logins,
# code editing) is closed.
GRADIO_API = "/gradio_api/"
OPEN_GRADIO_API = (
    "component_server",
    "queue/join",
    "queue/data",
    "heartbeat/",
    "cancel",
    "reset",
    "info",
    "startup-events",
    "theme.css",
    "app_id",
    "file=",  # its own assets; page_options blocks every folder else
)
CLOSED = ("/monitoring", "/login", "/logout", "/svelte", "/gradio_api/file/")


class UnderPath:
    """Serves below a path, whether a proxy takes the path off or leaves it on."""

    def __init__(self, app: ASGIApp, root_path: str) -> None:
        self.app = app
        self.root_path = root_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Note the path and pass the request on."""
        if self.root_path and scope["type"] == "http":
            path, raw = scope["path"], scope.get("raw_path") or b""
            prefix = self.root_path
            if path != prefix and not path.startswith(f"{prefix}/"):
                path, raw = prefix + path, prefix.encode() + raw
            scope = {**scope, "root_path": prefix, "path": path, "raw_path": raw}
            if path == prefix:
                scope["path"], scope["raw_path"] = f"{prefix}/", f"{prefix}/".encode()
        await self.app(scope, receive, send)


def local_path(scope: Scope) -> str:
    """Return the path below the one under which the server is reached."""
    path: str = scope["path"]
    return path.removeprefix(scope.get("root_path", ""))


def is_api(path: str) -> bool:
    """Tell whether a local path is not the page's."""
    return any(path == start or path.startswith(f"{start}/") for start in API)


def is_closed(path: str) -> bool:
    """Tell whether a local path is one of Gradio's that the page does not need."""
    if path.startswith(GRADIO_API):
        rest = path.removeprefix(GRADIO_API)
        return not rest.startswith(OPEN_GRADIO_API)
    return any(path == start or path.startswith(f"{start}/") for start in CLOSED)
