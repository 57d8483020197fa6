"""Whose a conversation is: the user that the server knows, or the browser's own random id."""

from __future__ import annotations

import re

from assistant.errors import InvalidInput

_RANDOM = re.compile(r"[0-9a-f]{32}")


def owner_of(user: str | None, browser: object) -> str:
    """Return the owner: the authenticated user, else the id that the browser keeps.

    :raises InvalidInput: there is no user and the browser sends no id of ours.
    """
    if user:
        return f"page:{user}"
    if not isinstance(browser, str) or not _RANDOM.fullmatch(browser):
        raise InvalidInput("The browser keeps no id for this page. Allow site data and reload.")
    return f"page:{browser}"
