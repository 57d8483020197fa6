"""Quoted text inside Markdown: shown as it stands, never read as markup."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"([\\`*_\[\]#~|])")
# Bare addresses become live links under GitHub's flavour; a quoted one must not.
_LINKED = (
    (re.compile(r"://"), "&colon;//"),
    (re.compile(r"(?i)\b(www)\."), r"\1&period;"),
    (re.compile(r"(?<=\w)@(?=\w)"), "&commat;"),
)


def escape_markdown(text: str) -> str:
    """Escape what Markdown or HTML would take for markup."""
    text = _SPECIAL.sub(r"\\\1", text)
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    for pattern, harmless in _LINKED:
        text = pattern.sub(harmless, text)
    return text
