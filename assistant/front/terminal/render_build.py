"""A build report on a terminal."""

from __future__ import annotations

import re

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from assistant.types import BuildReport, VerdictKind

# verdict: its words, its colour
WORDS: dict[VerdictKind, tuple[str, str]] = {
    "fine": ("fine", "green"),
    "look": ("worth a look", "yellow"),
    "fails": ("will not work", "red"),
    "unknown": ("not known", "dim"),
}
# Bytes that would let a pasted text drive the terminal.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def render_report(report: BuildReport) -> RenderableType:
    """Return tables of parts and verdicts, and the list of unknown parts."""
    parts = Table(title="Parts", title_justify="left")
    for column in ("Kind", "Model", "Count"):
        parts.add_column(column)
    for part in report.parts:
        parts.add_row(part.kind, _safe(part.model), Text(str(part.count)))
    verdicts = Table(title="Verdicts", title_justify="left")
    for column in ("About", "Verdict", "Why", "Guide, lines"):
        verdicts.add_column(column)
    for verdict in report.verdicts:
        words, style = WORDS[verdict.verdict]
        lines = ", ".join(str(span) for span in verdict.lines)
        about = verdict.about.replace("_", " ")
        verdicts.add_row(about, Text(words, style=style), _safe(verdict.text), Text(lines))
    shown: list[RenderableType] = [parts, verdicts]
    if report.unknown_parts:
        names = "; ".join(report.unknown_parts)
        shown.append(_safe(f"Not recognised: {names}"))
    return Group(*shown)


def _safe(text: str) -> Text:
    return Text(_CONTROL.sub("", text))
