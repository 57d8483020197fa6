"""What is missing for Slack, and what to do about it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from assistant.errors import RigwiseError
from assistant.front.slack.client import UNREACHABLE, code, connect_briefly
from assistant.front.slack.contract import APP_SCOPE, PATH, SCOPES
from assistant.settings import Settings
from assistant.state.store import State

SKEW = 120.0  # seconds; Slack's signatures are refused from 300 on


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: whether it is right, and otherwise what to do."""

    about: str
    fine: bool
    told: str


def examine(settings: Settings) -> Iterator[Finding]:
    """Look at everything that answering in Slack needs, one after the other."""
    bot = settings.read_slack_bot_token()
    secret = settings.read_slack_signing_secret()
    app = settings.read_slack_app_token()
    yield from _examine_bot(settings, bot)
    yield from _examine_ways(settings, secret, app)
    yield _examine_database(settings)


def _examine_bot(settings: Settings, token: str | None) -> Iterator[Finding]:
    if not token:
        yield Finding(
            "bot token",
            False,
            "set RIGWISE_SLACK_BOT_TOKEN: your app's OAuth & Permissions, Bot User OAuth Token",
        )
        return
    if not token.startswith("xoxb-"):
        yield Finding("bot token", False, "a bot token begins with xoxb-: this one does not")
        return
    host = urlsplit(settings.slack_api_url).hostname
    answer = _ask(connect_briefly(token, settings.slack_api_url), WebClient.auth_test)
    if answer is None:
        yield Finding("reaching Slack", False, f"{host} cannot be reached: see network and proxy")
        return
    yield Finding("reaching Slack", True, str(host))
    if isinstance(answer, str):
        yield Finding(
            "bot token", False, f"Slack says {answer}: install the app again and copy its token"
        )
        return
    team, user = answer.get("team"), answer.get("user")
    yield Finding("bot token", True, f"workspace {team} ({answer.get('team_id')}), bot {user}")
    yield _examine_scopes(answer)
    yield _examine_clock(answer)


def _examine_scopes(answer: SlackResponse) -> Finding:
    granted = set(_header(answer, "x-oauth-scopes").replace(" ", "").split(","))
    missing = [f"{scope} ({why})" for scope, why in SCOPES.items() if scope not in granted]
    if missing:
        told = f"{', '.join(missing)}: add under OAuth & Permissions and install the app again"
        return Finding("scopes", False, told)
    return Finding("scopes", True, f"all {len(SCOPES)} are granted")


def _examine_clock(answer: SlackResponse) -> Finding:
    try:
        theirs = parsedate_to_datetime(_header(answer, "date")).timestamp()
    except (ValueError, TypeError):
        return Finding("clock", True, "Slack did not tell the time: not compared")
    skew = abs(time.time() - theirs)
    if skew > SKEW:
        return Finding(
            "clock", False, f"{skew:.0f} s off Slack's: set it, or requests will be refused"
        )
    return Finding("clock", True, "agrees with Slack's")


def _examine_ways(settings: Settings, secret: str | None, app: str | None) -> Iterator[Finding]:
    """Look at the ways in: a Request URL, Socket Mode, or both."""
    if not (secret or app):
        yield Finding(
            "way in",
            False,
            "set RIGWISE_SLACK_SIGNING_SECRET (Basic Information; for rigwise serve) or "
            f"RIGWISE_SLACK_APP_TOKEN (Basic Information, App-Level Tokens, {APP_SCOPE}; "
            "for rigwise slack)",
        )
    if secret:
        right = len(secret) >= 16 and not secret.startswith(("xox", "xapp"))
        told = (
            f"set; the Request URL is https://YOUR-HOST{settings.root_path}{PATH}"
            if right
            else "this is no signing secret: copy it from Basic Information"
        )
        yield Finding("signing secret", right, told)
    if app:
        yield _examine_app_token(settings, app)


def _examine_app_token(settings: Settings, token: str) -> Finding:
    client = connect_briefly(token, settings.slack_api_url)
    answer = _ask(client, lambda it: it.apps_connections_open(app_token=token))
    if answer is None:
        return Finding("app token", False, "Slack cannot be reached")
    if isinstance(answer, str):
        return Finding(
            "app token",
            False,
            f"Slack says {answer}: switch Socket Mode on, and make an app-level token with "
            f"{APP_SCOPE}",
        )
    return Finding("app token", True, "Socket Mode can connect")


def _examine_database(settings: Settings) -> Finding:
    try:
        state = State.open(settings)
    except RigwiseError as error:
        return Finding("database", False, str(error))
    try:
        state.ping()
    except RigwiseError as error:
        return Finding("database", False, str(error))
    finally:
        state.close()
    return Finding("database", True, "answers")


def _ask(
    client: WebClient, call: Callable[[WebClient], SlackResponse]
) -> SlackResponse | str | None:
    """Return Slack's answer, the name of its error, or None where it cannot be reached."""
    try:
        return call(client)
    except SlackApiError as error:
        return code(error)
    except UNREACHABLE:
        return None


def _header(answer: SlackResponse, wanted: str) -> str:
    for name, value in answer.headers.items():
        if name.lower() == wanted:
            return str(value[0] if isinstance(value, list) else value)
    return ""
