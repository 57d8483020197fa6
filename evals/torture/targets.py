"""What is attacked with text: each target is a function of one string, and must not raise."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from pydantic import ValidationError
from rich.console import Console

from assistant.assistant import Assistant
from assistant.errors import RigwiseError
from assistant.types import Answer, Turn
from assistant.understand.followups import standalone
from assistant.understand.parts import find_parts
from assistant.understand.quantities import find_quantities

Target = Callable[[str], None]


@cache
def assistant() -> Assistant:
    """Return the real assistant, loaded once."""
    return Assistant.load()


def ask(text: str) -> None:
    """Answer a question in quotes mode, and write the answer as JSON."""
    json.dumps(assistant().ask(text).to_json())


def follow_up(text: str) -> None:
    """Answer a follow-up."""
    history = (Turn("user", "Is x8 enough for two cards?"), Turn("assistant", text))
    assistant().ask(text, history)


def understand(text: str) -> None:
    """Read a question: hardware, quantities, what it leans on."""
    find_parts(text)
    find_quantities(text)
    standalone(text, [Turn("user", text[::-1])])


def calculate(text: str) -> None:
    """Give every calculator the text as each of its inputs; a refusal is fine."""
    for name, about in assistant().calculators().items():
        inputs = dict.fromkeys(about["inputs"]["properties"], text)
        for chosen in (inputs, *({key: text} for key in inputs)):
            try:
                assistant().calculate(name, chosen)
            except RigwiseError:
                continue


def check_build(text: str) -> None:
    """Check a text as a build; a refusal is fine."""
    try:
        json.dumps(assistant().check(text).to_json())
    except RigwiseError:
        return


def render(text: str) -> None:
    """Show an answer whose every text is the attack, in the terminal and on the page."""
    from assistant.front.page.exchange import answer_blocks
    from assistant.front.terminal.render import render_answer

    answer = _answered()
    hostile = replace(
        answer,
        text=f"{text} [1]",
        more=text,
        citations=tuple(replace(one, quote=text, section=text) for one in answer.citations),
        notes=tuple(replace(note, text=text) for note in answer.notes),
    )
    render_answer(hostile, True, Console(file=io.StringIO(), width=80))
    page = "".join(answer_blocks(hostile, lambda name: name))
    if "<script" in page.lower():
        raise AssertionError("a script reached the page")


@cache
def _answered() -> Answer:
    return assistant().ask("Is x8 enough for two cards?")


def slack(text: str) -> None:
    """Write a text for Slack, and read one as Slack sends it."""
    from assistant.front.slack.blocks import split
    from assistant.front.slack.hearing import hear
    from assistant.front.slack.mrkdwn import as_mrkdwn, as_plain, literal
    from assistant.front.slack.types import Identity

    for written in (as_mrkdwn(text), literal(text)):
        if "<!" in written:
            raise AssertionError("a text pings a channel")
    list(split(text))
    as_plain(text, "U1")
    identity = Identity(**dict.fromkeys(Identity.__dataclass_fields__, "U1"))
    event = {"type": "message", "user": "U2", "channel": "C1", "ts": "1.0", "text": text}
    hear({"event": {**event, "channel_type": "im"}}, identity)
    hear({"event": {**event, "thread_ts": text}}, identity)


def http(text: str) -> None:
    """Read a text as the body of a request; a refusal is fine."""
    from assistant.front.http.bodies import AskBody, CheckBody

    for body in (AskBody, CheckBody):
        for sent in (text, json.dumps({"question": text, "text": text, "id": text})):
            try:
                read = body.model_validate_json(sent.encode("utf-8", "surrogatepass"))
                json.dumps(read.model_dump())
            except ValidationError as error:
                error.errors(include_url=False)


TARGETS: dict[str, Target] = {
    "ask": ask,
    "follow_up": follow_up,
    "understand": understand,
    "calculate": calculate,
    "check_build": check_build,
    "render": render,
    "slack": slack,
    "http": http,
}
