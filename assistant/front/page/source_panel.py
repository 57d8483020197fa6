"""The sources panel: the quoted words in the whole comment or section, with the thread around."""

from __future__ import annotations

import re
from html import escape

from assistant.answering.check import fold
from assistant.answering.phrasing import about, said_by
from assistant.assistant import Assistant, SourceView
from assistant.front.page.views import lines_link
from corpus.reader import text_of
from corpus.types import Comment, Lines


def source_html(assistant: Assistant, lines: Lines, quote: str = "") -> str:
    """Return the panel for some lines; the quote in them is highlighted.

    :raises InvalidInput: the source has no such lines.
    """
    view = assistant.source(lines.first)
    body = _thread(view, quote) if view.thread else _passage(view.lines, quote)
    return (
        f'<h3 tabindex="-1">{escape(view.section or "From the comments")}</h3>'
        f'<p class="who">{escape(_sentence(said_by(view.role, view.years)))}</p>'
        f"{_later(assistant, lines)}{body}"
        f'<p class="into"><a href="#guide-{lines.first}-{lines.last}">Read it in the guide</a></p>'
    )


def _thread(view: SourceView, quote: str) -> str:
    return "".join(
        _comment(comment, quote if comment.lines == view.lines else "", comment.lines == view.lines)
        for comment in view.thread
    )


def _comment(comment: Comment, quote: str, here: bool) -> str:
    speaker = "The author" if comment.role == "author" else "A reader"
    does = "asks" if comment.asks else "replies" if comment.reply_to else "writes"
    kind = f"{comment.role}{' here' if here else ''}{' reply' if comment.reply_to else ''}"
    return (
        f'<article class="comment {kind}"{" aria-current=true" if here else ""}>'
        f"<header>{speaker} {does}, {escape(about(comment.years))}</header>"
        f"{_passage(comment.lines, quote)}</article>"
    )


def _passage(lines: Lines, quote: str) -> str:
    """Return lines with their numbers, the quote marked."""
    marked = highlight(text_of(lines), quote).split("\n")
    return "".join(
        f'<p class="rw-quote"><span class="line" aria-hidden="true">{number}</span>{text}</p>'
        for number, text in enumerate(marked, lines.first)
        if text
    )


def _later(assistant: Assistant, lines: Lines) -> str:
    """Say so where newer words replaced these."""
    for card in assistant.corpus.cards:
        if card.lines.overlaps(lines) and card.superseded_by:
            return (
                f'<p class="later">Newer advice replaced this: {lines_link(card.superseded_by)}</p>'
            )
    return ""


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def highlight(text: str, quote: str) -> str:
    """Escape a text for HTML and mark the quote in it, across line breaks too."""
    words = [re.escape(word) for word in fold(quote).split(" ") if word]
    found = re.search(r"\s+".join(words), text) if words else None
    if not found:
        return escape(text)
    marked = "\n".join(f"<mark>{escape(part)}</mark>" for part in found.group().split("\n"))
    return escape(text[: found.start()]) + marked + escape(text[found.end() :])
