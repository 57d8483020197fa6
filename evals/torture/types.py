"""What a part of the breaking suite reports."""

from __future__ import annotations

from dataclasses import dataclass, field

SHOWN = 5


@dataclass
class Trial:
    """One kind of attack: how often it was tried, what was lost, and what else is worth saying."""

    name: str
    tried: int = 0
    lost: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def lose(self, what: str) -> None:
        """Note one loss."""
        self.lost.append(what)

    def to_text(self) -> str:
        """Return the lines that are printed."""
        lines = [f"{self.name}: tried {self.tried}, lost {len(self.lost)}"]
        lines += [f"    {note}" for note in self.notes]
        lines += [f"    LOST {what}" for what in self.lost[:SHOWN]]
        if len(self.lost) > SHOWN:
            lines.append(f"    LOST and {len(self.lost) - SHOWN} more")
        return "\n".join(lines)
