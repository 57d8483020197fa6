"""What an answer is made of as HTML: citations, calculations, notes. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from assistant.answering.phrasing import NOTE_NAMES, said_by
from assistant.calculators.words import in_words, label_of, shown
from assistant.front.page.calculators_forms import FORMS
from assistant.front.page.icons import icon
from assistant.types import Calculation, Citation, Note, Value
from corpus.types import Lines

NOTE_ICONS = {
    "older_advice": "past",
    "changed_advice": "past",
    "gap": "gap",
    "assumption": "assumed",
    "newer_hardware": "newer",
}


def citation_link(citation: Citation) -> str:
    """Return a numbered link that opens the quoted lines and carries the quote with it."""
    who = said_by(citation.role, citation.years)
    section = f", {citation.section}" if citation.section else ""
    return (
        f'<a class="cite" href="#guide-{citation.lines.first}-{citation.lines.last}-{citation.n}" '
        f'data-role="{citation.role}" data-who="{escape(who + section)}" '
        f'data-quote="{escape(citation.quote)}" '
        f'aria-label="Source {citation.n}: {escape(who + section)}">{citation.n}</a>'
    )


def citation_links(citations: Iterable[Citation]) -> dict[int, str]:
    """Return the links of citations by their number."""
    return {citation.n: citation_link(citation) for citation in citations}


def lines_link(lines: Lines) -> str:
    """Return a link that opens lines without a quote."""
    word = "line" if lines.first == lines.last else "lines"
    return (
        f'<a class="cite" href="#guide-{lines.first}-{lines.last}-0" '
        f'aria-label="The guide, {word} {lines}">{lines}</a>'
    )


def calculation_html(
    calculation: Calculation, title: str = "", more: str = "", folded: bool = False
) -> str:
    """Return a calculation: the main figure, a small table, steps that unfold, its lines.

    folded leaves one line that unfolds to all; more is HTML to stand in the last line.
    """
    name = calculation.calculator
    title, figure = escape(title or _words(name)), escape(in_words(calculation.main))
    head = f'<header><h4>{title}</h4><p class="figure">{figure}</p></header>'
    told = "".join(f"<li>{escape(step)}</li>" for step in calculation.steps)
    steps = f"<details><summary>How it was worked out</summary><ol>{told}</ol></details>"
    given = {_label(name, field): value for field, value in calculation.inputs.items()}
    found = {
        label_of(name, result): value
        for result, value in calculation.results.items()
        if result not in ("recommended", "value")
    }
    where = " ".join(map(lines_link, calculation.lines))
    body = (
        f'<div class="tables">{_table(given, "Put in")}{_table(found, "Found")}</div>'
        f"{steps if told else ''}<footer>{more}<span>By the guide, lines {where}</span></footer>"
    )
    if folded:
        head = f"<summary>{title} <b>{figure}</b></summary>"
        return f'<details class="calculation">{head}{body}</details>'
    return f'<div class="calculation">{head}{body}</div>'


def _label(calculator: str, name: str) -> str:
    """Return the words that the form has for an input."""
    field = FORMS[calculator].field(name)
    return field.label if field else _words(name).capitalize()


def _table(values: Mapping[str, Value], caption: str) -> str:
    rows = "".join(
        f'<tr><th scope="row">{escape(label)}</th><td>{escape(shown(value))}</td></tr>'
        for label, value in values.items()
        if value is not None and value != "" and value != ()
    )
    return f"<table><caption>{caption}</caption>{rows}</table>" if rows else ""


def _words(name: str) -> str:
    return name.replace("_", " ")


def note_html(note: Note) -> str:
    """Return a note, marked by its kind: it is beside the answer, not part of it."""
    title, drawn = NOTE_NAMES[note.kind], NOTE_ICONS[note.kind]
    return (
        f'<aside class="note {note.kind}" aria-label="{title}">{icon(drawn)}'
        f"<p><strong>{title}.</strong> {escape(note.text)}</p></aside>"
    )
