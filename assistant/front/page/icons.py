"""The few icons of the page, drawn here: strokes on a grid of 20 by 20."""

from __future__ import annotations

_PATHS = {
    "menu": "M3 5.5h14M3 10h14M3 14.5h14",
    "new": "M10 4v12M4 10h12",
    "close": "M5 5l10 10M15 5L5 15",
    "previous": "M12.5 4.5L7 10l5.5 5.5",
    "next": "M7.5 4.5L13 10l-5.5 5.5",
    "send": "M10 16V4M5 9l5-5 5 5",
    "stop": "M6 6h8v8H6z",
    "copy": "M7 7h9v9H7zM4 13V4h9",
    "again": "M15.5 6.5A6.5 6.5 0 1 0 16.5 11M16 3v4h-4",
    "up": "M3.5 9h3v7h-3zM6.5 9.5L10 3c1.6 0 2 1.3 1.7 2.6L11.2 8H16c.9 0 1.4.8 1.2 1.6l-1.3 5.2"
    "c-.2.7-.8 1.2-1.5 1.2H6.5",
    "down": "M16.5 11h-3V4h3zM13.5 10.5L10 17c-1.6 0-2-1.3-1.7-2.6L8.8 12H4c-.9 0-1.4-.8-1.2-1.6"
    "l1.3-5.2C4.3 4.5 4.9 4 5.6 4h7.9",
    "edit": "M4 16l.8-3.4L13.2 4.2a1.5 1.5 0 0 1 2.1 0l.5.5a1.5 1.5 0 0 1 0 2.1L7.4 15.2z",
    "delete": "M4 6h12M8 6V4h4v2M6 6l.7 10h6.6L14 6",
    "link": "M8.5 11.5l3-3M9 6.5l1.5-1.5a3 3 0 0 1 4.5 4.5L13.5 11M11 13.5L9.5 15"
    "A3 3 0 0 1 5 10.5L6.5 9",
    "save": "M10 3v9M6 8.5L10 12.5l4-4M4 16h12",
    "theme": "M10 3a7 7 0 1 0 0 14zM10 3a7 7 0 0 1 0 14",
    "past": "M10 5.5V10l3 2M10 3a7 7 0 1 0 .1 0z",
    "gap": "M4 4h12v12H4zM8 8l4 4M12 8l-4 4",
    "assumed": "M10 9.5V14M10 6.2v.6M10 3a7 7 0 1 0 .1 0z",
    "newer": "M10 16V5M5.5 9L10 4.5 14.5 9M4 17h12",
}


def icon(name: str) -> str:
    """Return an icon as SVG, unseen by screen readers: the words are beside it."""
    return (
        '<svg class="rw-icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" '
        f'focusable="false"><path d="{_PATHS[name]}"/></svg>'
    )
