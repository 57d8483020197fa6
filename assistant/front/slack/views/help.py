"""What the app says about itself, and short sentences of its own."""

from __future__ import annotations

from assistant.front.slack.blocks import context, cut, rows, section
from assistant.front.slack.contract import COMMAND
from assistant.front.slack.mrkdwn import literal
from assistant.front.slack.types import Message
from assistant.front.slack.views.answer import suggestion_buttons

EXAMPLES = (
    "How many watts for four 250 W GPUs and a 150 W CPU?",
    "Is x8 enough for two cards?",
    "Blower or open-air cards for a four GPU box?",
)
FAULT = "This question could not be answered because of a fault on our side. It has been logged."


def help_message() -> Message:
    """Return how to ask, and where."""
    told = (
        "*Rigwise* answers questions about hardware for deep learning from Tim Dettmers’ guide. "
        "Every statement opens the lines it rests on."
    )
    ways = "\n".join(
        [
            f"• `{COMMAND} your question`: an answer that only you see",
            f"• `{COMMAND} public your question`: an answer for the channel",
            "• mention me in a channel, or write me a direct message: I answer in the thread, "
            "and there I also take questions that follow",
        ]
    )
    return Message(
        (section(told), section(ways), *examples_message().blocks), f"Ask with {COMMAND} question"
    )


def unknown_message(word: str) -> Message:
    """Return how to ask, to a command that was no question."""
    told = f"“{literal(cut(word, 100))}” is no question that I can answer."
    return Message((section(told), *help_message().blocks), f"{told} Ask with {COMMAND} question")


def examples_message() -> Message:
    """Return questions to begin with."""
    return Message(
        (section("For example:"), *rows(suggestion_buttons(EXAMPLES))),
        "For example: " + " · ".join(EXAMPLES),
    )


def notice(text: str) -> Message:
    """Return one sentence."""
    return Message((section(literal(text)),), literal(text))


def looking_up(question: str) -> Message:
    """Return what shows at once that a command has arrived."""
    told = f"Looking it up: {literal(question[:200])}"
    return Message((context(f":mag: {told}"),), told)
