"""The size of a mini-batch, from its shape or from its sides."""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import Field

from assistant.calculators.base import Inputs
from assistant.calculators.fields import Shape, whole
from assistant.calculators.units import Quantity, quantity, show
from assistant.errors import InvalidInput

_SIDES = ("batch", "height", "width", "channels")


class BatchInputs(Inputs):
    """A mini-batch: a shape, or how many images of what size."""

    shape: Shape | None = Field(
        None, description='Sizes of the mini-batch in any order, such as "32x225x225x3"'
    )
    batch: Annotated[int, whole(1, 1_000_000)] | None = Field(
        None, description="Images in the mini-batch (instead of shape)"
    )
    height: Annotated[int, whole(1, 100_000)] | None = Field(
        None, description="Height of an image in pixels"
    )
    width: Annotated[int, whole(1, 100_000)] | None = Field(
        None, description="Width of an image in pixels (as the height if not given)"
    )
    channels: Annotated[int, whole(1, 10_000)] | None = Field(
        None, description="Channels of an image (3 if not given)"
    )
    bytes_per_value: Annotated[int, whole(1, 16)] = Field(
        4, description="Bytes of each value: 4 for 32-bit, 2 for 16-bit"
    )

    def sides(self) -> tuple[int, ...]:
        """Return the sizes of the batch.

        :raises InvalidInput: neither a shape nor the sides are given, or both.
        """
        given = [name for name in _SIDES if getattr(self, name) is not None]
        if self.shape is not None:
            if given:
                raise InvalidInput(f"Give shape or {', '.join(given)}, not both.")
            return self.shape
        if self.batch is None or self.height is None:
            missing = "batch" if self.batch is None else "height"
            raise InvalidInput(f'{missing} is missing: give it, or a shape such as "32x225x225x3".')
        return (self.batch, self.height, self.width or self.height, self.channels or 3)

    def size(self) -> Quantity:
        """Return the bytes of the batch."""
        return quantity(float(math.prod(self.sides()) * self.bytes_per_value), "byte")

    def size_step(self) -> str:
        """Return the sentence that works out the size."""
        size = self.size()
        sides = " × ".join(str(side) for side in self.sides())
        return (
            f"{sides} values × {self.bytes_per_value} bytes = {show(float(size.magnitude))} bytes "
            f"= {show(float(size.to('MiB').magnitude))} MiB."
        )

    def assumed(self) -> list[str]:
        """Return the notes on what was not given."""
        if self.shape is not None or self.batch is None:
            return []
        unsaid = []
        if self.width is None:
            unsaid.append(f"width {self.height}")
        if self.channels is None:
            unsaid.append("3 channels")
        return [f"Inputs not given: {', '.join(unsaid)} assumed."] if unsaid else []
