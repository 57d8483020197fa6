"""Plots of data and memory: transfer beside compute by lanes, memory by part against the card."""

from __future__ import annotations

from assistant.calculators.cards import named_gpus
from assistant.calculators.pcie_transfer import WIDTHS
from assistant.calculators.units import show
from assistant.front.page.calculators_links import plain_inputs
from assistant.front.page.plots import Mark, Row, Segment, draw_bars
from assistant.front.page.plots_power import Calculate, number
from assistant.front.page.plots_tables import Table
from assistant.types import Calculation

_PARTS = {
    "weights": ("Weights", 1),
    "gradients": ("Gradients", 2),
    "optimizer_state": ("Optimiser", 3),
    "activations": ("Activations", 4),
}
COMMON_CARDS = (8, 11, 24)  # GB, where no card is given


def plot_transfer(calculation: Calculation, calculate: Calculate) -> str:
    """Return the time of a transfer beside that of computing, for each width of a link."""
    inputs = plain_inputs(calculation)
    allowed, mine = inputs.pop("transfer_time", None), inputs.get("lanes")
    step = inputs.get("step_time")
    rows, table = [], []
    for width in reversed(WIDTHS):
        run = calculate("pcie_transfer", {**inputs, "lanes": width})
        time = number(run, "practical")
        share = f", {show(number(run, 'share'))}%" if step else ""
        compute = (Segment("Computing", float(step), 3),) if step else ()
        whose = ", yours" if width == mine else ""
        rows.append(
            Row(f"x{width}{whose}", f"{show(time)} ms{share}",
                (*compute, Segment("Transfer, in practice", time, 2)))
        )  # fmt: skip
        theory = f"{show(number(run, 'value'))} ms"
        table.append((f"x{width}{whose}", theory, f"{show(time)} ms", share.lstrip(", ") or "-"))
    words = f" beside {show(step)} ms of computing" if step else ""
    return draw_bars(
        "Transfer time by lanes",
        f"From {table[0][2]} with 16 lanes to {table[-1][2]} with one{words}.",
        rows,
        Table(("Lanes", "In theory", "In practice", "Of the step"), tuple(table)),
        [Mark(float(allowed), f"allowed: {show(allowed)} ms")] if allowed else [],
    )


def plot_memory(calculation: Calculation, calculate: Calculate) -> str:
    """Return the memory of training by part, against the card's."""
    inputs = plain_inputs(calculation)
    if "largest_batch" in calculation.results:
        inputs["batch"] = int(number(calculation, "largest_batch"))
    if "largest_model" in calculation.results:
        inputs["parameters"] = int(number(calculation, "largest_model"))
    run = calculate("model_memory", inputs)
    parts = [
        Segment(words, number(run, name), colour)
        for name, (words, colour) in _PARTS.items()
        if number(run, name) > 0
    ]
    total, (memory, card) = number(run, "value"), _card(inputs)
    fits = run.results.get("fits")
    state = "" if fits is None else "fine" if fits else "fails"
    words = "" if fits is None else ", fits" if fits else ", does not fit"
    marks = (
        [Mark(memory, f"{card}{memory:g} GB")]
        if memory
        else [Mark(float(size), f"{size} GB") for size in COMMON_CARDS if size <= 2 * total + 8]
    )
    rows = tuple((part.name, f"{show(part.value)} GB") for part in parts)
    return draw_bars(
        "Memory by part against the card",
        f"Training takes {show(total)} GB{words}.",
        [Row("Training", f"{show(total)} GB{words}", tuple(parts), state, memory or 0.0)],
        Table(("Part", "Memory"), (*rows, ("All", f"{show(total)} GB"))),
        marks,
    )


def _card(inputs: dict[str, object]) -> tuple[float | None, str]:
    """Return the memory of the card in GB, and its name; None where no card is given."""
    given = inputs.get("card_memory")
    if isinstance(given, (int, float)):
        return float(given), ""
    if not inputs.get("gpu"):
        return None, ""
    smallest = min(
        (card for _, card in named_gpus(str(inputs["gpu"]))), key=lambda card: card.memory_gb or 0
    )
    return smallest.memory_gb, f"{smallest.model}: "
