"""GPU memory that training a model takes, and whether it fits a card."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from assistant.calculators.base import Calculator, Inputs, calculation
from assistant.calculators.cards import named_gpus
from assistant.calculators.fields import Count, Precision, whole
from assistant.calculators.units import Measured, Quantity, round_to, show
from assistant.errors import InvalidInput, NoSolution
from assistant.types import Calculation, Figure, Value

Optimizer = Literal["sgd", "momentum", "adam"]
# How many further values each optimiser keeps for a parameter.
STATE_VALUES: dict[Optimizer, int] = {"sgd": 0, "momentum": 1, "adam": 2}
GIGA = 1e9


class ModelMemoryInputs(Inputs):
    """The model, how it is trained, and optionally the card."""

    parameters: Annotated[int, Count(1, 10**13)] | None = Field(
        None, description='Parameters of the model: 23000000, "23M"; leave out to learn the most'
    )
    precision: Annotated[int, Precision(16, 32)] = Field(
        32, description="Bits of each value: 16 or 32"
    )
    optimizer: Optimizer = Field("momentum", description="sgd, momentum or adam")
    activations: Annotated[int, Count(0, 10**13)] | None = Field(
        None, description="Values that one sample leaves behind for the backward pass"
    )
    batch: Annotated[int, whole(1, 10_000_000)] | None = Field(
        None, description="Samples in a mini-batch; leave out to learn the largest that fits"
    )
    gpu: str | None = Field(None, max_length=200, description='Card by name, such as "RTX 2080 Ti"')
    card_memory: Annotated[Quantity, Measured("GB", 0.1, 10_000)] | None = Field(
        None, description="Memory of the card in GB, instead of a name"
    )


@dataclass(frozen=True, slots=True)
class Footprint:
    """Bytes: of each parameter in all, and of a sample's activations."""

    weight: int
    states: int
    sample: float

    @property
    def parameter(self) -> int:
        """Weight, gradient and optimiser state of one parameter."""
        return self.weight * (2 + self.states)


def run_model_memory(inputs: ModelMemoryInputs) -> Calculation:
    """Add the memory up, or find the largest batch or model that fits the card."""
    card, name = _card(inputs)
    width = inputs.precision // 8
    footprint = Footprint(width, STATE_VALUES[inputs.optimizer], width * (inputs.activations or 0))
    notes = _notes(inputs)
    if inputs.parameters is None:
        if card is None:
            raise InvalidInput("parameters is missing: give it, or a card to learn what fits.")
        return _most_parameters(inputs, footprint, card, name, notes)
    if inputs.batch is None and inputs.activations and card is not None:
        return _largest_batch(inputs, footprint, inputs.parameters, card, name, notes)
    return _add_up(inputs, footprint, inputs.parameters, card, name, notes)


def _add_up(
    inputs: ModelMemoryInputs,
    footprint: Footprint,
    parameters: int,
    card: float | None,
    name: str,
    notes: list[str],
) -> Calculation:
    batch = inputs.batch or 1
    if inputs.activations and inputs.batch is None:
        notes.append("Inputs not given: a batch of one sample assumed.")
    weights = parameters * footprint.weight
    state = weights * footprint.states
    activations = footprint.sample * batch
    total = 2 * weights + state + activations
    steps = [
        f"Weights: {parameters} × {footprint.weight} bytes = {_gb(weights)}; gradients as much.",
        f"Optimiser ({inputs.optimizer}): {footprint.states} further values a parameter = "
        f"{_gb(state)}.",
    ]
    if inputs.activations:
        steps.append(
            f"Activations: {inputs.activations} values × {footprint.weight} bytes × "
            f"{batch} samples = {_gb(activations)} (line 457)."
        )
    steps.append(
        f"{_gb(weights)} + {_gb(weights)} + {_gb(state)} + {_gb(activations)} = {_gb(total)}."
    )
    results: dict[str, Value] = {
        "value": _figure(total),
        "weights": _figure(weights),
        "gradients": _figure(weights),
        "optimizer_state": _figure(state),
        "activations": _figure(activations),
    }
    if inputs.precision == 16:
        # 16-bit weights, gradients and activations; 32-bit weights and optimiser state
        mixed = 2 * weights + activations + parameters * 4 * (1 + footprint.states)
        results["mixed_precision"] = _figure(mixed)
        steps.append(
            f"With a 32-bit copy of weights and optimiser state: {_gb(mixed)} (line 1171)."
        )
    if card is not None:
        fits = total <= card
        results["fits"] = fits
        steps.append(f"{_gb(total)} {'fit' if fits else 'do not fit'} {_gb(card)}{name}.")
    return calculation("model_memory", inputs, results, steps, _lines(inputs), notes)


