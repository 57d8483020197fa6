"""Ten thousand open conversations at once."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from assistant.assistant import Assistant
from assistant.settings import Settings
from assistant.state.store import State
from evals.torture.folders import QUESTION
from evals.torture.types import Trial

OWNERS = 50
SLOWEST = 0.5  # seconds for one look into the database, of processor time


def open_conversations(count: int) -> Trial:
    """Open conversations with an exchange each, then go on with the first and the last."""
    trial = Trial("open conversations")
    answer = Assistant.load().ask(QUESTION)
    with tempfile.TemporaryDirectory(prefix="rigwise-torture-") as folder:
        state = State.open(Settings(data_dir=Path(folder)))
        try:
            before = _memory()
            ids = []
            for n in range(count):
                kept = state.conversations.start(f"page:{n % OWNERS:032x}", "page")
                state.conversations.add(kept.id, QUESTION, answer)
                ids.append(kept.id)
                trial.tried += 1
            for id_ in (ids[0], ids[-1]):
                start = time.process_time()
                state.conversations.add(id_, QUESTION, answer)
                if len(state.conversations.get(id_).exchanges) != 2:
                    trial.lose(f"conversation {id_} lost an exchange")
                if time.process_time() - start > SLOWEST:
                    trial.lose("going on with a conversation is slow")
            start = time.process_time()
            listed = state.conversations.listed(f"page:{0:032x}", 2 * count)
            if len(listed) != len(ids[::OWNERS]):
                trial.lose(f"{len(listed)} of {len(ids[::OWNERS])} conversations are listed")
            if time.process_time() - start > SLOWEST:
                trial.lose("listing is slow")
            trial.notes.append(f"memory grew by {_memory() - before:.0f} MiB")
        finally:
            state.close()
    return trial


def _memory() -> float:
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024
