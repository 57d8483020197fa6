"""CPU threads and cores for some GPUs, or GPUs for a CPU (lines 48 and 49)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from assistant.calculators.base import Calculator, Inputs, calculation
from assistant.calculators.fields import whole
from assistant.calculators.units import counted
from assistant.errors import InvalidInput, NoSolution
from assistant.types import Calculation, Figure, Value

Strategy = Literal["while_training", "before_training"]
# strategy: threads a GPU, cores a GPU, line
PER_GPU: dict[Strategy, tuple[int, int, int]] = {
    "while_training": (4, 2, 48),
    "before_training": (2, 1, 49),
}
# GPUs: cores that a later comment (line 1013) calls sufficient
SOFTER_CORES = {3: 4, 4: 6}


class CpuThreadsInputs(Inputs):
    """The GPUs and when the data are preprocessed, or a CPU's threads or cores."""

    gpus: Annotated[int, whole(1, 128)] | None = Field(None, description="How many GPUs")
    strategy: Strategy | None = Field(
        None,
        description="When data are preprocessed: while_training (the more demanding, assumed if "
        "not given) or before_training",
    )
    threads: Annotated[int, whole(1, 4096)] | None = Field(
        None, description="Backwards: threads of the CPU; how many GPUs does it feed?"
    )
    cores: Annotated[int, whole(1, 2048)] | None = Field(
        None, description="Backwards: cores of the CPU; how many GPUs does it feed?"
    )


def run_cpu_threads(inputs: CpuThreadsInputs) -> Calculation:
    """Recommend threads and cores, or count the GPUs that a CPU feeds."""
    strategy: Strategy = inputs.strategy or "while_training"
    threads, cores, line = PER_GPU[strategy]
    notes = [] if inputs.strategy else ["Inputs not given: preprocessing while training assumed."]
    words = strategy.replace("_", " ")
    if inputs.gpus is None:
        return _count_gpus(inputs, strategy, notes)
    gpus = inputs.gpus
    results: dict[str, Value] = {
        "recommended": Figure(gpus * threads, "threads"),
        "threads": Figure(gpus * threads, "threads"),
        "cores": Figure(gpus * cores, "cores"),
    }
    steps = [
        f"{counted(gpus, 'GPU')} × {threads} threads = {gpus * threads} threads, for preprocessing "
        f"{words} (line {line}).",
        f"That is usually {gpus} × {cores} = {gpus * cores} cores (line {line}).",
    ]
    if strategy == "while_training":
        notes.append("Each further core a GPU may gain about 0-5%; not tested hard (line 48).")
    else:
        notes.append("More cores bring no significant gain with this strategy (line 49).")
    lines = [(line, line), (94, 94)]
    if strategy == "while_training" and gpus in SOFTER_CORES:
        softer = SOFTER_CORES[gpus]
        results["softer_cores"] = Figure(softer, "cores")
        notes.append(
            f"A later comment is softer: {softer} cores suffice for {counted(gpus, 'GPU')}; four "
            "cores for four GPUs are borderline (line 1013)."
        )
        lines.append((1013, 1013))
    if inputs.threads is not None or inputs.cores is not None:
        enough = (inputs.threads or threads * gpus) >= threads * gpus
        results["enough"] = enough and (inputs.cores or cores * gpus) >= cores * gpus
    return calculation("cpu_threads", inputs, results, steps, lines, notes)


def _count_gpus(inputs: CpuThreadsInputs, strategy: Strategy, notes: list[str]) -> Calculation:
    per_threads, per_cores, line = PER_GPU[strategy]
    words = strategy.replace("_", " ")
    steps, counts = [], []
    for given, each, unit in (
        (inputs.threads, per_threads, "threads"),
        (inputs.cores, per_cores, "cores"),
    ):
        if given is None:
            continue
        counts.append(given // each)
        steps.append(
            f"{given} {unit} / {each} {unit} a GPU = {counted(given // each, 'GPU')}, for "
            f"preprocessing {words} (line {line})."
        )
    if not counts:
        raise InvalidInput("gpus is missing: give gpus, or the CPU's threads or cores.")
    gpus = min(counts)
    if gpus < 1:
        raise NoSolution(
            f"This CPU feeds not even one GPU when preprocessing {words}, which "
            f"needs {per_threads} threads or {per_cores} cores (line {line})."
        )
    if len(set(counts)) > 1:
        notes.append("Threads and cores give different counts: the smaller is taken.")
    lines = [(line, line)]
    softer = max((n for n, cores in SOFTER_CORES.items() if cores == inputs.cores), default=0)
    if strategy == "while_training" and softer > gpus:
        notes.append(
            f"A later comment calls {inputs.cores} cores sufficient for {softer} GPUs (line 1013)."
        )
        lines.append((1013, 1013))
    results: dict[str, Value] = {"value": Figure(gpus, "GPUs"), "gpus": Figure(gpus, "GPUs")}
    return calculation("cpu_threads", inputs, results, steps, lines, notes)


CALCULATOR = Calculator(
    "cpu_threads",
    "CPU threads",
    "CPU threads and cores for a number of GPUs, by when the data are preprocessed; or how many "
    "GPUs a CPU feeds.",
    CpuThreadsInputs,
    run_cpu_threads,
)
