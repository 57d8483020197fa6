"""What the page shows, as Markdown and HTML: pure functions of typed values."""

from __future__ import annotations

import re
from html import escape

from assistant.answering.check import fold
from assistant.answering.phrasing import said_by
from assistant.assistant import SourceView
from assistant.types import Answer, BuildReport, Calculation, Citation, Note, Verdict
from corpus.types import Lines

MARKER = re.compile(r"(?<!\\)\[(\d+)\]")
VERDICTS = {
    "fine": "Fine",
    "look": "Worth a look",
    "fails": "Will not work",
    "unknown": "Not known",
}
NOTE_TITLES = {
    "older_advice": "Older advice",
    "changed_advice": "The advice changed",
    "gap": "Missing in the source",
    "assumption": "Assumed",
    "newer_hardware": "Newer than the guide",
}


def answer_blocks(answer: Answer) -> list[str]:
    """Return the blocks of an answer as Markdown, each fit to be shown as soon as it is there."""
    links = {citation.n: citation_link(citation) for citation in answer.citations}
    blocks = [_with_links(block, links) for block in re.split(r"\n\n(?!>)", answer.text)]
    blocks += [calculation_html(calculation) for calculation in answer.calculations]
    blocks += [note_html(note) for note in answer.notes]
    return [block for block in blocks if block.strip()]


def _with_links(text: str, links: dict[int, str]) -> str:
    return MARKER.sub(lambda m: links.get(int(m.group(1)), ""), text)


def citation_link(citation: Citation) -> str:
    """Return a numbered link that opens the quoted lines; hovering shows the quote."""
    target = f"#guide-{citation.lines.first}-{citation.lines.last}-{citation.n}"
    hint = f"{said_by(citation.role, citation.years)}: “{citation.quote}”"
    # A bracketed number in the link's text would be read as a marker again.
    return f'<a class="cite" href="{target}" title="{escape(hint)}">{citation.n}</a>'


def calculation_html(calculation: Calculation, with_steps: bool = False) -> str:
    """Return the results of a calculation as a small table.

    Its steps stand in the text of an answer; a form shows them here.
    """
    rows = "".join(
        f"<tr><th>{escape(name.replace('_', ' '))}</th><td>{escape(str(value))}</td></tr>"
        for name, value in calculation.results.items()
    )
    where = ", ".join(map(_lines_link, calculation.lines))
    told = (*calculation.steps, *calculation.notes) if with_steps else ()
    steps = "".join(f"<li>{escape(step)}</li>" for step in told)
    return (
        f'<div class="calculation"><table>{rows}</table>'
        f"{f'<ol>{steps}</ol>' if steps else ''}"
        f"<p>By the guide, lines {where}</p></div>"
    )


def report_html(report: BuildReport) -> str:
    """Return the findings on a build: parts, what was not recognised, a verdict a line."""
    parts = "".join(
        f"<li>{part.count} × {escape(part.model)} <small>{part.kind}</small></li>"
        for part in report.parts
    )
    unknown = "".join(f"<li>{escape(text)}</li>" for text in report.unknown_parts)
    verdicts = "".join(_verdict_html(verdict) for verdict in report.verdicts)
    return (
        f"<h3>Parts</h3><ul>{parts}</ul>"
        f"{f'<h3>Not recognised</h3><ul>{unknown}</ul>' if unknown else ''}"
        f'<table class="verdicts">{verdicts}</table>'
    )


def _verdict_html(verdict: Verdict) -> str:
    links = " ".join(map(_lines_link, verdict.lines))
    return (
        f'<tr class="{verdict.verdict}"><th>{escape(verdict.about.replace("_", " "))}</th>'
        f"<td>{VERDICTS[verdict.verdict]}</td><td>{escape(verdict.text)} {links}</td></tr>"
    )


def _lines_link(lines: Lines) -> str:
    return f'<a class="cite" href="#guide-{lines.first}-{lines.last}-0">{lines}</a>'


def note_html(note: Note) -> str:
    """Return a note, marked by its kind."""
    return (
        f'<div class="note {note.kind}"><strong>{NOTE_TITLES[note.kind]}.</strong> '
        f"{escape(note.text)}</div>"
    )


def source_html(view: SourceView, quote: str = "") -> str:
    """Return the source panel: the whole comment or section with the quote highlighted."""
    title = f"{view.section}, " if view.section else ""
    head = f"<h3>{escape(title)}{escape(said_by(view.role, view.years))}</h3>"
    lines = view.text.split("\n")
    marked = highlight("\n".join(lines), quote)
    body = "".join(
        f'<p><span class="line">{number}</span> {text}</p>'
        for number, text in enumerate(marked.split("\n"), view.lines.first)
    )
    return f'<article class="source">{head}{body}</article>'


def highlight(text: str, quote: str) -> str:
    """Escape a text for HTML and mark the quote in it, across line breaks too."""
    words = [re.escape(word) for word in fold(quote).split(" ") if word]
    found = re.search(r"\s+".join(words), text) if words else None
    if not found:
        return escape(text)
    marked = "\n".join(f"<mark>{escape(part)}</mark>" for part in found.group().split("\n"))
    return escape(text[: found.start()]) + marked + escape(text[found.end() :])
