import multiprocessing
from concurrent.futures import ProcessPoolExecutor

import pytest

from assistant.state.store import State
from tests.assistant.state.workers import place_of, take_all, take_over_all

PROCESSES = 3


@pytest.fixture
def second(state_settings):
    """The same database, opened by another holder."""
    opened = State.open(state_settings)
    yield opened
    opened.close()


@pytest.fixture
def processes():
    """Processes and a barrier for them to start at once."""
    spawn = multiprocessing.get_context("spawn")
    with spawn.Manager() as manager, ProcessPoolExecutor(PROCESSES, spawn) as pool:
        yield pool, manager.Barrier(PROCESSES)


def test_an_event_is_taken_once(state, second):
    assert state.events.take("E1", {"text": "q"})
    assert not state.events.take("E1", {"text": "q"})
    assert not second.events.take("E1", {"text": "other"})
    assert second.events.take("E2", {})


def test_processes_that_open_and_take_at_once_share_the_events(state_settings, processes):
    pool, barrier = processes
    events = [f"E{number}" for number in range(150)]
    place = place_of(state_settings)
    runs = [pool.submit(take_all, place, barrier, seed, events) for seed in range(PROCESSES)]
    taken = [event for run in runs for event in run.result(120)]
    assert sorted(taken) == sorted(events)


def test_processes_that_take_over_at_once_share_the_events(state, state_settings, processes):
    pool, barrier = processes
    events = [f"E{number}" for number in range(150)]
    for event in events:
        state.events.take(event, {}, lease_seconds=0)
    place = place_of(state_settings)
    runs = [pool.submit(take_over_all, place, barrier, 60) for _ in range(PROCESSES)]
    assert sorted(event for run in runs for event in run.result(120)) == sorted(events)


def test_an_event_is_handed_on_when_its_lease_ran_out(state, second):
    state.events.take("E1", {"text": "q"}, lease_seconds=60)
    assert second.events.take_over() == ()
    state.events.take("E2", {"text": "q"}, lease_seconds=0)
    (event,) = second.events.take_over(60)
    assert (event.id, event.payload, event.state, event.attempts) == (
        "E2",
        {"text": "q"},
        "taken",
        2,
    )
    assert state.events.take_over() == ()


def test_a_renewed_event_is_not_handed_on(state, second):
    state.events.take("E1", {}, lease_seconds=0)
    assert state.events.renew("E1", 60)
    assert second.events.take_over() == ()


def test_who_lost_an_event_may_not_post_it(state, second):
    state.events.take("E1", {}, lease_seconds=0)
    second.events.take_over(0)
    assert not state.events.renew("E1")
    assert not state.events.posting("E1")
    assert second.events.posting("E1")
    assert not second.events.posting("unknown")


def test_the_next_one_sees_that_posting_had_begun(state, second):
    state.events.take("E1", {}, lease_seconds=0)
    state.events.posting("E1")
    (event,) = second.events.take_over()
    assert event.state == "posting"


def test_a_finished_event_stays_known_and_says_nothing(state, second):
    state.events.take("E1", {"text": "secret"}, lease_seconds=0)
    state.events.finish("E1")
    assert second.events.take_over() == ()
    assert not state.events.posting("E1")
    assert not second.events.take("E1", {})
    with state.database.engine.connect() as connection:
        (payload,) = connection.exec_driver_sql("SELECT payload FROM events").one()
    assert "secret" not in str(payload)


def test_events_are_handed_on_in_the_order_they_came(state):
    for number in range(20):
        state.events.take(f"E{number}", {}, lease_seconds=0)
    assert [event.id for event in state.events.take_over()] == [f"E{n}" for n in range(20)]
