import asyncio
import json
import threading
import time

import pytest

from assistant.errors import InvalidInput, NotFound, StateFailure
from assistant.front.page.chat import Chat
from assistant.front.page.keeper import Keeper
from assistant.front.page.owners import owner_of
from assistant.front.page.runs import Run, Runs
from assistant.settings import Settings
from assistant.state.store import State
from assistant.types import Answer

ME, YOU = "page:" + "a" * 32, "page:" + "b" * 32
RUN = "c" * 32
ANSWER = Answer("q", "quotes", "answered", "Yes.")


@pytest.fixture
def state(tmp_path):
    opened = State.open(Settings(data_dir=tmp_path))
    yield opened
    opened.close()


@pytest.fixture
def chat(assistant, state):
    return Chat(assistant, state)


class Gone:
    """A database that went away: whatever is asked of it fails."""

    def __getattr__(self, name):
        def fail(*_, **__):
            raise StateFailure("The database is gone.")

        return fail


def ask(chat, question="Is x8 enough for two cards?", run=RUN, owner=ME, **more):
    started = chat.call(owner, {"action": "ask", "question": question, "run": run, **more})
    assert "problem" not in started, started
    return started, follow(chat, run, owner)


def follow(chat, run=RUN, owner=ME):
    heard, over = [], False
    while not over:
        told = asyncio.run(chat.follow(owner, {"run": run, "seen": len(heard)}))
        heard += told["events"]
        over = told["over"]
    return heard


def test_an_answer_is_followed_to_its_end_and_kept(chat):
    started, events = ask(chat)
    assert any("step" in event for event in events)
    assert any("lanes" in event.get("block", "") for event in events)
    assert events[-1] == {"end": True, "trouble": ""}
    opened = chat.call(ME, {"action": "open", "conversation": started["conversation"]})
    assert opened["title"] == "Is x8 enough for two cards?"
    assert opened["html"].count('class="exchange"') == 1
    (title,) = chat.call(ME, {"action": "history"})["titles"]
    assert title["id"] == started["conversation"]


def test_asking_twice_with_the_same_id_asks_once(chat):
    started, _ = ask(chat)
    ask(chat, conversation=started["conversation"])
    opened = chat.call(ME, {"action": "open", "conversation": started["conversation"]})
    assert opened["html"].count('class="exchange"') == 1


def test_a_conversation_is_its_owners_alone(chat):
    started, _ = ask(chat)
    id = started["conversation"]
    for action in ("open", "rename", "delete", "export", "ask", "judge"):
        sent = {"action": action, "conversation": id, "title": "x", "form": "json", "run": "d" * 32,
                "question": "Why?", "exchange": RUN, "verdict": "up"}  # fmt: skip
        assert "problem" in chat.call(YOU, sent), action
    assert asyncio.run(chat.follow(YOU, {"run": RUN, "seen": 0})) == {"gone": True}
    assert chat.call(YOU, {"action": "open", "conversation": id})["missing"]


def test_a_replaced_exchange_goes_when_the_new_one_is_there(chat):
    started, _ = ask(chat)
    ask(chat, "Is x4 enough for two cards?", "d" * 32,
        conversation=started["conversation"], replaces=RUN)  # fmt: skip
    html = chat.call(ME, {"action": "open", "conversation": started["conversation"]})["html"]
    assert html.count('class="exchange"') == 1
    assert "Is x4 enough" in html


def test_what_cannot_be_asked_is_said_at_once(chat):
    long = chat.call(ME, {"action": "ask", "question": "x" * 5000, "run": RUN})
    assert "5,000 characters; at most 4,000" in long["problem"]
    assert "empty" in chat.call(ME, {"action": "ask", "question": " ", "run": RUN})["problem"]
    assert "Reload" in chat.call(ME, {"action": "ask", "question": "Why?", "run": "no"})["problem"]
    assert "Reload" in chat.call(ME, {"action": "no such"})["problem"]
    assert "problem" in chat.call(ME, {"action": "open", "conversation": 7})
    assert "problem" in chat.call(ME, {"action": "source", "first": 9999, "last": 9999})
    assert "problem" in chat.call(ME, {"action": "source", "first": "1", "last": 2})


def test_verdicts_are_kept_with_their_reason(chat, state):
    started, _ = ask(chat)
    sent = {"action": "judge", "conversation": started["conversation"], "exchange": RUN}
    assert chat.call(ME, {**sent, "verdict": "up"})["said"] == "Noted."
    chat.call(ME, {**sent, "verdict": "down", "reason": "too old"})
    (row,) = state.feedback.rows()
    assert (row["verdict"], row["reason"]) == ("down", "too old")


