"""What the app asks of Slack: the manifest, the doctor and the code all read it here."""

from __future__ import annotations

import re

PATH = "/slack/events"  # the one Request URL: events, commands and interactivity
COMMAND = "/hardware"
# Bytes of a request. A message of 40,000 characters comes twice, as text and as blocks, and JSON
# may write each character in 12 bytes.
LARGEST = 2_000_000

# Each scope of the bot token, with what it is for.
SCOPES = {
    "app_mentions:read": "to hear a mention",
    "channels:history": "to read the threads it answers in, in public channels",
    "chat:write": "to answer, and to show that it is looking something up",
    "commands": f"for {COMMAND}",
    "groups:history": "to read the threads it answers in, in private channels",
    "im:history": "to hear direct messages",
    "mpim:history": "to read the threads it answers in, in group messages",
}
APP_SCOPE = "connections:write"  # of the app-level token, for Socket Mode alone
EVENTS = ("app_mention", "message.channels", "message.groups", "message.im", "message.mpim")

# Ids of what can be clicked; a block's ids must differ, so those that repeat end in a number.
SOURCE = re.compile(r"source-\d+")
SUGGESTION = re.compile(r"suggestion-\d+")
MORE = "more"
UP = "feedback-up"
DOWN = "feedback-down"
REASON_VIEW = "feedback-reason"
SOURCE_VIEW = "source"
MORE_VIEW = "more"

METADATA = "rigwise_answer"  # the type of the metadata that an answer carries