def _largest_batch(
    inputs: ModelMemoryInputs,
    footprint: Footprint,
    parameters: int,
    card: float,
    name: str,
    notes: list[str],
) -> Calculation:
    model = parameters * footprint.parameter
    batch = math.floor((card - model) / footprint.sample)
    if batch < 1:
        raise NoSolution(
            f"Not one sample fits: the model takes {_gb(model)} of {_gb(card)}{name} "
            f"and a sample {_gb(footprint.sample)}."
        )
    steps = [
        f"Weights, gradients and optimiser state: {parameters} × {footprint.parameter} bytes = "
        f"{_gb(model)}.",
        f"({_gb(card)}{name} - {_gb(model)}) / {_gb(footprint.sample)} a sample = {batch} samples.",
    ]
    results: dict[str, Value] = {
        "value": Figure(batch, "samples"),
        "largest_batch": Figure(batch, "samples"),
        "total": _figure(model + batch * footprint.sample),
        "fits": True,
    }
    return calculation("model_memory", inputs, results, steps, _lines(inputs), notes)


def _most_parameters(
    inputs: ModelMemoryInputs, footprint: Footprint, card: float, name: str, notes: list[str]
) -> Calculation:
    activations = footprint.sample * (inputs.batch or 1)
    most = math.floor((card - activations) / footprint.parameter)
    if most < 1:
        raise NoSolution(
            f"The activations alone take {_gb(activations)}, all of the {_gb(card)}{name}."
        )
    steps = [
        f"A parameter takes {footprint.weight} × (2 + {footprint.states}) = {footprint.parameter} "
        f"bytes: weight, gradient and {inputs.optimizer} state.",
        f"({_gb(card)}{name} - {_gb(activations)} of activations) / {footprint.parameter} bytes = "
        f"{show(most / 1e6)} million parameters.",
    ]
    results: dict[str, Value] = {
        "value": Figure(most, "parameters"),
        "largest_model": Figure(most, "parameters"),
    }
    return calculation("model_memory", inputs, results, steps, _lines(inputs), notes)


def _card(inputs: ModelMemoryInputs) -> tuple[float | None, str]:
    """Return the card's memory in bytes, and its name for a sentence."""
    if inputs.card_memory is not None:
        return float(inputs.card_memory.magnitude) * GIGA, ""
    if inputs.gpu is None:
        return None, ""
    cards = [card for _, card in named_gpus(inputs.gpu)]
    smallest = min(cards, key=lambda card: card.memory_gb or 0)
    if smallest.memory_gb is None:
        raise InvalidInput(f"The memory of the {smallest.model} is not known: give card_memory.")
    return smallest.memory_gb * GIGA, f" of the {smallest.model}"


def _notes(inputs: ModelMemoryInputs) -> list[str]:
    notes = [
        "GB is 10^9 bytes. Not counted: the libraries' own memory, buffers, and monitors "
        "(line 274 has about 400 MB for three)."
    ]
    if inputs.activations is None:
        notes.append(
            "Inputs not given: activations, so they are not counted; in convolutional "
            "nets they grow with the batch and often weigh most (line 457)."
        )
    if inputs.precision == 16:
        notes.append(
            "All values counted at 16 bits, half of 32 (line 10). In practice it is not a "
            "straight halving (line 1171)."
        )
    return notes


def _lines(inputs: ModelMemoryInputs) -> list[tuple[int, int]]:
    lines = [(10, 10), (274, 274), (457, 457)]
    return [*lines, (1171, 1172)] if inputs.precision == 16 else lines


def _figure(size: float) -> Figure:
    return Figure(round_to(size / GIGA), "GB")


def _gb(size: float) -> str:
    return f"{show(size / GIGA)} GB"


CALCULATOR = Calculator(
    "model_memory",
    "Model memory",
    "GPU memory for training a model: weights, gradients, optimiser state and activations at 16 "
    "or 32 bits, and whether it fits a card; or the largest batch or model that fits.",
    ModelMemoryInputs,
    run_model_memory,
)
