"""All forms, in the order and the groups in which the page lists them."""

from __future__ import annotations

from assistant.front.page.calculators_data import (
    DISK_READ,
    GRADIENT_SYNC,
    PCIE_TRANSFER,
    VIDEO_STREAMS,
)
from assistant.front.page.calculators_fields import Form
from assistant.front.page.calculators_machine import (
    COOLING,
    CPU_THREADS,
    MODEL_MEMORY,
    RAM,
    SLOTS_AND_LANES,
)
from assistant.front.page.calculators_power import BUY_OR_RENT, ENERGY_COST, PSU

GROUPS: tuple[tuple[str, tuple[Form, ...]], ...] = (
    ("Power and money", (PSU, ENERGY_COST, BUY_OR_RENT)),
    ("What fits", (SLOTS_AND_LANES, COOLING, CPU_THREADS, RAM, MODEL_MEMORY)),
    ("Moving data", (PCIE_TRANSFER, DISK_READ, GRADIENT_SYNC, VIDEO_STREAMS)),
)
FORMS: dict[str, Form] = {form.calculator: form for _, forms in GROUPS for form in forms}
