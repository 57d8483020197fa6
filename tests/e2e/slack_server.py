"""A server process with the API and Slack: python -m tests.e2e.slack_server PORT LEASE.

As `rigwise serve` but for the page, which takes seconds to load, and for the lease of events.
"""

from __future__ import annotations

import sys

import uvicorn

from assistant.assistant import Assistant
from assistant.front.server.app import build_api, guarded
from assistant.front.slack.app import build_slack
from assistant.settings import load_settings
from assistant.state.store import State


def main() -> None:
    port, lease = int(sys.argv[1]), float(sys.argv[2])
    settings = load_settings()
    assistant = Assistant.load(settings)
    state = State.open(settings)
    slack = build_slack(assistant, state, settings, lease_seconds=lease)
    app = guarded(build_api(assistant, state, settings, slack), settings)
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning", timeout_graceful_shutdown=5)
    state.close()


if __name__ == "__main__":
    main()
