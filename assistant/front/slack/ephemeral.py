"""What is said to one person alone."""

from __future__ import annotations

import logging

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from assistant.front.slack.client import UNREACHABLE, code, connect_webhook
from assistant.front.slack.payloads import Body, carried_by, channel_of, id_of, part_of
from assistant.front.slack.types import channel_in

log = logging.getLogger("rigwise.slack")


class Ephemeral:
    """Says something to who clicked, and to nobody else."""

    def __init__(self, client: WebClient) -> None:
        self._client = client

    def say(self, body: Body, text: str) -> None:
        """Say it where the click was; in a modal, which has no such place, in the channel."""
        thread = id_of(part_of(body, "container").get("thread_ts"))
        try:
            if body.get("response_url"):
                self._respond(body["response_url"], text, thread)
                return
            channel = channel_of(body) or channel_in(str(carried_by(body).get("c") or ""))
            user = id_of(part_of(body, "user").get("id"))
            if channel and user:
                self._client.chat_postEphemeral(
                    channel=channel, user=user, text=text, thread_ts=thread or None
                )
        except SlackApiError as error:
            log.warning("slack does not pass on what a person should know (%s)", code(error))
        except UNREACHABLE as error:
            log.warning("slack cannot pass on what a person should know: %s", error)

    def _respond(self, url: str, text: str, thread: str) -> None:
        told = {"text": text, "response_type": "ephemeral", "replace_original": False}
        answer = connect_webhook(url).send_dict(
            {**told, **({"thread_ts": thread} if thread else {})}
        )
        if answer.status_code != 200:
            log.warning("slack takes no response to a click (HTTP %d)", answer.status_code)
