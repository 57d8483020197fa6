"""A line in its place, as JSON."""

from __future__ import annotations

from assistant.answering.phrasing import said_by
from assistant.assistant import SourceView
from assistant.types import Json
from corpus.reader import text_of


def source_json(view: SourceView) -> Json:
    """Return the view of a line with its thread."""
    return {
        "lines": list(view.lines),
        "text": view.text,
        "role": view.role,
        "section": view.section,
        "years": list(view.years),
        "said_by": said_by(view.role, view.years),
        "thread": [
            {
                "lines": list(comment.lines),
                "role": comment.role,
                "years": list(comment.years),
                "text": text_of(comment.lines),
            }
            for comment in view.thread
        ],
    }
