"""What is asked when an answer did not help."""

from __future__ import annotations

import json

from assistant.front.slack import contract
from assistant.front.slack.blocks import TITLE, plain
from assistant.types import Json

BLOCK, INPUT = "reason", "text"
REASON = 2000  # characters
THANKS_UP = "Thank you."


def reason_view(exchange: str) -> Json:
    """Return the modal that asks why an answer did not help."""
    return {
        "type": "modal",
        "callback_id": contract.REASON_VIEW,
        "private_metadata": json.dumps({"e": exchange}),
        "title": plain("What was wrong?", TITLE),
        "submit": plain("Send", TITLE),
        "close": plain("Skip", TITLE),
        "blocks": [
            {
                "type": "input",
                "block_id": BLOCK,
                "label": plain("What did you expect, or what is wrong in the answer?", 200),
                "element": {
                    "type": "plain_text_input",
                    "action_id": INPUT,
                    "multiline": True,
                    "max_length": REASON,
                },
            }
        ],
    }
