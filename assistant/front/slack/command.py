"""rigwise slack: Socket Mode, and a look at what is missing."""

from __future__ import annotations

import asyncio
import sys

import click

from assistant.assistant import Assistant
from assistant.errors import SettingsError
from assistant.front.terminal.progress import shown_progress
from assistant.settings import load_settings

SIGNS = {True: "ok     ", False: "missing"}


@click.group("slack", invoke_without_command=True)
@click.pass_context
def slack_group(context: click.Context) -> None:
    """Answer in Slack by Socket Mode, which needs no public address.

    With a public address, rigwise serve takes what Slack sends to its Request URL instead.
    """
    if context.invoked_subcommand is None:
        run_socket_mode()


@slack_group.command("doctor")
def doctor_command() -> None:
    """Check tokens, scopes, reachability, clock and database; status 1 if something is missing."""
    from assistant.front.slack.doctor import examine

    missing = 0
    for finding in examine(load_settings()):
        missing += not finding.fine
        click.echo(f"{SIGNS[finding.fine]}  {finding.about}: {finding.told}")
    if missing:
        sys.exit(1)


def run_socket_mode() -> None:
    """Answer until told to stop.

    :raises SettingsError: a token is missing.
    """
    settings = load_settings()
    app_token = settings.read_slack_app_token()
    if not app_token:
        raise SettingsError(
            "RIGWISE_SLACK_APP_TOKEN is missing: Socket Mode needs it; run rigwise slack doctor."
        )
    # Slack's libraries are imported here and by the server alone: the terminal answers without.
    from assistant.front.slack.app import build_slack
    from assistant.front.slack.sockets import SocketMode, answer_until_stopped
    from assistant.logs import configure_logs
    from assistant.state.store import State

    configure_logs(settings)
    state = State.open(settings)
    try:
        click.echo("Loading the guide …", err=True)
        with shown_progress() as progress:
            assistant = Assistant.load(settings, progress)
        front = build_slack(assistant, state, settings)
        if front is None:
            raise AssertionError("an app token is set")
        sockets = SocketMode(front.bolt, app_token)
        asyncio.run(answer_until_stopped(front, sockets, state, settings.retention_days))
    finally:
        state.close()
