"""The report on a build as Markdown, with the words of its sources."""

from __future__ import annotations

from datetime import date

from assistant.answering.markdown import escape_markdown
from assistant.assistant import Assistant
from assistant.front.page.build_words import ABOUT, GROUPS, KINDS, summarise, worst_first
from assistant.front.page.calculators_sources import quote_of, said_in
from assistant.types import BuildReport
from corpus.reader import SOURCE


def report_markdown(assistant: Assistant, report: BuildReport, day: date) -> str:
    """Return the report as a Markdown document: parts, verdicts, sources' words."""
    lines = [f"# Build check of {day.isoformat()}", "", f"**{summarise(report)}**", ""]
    lines += ["## Parts", "", "| Part | Model | Count |", "| --- | --- | --- |"]
    lines += [
        f"| {KINDS[part.kind]} | {escape_markdown(part.model)} | {part.count} |"
        for part in report.parts
    ]
    if report.unknown_parts:
        names = ", ".join(map(escape_markdown, report.unknown_parts))
        lines += ["", f"Not recognised: {names}"]
    lines += ["", "## Verdicts", ""]
    for verdict in worst_first(report.verdicts):
        where = ", ".join(str(span) for span in verdict.lines)
        lines.append(
            f"- **{ABOUT[verdict.about]}**, {GROUPS[verdict.verdict].lower()}: "
            f"{escape_markdown(verdict.text)} (lines {where})"
        )
    spans = dict.fromkeys(span for verdict in report.verdicts for span in verdict.lines)
    lines += ["", "## Sources", "", f"Lines of *{SOURCE.title}* by {SOURCE.author}.", ""]
    lines += [
        f"- {span}, {said_in(assistant, span)}: “{escape_markdown(quote_of(span))}”"
        for span in sorted(spans)
    ]
    return "\n".join(lines) + "\n"
