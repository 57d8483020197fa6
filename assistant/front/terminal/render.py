"""An answer on a terminal."""

from __future__ import annotations

import re

from rich.console import Console, Group, RenderableType
from rich.markdown import Markdown
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from assistant.answering.phrasing import NOTE_NAMES, said_by
from assistant.calculators.registry import get
from assistant.calculators.words import rows_of
from assistant.types import Answer, Calculation, Citation

# Bytes that would let a quoted text drive the terminal.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def render_answer(answer: Answer, more: bool = False, console: Console | None = None) -> None:
    """Print an answer: text, calculations, notes, numbered sources."""
    console = console or Console()
    parts: list[RenderableType] = [Markdown(_safe(answer.text))]
    if more and answer.more:
        parts.append(Markdown(_safe(answer.more)))
    # The steps stand in the text of an answer, the notes below it.
    parts += [results_table(calculation) for calculation in answer.calculations]
    parts += [
        Text(f"{NOTE_NAMES[note.kind]}: {_safe(note.text)}", style="yellow")
        for note in answer.notes
    ]
    citations = (*answer.citations, *(answer.more_citations if more else ()))
    if citations:
        parts.append(_sources(citations))
    console.print(Group(*parts))


def results_table(calculation: Calculation) -> Table:
    """Return the results of a calculation as a small table."""
    title = get(calculation.calculator).title
    table = Table(title=escape(title), title_justify="left", show_header=False)
    for name, value in rows_of(calculation):
        table.add_row(escape(name), escape(value))
    return table


def render_calculation(calculation: Calculation) -> RenderableType:
    """Return a calculation with its steps, notes and the lines that it stands on."""
    table = results_table(calculation)
    steps = [Text(f"  {step}", style="dim") for step in calculation.steps]
    notes = [Text(f"  Note: {note}", style="yellow") for note in calculation.notes]
    where = ", ".join(str(lines) for lines in calculation.lines)
    return Group(table, *steps, *notes, Text(f"  Guide, lines {where}", style="dim"))


def _sources(citations: tuple[Citation, ...]) -> RenderableType:
    table = Table(show_header=False, box=None, padding=(0, 1))
    for citation in citations:
        where = f"line {citation.lines}"
        section = f", {citation.section}" if citation.section else ""
        table.add_row(
            f"[{citation.n}]".replace("[", r"\["),
            escape(f"{said_by(citation.role, citation.years)}{section}, {where}"),
        )
    return Group(Text("Sources", style="bold"), table)


def _safe(text: str) -> str:
    return _CONTROL.sub("", text)
