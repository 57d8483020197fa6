"""The report on a build as HTML: summary, verdicts with their sources, plots, parts, tools."""

from __future__ import annotations

from datetime import date
from html import escape
from itertools import groupby

from assistant.assistant import Assistant
from assistant.front.page.build_export import report_markdown
from assistant.front.page.build_words import (
    ABOUT,
    GROUPS,
    KINDS,
    MARKS,
    Advice,
    advise,
    summarise,
    worst_first,
)
from assistant.front.page.calculators_links import calculator_link
from assistant.front.page.calculators_results import plot_html
from assistant.front.page.calculators_sources import (
    LONGEST_QUOTE,
    cite_lines,
    link_lines,
    quote_of,
    said_in,
)
from assistant.types import BuildReport, Calculation, Verdict
from corpus.types import Lines

WHOLE = 1_000_000  # characters: more than any lines have
BRIEF = 220  # characters of a source on paper


def report_html(assistant: Assistant, report: BuildReport, text: str, day: date) -> str:
    """Return the report on a build; text is the list as it was typed."""
    verdicts = worst_first(report.verdicts)
    groups = "".join(
        f'<section class="rw-verdicts {kind}"><h4>{GROUPS[kind]}</h4><ul>'
        + "".join(_verdict(assistant, verdict) for verdict in found)
        + "</ul></section>"
        for kind, found in groupby(verdicts, key=lambda verdict: verdict.verdict)
    )
    return (
        f'<article class="rw-report"><header><h3 class="rw-summary">{summarise(report)}</h3>'
        f'<p class="rw-hint">Checked on {day.day} {day:%B %Y} against the rules of the guide, '
        "which was written in 2018.</p>"
        '<div class="rw-tools"><button type="button" class="rw-button" data-do="copy-link">'
        'Copy link</button><button type="button" class="rw-button" data-do="print">Print</button>'
        '<button type="button" class="rw-button" data-do="markdown">Markdown</button></div>'
        f"</header>{_unknown(report, text)}{groups}{_plots(assistant, report)}{_parts(report)}"
        f"{_paper(assistant, report)}"
        f'<pre class="rw-markdown" hidden>{escape(report_markdown(assistant, report, day))}</pre>'
        "</article>"
    )


def _verdict(assistant: Assistant, verdict: Verdict) -> str:
    quotes = "".join(_quote(assistant, span) for span in dict.fromkeys(verdict.lines))
    link = ""
    if verdict.calculation:
        link = (
            f'<a class="rw-recalculate" href="{escape(calculator_link(verdict.calculation))}">'
            f'Open in the calculator<span class="rw-unseen">: {ABOUT[verdict.about]}</span></a>'
        )
    return (
        f'<li class="rw-verdict {verdict.verdict}"><header><h5><span class="rw-mark-of" '
        f'aria-hidden="true">{MARKS[verdict.verdict]}</span>{ABOUT[verdict.about]}'
        f'<span class="rw-unseen">: {GROUPS[verdict.verdict].lower()}</span></h5>{link}</header>'
        f"<p>{link_lines(assistant, verdict.text)} {cite_lines(assistant, verdict.lines)}</p>"
        f'<details class="rw-quotes"><summary>What the guide says<span class="rw-unseen"> on '
        f"{ABOUT[verdict.about]}</span></summary>{quotes}</details></li>"
    )


def _quote(assistant: Assistant, lines: Lines) -> str:
    where = "line" if lines.first == lines.last else "lines"
    return (
        f'<blockquote class="rw-quote">{_cut(lines)}'
        f"<footer>{escape(said_in(assistant, lines))}, {where} {lines}</footer></blockquote>"
    )


def _paper(assistant: Assistant, report: BuildReport) -> str:
    """Return the words of all sources, each once: paper has no lists that unfold."""
    spans = sorted({span for verdict in report.verdicts for span in verdict.lines})
    quotes = "".join(
        f"<li><strong>{span}</strong> {_cut(span, BRIEF)} "
        f"<em>{escape(said_in(assistant, span))}</em></li>"
        for span in spans
    )
    return f'<section class="rw-paper" hidden><h4>Sources, by lines</h4><ul>{quotes}</ul></section>'


def _cut(lines: Lines, longest: int = LONGEST_QUOTE) -> str:
    """Return the words of some lines in HTML; where they are cut, it shows."""
    words = quote_of(lines, longest)
    return f"{escape(words)}{'' if words == quote_of(lines, WHOLE) else ' …'}"


def _unknown(report: BuildReport, text: str) -> str:
    if not report.unknown_parts:
        return ""
    items = "".join(_advice(advise(part, text)) for part in report.unknown_parts)
    return f'<section class="rw-not-known"><h4>Not recognised</h4><ul>{items}</ul></section>'


def _advice(advice: Advice) -> str:
    use = ""
    if advice.instead:
        use = (
            f'<button type="button" class="rw-button" data-do="replace" '
            f'data-old="{escape(advice.written)}" data-new="{escape(advice.instead)}">'
            f"Write {escape(advice.instead)}</button>"
        )
    return f"<li><strong>{escape(advice.written)}</strong>: {escape(advice.words)} {use}</li>"


def _plots(assistant: Assistant, report: BuildReport) -> str:
    found: dict[str, Calculation] = {}
    for verdict in report.verdicts:
        calculation = verdict.calculation
        # Lanes come after slots, and their drawing has both.
        if calculation and calculation.calculator in ("psu", "slots_and_lanes"):
            found[calculation.calculator] = _fuller(found.get(calculation.calculator), calculation)
    plots = "".join(
        f'<div class="rw-plots" data-plot="{name}">'
        f"{plot_html(calculation, assistant.calculate)}</div>"
        for name, calculation in found.items()
    )
    return f'<div class="rw-all-plots">{plots}</div>' if plots else ""


def _fuller(one: Calculation | None, other: Calculation) -> Calculation:
    """Return the calculation that was given more: power's has the supply, lanes' has the CPU's."""
    if one is None or ("split" in other.results and "split" not in one.results):
        return other
    return one


def _parts(report: BuildReport) -> str:
    rows = "".join(
        f'<tr><th scope="row">{KINDS[part.kind]}</th><td>{escape(part.model)}</td>'
        f"<td>{part.count}</td></tr>"
        for part in report.parts
    )
    return (
        '<section class="rw-parts"><h4>Parts as they were understood</h4><table><thead><tr>'
        '<th scope="col">Part</th><th scope="col">Model</th><th scope="col">Count</th></tr>'
        f"</thead><tbody>{rows}</tbody></table></section>"
    )
