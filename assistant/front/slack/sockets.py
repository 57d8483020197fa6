"""Socket Mode: what Slack sends comes through a websocket that we opened."""

from __future__ import annotations

import asyncio
import logging
import signal

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk.errors import SlackApiError

from assistant.errors import RigwiseError
from assistant.front.slack.app import SlackFront
from assistant.front.slack.client import UNREACHABLE, code
from assistant.state.store import State
from assistant.state.upkeep import keep_for

log = logging.getLogger("rigwise.slack")


class SocketMode:
    """A connection to Slack that is renewed by itself.

    An envelope is acknowledged only once it is recorded: without that Slack sends it again.
    """

    def __init__(self, bolt: App, app_token: str) -> None:
        self._client = SocketModeHandler(bolt, app_token).client

    def connect(self) -> None:
        """Connect.

        :raises RigwiseError: Slack refuses the token or cannot be reached.
        """
        try:
            self._client.connect()
        except SlackApiError as error:
            raise RigwiseError(
                f"Slack refuses Socket Mode ({code(error)}): run rigwise slack doctor."
            ) from error
        except UNREACHABLE as error:
            raise RigwiseError("Slack cannot be reached: run rigwise slack doctor.") from error

    def close(self) -> None:
        """Disconnect; what is being taken is finished first."""
        self._client.close()


async def answer_until_stopped(
    front: SlackFront, sockets: SocketMode, state: State, retention_days: int | None
) -> None:
    """Answer what comes through a connection until the process is told to stop.

    :raises RigwiseError: Slack refuses the token or cannot be reached.
    """
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: loop.call_soon_threadsafe(stopped.set))
    forgetting = asyncio.create_task(keep_for(state, retention_days))
    await asyncio.to_thread(front.start)
    try:
        await asyncio.to_thread(sockets.connect)
        log.info("answering in slack by socket mode")
        await stopped.wait()
    finally:
        forgetting.cancel()
        await asyncio.to_thread(sockets.close)
        await asyncio.to_thread(front.stop)
