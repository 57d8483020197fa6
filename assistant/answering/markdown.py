"""Quoted text inside Markdown: shown as it stands, never read as markup."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"([\\`*_\[\]#~|])")


def escape_markdown(text: str) -> str:
    """Escape what Markdown or HTML would take for markup."""
    text = _SPECIAL.sub(r"\\\1", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
