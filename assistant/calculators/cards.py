"""Parts by name as calculators need them: the cards of a build and what they draw."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.errors import InvalidInput
from assistant.understand.parts import find_hardware, parse_gpus
from corpus.types import Hardware


@dataclass(frozen=True, slots=True)
class Cards:
    """Some cards of one kind; model and hardware are None where only their watts are known."""

    count: int
    watts: float
    hardware: Hardware | None = None

    @property
    def name(self) -> str:
        """How a step of a calculation calls one of them."""
        return self.hardware.model if self.hardware else "GPU"


def named_gpus(gpu: str, count: int | None = None) -> list[tuple[int, Hardware]]:
    """Return the cards that a text such as "4x RTX 2080 Ti" or "RTX 2070, GTX 1070" names.

    :raises InvalidInput: a card is not known, or count contradicts the text.
    """
    found = parse_gpus(gpu)
    if count is None:
        return found
    if len(found) == 1 and found[0][0] in (1, count):
        return [(count, found[0][1])]
    raise InvalidInput(
        f"gpu {gpu[:60]!r} already says how many cards there are: leave count out, or give one "
        "name."
    )


def cards_of(gpu: str | None, count: int | None, gpu_watts: float | None) -> list[Cards]:
    """Return the cards from names, or from a count and watts each.

    gpu_watts, where given, counts before the figure on record.

    :raises InvalidInput: neither is given, a card is not known, or its watts are not.
    """
    if gpu is None:
        if gpu_watts is None:
            raise InvalidInput('gpu is missing: give a name ("RTX 2080 Ti"), or gpu_watts.')
        return [Cards(count or 1, gpu_watts)]
    return [
        Cards(number, gpu_watts or _watts(hardware, "gpu_watts"), hardware)
        for number, hardware in named_gpus(gpu, count)
    ]


def cpu_draw(cpu: str | None, cpu_watts: float | None) -> float | None:
    """Return the watts of a CPU from its name or as given; None where neither is.

    :raises InvalidInput: the CPU is not known or its watts are not.
    """
    if cpu_watts is not None or cpu is None:
        return cpu_watts
    hardware = find_hardware(cpu, "cpu")
    if hardware is None:
        raise InvalidInput(f"cpu {cpu[:60]!r} is not known: give cpu_watts instead.")
    return _watts(hardware, "cpu_watts")


def _watts(hardware: Hardware, instead: str) -> float:
    if hardware.power_w is None:
        raise InvalidInput(f"The watts of the {hardware.model} are not known: give {instead}.")
    return hardware.power_w
