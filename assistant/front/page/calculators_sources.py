"""Links from results to the guide, each with the words that it opens."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from assistant.answering.check import fold
from assistant.answering.phrasing import said_by
from assistant.assistant import Assistant
from corpus.reader import text_of
from corpus.types import Lines

LONGEST_QUOTE = 320  # characters
_NAMED_LINES = re.compile(r"\b[Ll]ines? \d{1,4}(?:(?:, | and |-)\d{1,4})*")


def quote_of(lines: Lines, longest: int = LONGEST_QUOTE) -> str:
    """Return the words of some lines; long ones end at a word, so that they stay verbatim."""
    words = fold(text_of(lines))
    return words if len(words) <= longest else words[:longest].rsplit(" ", 1)[0]


def said_in(assistant: Assistant, lines: Lines) -> str:
    """Return who said some lines and when: "the guide, December 2018"."""
    view = assistant.source(lines.first)
    return said_by(view.role, view.years)


def cite_lines(assistant: Assistant, spans: Iterable[Lines]) -> str:
    """Return the links that open some spans of lines, each with its words."""
    return " ".join(_link(assistant, span, str(span), "cite") for span in dict.fromkeys(spans))


def link_lines(assistant: Assistant, text: str) -> str:
    """Escape a text for HTML and make "line 62" and "lines 62 and 101" in it open the guide."""

    def link(found: re.Match[str]) -> str:
        return re.sub(r"\d+", lambda number: _inline(assistant, int(number[0])), found[0])

    return _NAMED_LINES.sub(link, escape(text, quote=False))


def _inline(assistant: Assistant, line: int) -> str:
    if not 1 <= line <= len(assistant.corpus.lines):
        return str(line)
    return _link(assistant, Lines(line, line), str(line), "cite rw-line")


def _link(assistant: Assistant, lines: Lines, words: str, kind: str) -> str:
    who = said_in(assistant, lines)
    word = "line" if lines.first == lines.last else "lines"
    return (
        f'<a class="{kind}" href="#guide-{lines.first}-{lines.last}-0" '
        f'data-quote="{escape(quote_of(lines))}" data-who="{escape(who)}" '
        f'aria-label="The guide, {word} {lines}">{words}</a>'
    )
