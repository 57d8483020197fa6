"""What the tests run in processes of their own, some of which are killed."""

import sys
from pathlib import Path
from random import Random

from assistant.settings import Settings
from assistant.state.store import State
from assistant.types import Answer


def settings_of(place: tuple[str, str | None]) -> Settings:
    folder, url = place
    return Settings(data_dir=Path(folder), database_url=url)


def place_of(settings: Settings) -> tuple[str, str | None]:
    """What a child process needs to open the same database."""
    url = settings.database_url
    return str(settings.data_dir), url.get_secret_value() if url else None


def written(exchange_id: str) -> Answer:
    """An answer that tells whether it is whole and whose it is."""
    return Answer(f"Is {exchange_id} whole?", "quotes", "answered", exchange_id * 500)


def take_all(place, barrier, seed: int, events: list[str]) -> list[str]:
    """Open the database when all others do, and take what can be taken."""
    barrier.wait(60)
    state = State.open(settings_of(place))
    events = Random(seed).sample(events, len(events))
    taken = [event for event in events if state.events.take(event, {"by": seed})]
    state.close()
    return taken


def take_over_all(place, barrier, seconds: float) -> list[str]:
    """Take over, all at once with the others."""
    state = State.open(settings_of(place))
    barrier.wait(60)
    taken = [event.id for event in state.events.take_over(seconds)]
    state.close()
    return taken


def add_for_ever(place, conversation: str, prefix: str) -> None:
    """Take events and add exchanges; print each exchange's name when it is committed."""
    state = State.open(settings_of(place))
    number = 0
    while True:
        name = f"{prefix}-{number}"
        state.events.take(name, {"question": name}, lease_seconds=0)
        state.conversations.add(conversation, f"Is {name} whole?", written(name), name)
        sys.stdout.write(name + "\n")
        sys.stdout.flush()
        number += 1


if __name__ == "__main__":
    add_for_ever((sys.argv[1], sys.argv[2] or None), sys.argv[3], sys.argv[4])
