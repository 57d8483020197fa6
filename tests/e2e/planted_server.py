"""A server process whose guide holds hostile comments: python -m tests.e2e.planted_server PORT."""

from __future__ import annotations

import sys

import uvicorn

from assistant.assistant import Assistant
from assistant.front.server.app import build_app
from assistant.settings import load_settings
from assistant.state.store import State
from tests.planted import plant


def main() -> None:
    settings = load_settings()
    state = State.open(settings)
    with plant(Assistant.load(settings), settings.data_dir / "index") as assistant:
        app = build_app(assistant, state, settings)
        uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="warning")
    state.close()


if __name__ == "__main__":
    main()
