"""Socket Mode: what Slack sends comes through a websocket that we opened."""

from __future__ import annotations

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk.errors import SlackApiError

from assistant.errors import RigwiseError
from assistant.front.slack.client import UNREACHABLE, code


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
