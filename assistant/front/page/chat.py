"""What the browser can ask of the chat: plain functions of JSON, without any widget."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from datetime import datetime
from functools import cached_property

from assistant.assistant import Assistant
from assistant.errors import InvalidInput, NotFound, RigwiseError, StateFailure
from assistant.front.page.exchange import answer_blocks, exchange_html
from assistant.front.page.export import export
from assistant.front.page.keeper import Keeper, Kept, before
from assistant.front.page.runs import Run, Runs
from assistant.front.page.source_panel import source_html
from assistant.state.store import State
from assistant.state.types import Exchange
from assistant.types import Json
from assistant.understand.question import clean_question
from corpus.types import Lines

_LOG = logging.getLogger(__name__)
NO_DATABASE = "The database does not answer. Try again in a moment; the server’s log says why."
NOT_SAVED = (
    "This conversation cannot be saved just now: the database does not answer. "
    "Export it to keep it."
)
PATIENCE_SECONDS = 10.0  # an answer in the making is looked at for so long at a time
_ID = re.compile(r"[0-9a-f]{32}")


class Chat:
    """Answers the browser. Every action takes the owner and what was sent, and returns JSON."""

    def __init__(self, assistant: Assistant, state: State | None) -> None:
        self._assistant = assistant
        self._state = state
        self._keeper = Keeper(state)
        self._runs = Runs()
        self._actions: dict[str, Callable[[str, Json], Json]] = {
            "open": self._open,
            "ask": self._ask,
            "stop": self._stop,
            "history": self._history,
            "rename": self._rename,
            "delete": self._delete,
            "judge": self._judge,
            "export": self._export,
            "source": self._source,
        }

    def call(self, owner: str, sent: Json) -> Json:
        """Carry out the action that was sent; what goes wrong comes back as one line."""
        action = self._actions.get(_text(sent, "action"))
        try:
            if action is None:
                raise InvalidInput("The page is older than the server. Reload it.")
            return action(owner, sent)
        except NotFound as error:
            return {"problem": str(error), "missing": True}
        except StateFailure as error:
            _LOG.warning("the page: %s", error)  # it names files: not for every visitor
            return {"problem": NO_DATABASE}
        except RigwiseError as error:
            return {"problem": str(error)}

    async def follow(self, owner: str, sent: Json) -> Json:
        """Return what happened to an answer in the making since the events that were seen."""
        run = self._runs.get(_text(sent, "run"), owner)
        if run is None:
            return {"gone": True}
        seen = sent.get("seen")
        seen = seen if isinstance(seen, int) and seen >= 0 else 0
        events, over = await run.since(seen, PATIENCE_SECONDS)
        return {"events": events, "over": over}

    def _open(self, owner: str, sent: Json) -> Json:
        kept = self._keeper.get(_text(sent, "conversation"), owner)
        conversation = kept.conversation
        run = self._runs.going_on(conversation.id, owner)
        shown = before(conversation, run.replaces) if run and run.replaces else None
        exchanges = conversation.exchanges if shown is None else shown
        return {
            "conversation": conversation.id,
            "title": conversation.title,
            "html": "".join(map(self._exchange, exchanges)),
            "run": {"id": run.id, "question": run.question} if run else None,
            "trouble": _unsaved(kept),
        }

    def _exchange(self, exchange: Exchange) -> str:
        blocks = answer_blocks(exchange.answer, self._title_of)
        return exchange_html(exchange.id, exchange.question, "".join(blocks))

    def _ask(self, owner: str, sent: Json) -> Json:
        """Start an answer. The run's id comes from the browser, so asking twice asks once."""
        run_id, question = _text(sent, "run"), _text(sent, "question")
        if not _ID.fullmatch(run_id):
            raise InvalidInput("The page is older than the server. Reload it.")
        clean_question(question)
        known = _text(sent, "conversation")
        kept = self._keeper.get(known, owner) if known else Kept(self._keeper.begin(owner))
        conversation = kept.conversation
        if all(exchange.id != run_id for exchange in conversation.exchanges):
            run = Run(run_id, owner, conversation.id, question, _text(sent, "replaces") or None)
            self._runs.start(run, self._answer)
        return {"conversation": conversation.id, "run": run_id}

    def _answer(self, run: Run) -> list[Json]:
        conversation = self._keeper.get(run.conversation, run.owner).conversation
        earlier = before(conversation, run.replaces)
        turns = [turn for exchange in earlier for turn in exchange.turns()]
        answer = self._assistant.ask(run.question, turns, run.watcher)
        kept = self._keeper.add(
            run.conversation, run.owner, run.id, run.question, answer, run.replaces
        )
        blocks = answer_blocks(answer, self._title_of)
        return [*({"block": block} for block in blocks), {"end": True, "trouble": _unsaved(kept)}]

    def _stop(self, owner: str, sent: Json) -> Json:
        run = self._runs.get(_text(sent, "run"), owner)
        if run:
            run.watcher.call_off()
        return {}

    def _history(self, owner: str, sent: Json) -> Json:
        return {
            "titles": [
                {"id": title.id, "title": title.title, "when": _day(title.updated_at)}
                for title in self._keeper.listed(owner)
            ]
        }

    def _rename(self, owner: str, sent: Json) -> Json:
        self._keeper.rename(_text(sent, "conversation"), owner, _text(sent, "title"))
        return {}

    def _delete(self, owner: str, sent: Json) -> Json:
        self._keeper.delete(_text(sent, "conversation"), owner)
        return {}

    def _judge(self, owner: str, sent: Json) -> Json:
        """Keep a verdict on an answer of the owner's own."""
        if self._state is None:
            raise StateFailure("There is no database to keep this in.")
        kept = self._keeper.get(_text(sent, "conversation"), owner)
        id, verdict = _text(sent, "exchange"), _text(sent, "verdict")
        if all(exchange.id != id for exchange in kept.conversation.exchanges):
            raise NotFound("This answer is gone; it was asked again or deleted.")
        reason = _text(sent, "reason")
        self._state.feedback.give(id, owner, "up" if verdict == "up" else "down", reason)
        return {"said": "Thank you, noted." if reason else "Noted."}

    def _export(self, owner: str, sent: Json) -> Json:
        kept = self._keeper.get(_text(sent, "conversation"), owner)
        return export(kept.conversation, _text(sent, "form"))

    def _source(self, owner: str, sent: Json) -> Json:
        first, last = sent.get("first"), sent.get("last")
        if not isinstance(first, int) or not isinstance(last, int):
            raise InvalidInput("These lines are not numbers.")
        return {"html": source_html(self._assistant, Lines(first, last), _text(sent, "quote"))}

    def _title_of(self, calculator: str) -> str:
        return self._titles.get(calculator, calculator)

    @cached_property
    def _titles(self) -> dict[str, str]:
        calculators = self._assistant.calculators()
        return {name: str(about["title"]) for name, about in calculators.items()}


def _text(sent: Json, name: str) -> str:
    value = sent.get(name)
    return value if isinstance(value, str) else ""


def _unsaved(kept: Kept) -> str:
    """Say that a conversation cannot be saved; nothing where it is saved."""
    if not kept.trouble:
        return ""
    _LOG.warning("a conversation of the page is not saved: %s", kept.trouble)
    return NOT_SAVED


def _day(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")
