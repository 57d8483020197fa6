"""What stands after a line of the guide: whether it holds, how advice changed, what is missing."""

from __future__ import annotations

from html import escape

from assistant.front.page.guide_words import lines_in_words, lines_link
from assistant.guide import Outcome, Row, Standing, Unit
from corpus.types import Gap

HOLDS = {"yes": "Holds", "dated": "Dated", "superseded": "Superseded"}
LEGEND = (
    ("holds", "Holds", "principles and arithmetic that still serve"),
    ("dated", "Dated", "true when it was written: prices, products, software"),
    ("superseded", "Superseded", "newer lines of the source say otherwise; the link leads there"),
    ("gap", "Missing", "a picture, table or link that the text announces and the scrape lost"),
)


def tags_html(row: Row) -> str:
    """Return whether a line holds, in a word each, to stand at its end."""
    told = dict.fromkeys(_tag(outcome) for outcome in row.outcomes if not outcome.newer)
    return "".join(told)


def marks_html(row: Row) -> str:
    """Return what stands after a line: newer advice, its subjects, gaps; nothing for most lines."""
    newer = (_newer(outcome) for outcome in row.outcomes if outcome.newer)
    told = "".join(dict.fromkeys((*newer, *map(_standing, row.standings))))
    marks = f'<ul class="guide-marks">{told}</ul>' if told else ""
    return marks + "".join(map(_gap, row.gaps))


def superseded_rows(unit: Unit) -> frozenset[int]:
    """Return the lines of a unit that newer lines replace."""
    return frozenset(
        row.number
        for outcome in (outcome for row in unit.rows for outcome in row.outcomes)
        if outcome.holds == "superseded"
        for row in unit.rows
        if outcome.lines.covers(row.number)
    )


def legend_html() -> str:
    """Return what the marks mean."""
    items = "".join(
        f'<div><dt><span class="guide-tag {kind}">{name}</span></dt><dd>{meaning}</dd></div>'
        for kind, name, meaning in LEGEND
    )
    return (
        '<details class="guide-legend"><summary>What the marks mean</summary>'
        f"<dl>{items}<div><dt>Years</dt><dd>in the margin; those of comments are worked out from "
        "what they name</dd></div><div><dt>Reading uncertain</dt><dd>two readings differed on "
        "where a comment begins, who speaks or what it replies to</dd></div></dl></details>"
    )


def _tag(outcome: Outcome) -> str:
    kind = "holds" if outcome.holds == "yes" else outcome.holds
    one = outcome.lines.first == outcome.lines.last
    span = "" if one else f", {lines_in_words(outcome.lines)}"
    return f' <span class="guide-tag {kind}">{HOLDS[outcome.holds]}{span}</span>'


def _newer(outcome: Outcome) -> str:
    """Name what is replaced: a line may say several things."""
    link = lines_link(outcome.newer) if outcome.newer else ""
    return f"<li>{_tag(outcome)} {escape(outcome.gist)} Newer: {link}</li>"


def _standing(standing: Standing) -> str:
    told = "Current view" if standing.current else "Earlier view"
    return (
        f'<li class="guide-standing">{told} on '
        f'<a href="#change={escape(standing.change)}">{escape(standing.subject)}</a></li>'
    )


def _gap(gap: Gap) -> str:
    return (
        '<details class="guide-gap"><summary><span class="guide-tag gap">Missing</span> '
        f"{escape(gap.missing)}</summary><p>{escape(gap.still)}</p></details>"
    )
