"""The result of a calculator as the page shows it: figure, plot, table, steps, notes, sources."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from assistant.assistant import Assistant
from assistant.calculators.words import in_words, label_of, main_of
from assistant.errors import RigwiseError
from assistant.front.page.calculators_sources import cite_lines, link_lines
from assistant.front.page.calculators_words import field_at_fault, in_labels
from assistant.front.page.drawings import draw_slots
from assistant.front.page.plots_data import plot_memory, plot_transfer
from assistant.front.page.plots_power import Calculate, plot_buy_or_rent, plot_energy, plot_psu
from assistant.types import Calculation

PLOTS: dict[str, Callable[[Calculation, Calculate], str]] = {
    "psu": plot_psu,
    "pcie_transfer": plot_transfer,
    "energy_cost": plot_energy,
    "buy_or_rent": plot_buy_or_rent,
    "model_memory": plot_memory,
    "slots_and_lanes": draw_slots,
}
LONG = 24  # characters: a main figure that is a sentence is set smaller


def result_html(assistant: Assistant, calculation: Calculation) -> str:
    """Return a calculation with its plot, for the place beside its form."""
    label, value = main_of(calculation)
    main = in_words(value)
    size = " long" if len(main) > LONG else ""
    return (
        f'<article class="rw-result" data-calculator="{calculation.calculator}">'
        f'<p class="rw-main"><span>{escape(label)}</span> '
        f'<strong class="rw-figure{size}">{escape(main)}</strong></p>'
        f"{plot_html(calculation, assistant.calculate)}{_table(calculation)}"
        f"{_told(assistant, calculation)}"
        '<p class="rw-sources">From the guide, lines '
        f"{cite_lines(assistant, calculation.lines)}</p></article>"
    )


def plot_html(calculation: Calculation, calculate: Calculate) -> str:
    """Return the plot of a calculation; empty where it has none or its range has no numbers."""
    plot = PLOTS.get(calculation.calculator)
    if plot is None:
        return ""
    try:
        return plot(calculation, calculate)
    except RigwiseError:
        # Twice the time or the next larger supply can lie beyond what a calculator takes: the
        # result itself stands all the same.
        return ""


def problem_html(calculator: str, error: RigwiseError) -> str:
    """Return what was wrong with the inputs as one sentence, with the field that it is about."""
    message = str(error).removeprefix(f"{calculator}: ")
    at = field_at_fault(calculator, message)
    waiting = "is missing" in message or "are missing" in message
    kind = "rw-hint waiting" if waiting else "rw-problem problem"
    role = "status" if waiting else "alert"
    return (
        f'<p class="{kind}" role="{role}" data-field="{escape(at)}">'
        f"{escape(in_labels(calculator, message))}</p>"
    )


def _table(calculation: Calculation) -> str:
    _, main = main_of(calculation)
    rows = "".join(
        f'<tr><th scope="row">{escape(label_of(calculation.calculator, name))}</th>'
        f"<td>{escape(in_words(value))}</td></tr>"
        for name, value in calculation.results.items()
        if value != main
    )
    if not rows:
        return ""
    return f'<table class="rw-results"><caption class="rw-unseen">Results</caption>{rows}</table>'


def _told(assistant: Assistant, calculation: Calculation) -> str:
    steps = "".join(f"<li>{link_lines(assistant, step)}</li>" for step in calculation.steps)
    notes = "".join(f"<li>{link_lines(assistant, note)}</li>" for note in calculation.notes)
    return (
        f'<details class="rw-steps" open><summary>How it is worked out</summary><ol>{steps}</ol>'
        "</details>"
        + (f'<div class="rw-notes"><h4>Good to know</h4><ul>{notes}</ul></div>' if notes else "")
    )
