"""Processes killed with signal 9 in the middle of writing."""

import subprocess
import sys
import time
from pathlib import Path
from random import Random

from assistant.state.store import State
from tests.assistant.state import workers

KILLS = 6
ROOT = Path(__file__).parents[3]


def test_a_killed_process_loses_no_committed_exchange_and_leaves_no_half(state, state_settings):
    conversation = state.conversations.start("page:a", "page").id
    random = Random(7)
    committed = []
    for number in range(KILLS):
        committed += killed(state_settings, conversation, f"run{number}", random.uniform(0.05, 0.4))
    assert len(committed) > KILLS

    reopened = State.open(state_settings)
    kept = reopened.conversations.get(conversation).exchanges
    unfinished = {event.id for event in reopened.events.take_over()}
    reopened.close()
    ids = [exchange.id for exchange in kept]
    assert set(committed) <= set(ids)
    assert len(ids) - len(committed) <= KILLS  # committed, and killed before it could say so
    assert all(exchange.answer == workers.written(exchange.id) for exchange in kept)
    assert set(ids) <= unfinished  # each event was recorded before its work started
    assert len(unfinished) - len(ids) <= KILLS


def killed(settings, conversation, prefix, seconds):
    """Run the writer, kill it so many seconds after its first commit; return what it reported."""
    folder, url = workers.place_of(settings)
    command = [sys.executable, "-m", workers.__name__, folder, url or "", conversation, prefix]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        first = process.stdout.readline()
        time.sleep(seconds)
        process.kill()
        rest = process.stdout.read()
    return (first + rest).split()
