"""rigwise serve: the chat page in one process."""

from __future__ import annotations

import socket

import click

from assistant.errors import RigwiseError
from assistant.front.terminal.progress import shown_progress
from assistant.settings import load_settings


@click.command("serve")
@click.option("--host", help="Address to listen on; RIGWISE_HOST or 127.0.0.1 if left out.")
@click.option("--port", type=click.IntRange(1, 65535), help="RIGWISE_PORT or 7860 if left out.")
def serve_command(host: str | None, port: int | None) -> None:
    """Serve the chat page."""
    settings = load_settings()
    host, port = host or settings.host, port or settings.port
    _require_free(host, port)
    click.echo("Loading the guide …", err=True)
    # Gradio takes seconds to import: only after the mistakes that can be told at once.
    import uvicorn

    from assistant.assistant import Assistant
    from assistant.front.page.server import build_app

    with shown_progress() as progress:
        assistant = Assistant.load(settings, progress)
    assistant.ask("warm up")
    app = build_app(assistant)
    click.echo(f"Rigwise is ready: http://{host}:{port}", err=True)
    uvicorn.run(app, host=host, port=port, log_level="warning")


def _require_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise RigwiseError(
                f"Cannot listen on {host}:{port} ({error.strerror}). "
                "Choose another with --port, or stop what runs there."
            ) from error
