"""Lines and years as the guide's page writes them."""

from __future__ import annotations

from corpus.types import Lines, Years


def lines_in_words(lines: Lines) -> str:
    """Return "line 256" or "lines 256–258"."""
    if lines.first == lines.last:
        return f"line {lines.first}"
    return f"lines {lines.first}–{lines.last}"


def lines_link(lines: Lines) -> str:
    """Return a link that opens the guide at the lines."""
    end = "" if lines.first == lines.last else f"-{lines.last}"
    return f'<a href="#line-{lines.first}{end}">{lines_in_words(lines)}</a>'


def year_in_margin(years: Years) -> str:
    """Return "2016" or "2016–17", short enough for a margin."""
    return str(years.first) if years.first == years.last else f"{years.first}–{years.last % 100}"


def when_in_words(years: Years) -> str:
    """Return "about 2016" or "about 2016 to 2017", to be read aloud."""
    end = "" if years.first == years.last else f" to {years.last}"
    return f"about {years.first}{end}"
