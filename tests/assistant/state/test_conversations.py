from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from assistant.errors import InvalidInput, NotFound
from assistant.state.conversations import title_of
from assistant.types import Answer, Citation, Note, Turn
from corpus.types import Lines, Years

ANSWER = Answer(
    "Is x8 enough?",
    "quotes",
    "answered",
    "Yes [1].",
    citations=(Citation(1, Lines(40, 41), "8 lanes", "author", None, Years(2018, 2018)),),
    notes=(Note("gap", "A table is missing."),),
    timings_ms={"total": 12.5},
    more="And more [2].",
    more_citations=(Citation(2, Lines(50, 50), "16 lanes", "reader", "PCIe", Years(2015, 2016)),),
)


def said(text):
    return Answer(text, "quotes", "answered", f"About {text}")


@pytest.fixture
def conversations(state):
    return state.conversations


def test_a_conversation_comes_back_as_it_was(conversations):
    started = conversations.start("page:a", "page")
    exchange = conversations.add(started.id, "Is x8 enough?", ANSWER)
    found = conversations.get(started.id, "page:a")
    assert found.exchanges == (exchange,)
    assert exchange.answer == ANSWER
    assert (found.owner, found.channel, found.title) == ("page:a", "page", "Is x8 enough?")
    assert found.history() == (Turn("user", "Is x8 enough?"), Turn("assistant", "Yes [1]."))


def test_times_are_utc_and_now(conversations):
    started = conversations.start("page:a", "page")
    exchange = conversations.add(started.id, "q", ANSWER)
    found = conversations.get(started.id)
    assert found.updated_at == exchange.asked_at == found.exchanges[0].asked_at
    assert found.started_at.tzinfo is UTC
    assert timedelta(0) <= datetime.now(UTC) - found.started_at < timedelta(minutes=1)


def test_somebody_elses_conversation_is_not_found(conversations):
    id = conversations.start("page:a", "page").id
    with pytest.raises(NotFound, match=id):
        conversations.get(id, "page:b")
    with pytest.raises(NotFound):
        conversations.get("nothing")
    for change in (conversations.delete, lambda *who: conversations.rename(*who, "mine")):
        with pytest.raises(NotFound):
            change(id, "page:b")
    assert conversations.get(id, "page:a").title == ""


def test_starting_twice_with_an_id_gives_one_conversation(conversations):
    first = conversations.start("slack:T:U1", "slack", "slack:T:C:1.2")
    conversations.add(first.id, "q", ANSWER)
    again = conversations.start("slack:T:U2", "slack", "slack:T:C:1.2")
    assert again.owner == "slack:T:U1"
    assert len(again.exchanges) == 1


def test_adding_twice_with_an_id_gives_one_exchange(conversations):
    id = conversations.start("page:a", "page").id
    first = conversations.add(id, "q", said("one"), "e1")
    assert conversations.add(id, "other", said("two"), "e1") == first
    assert conversations.get(id).exchanges == (first,)
    other = conversations.start("page:a", "page").id
    with pytest.raises(InvalidInput, match="another conversation"):
        conversations.add(other, "q", said("one"), "e1")


def test_nothing_is_added_to_no_conversation(conversations):
    with pytest.raises(NotFound):
        conversations.add("nothing", "q", ANSWER)


def test_cut_removes_the_exchange_and_what_follows(conversations):
    id = conversations.start("page:a", "page").id
    one, two, _ = (conversations.add(id, name, said(name)) for name in ("one", "two", "three"))
    conversations.cut(id, two.id)
    again = conversations.add(id, "two again", said("two again"))
    assert conversations.get(id).exchanges == (one, again)
    with pytest.raises(NotFound):
        conversations.cut(id, two.id)
    other = conversations.start("page:a", "page").id
    with pytest.raises(NotFound):
        conversations.cut(other, one.id)


def test_another_first_question_gives_another_title(conversations):
    id = conversations.start("page:a", "page").id
    first = conversations.add(id, "First?", said("one"))
    conversations.cut(id, first.id)
    assert conversations.listed("page:a") == ()
    conversations.add(id, "Better?", said("one"))
    assert conversations.get(id).title == "Better?"


def test_a_given_title_stays(conversations):
    id = conversations.start("page:a", "page").id
    first = conversations.add(id, "First?", said("one"))
    conversations.rename(id, "page:a", "  My\n rig ")
    conversations.cut(id, first.id)
    conversations.add(id, "Better?", said("one"))
    assert conversations.get(id).title == "My rig"
    for title in ("", " \n", "x" * 201):
        with pytest.raises(InvalidInput):
            conversations.rename(id, "page:a", title)


def test_the_list_is_newest_first_without_empty_ones(conversations):
    ids = [conversations.start("page:a", "page").id for _ in range(4)]
    for id in (ids[0], ids[2], ids[1], ids[0]):
        conversations.add(id, id, said("x"))
    conversations.add(conversations.start("page:b", "page").id, "other", said("x"))
    assert [line.id for line in conversations.listed("page:a")] == [ids[0], ids[1], ids[2]]
    assert [line.id for line in conversations.listed("page:a", limit=1)] == [ids[0]]


def test_a_deleted_conversation_is_gone(conversations):
    id = conversations.start("page:a", "page").id
    exchange = conversations.add(id, "q", ANSWER, "e1")
    conversations.delete(id, "page:a")
    with pytest.raises(NotFound):
        conversations.get(id)
    other = conversations.start("page:a", "page").id
    assert conversations.add(other, "q", ANSWER, exchange.id).id == "e1"


def test_threads_that_add_at_once_keep_all(conversations):
    id = conversations.start("page:a", "page").id
    names = [str(number) for number in range(40)]
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda name: conversations.add(id, name, said(name), name), names))
    exchanges = conversations.get(id).exchanges
    assert sorted(exchange.id for exchange in exchanges) == sorted(names)
    assert all(exchange.answer.question == exchange.id for exchange in exchanges)


@pytest.mark.parametrize(
    "text", ["nul \x00 here", "half \ud83d pair", "whole \U0001f5a5 pair", "é" * 9]
)
def test_any_text_can_be_kept_and_asked_for(conversations, text):
    id = conversations.start(text, "http", text).id
    exchange = conversations.add(text, text, said(text), text)
    found = conversations.get(text, text)
    assert found.id == id
    assert found.exchanges == (exchange,)
    assert exchange.answer == said(text)
    assert [line.id for line in conversations.listed(text)] == [id]
    conversations.cut(text, text)
    conversations.rename(text, text, text)
    conversations.delete(text, text)


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("Is x8 enough?", "Is x8 enough?"),
        ("  two\n lines ", "two lines"),
        ("x" * 60, "x" * 60),
        ("x" * 61, "x" * 59 + "…"),
        ("word " * 20, "word " * 11 + "word…"),
        ("a " + "x" * 80, "a…"),
        ("y" * 55 + ", and so on", "y" * 55 + "…"),
        ("", ""),
    ],
)
def test_a_title_is_cut_at_a_word(question, title):
    assert title_of(question) == title
    assert len(title_of(question)) <= 60
