"""Messages about inputs in the words of the page's forms."""

from __future__ import annotations

import re

from assistant.front.page.calculators_forms import FORMS


def field_at_fault(calculator: str, message: str) -> str:
    """Return the name of the input that a message starts with; empty where it names none."""
    first = message.split(" ", 1)[0]
    return first if FORMS[calculator].field(first) else ""


def in_labels(calculator: str, message: str) -> str:
    """Return a message with the inputs called as the form calls them."""
    form = FORMS[calculator]

    def label(found: re.Match[str]) -> str:
        field = form.field(found[0])
        return f"“{field.label}”" if field else found[0]

    # A bare word is an input where a fault begins with it; elsewhere only "cpu_watts" surely is.
    message = re.sub(r"(?:^|(?<=; ))[a-z_0-9]+(?=\s)", label, message)
    message = re.sub(r"\b[a-z]+(?:_[a-z0-9]+)+\b", label, message)
    message = message.replace(" money/", " per ").replace(" money", "")
    return re.sub(r"\b(\d(?:\.\d+)?e\+\d+)\b", lambda found: f"{float(found[1]):,.0f}", message)
