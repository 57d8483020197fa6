"""The whole source as HTML: all of it, exactly, once, and inert."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from assistant.front.page.guide_form import guide_html
from assistant.front.page.guide_marks import marks_html
from assistant.front.page.guide_reading import contents_html, reading_html
from assistant.front.page.timeline import history_html, subjects_html
from assistant.guide import Outcome, Reading, Row, Standing, history_of
from corpus.types import Change, Comment, Gap, Lines, Position, Topic, Years

PLANTED = Path(__file__).parents[3] / "data" / "planted.jsonl"
HOSTILE = (
    "<img src=x onerror=alert(1)>\"' <script>alert(2)</script> https://x.invalid &amp; {{x}} ${y}"
)
KNOWN = {
    "a", "article", "aside", "blockquote", "button", "dd", "details", "div", "dl", "dt", "fieldset",
    "form", "h1", "h2", "h3", "h4", "input", "label", "legend", "li", "nav", "ol", "option",
    "output", "p", "section", "select", "span", "summary", "ul",
}  # fmt: skip
VOID = {"input"}


class Page(HTMLParser):
    """What a browser would make of it: tags, attributes, headings, and the words of each line."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.tags, self.attributes, self.open = [], [], []
        self.words, self.ids, self.headings, self.line = {}, [], [], None
        self.feed(html)
        self.close()
        assert self.open == [], "a tag is left open"

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.tags.append(tag)
        self.attributes += [(tag, *pair) for pair in attrs]
        self.ids += [found["id"]] if "id" in found else []
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if found.get("id", "").startswith("line-"):
            self.line = int(found["id"].removeprefix("line-"))
        if tag not in VOID:
            self.open.append((tag, found.get("class", "")))

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        if self.open and self.open[-1] == ("span", "guide-words"):
            self.words[self.line] = self.words.get(self.line, "") + data


@pytest.fixture(scope="module")
def guide(corpus):
    return Reading(corpus).guide()


@pytest.fixture(scope="module")
def page(guide):
    return Page(reading_html(guide))


def assert_inert(html):
    page = Page(html)
    assert set(page.tags) <= KNOWN
    for tag, name, value in page.attributes:
        assert not name.startswith("on") and name not in {"src", "srcdoc", "action", "formaction"}
        if name == "href":
            assert re.fullmatch(r"#(?:line-\d+(?:-\d+)?|change=\w+)", value), (tag, value)
    return page


def test_every_line_stands_there_once_and_exactly(corpus, page):
    assert page.words == {n: line.strip() for n, line in enumerate(corpus.lines, 1)}
    assert len(page.ids) == len(set(page.ids))


def test_headings_go_down_one_level_at_a_time(guide, page):
    assert page.headings[0] == 1
    assert all(
        lower <= upper + 1 for upper, lower in zip(page.headings, page.headings[1:], strict=False)
    )
    assert page.headings.count(1) == 1


def test_the_real_source_is_inert(guide, corpus):
    assert_inert(guide_html(guide))
    assert_inert(subjects_html(corpus.changes, corpus.topics))
    for change in corpus.changes:
        assert_inert(history_html(history_of(corpus, change)))


def test_every_link_leads_to_a_line_that_is_there(corpus, guide, page):
    known = {change.id for change in corpus.changes}
    links = [value for _, name, value in page.attributes if name == "href"]
    links += re.findall(r'href="([^"]+)"', contents_html(guide))
    for link in links:
        line = re.match(r"#line-(\d+)", link)
        assert (
            (int(line.group(1)) in page.words) if line else link.removeprefix("#change=") in known
        )


def test_replies_stand_inside_what_they_reply_to(guide, corpus):
    def walk(talk, parent):
        assert talk.answers == parent
        for reply in talk.replies:
            walk(reply, talk.comment.lines.first)
        return 1 + sum(walk_count(reply) for reply in talk.replies)

    def walk_count(talk):
        return 1 + sum(map(walk_count, talk.replies))

    assert sum(walk(talk, None) for talk in guide.talks) == len(corpus.comments) == 474


def test_who_speaks_is_said_in_words_and_by_shape(guide):
    html = reading_html(guide)
    start = html.index('id="said-256"')
    head = html[start : html.index("</p>", start)]
    assert "Tim Dettmers, the author" in head
    assert ">TD<" in head
    assert "about 2015" in head
    assert "replies to" in head


