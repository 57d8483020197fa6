"""The Request URL: what is signed goes to Bolt, and is answered within three seconds."""

from __future__ import annotations

import asyncio
import logging

from fastapi import APIRouter, Request
from slack_bolt import App, BoltRequest
from slack_bolt.adapter.starlette.handler import to_bolt_request, to_starlette_response
from slack_sdk.signature import SignatureVerifier
from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse, Response

from assistant.front.slack.contract import LARGEST, PATH
from assistant.front.slack.payloads import is_sound

DEADLINE = 2.5  # seconds; Slack waits for three

log = logging.getLogger("rigwise.slack")


def build_routes(bolt: App, secret: str | None) -> APIRouter:
    """Return the route of the Request URL; without a signing secret it takes nothing."""
    router = APIRouter()
    verifier = SignatureVerifier(secret) if secret else None

    @router.post(PATH, include_in_schema=False)
    async def take(request: Request) -> Response:
        if verifier is None:
            return PlainTextResponse("RIGWISE_SLACK_SIGNING_SECRET is not set.", 404)
        body = await _read(request)
        if body is None:
            return PlainTextResponse("The request is too large.", 413)
        if not (_is_signed(verifier, body, request) or _is_ssl_check(body)):
            return PlainTextResponse("The signature does not match.", 401)
        asked = _parse(request, body)
        if asked is None:
            return PlainTextResponse("The body cannot be read.", 400)
        try:
            answer = await asyncio.wait_for(run_in_threadpool(bolt.dispatch, asked), DEADLINE)
        except TimeoutError:
            # It goes on; if it records the event after all, Slack's next delivery changes nothing.
            log.warning("slack event not taken in %.1f s", DEADLINE)
            return PlainTextResponse("Too slow: send it again.", 503)
        return to_starlette_response(answer)

    return router


async def _read(request: Request) -> bytes | None:
    """Return the body; None if it is too large."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            return None
    return bytes(body)


def _parse(request: Request, body: bytes) -> BoltRequest | None:
    """Return what Bolt reads; None for what it could not, for it takes every field on trust."""
    try:
        asked = to_bolt_request(request, body)
    except (ValueError, RecursionError, TypeError, AttributeError, LookupError):
        return None
    return asked if is_sound(asked.body) else None


def _is_signed(verifier: SignatureVerifier, body: bytes, request: Request) -> bool:
    """Tell whether the body is Slack's, by its raw bytes, and not older than five minutes."""
    try:
        return verifier.is_valid_request(body, dict(request.headers))
    except (ValueError, OverflowError, TypeError):
        # A timestamp that is no number, a body that is no text, a signature that is not ASCII.
        return False


def _is_ssl_check(body: bytes) -> bool:
    """Tell whether Slack only looks at our certificate; Bolt answers that with nothing."""
    return len(body) < 1000 and b"ssl_check=1" in body.split(b"&")
