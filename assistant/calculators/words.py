"""What people read for the names of results and their values, on every front end."""

from __future__ import annotations

import re

from assistant.types import Calculation, Figure, Value

# The main figure's words, where no other result of the same value has a better name.
_MAIN = {
    "psu": "Recommended supply",
    "pcie_transfer": "Transfer, in theory",
    "cpu_threads": "Threads of the CPU",
    "ram": "RAM",
    "energy_cost": "Energy",
    "disk_read": "Speed needed",
    "gradient_sync": "Exchanges a second",
    "slots_and_lanes": "Slots",
    "cooling": "Slow-down",
    "buy_or_rent": "Buying has paid after",
    "video_streams": "Streams",
    "model_memory": "Memory",
}
# "Buy or rent: 367.6 days" does not say what comes after so many days.
_BY_FIGURE = frozenset({"buy_or_rent", "pcie_transfer", "slots_and_lanes"})
_WORDS = {
    "psu.components": "Cards and CPU draw",
    "psu.draw": "The whole system draws",
    "psu.worked_rule": "With 10% to spare (line 62)",
    "psu.worked_rule_size": "Next size sold, by line 62",
    "psu.tldr_rule": "The short rule (line 101)",
    "psu.tldr_size": "Next size sold, by line 101",
    "psu.connectors": "PCIe power connectors",
    "psu.supplies": "Supplies to share it",
    "psu.load": "Load on your supply",
    "psu.enough": "Your supply is enough",
    "psu.cards": "Cards that it carries",
    "psu.worked_rule_cards": "By line 62",
    "psu.tldr_cards": "By line 101",
    "pcie_transfer.practical": "In practice",
    "pcie_transfer.share": "Share of the step",
    "pcie_transfer.gain_from_16_lanes": "16 lanes would gain",
    "pcie_transfer.lanes": "Lanes, in theory",
    "pcie_transfer.lanes_in_practice": "Lanes, in practice",
    "cpu_threads.softer_cores": "Cores, by a later comment",
    "cpu_threads.enough": "Your CPU is enough",
    "cpu_threads.gpus": "GPUs that it feeds",
    "ram.kit": "Next size sold",
    "ram.least": "The least to work with",
    "ram.comfortable": "Comfortable",
    "ram.enough": "Your RAM is enough",
    "ram.largest_gpu_memory": "Suits cards with up to",
    "energy_cost.cost": "Cost",
    "energy_cost.kwh": "Energy",
    "energy_cost.loss": "Lost in the supply",
    "energy_cost.extra_cost": "Of that, lost in the supply",
    "energy_cost.saved_kwh": "A better supply saves",
    "energy_cost.saving": "A better supply saves, in money",
    "energy_cost.co2": "CO₂",
    "energy_cost.within_budget": "Within your budget",
    "energy_cost.hours": "It lasts",
    "disk_read.blocking": "Reading a mini-batch",
    "disk_read.decimal_megabytes": "With MB as 10⁶ bytes",
    "disk_read.asynchronous_wait": "Waiting, if read ahead",
    "disk_read.blocking_step": "A step, one after the other",
    "disk_read.asynchronous_step": "A step, if read ahead",
    "disk_read.slowdown": "Training is slower by",
    "disk_read.drive": "A drive that does it",
    "gradient_sync.bandwidth": "Bandwidth",
    "gradient_sync.time": "One exchange takes",
    "gradient_sync.gradient_size": "Size of the gradients",
    "gradient_sync.scaling": "Speed-up over one GPU",
    "gradient_sync.lanes": "PCIe lanes",
    "slots_and_lanes.fits": "They fit your slots",
    "slots_and_lanes.split": "Lanes of the GPUs",
    "slots_and_lanes.lanes_each": "Lanes each, at least",
    "slots_and_lanes.cpu_lanes_each": "To the CPU each, all at once",
    "slots_and_lanes.communication": "Communication is dearer by",
    "slots_and_lanes.gpus": "GPUs that fit",
    "cooling.value": "Slow-down",
    "cooling.recommended": "Advice",
    "cooling.low": "At least",
    "cooling.high": "At most",
    "cooling.water_cost": "Water cooling costs about",
    "cooling.accepted": "Within what you accept",
    "cooling.cheapest": "The cheapest that does it",
    "cooling.water_within_budget": "Water is within your budget",
    "cooling.gpus": "GPUs that it water-cools",
    "buy_or_rent.recommended": "Cheaper by then",
    "buy_or_rent.value": "Buying has paid after",
    "buy_or_rent.hours": "In hours of use",
    "buy_or_rent.months": "In months",
    "buy_or_rent.saved_per_hour": "Each hour saves",
    "buy_or_rent.buying_costs": "Buying costs by then",
    "buy_or_rent.renting_costs": "Renting costs by then",
    "buy_or_rent.highest_price": "A machine pays up to",
    "buy_or_rent.break_even_rent": "Rent at which both cost the same",
    "video_streams.exact": "If it scales linearly",
    "video_streams.enough": "Enough for the streams wanted",
    "video_streams.fps": "Frame rate",
    "model_memory.weights": "Weights",
    "model_memory.gradients": "Gradients",
    "model_memory.optimizer_state": "State of the optimiser",
    "model_memory.activations": "Activations",
    "model_memory.mixed_precision": "With a 32-bit copy",
    "model_memory.fits": "Fits the card",
    "model_memory.largest_batch": "Largest mini-batch",
    "model_memory.largest_model": "Largest model",
    "model_memory.total": "Memory with that",
}
_AHEAD = r"\b(?:async|ahead|prefetch|background|worker)"
_WHOLE_STEP = r"\b(?:whole|full|complete|entire|total) (?:\w+ ){0,3}?(?:step|iteration)"
# What a question may be after beside the main figure.
_ASKED = (
    ("pcie_transfer", "share", re.compile(r"(?i)\bshare\b|\bfraction\b|\bpercent\w*|%")),
    (
        "pcie_transfer",
        "gain_from_16_lanes",
        re.compile(r"(?i)\bfaster\b|\bgains?\b|\bspeed-?up\b"),
    ),
    (
        "pcie_transfer",
        "practical",
        re.compile(r"(?i)\b(?:in practice|practical\w*|realistic\w*|in reality|really)\b"),
    ),
    ("disk_read", "asynchronous_wait", re.compile(r"(?i)\bidle\b|\bwait\w*|\bstarv\w*")),
    ("disk_read", "slowdown", re.compile(r"(?i)\bpercent\w*|%|\bslow\w* (?:me |it |\w+ )?down")),
    ("disk_read", "asynchronous_step", re.compile(rf"(?i)(?=.*{_AHEAD}).*{_WHOLE_STEP}")),
    ("disk_read", "blocking_step", re.compile(rf"(?i){_WHOLE_STEP}")),
    ("gradient_sync", "scaling", re.compile(r"(?i)\bspeed-?ups?\b|\bscal(?:es?|ing)\b")),
    (
        "gradient_sync",
        "time",
        re.compile(r"(?i)\bhow long\b|\bhow many (?:ms|millisec\w+)|\bhow much time\b|^time\b"),
    ),
    (
        "buy_or_rent",
        "renting_costs",
        re.compile(r"(?i)\bwould (?:the )?rent\w* (?:\w+ )?(?:add|co)"),
    ),
    ("buy_or_rent", "months", re.compile(r"(?i)\b(?:how many|in) months\b")),
    ("buy_or_rent", "hours", re.compile(r"(?i)\bhow many (?:\w+ )?hours\b")),
    ("energy_cost", "co2", re.compile(r"(?i)\bco2\b|co₂|\bcarbon\b|\bemi(?:ts?|ssions?)\b")),
    (
        "slots_and_lanes",
        "split",
        re.compile(r"(?i)\bsplit\b|\b(?:widths?|lanes)\b(?!.*\bslots\b)|\bhow wide\b"),
    ),
    ("cpu_threads", "cores", re.compile(r"(?i)^(?!.*\bthreads?\b).*\bcores?\b")),
    ("energy_cost", "saving", re.compile("")),  # two supplies are only given to be compared
    ("cooling", "cheapest", re.compile(r"(?i)\bcheapest\b")),
    (
        "cooling",
        "value",
        re.compile(
            r"(?i)^(?!.*\b(?:water|liquid)\b).*(?:\bslow|throttl|percent|%|\bspeed\b|performance)"
        ),
    ),
    (
        "cooling",
        "water_cost",
        re.compile(
            r"(?i)\bcosts?\b|\bprice\b|\btotal\b|\bexpensive\b|\b(?:pay|spend|dollars|money)\b|"
            r"\bset \w+ back\b"
        ),
    ),
)
_MONEY = ("€", "$", "£", "CHF")
_UNITS = {"1/s": "a second", "MiB/s": "MB/s", "×": "times"}


