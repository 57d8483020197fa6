"""What a follow-up wants: a new subject, the reason, or whether the advice still holds."""

from __future__ import annotations

import re
from typing import Literal

from assistant.understand.words import FILLER, PRONOUN

Intent = Literal["answer", "reason", "current"]

# "What about water cooling?" brings a subject of its own; "what about two?" does not.
_SWITCH = re.compile(
    r"(?i)^(?:(?:and|but|so|ok)[\s,]+)*(?:what|how) about\s+(.{3,60}?)(?: then| instead)?[?.!\s]*$"
)
_SUBJECT = re.compile(r"[A-Za-z][A-Za-z-]{2,}")
_GENERIC = frozenset(
    re.findall(
        r"\w+",
        "the and for with more less one ones two three four five six seven eight ten gpu gpus card "
        "cards other others another same now today only just cost costs price money case cases "
        "second first bigger smaller cheaper faster",
    )
)
_WHY = re.compile(
    r"(?i)^(?:but |and |so )*(?:why(?: is (?:that|this|it)| not| so| that| though| exactly)?|"
    r"how come|how so|what(?:'s| is) the reason|for what reason|because of what)[\s?.!]*$"
)
_STILL = re.compile(
    r"(?i)\bstill\b.{0,20}\b(?:true|valid|the case|holds?|current|right|correct|appl(?:y|ies)|"
    r"good advice|so)\b|\b(?:outdated|up to date|out of date)\b|\bhas (?:that|this|it) changed\b"
)


def new_subject(question: str) -> str:
    """Return the subject of a follow-up such as "what about water cooling?", or ""."""
    found = _SWITCH.match(FILLER.sub("", question))
    if not found or PRONOUN.search(found[1]) or re.search(r"\d", found[1]):
        return ""
    own = [word for word in _SUBJECT.findall(found[1]) if word.lower() not in _GENERIC]
    return found[1] if own else ""


def intent_of(question: str) -> Intent:
    """Tell what a question is after: "why?", "is that still true?", or an answer."""
    if _WHY.match(FILLER.sub("", question)):
        return "reason"
    return "current" if _STILL.search(question) else "answer"