def test_export_in_both_forms(chat):
    started, _ = ask(chat)
    sent = {"action": "export", "conversation": started["conversation"]}
    markdown = chat.call(ME, {**sent, "form": "markdown"})
    assert markdown["name"] == "is-x8-enough-for-two-cards.md"
    assert "## Is x8 enough for two cards?" in markdown["text"]
    whole = json.loads(chat.call(ME, {**sent, "form": "json"})["text"])
    assert whole["exchanges"][0]["id"] == RUN
    assert whole["exchanges"][0]["citations"]
    assert "Markdown or as JSON" in chat.call(ME, {**sent, "form": "exe"})["problem"]


def test_the_source_is_shown(chat):
    sent = {"action": "source", "first": 62, "last": 62, "quote": "250 watts TDP"}
    assert "<mark>250 watts TDP</mark>" in chat.call(ME, sent)["html"]


def test_without_a_database_it_answers_and_says_so(assistant):
    chat = Chat(assistant, None)
    started, events = ask(chat)
    assert "cannot be saved just now" in events[-1]["trouble"]
    ask(chat, "And for four?", "d" * 32, conversation=started["conversation"])
    opened = chat.call(ME, {"action": "open", "conversation": started["conversation"]})
    assert opened["html"].count('class="exchange"') == 2


def test_what_could_not_be_saved_is_saved_when_the_database_is_back(state):
    keeper = Keeper(state)
    id = keeper.begin(ME).id
    keeper.add(id, ME, "1" * 32, "First?", ANSWER)
    store, state.conversations = state.conversations, Gone()
    kept = keeper.add(id, ME, "2" * 32, "Second?", ANSWER, replaces="1" * 32)
    assert kept.trouble == "The database is gone."
    assert [exchange.question for exchange in keeper.get(id, ME).conversation.exchanges] == [
        "Second?"
    ]
    state.conversations = store
    assert keeper.add(id, ME, "3" * 32, "Third?", ANSWER).trouble == ""
    questions = [exchange.question for exchange in store.get(id, ME).exchanges]
    assert questions == ["Second?", "Third?"]


def test_a_conversation_that_memory_does_not_have_needs_the_database(state):
    id = Keeper(state).begin(ME).id
    state.conversations = Gone()
    with pytest.raises(StateFailure):
        Keeper(state).get(id, ME)


def test_a_stopped_answer_is_not_kept(chat, assistant, monkeypatch):
    going = threading.Event()

    def slow(question, history, watch):
        from assistant.streaming import SEARCHING

        going.set()
        while True:
            watch(SEARCHING)
            time.sleep(0.01)

    monkeypatch.setattr(assistant, "ask", slow)
    started = chat.call(ME, {"action": "ask", "question": "Is x8 enough?", "run": RUN})
    assert going.wait(5)
    running = chat.call(ME, {"action": "open", "conversation": started["conversation"]})
    assert running["run"] == {"id": RUN, "question": "Is x8 enough?"}
    sent = {"action": "ask", "question": "And?", "run": "d" * 32, **started}
    twice = chat.call(ME, {**sent, "run": "d" * 32})
    assert "answered already, perhaps in another tab" in twice["problem"]
    chat.call(ME, {"action": "stop", "run": RUN})
    assert follow(chat)[-1] == {"stopped": True}
    opened = chat.call(ME, {"action": "open", "conversation": started["conversation"]})
    assert opened["html"] == ""


def test_a_broken_answer_is_one_line(chat, assistant, monkeypatch):
    monkeypatch.setattr(assistant, "ask", lambda *_: 1 / 0)
    chat.call(ME, {"action": "ask", "question": "Is x8 enough?", "run": RUN})
    assert follow(chat)[-1]["problem"].startswith("Something went wrong in the server.")


def test_too_many_at_once_are_refused(monkeypatch):
    monkeypatch.setattr("assistant.front.page.runs.AT_ONCE", 1)
    runs, hold = Runs(), threading.Event()

    def work(_):
        hold.wait(5)
        return [{"end": True}]

    runs.start(Run("1", ME, "one", "q", None), work)
    with pytest.raises(InvalidInput, match="Too many questions at once"):
        runs.start(Run("2", YOU, "two", "q", None), work)
    hold.set()


def test_an_owner_is_the_user_or_the_browsers_id():
    assert owner_of("anna", None) == "page:anna"
    assert owner_of(None, "a" * 32) == ME
    for wrong in (None, "", "a" * 31, "A" * 32, 7, "anna"):
        with pytest.raises(InvalidInput):
            owner_of(None, wrong)


def test_a_deleted_conversation_is_gone(chat):
    started, _ = ask(chat)
    id = started["conversation"]
    assert chat.call(ME, {"action": "rename", "conversation": id, "title": "Mine"}) == {}
    assert chat.call(ME, {"action": "history"})["titles"][0]["title"] == "Mine"
    assert chat.call(ME, {"action": "delete", "conversation": id}) == {}
    assert chat.call(ME, {"action": "open", "conversation": id})["missing"]
    with pytest.raises(NotFound):
        chat._keeper.get(id, ME)