def label_of(calculator: str, result: str) -> str:
    """Return what people read for the name of a result."""
    words = _WORDS.get(f"{calculator}.{result}")
    return words or result.replace("_", " ").capitalize()


def main_of(calculation: Calculation) -> tuple[str, Value]:
    """Return what people read for the main figure, and the figure."""
    name, results = calculation.calculator, calculation.results
    if name == "cooling" and "low" in results:
        return _MAIN[name], results["value"]  # the advice is a sentence: it stands in the table
    if "recommended" in results:
        return _WORDS.get(f"{name}.recommended", _MAIN[name]), calculation.main
    alike = (f"{name}.{other}" for other, value in results.items()
             if other != "value" and value == calculation.main)  # fmt: skip
    return _WORDS.get(next(alike, ""), _MAIN[name]), calculation.main


def headline(calculation: Calculation, question: str) -> tuple[str, str]:
    """Return the words and the value that an answer begins with: those of what was asked for.

    The main figure stands under the calculator's name, unless that says too little.
    """
    from assistant.calculators.registry import get

    name, results = calculation.calculator, calculation.results
    for calculator, result, asked in _ASKED:
        if calculator == name and result in results and asked.search(question):
            return label_of(name, result), shown(results[result])
    label, _ = main_of(calculation)
    by_title = label == _MAIN[name] and name not in _BY_FIGURE
    return get(name).title if by_title else label, shown(calculation.main)


def in_words(value: Value) -> str:
    """Return a value as people read it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Figure) and value.unit in _MONEY and value.value != int(value.value):
        return f"{value.value:,.2f} {value.unit}"
    if isinstance(value, Figure):
        return str(Figure(value.value, _UNITS.get(value.unit, value.unit)))
    return str(value)


def rows_of(calculation: Calculation) -> list[tuple[str, str]]:
    """Return the results as people read them, the main figure first."""
    main, value = main_of(calculation)
    rows = {main: shown(value)}
    for name, other in calculation.results.items():
        if name not in ("recommended", "value"):
            rows.setdefault(label_of(calculation.calculator, name), shown(other))
    return list(rows.items())


def shown(value: Value) -> str:
    """Return a value, or several, as people read them."""
    return ", ".join(map(in_words, value)) if isinstance(value, tuple) else in_words(value)