def test_a_reader_who_asks_is_said_to_ask(guide):
    html = reading_html(guide)
    start = html.index('id="said-122"')
    assert "A reader asks" in html[start : html.index("</p>", start)]


def test_superseded_advice_leads_to_what_replaced_it():
    row = Row(9, "x", (Outcome(Lines(9, 9), "Use it", "superseded", Lines(1171, 1172)),), (), ())
    html = marks_html(row)
    assert "Superseded" in html
    assert "Use it" in html
    assert '<a href="#line-1171-1172">lines 1171–1172</a>' in html


def test_all_that_is_superseded_is_marked(guide, corpus):
    superseded = [card for card in corpus.cards if card.holds == "superseded"]
    html = reading_html(guide)
    assert html.count(" Newer: <a ") == len(superseded) == 32
    for card in superseded:
        assert f'class="guide-row superseded" id="line-{card.lines.first}"' in html


def test_every_gap_is_told_where_it_is(guide, corpus):
    assert reading_html(guide).count('class="guide-gap"') == len(corpus.gaps)


def test_a_line_without_marks_gets_none():
    assert marks_html(Row(1, "x", (), (), ())) == ""


def test_a_view_among_others_leads_to_its_history():
    html = marks_html(Row(1, "x", (), (Standing("ram_size", "RAM & more", False),), ()))
    assert '<a href="#change=ram_size">RAM &amp; more</a>' in html
    assert "Earlier view" in html


def test_a_hostile_corpus_is_shown_as_text(corpus):
    texts = [json.loads(row)["text"] for row in PLANTED.read_text("utf-8").splitlines()]
    texts.append(HOSTILE)
    first = len(corpus.lines) + 1
    comments = tuple(
        Comment(f"p{n}", Lines(n, n), "reader", True, None, Years(2017, 2017), HOSTILE, False)
        for n in range(first, first + len(texts))
    )
    hostile = replace(
        corpus,
        lines=(*corpus.lines, *(f" {text} " for text in texts)),
        sections=tuple(replace(section, title=HOSTILE) for section in corpus.sections),
        comments=comments,
        gaps=(Gap(Lines(first, first), HOSTILE, HOSTILE, ()),),
        topics=(Topic('"><script>', HOSTILE),),
    )
    page = assert_inert(guide_html(Reading(hostile).guide()))
    assert "script" not in page.tags
    for number, text in enumerate(texts, first):
        assert page.words[number] == text.strip()


def test_a_hostile_history_is_shown_as_text(corpus):
    position = Position(Lines(3, 3), Years(2015, 2016), "reader", HOSTILE, False)
    change = Change("x", HOSTILE, ("t",), (HOSTILE,), (position, replace(position, current=True)),
                    HOSTILE)  # fmt: skip
    hostile = replace(corpus, lines=(HOSTILE,) * 3)
    assert_inert(history_html(history_of(hostile, change)))
    assert_inert(subjects_html([change], [Topic("t", HOSTILE)]))


def test_what_holds_comes_before_what_was_said(corpus):
    for change in corpus.changes:
        html = history_html(history_of(corpus, change))
        older = [position for position in change.positions if not position.current]
        views = re.findall(r'class="timeline-said">.*?href="#line-(\d+)', html)
        told = [str(p.lines.first) for p in (*change.current, *older)]
        assert sorted(views) == sorted(told)
        assert views[: len(change.current)] == told[: len(change.current)]
        assert ("What was said before" in html) == bool(older)


def test_the_axis_keeps_silent_years_in_place(corpus):
    change = next(change for change in corpus.changes if change.id == "external_gpu")
    html = history_html(history_of(corpus, change))
    assert re.findall(r"<h4>(\d+)</h4>", html) == ["2015", "2016", "2017", "2018", "2019"]
    assert html.count('<li class="silent">') == 3
    assert 'aria-label="3 older and 2 current views, from 2015–19"' in html


def test_all_subjects_are_listed(corpus):
    html = subjects_html(corpus.changes, corpus.topics)
    assert html.count("<li ") == len(corpus.changes) == 59
