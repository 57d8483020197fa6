"""rigwise serve: the page, the HTTP API and Slack in one process."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import click

from assistant.errors import RigwiseError, SettingsError
from assistant.front.loading import loading
from assistant.front.terminal.progress import shown_progress
from assistant.settings import Settings, load_settings

if TYPE_CHECKING:
    from assistant.assistant import Assistant

STOPPING = 15  # seconds that answers in the making get when the server is told to stop

# The first answer loads the encoder, the first calculation its units: not at a person's expense.
WARM_UP = ("Is x8 enough for two cards?", "How many watts for four 250 W GPUs?")


@click.command("serve")
@click.option("--host", help="Address to listen on; RIGWISE_HOST or 127.0.0.1 if left out.")
@click.option("--port", type=click.IntRange(1, 65535), help="RIGWISE_PORT or 7860 if left out.")
@click.option("--root-path", help="Path under which a proxy serves it; RIGWISE_ROOT_PATH.")
def serve_command(host: str | None, port: int | None, root_path: str | None) -> None:
    """Serve the chat page, the HTTP API and Slack."""
    settings = _with_options(load_settings(), host, port, root_path)
    _require_authentication(settings)
    _require_free(settings.host, settings.port)
    click.echo("Loading the guide …", err=True)
    with loading():
        # Gradio takes seconds to import: only after the mistakes that can be told at once.
        from assistant.front.server.app import build_app
        from assistant.front.server.run import run
        from assistant.logs import configure_logs
        from assistant.state.store import State

    configure_logs(settings)
    state = State.open(settings)
    try:
        with loading():
            app = build_app(_load(settings), state, settings)
        run(app, settings, STOPPING)
    finally:
        state.close()


def _load(settings: Settings) -> Assistant:
    """Load the assistant and let it answer once, so that nobody waits for what answering loads."""
    from assistant.assistant import Assistant

    with shown_progress() as progress:
        assistant = Assistant.load(settings, progress)
    without_model = Assistant(assistant.corpus, assistant.index)
    for question in WARM_UP:
        without_model.ask(question)
    return assistant


def _with_options(
    settings: Settings, host: str | None, port: int | None, root_path: str | None
) -> Settings:
    given = {"host": host, "port": port, "root_path": root_path}
    changed = {name: value for name, value in given.items() if value is not None}
    try:
        # What was set stays set, and the options are checked like the variables.
        return Settings(**{**settings.model_dump(exclude_unset=True), **changed})
    except ValueError as error:
        raise click.BadParameter(
            "write a path, such as /rigwise", param_hint="--root-path"
        ) from error


def _require_authentication(settings: Settings) -> None:
    """Refuse to listen where strangers can reach us unless somebody is asked who they are."""
    from assistant.front.server.credentials import Credentials, is_loopback

    asked_for = Credentials.read(settings).asked_for
    if not asked_for and not is_loopback(settings.host):
        raise SettingsError(
            f"{settings.host} can be reached from other machines: set RIGWISE_API_KEYS for "
            "programs, RIGWISE_USERS for people, or RIGWISE_TRUST_PROXY_USER behind a proxy that "
            "signs them in."
        )


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
