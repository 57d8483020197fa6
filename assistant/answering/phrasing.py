"""Who said it and when, in words."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.types import NoteKind
from corpus.types import Role, Years

# What a note is called wherever it is shown.
NOTE_NAMES: Mapping[NoteKind, str] = {
    "older_advice": "Older advice",
    "changed_advice": "The advice changed",
    "gap": "Missing in the source",
    "assumption": "On the calculation",
    "newer_hardware": "Newer than the guide",
}


def said_by(role: Role, years: Years) -> str:
    """Introduce a quote: "the guide, December 2018", "a reader, about 2017"."""
    if role == "article":
        return "the guide, December 2018"
    speaker = "the author, in a comment of" if role == "author" else "a reader,"
    return f"{speaker} {about(years)}"


def about(years: Years) -> str:
    """Say when: the years of comments are worked out, not known."""
    return f"about {years}"
