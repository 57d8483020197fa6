"""Slack's Web API, through slack_sdk: connections, failures sorted by what to do next."""

from __future__ import annotations

from http.client import HTTPException
from typing import Literal

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler
from slack_sdk.webhook import WebhookClient

from assistant.errors import RigwiseError
from assistant.front.slack.types import Identity

TIMEOUT = 10  # seconds; well within the lease of an event
BRIEF = 2  # seconds for what the answer must not wait for
RETRY_AFTER = 30.0  # seconds, where Slack does not say

# Slack did not say whether the message was posted.
_UNSURE = {"fatal_error", "internal_error", "request_timeout", "service_unavailable"}
_UNWELCOME_BLOCKS = {
    "invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long",
    "invalid_attachments", "invalid_arguments",
}  # fmt: skip

Cause = Literal["rate_limited", "unsure", "blocks", "refused"]
UNREACHABLE = (OSError, HTTPException)


class SlackUnreachable(RigwiseError):
    """Slack could not be asked who we are; it is asked to send the event again."""


def connect(token: str | None, base_url: str) -> WebClient:
    """Return a client that waits once where Slack limits the rate.

    It has no handler for broken connections: who repeats a post that may have arrived posts twice.
    """
    return WebClient(
        token=token,
        base_url=base_url,
        timeout=TIMEOUT,
        retry_handlers=[RateLimitErrorRetryHandler(max_retry_count=1)],
    )


def connect_briefly(token: str, base_url: str) -> WebClient:
    """Return a client for what may fail: short, and without a second try."""
    return WebClient(token=token, base_url=base_url, timeout=BRIEF, retry_handlers=[])


def connect_webhook(url: str) -> WebhookClient:
    """Return a client for a response_url."""
    return WebhookClient(url, timeout=TIMEOUT, retry_handlers=[])


def identify(client: WebClient) -> Identity:
    """Ask Slack whose token this is.

    :raises SlackUnreachable: Slack does not answer or does not know the token.
    """
    try:
        found = client.auth_test()
    except SlackApiError as error:
        raise SlackUnreachable(
            f"Slack does not accept RIGWISE_SLACK_BOT_TOKEN ({code(error)}): "
            "run rigwise slack doctor."
        ) from error
    except UNREACHABLE as error:
        raise SlackUnreachable("Slack cannot be reached: run rigwise slack doctor.") from error
    return Identity(
        team=found.get("team_id") or "",
        enterprise=found.get("enterprise_id") or "",
        bot_user=found.get("user_id") or "",
        bot=found.get("bot_id") or "",
    )


def code(error: SlackApiError) -> str:
    """Return Slack's short name of an error."""
    told = error.response.get("error") if error.response is not None else None
    return str(told or "no answer that can be read")[:80]


def cause_of(error: SlackApiError) -> Cause:
    """Sort a failure to post: wait, look first, send plain text, or give up."""
    status = getattr(error.response, "status_code", 0)
    name = code(error)
    if status == 429 or name in ("ratelimited", "rate_limited"):
        return "rate_limited"
    if status >= 500 or status == 0 or name in _UNSURE:
        return "unsure"
    return "blocks" if name in _UNWELCOME_BLOCKS else "refused"


def retry_after(headers: object) -> float:
    """Return how many seconds Slack asks to wait."""
    items = headers.items() if hasattr(headers, "items") else ()
    for name, value in items:
        if str(name).lower() == "retry-after":
            told = value[0] if isinstance(value, list) else value
            return float(told) if str(told).isdigit() else RETRY_AFTER
    return RETRY_AFTER
