"""The frame of the guide: the search form, its filters, the views, the contents."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assistant.front.page.guide_marks import legend_html
from assistant.front.page.guide_reading import contents_html, reading_html
from assistant.guide import Guide
from assistant.guide_search import ALL_YEARS
from corpus.types import Topic

ROLES = (
    ("article", "The article"),
    ("author", "The author’s comments"),
    ("reader", "Readers’ comments"),
)
WAYS = (("words", "Exact words"), ("meaning", "By meaning"))


def guide_html(guide: Guide) -> str:
    """Return the whole view: everything that the tab shows once it is open."""
    return (
        '<div class="guide" data-view="read">'
        f"{_bar_html(guide.topics)}"
        '<div class="guide-read"><aside class="guide-side">'
        '<div class="guide-results" hidden></div>'
        '<nav class="guide-nav" aria-label="Contents of the guide"><details open>'
        f"<summary>Contents</summary>{contents_html(guide)}</details>{legend_html()}</nav>"
        f'</aside><div class="guide-text">{reading_html(guide)}</div></div>'
        '<div class="guide-changes" hidden><h1>How the advice changed</h1>'
        '<nav class="timeline-side" aria-label="Subjects"></nav><section class="timeline-history" '
        'aria-label="History of the subject"></section></div></div>'
    )


def _bar_html(topics: Sequence[Topic]) -> str:
    return (
        '<div class="guide-bar"><div class="guide-line">'
        '<button type="button" class="rw-button guide-back" hidden>'
        '<span aria-hidden="true">←</span> <span class="guide-back-to">Back to the answer</span>'
        "</button>"
        '<div class="guide-views" role="group" aria-label="View">'
        '<button type="button" data-view="read" aria-pressed="true">Read and search</button>'
        '<button type="button" data-view="changes" aria-pressed="false">How advice changed'
        f"</button></div></div>{search_html(topics)}"
        '<p class="rw-problem guide-problem" role="alert" hidden></p></div>'
    )


def search_html(topics: Sequence[Topic]) -> str:
    """Return the search form, with its filters."""
    ways = "".join(
        f'<label><input type="radio" name="guide-way" value="{way}"{_checked(way == "words")}>'
        f"<span>{name}</span></label>"
        for way, name in WAYS
    )
    return (
        '<form class="guide-search" role="search" aria-label="Search the guide">'
        '<label class="rw-unseen" for="guide-words">Search the guide</label>'
        '<input type="search" id="guide-words" autocomplete="off" '
        'placeholder="Search 55,000 words" aria-describedby="guide-hint">'
        f'<fieldset class="guide-ways"><legend class="rw-unseen">Search for</legend>{ways}'
        "</fieldset>"
        f'<details class="guide-filters"><summary>Filter<span class="guide-active"></span>'
        f"</summary>{_filters_html(topics)}</details>"
        '<div class="guide-step"><output class="guide-found" for="guide-words" role="status">'
        '</output><button type="button" class="rw-button" data-step="-1" hidden>'
        '<span aria-hidden="true">↑</span><span class="rw-unseen">Previous place</span></button>'
        '<button type="button" class="rw-button" data-step="1" hidden>'
        '<span aria-hidden="true">↓</span><span class="rw-unseen">Next place</span></button>'
        '<button type="button" class="rw-button guide-list" hidden>Results</button></div>'
        '<p class="rw-unseen" id="guide-hint">Words are found at their beginnings; put a phrase '
        "in quotation marks to find it exactly. Enter goes to the next place, Shift and Enter to "
        "the previous one.</p></form>"
    )


def _filters_html(topics: Sequence[Topic]) -> str:
    roles = "".join(
        f'<label><input type="checkbox" name="guide-role" value="{role}" checked> {name}</label>'
        for role, name in ROLES
    )
    named = "".join(
        f'<option value="{escape(topic.id)}">{escape(topic.name)}</option>'
        for topic in sorted(topics, key=lambda topic: topic.name)
    )
    return (
        f'<div class="guide-filter"><fieldset><legend>Whose words</legend>{roles}</fieldset>'
        f"<fieldset><legend>Written</legend>{_year_html('from', 'From', ALL_YEARS.first)}"
        f"{_year_html('to', 'to', ALL_YEARS.last)}</fieldset>"
        '<fieldset><legend>About</legend><label class="rw-unseen" for="guide-topic">Topic</label>'
        f'<select id="guide-topic"><option value="">Any topic</option>{named}</select></fieldset>'
        '<button type="button" class="rw-button guide-clear">Clear filters</button></div>'
    )


def _year_html(name: str, label: str, chosen: int) -> str:
    years = "".join(
        f"<option{' selected' if year == chosen else ''}>{year}</option>"
        for year in range(ALL_YEARS.first, ALL_YEARS.last + 1)
    )
    return f'<label>{label} <select id="guide-{name}">{years}</select></label>'


def _checked(chosen: bool) -> str:
    return " checked" if chosen else ""
