"""A drawing of a board's slots, the cards that cover them, and their lanes to the CPU."""

from __future__ import annotations

import math
from html import escape

from assistant.calculators.units import show
from assistant.front.page.calculators_links import plain_inputs
from assistant.front.page.plots_power import Calculate, number
from assistant.front.page.plots_tables import Table, numbers_html
from assistant.types import Calculation

SLOT, GAP, TOP = 26, 4, 8  # pixels
_CPU, _BOARD, _CARD = 15, 22, 34  # %: where the CPU ends, the slots' numbers stand, cards start


def draw_slots(calculation: Calculation, calculate: Calculate) -> str:
    """Return the slots from the CPU down, each card on those that it covers, with its lanes."""
    inputs = plain_inputs(calculation)
    if "gpus" in calculation.results:
        inputs["gpus"] = int(number(calculation, "gpus"))
        calculation = calculate("slots_and_lanes", inputs)
    gpus, covered = int(inputs["gpus"]), math.ceil(inputs["gpu_width"])
    # The last card may hang over the edge of the board: it needs one slot, and covers more.
    given = inputs.get("slots")
    there = int(given or number(calculation, "slots"))
    split = str(calculation.results.get("split", ""))
    lanes = [int(width) for width in split.split("/")] if split else [0] * gpus
    starts = [index * covered for index in range(gpus)]
    rows = max(there, starts[-1] + covered)
    height = TOP + rows * SLOT
    drawn = "".join(_slot(index, index < there) for index in range(rows))
    drawn += "".join(
        _card(index, start, covered, width, start < there)
        for index, (start, width) in enumerate(zip(starts, lanes, strict=True))
    )
    if split:
        drawn += _cpu(height, starts, lanes)
    words = _summary(gpus, covered, split)
    words += f"; the board has {show(there)}." if given else f"; they need {show(there)} slots."
    fit = sum(start < there for start in starts)
    told = "" if fit == gpus else f" Only {fit} find a slot."
    table = tuple(
        (f"GPU {index + 1}", f"{start + 1} to {start + covered}" if covered > 1 else f"{start + 1}",
         f"x{width}" if width else "not said", "yes" if start < there else "no")
        for index, (start, width) in enumerate(zip(starts, lanes, strict=True))
    )  # fmt: skip
    numbers = numbers_html(Table(("Card", "Covers slots", "Lanes", "Finds a slot"), table))
    return (
        '<figure class="rw-plot rw-slots"><figcaption>Slots and lanes</figcaption>'
        f'<svg role="img" width="100%" height="{height}"><title>Slots and lanes</title>'
        f"<desc>{escape(words + told)}</desc>"
        f'<g aria-hidden="true">{drawn}</g></svg><p class="rw-hint">{escape(words + told)}</p>'
        f"{numbers}</figure>"
    )


def _summary(gpus: int, covered: int, split: str) -> str:
    lanes = f", with {split} lanes" if split else ""
    each = "one slot" if covered == 1 else f"{covered} slots"
    cards = "1 card covers" if gpus == 1 else f"{gpus} cards cover"
    return f"{cards} {each} each{lanes}"


def _slot(index: int, there: bool) -> str:
    y = TOP + index * SLOT
    name = f"{index + 1}" if there else "edge"
    return (
        f'<rect x="{_BOARD}%" y="{y}" width="{100 - _BOARD}%" height="{SLOT - GAP}" rx="3" '
        f'class="rw-slot{"" if there else " missing"}"/>'
        f'<text x="{_BOARD + 1.5}%" y="{y + 15}" class="rw-plot-tick">{name}</text>'
    )


def _card(index: int, start: int, covered: int, width: int, fits: bool) -> str:
    y, height = TOP + start * SLOT + 1, covered * SLOT - GAP - 2
    lanes = f", x{width}" if width else ""
    return (
        f'<rect x="{_CARD}%" y="{y}" width="{99 - _CARD}%" height="{height}" rx="4" '
        f'class="rw-gpu{"" if fits else " fails"}"/>'
        f'<text x="{_CARD + 2}%" y="{y + height / 2 + 5}" class="rw-gpu-label">'
        f"GPU {index + 1}{lanes}{'' if fits else ': no slot'}</text>"
    )


def _cpu(height: int, starts: list[int], lanes: list[int]) -> str:
    middle = TOP + (height - TOP) / 2
    links = "".join(
        f'<line x1="{_CPU}%" y1="{middle:.0f}" x2="{_BOARD}%" '
        f'y2="{TOP + start * SLOT + SLOT / 2 - 2:.0f}" stroke-width="{max(1, width / 3):.1f}" '
        'class="rw-lanes"/>'
        for start, width in zip(starts, lanes, strict=True)
        if width
    )
    return (
        f'{links}<rect x="0" y="{middle - 22:.0f}" width="{_CPU}%" height="44" rx="4" '
        f'class="rw-cpu"/><text x="{_CPU / 2}%" y="{middle + 5:.0f}" text-anchor="middle" '
        'class="rw-plot-label">CPU</text>'
    )
