"""The whole source as HTML: sections, then comments as conversations, a line an anchor.

Pure functions of typed values. Every text of the source is escaped and stands there exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby

from assistant.answering.phrasing import said_by
from assistant.front.page.guide_marks import marks_html, superseded_rows, tags_html
from assistant.front.page.guide_words import lines_link, when_in_words, year_in_margin
from assistant.guide import Chapter, Guide, Row, Talk, Unit

COMMENTS = "Comments"
WHO = {"author": "Tim Dettmers, the author", "reader": "A reader"}
BADGE = {"author": "TD", "reader": "R"}


def reading_html(guide: Guide) -> str:
    """Return the whole source."""
    first, *rest = guide.chapters
    navigation = {row.number: row for row in guide.navigation}
    title, reader, comments = (navigation[number] for number in sorted(navigation))
    return (
        f'<div class="guide-article">{_outside(title)}{_chapter(first, 1, facts=_facts(guide))}'
        f"{''.join(_chapter(chapter, chapter.level + 1) for chapter in rest)}</div>"
        f'<div class="guide-comments">{_outside(reader)}'
        f"{_heading(comments, 2)}{''.join(map(_years, _by_year(guide.talks)))}</div>"
    )


def contents_html(guide: Guide) -> str:
    """Return the table of contents."""
    years = "".join(
        f'<li><a href="#line-{talks[0].comment.lines.first}">Begun about {year} '
        f'<span class="guide-count">{len(talks)} conversations</span></a></li>'
        for year, talks in _by_year(guide.talks)
    )
    return (
        f'<ol class="guide-contents">{"".join(map(_contents, guide.chapters))}'
        f'<li><a href="#line-115">{COMMENTS} '
        f'<span class="guide-count">{guide.comments}</span></a><ol>{years}</ol></li></ol>'
    )


def _contents(chapter: Chapter) -> str:
    inner = "".join(map(_contents, chapter.children))
    line = chapter.heading.lines.first
    return (
        f'<li><a href="#line-{line}">{escape(chapter.title)}</a>'
        f"{f'<ol>{inner}</ol>' if inner else ''}</li>"
    )


def _facts(guide: Guide) -> str:
    return (
        f'<p class="guide-facts">By {escape(guide.source.author)}, December 2018. Below it '
        f"{guide.comments} comments of 2015 to 2019; their years are worked out, not known.</p>"
    )


def _chapter(chapter: Chapter, level: int, inside: str = "", facts: str = "") -> str:
    where = f"{inside} › {chapter.title}" if inside else chapter.title
    heading = _heading(chapter.heading.rows[0], level, chapter.heading)
    own = "".join(_paragraph(unit, where) for unit in chapter.paragraphs)
    below = "".join(_chapter(child, level + 1, chapter.title) for child in chapter.children)
    return f'<section class="guide-chapter">{heading}{facts}{own}{below}</section>'


def _heading(row: Row, level: int, unit: Unit | None = None) -> str:
    year = _margin(unit) if unit else ""
    about = _data(unit, row.text) if unit else ""
    return (
        f'<div class="guide-unit"{about}>{year}<h{level} class="guide-row" id="line-{row.number}" '
        f'tabindex="-1"><span class="guide-words">{escape(row.text)}</span></h{level}>'
        f"{marks_html(row)}</div>"
    )


def _outside(row: Row) -> str:
    """Return a line of the page around the article, which the scrape brought along."""
    return f'<p class="guide-row outside" id="line-{row.number}" tabindex="-1">{_words(row)}</p>'


def _paragraph(unit: Unit, where: str) -> str:
    return f'<div class="guide-unit"{_data(unit, where)}>{_rows(unit, linked=True)}</div>'


def _by_year(talks: Sequence[Talk]) -> list[tuple[int, list[Talk]]]:
    def year(talk: Talk) -> int:
        return talk.comment.years.first

    return [(number, list(some)) for number, some in groupby(talks, year)]


def _years(group: tuple[int, list[Talk]]) -> str:
    year, talks = group
    items = "".join(f'<li class="guide-talk">{_talk(talk)}</li>' for talk in talks)
    return (
        f'<h3 class="guide-period">Conversations begun about {year}</h3>'
        f'<ol class="guide-talks">{items}</ol>'
    )


def _talk(talk: Talk) -> str:
    unit, line = talk.comment, talk.comment.lines.first
    replies = "".join(f"<li>{_talk(reply)}</li>" for reply in talk.replies)
    below = f'<ol class="guide-replies">{replies}</ol>' if replies else ""
    return (
        f'<article class="guide-comment {unit.role}" aria-labelledby="said-{line}">{_margin(unit)}'
        f'<p class="guide-head" id="said-{line}">{_said(talk)}</p>'
        f'<div class="guide-unit"{_data(unit)}>{_rows(unit, linked=False)}</div></article>{below}'
    )


def _said(talk: Talk) -> str:
    unit = talk.comment
    reply = (
        f' <span class="guide-to">replies to <a href="#line-{talk.answers}">{talk.answers}</a>'
        "</span>"
        if talk.answers
        else ""
    )
    unsure = "" if talk.sure else ' <span class="guide-unsure">reading uncertain</span>'
    return (
        f'<span class="guide-badge" aria-hidden="true">{BADGE[unit.role]}</span> '
        f'<span class="guide-who">{WHO[unit.role]}{" asks" if unit.asks else ""}</span>'
        f'<span class="rw-unseen">, {when_in_words(unit.years)},</span>{reply}{unsure} '
        f'<span class="guide-link">{lines_link(unit.lines)}</span>'
    )


def _rows(unit: Unit, linked: bool) -> str:
    old = superseded_rows(unit)
    return "".join(_row(row, row.number in old, linked) for row in unit.rows)


def _row(row: Row, old: bool, linked: bool) -> str:
    number = (
        f'<a class="guide-number" href="#line-{row.number}" aria-label="Line {row.number}">'
        f"{row.number}</a>"
        if linked
        else f'<span class="guide-number" aria-hidden="true">{row.number}</span>'
    )
    look = "guide-row superseded" if old else "guide-row"
    return (
        f'<p class="{look}" id="line-{row.number}" tabindex="-1">{number}'
        f"{_words(row)}{tags_html(row)}</p>{marks_html(row)}"
    )


def _words(row: Row) -> str:
    return f'<span class="guide-words">{escape(row.text)}</span>'


def _margin(unit: Unit) -> str:
    return f'<span class="guide-year" aria-hidden="true">{year_in_margin(unit.years)}</span>'


def _data(unit: Unit, where: str = "") -> str:
    """Return what the search in the page filters by."""
    facts: Iterable[tuple[str, str]] = (
        ("role", unit.role),
        ("from", str(unit.years.first)),
        ("to", str(unit.years.last)),
        ("topics", " ".join(unit.topics)),
        ("said", said_by(unit.role, unit.years)),
        ("where", where),
    )
    return "".join(f' data-{name}="{escape(value)}"' for name, value in facts if value)
