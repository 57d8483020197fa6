"""What people say that asks nothing, or nothing that can be understood alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.types import Turn


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What people say that asks nothing by itself.
_EMPTY = _words(
    "why how what which who when where and or but so then it that this is are was more yes no "
    "ok okay hello hi hey thanks thank you please really again help test there"
)
# What says nothing of a subject: "is it worth it", "what would you do".
_SUBJECTLESS = _EMPTY | _words(
    "whats whose whom if as of on in at to for with about from by its these those the a an here "
    "one ones thing things something anything everything i me my we us our your he him his she "
    "her they them their were be been am do does did done would should could can will may might "
    "must have has had much many long far some any very too also just only not worth good better "
    "best bad right wrong true mean means say says said tell told think thinks know knows"
)
# What ends or begins a conversation, or says that the answer arrived.
_COURTEOUS = _words(
    "thanks thank thx ty cheers ok okay k cool great nice perfect wonderful awesome super "
    "brilliant excellent hello hi hey bye goodbye got understood helps helped helpful good fine"
)
# What may stand beside it, and is none alone: "that is for you and me".
_COURTESIES = _COURTEOUS | _words(
    "you u very much so a lot there see morning evening day night it i that this was is "
    "understand all for now the your answer help and have to know"
)
_QUESTION = re.compile(r"(?i)^\W*(?:is|was|have)\b|\?")


def asks_something(question: str) -> bool:
    """Tell whether a question has a word that says what it is about, or what is wanted of it."""
    return not _EMPTY.issuperset(_spoken(question))


def has_subject(question: str) -> bool:
    """Tell whether a question says what it is about, so that it can be understood alone."""
    return not _SUBJECTLESS.issuperset(_spoken(question))


def is_courtesy(text: str) -> bool:
    """Tell whether a text is "thanks!", "ok great", "hello" and the like, and asks nothing."""
    if _QUESTION.search(text):
        return False
    words = _spoken(text)
    return words <= _COURTESIES and bool(words & _COURTEOUS)


def without_courtesies(history: Sequence[Turn]) -> list[Turn]:
    """Return a conversation without its courtesies and the replies to them.

    What is asked after "thanks!" leans on what was asked before it.
    """
    kept: list[Turn] = []
    courteous = False
    for turn in history:
        if turn.role == "user":
            courteous = is_courtesy(turn.content)
        if not courteous:
            kept.append(turn)
    return kept


def _spoken(text: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", text.lower()))
