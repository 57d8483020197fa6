"""How the advice changed: the list of subjects, and the history of one, as HTML.

Pure functions of typed values; every text is escaped.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assistant.front.page.guide_words import lines_link, when_in_words, year_in_margin
from assistant.guide import History
from corpus.types import Change, Position, Topic, Years

AXIS = range(2015, 2020)
WHO = {"article": "The guide", "author": "The author, in a comment", "reader": "A reader"}
Told = tuple[Position, Sequence[str]]


def subjects_html(changes: Sequence[Change], topics: Sequence[Topic]) -> str:
    """Return the subjects as a list to choose from, with what a filter looks at."""
    names = {topic.id: topic.name for topic in topics}
    ordered = sorted(changes, key=lambda change: change.subject.lower())
    return (
        '<details class="timeline-choose" open><summary>Choose a subject</summary>'
        '<label for="timeline-filter">Subjects on which the advice changed</label>'
        '<input type="search" id="timeline-filter" autocomplete="off" placeholder="Filter">'
        f'<output class="guide-found" for="timeline-filter" role="status">{len(ordered)} subjects'
        f'</output><ul class="timeline-subjects">{"".join(_subject(c, names) for c in ordered)}'
        "</ul></details>"
    )


def _subject(change: Change, names: dict[str, str]) -> str:
    words = " ".join((change.subject, *change.terms, *(names.get(t, "") for t in change.topics)))
    return (
        f'<li data-words="{escape(words.lower())}"><a href="#change={escape(change.id)}">'
        f"{escape(change.subject)} "
        f'<span class="guide-count">{len(change.positions)} views, {_span(change)}</span></a></li>'
    )


def _span(change: Change) -> str:
    first = min(position.years.first for position in change.positions)
    return year_in_margin(Years(first, max(p.years.last for p in change.positions)))


def history_html(history: History) -> str:
    """Return the history of a subject: what holds now, then the older views by their years."""
    change = history.change
    told = list(zip(change.positions, history.words, strict=True))
    current = [(position, words) for position, words in told if position.current]
    older = [(position, words) for position, words in told if not position.current]
    return (
        f'<h2 tabindex="-1">{escape(change.subject)}</h2>{_axis(change)}'
        f'<p class="timeline-note">{escape(change.note)}</p>'
        f'<h3>What holds</h3><ul class="timeline-current">{"".join(map(_view, current))}</ul>'
        f"{f'<h3>What was said before</h3>{_by_year(older)}' if older else _nothing_older()}"
    )


def _nothing_older() -> str:
    return '<p class="rw-hint">Nothing older: these views stand side by side.</p>'


def _by_year(older: Sequence[Told]) -> str:
    """Return the older views on an axis; a year without one keeps its place."""
    years = [(year, [view for view in older if view[0].years.first == year]) for year in AXIS]
    return f'<ol class="timeline-axis">{"".join(_year(*year) for year in years)}</ol>'


def _year(year: int, views: Sequence[Told]) -> str:
    if not views:
        return f'<li class="silent"><h4>{year}</h4><p>No older view</p></li>'
    return f"<li><h4>{year}</h4><ul>{''.join(map(_view, views))}</ul></li>"


def _view(view: Told) -> str:
    position, words = view
    quoted = "".join(f"<p>{escape(line)}</p>" for line in words)
    return (
        f'<li class="timeline-view {position.role}">'
        f'<p class="timeline-said"><span class="guide-who">{WHO[position.role]}</span>, '
        f"{_when(position)} · {lines_link(position.lines)}</p>"
        f'<p class="timeline-summary">{escape(position.summary)}</p>'
        f"<details><summary>The words</summary><blockquote>{quoted}</blockquote></details></li>"
    )


def _when(position: Position) -> str:
    return "December 2018" if position.role == "article" else when_in_words(position.years)


def _axis(change: Change) -> str:
    """Return all views at a glance: a column a year, a bar a view, what holds filled."""
    heads = "".join(
        f'<span class="year" style="grid-column:{n}">{year}</span>'
        for n, year in enumerate(AXIS, 1)
    )
    bars = "".join(
        f'<span class="bar {"current" if position.current else "older"} {position.role}" '
        f'style="grid-column:{position.years.first - AXIS.start + 1} / '
        f'{position.years.last - AXIS.start + 2}">{position.lines.first}</span>'
        for position in change.positions
    )
    return (
        f'<div class="timeline-glance" role="img" aria-label="{_told_axis(change)}">'
        f'{heads}{bars}</div><p class="timeline-key">Numbers are lines of the guide. '
        '<span class="current">Filled</span> ones hold, <span class="older">outlined</span> ones '
        'are older, <span class="reader">dotted</span> ones are readers’.</p>'
    )


def _told_axis(change: Change) -> str:
    current = sum(position.current for position in change.positions)
    older = len(change.positions) - current
    return f"{older} older and {current} current views, from {_span(change)}"
