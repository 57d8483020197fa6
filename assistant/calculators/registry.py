"""The table of calculators, each imported when it is first asked for.

pint takes 0.3 s to import and a question without arithmetic does without it.
"""

from __future__ import annotations

import importlib
from functools import cache
from typing import TYPE_CHECKING

from assistant.errors import InvalidInput

if TYPE_CHECKING:
    from assistant.calculators.base import Calculator

# name: title, as in the calculator's own module
TITLES = {
    "psu": "Power supply",
    "pcie_transfer": "PCIe transfer",
    "cpu_threads": "CPU threads",
    "ram": "RAM",
    "energy_cost": "Energy cost",
    "disk_read": "Reading from disk",
    "gradient_sync": "Gradient synchronisation",
    "slots_and_lanes": "Slots and lanes",
    "cooling": "Cooling",
    "buy_or_rent": "Buy or rent",
    "video_streams": "Video streams",
    "model_memory": "Model memory",
}


def names() -> tuple[str, ...]:
    """Return the names of all calculators."""
    return tuple(TITLES)


@cache
def get(name: str) -> Calculator:
    """Import and return a calculator.

    :raises InvalidInput: there is none of that name.
    """
    if name not in TITLES:
        raise InvalidInput(f"There is no calculator {name[:40]!r}; there are {', '.join(TITLES)}.")
    calculator: Calculator = importlib.import_module(f"{__package__}.{name}").CALCULATOR
    return calculator
