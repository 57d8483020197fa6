"""What kind of answer a question calls for: yes or no, one thing, or all there is."""

from __future__ import annotations

import re

_AUXILIARY = (
    r"(?:is|are|was|were|isn.?t|aren.?t|do|does|did|don.?t|doesn.?t|can|could|can.?t|couldn.?t|"
    r"should|shouldn.?t|shall|will|would|won.?t|wouldn.?t|has|have|had|may|might|must|am)"
)
_WH = re.compile(
    r"(?i)\b(?:what|what.?s|whats|which|how|why|who|whose|when|where|whether)\b(?! if\b)"
)
# An either/or question is answered by the thing, not by yes.
_EITHER = re.compile(
    r"(?i)\b(?:\w+ or (?!not\b|so\b|more\b|less\b|two\b|any)\w+|vs\.?|versus)\b|, or\b"
)
_STARTS = re.compile(rf"(?i)^(?:(?:so|and|but|then|also|ok|hi|well)[,\s]+)*{_AUXILIARY}\b")
_CLAUSE = re.compile(
    rf"(?i)[,;:.!?–—-]\s*(?:(?:so|and|but|then)\s+)?{_AUXILIARY}\s+(?:it|i|we|you|that|this|they|fans?|cards?|gpus?|"
    r"there|one|my|the|a|an|x?\d+|he)\b[^,;:.!?]*\??$"
)
_BARE = re.compile(
    r"(?i)\b(?:worth (?:it|\w+ing|the \w+)|enough|needed|necessary|possible|any good|ok|okay|safe|"
    r"recommended|a problem|a bad idea|overkill|a bottleneck|still (?:true|valid|good))\s*\?*$"
)

_WIDE = re.compile(
    r"(?i)\b(?:all of (?:the|them|these)|compared?|different|various|several|pros and cons|"
    r"chang(?:es?|ed)|over the years|history)\b"
)


def is_wide(question: str) -> bool:
    """Tell whether a question asks for several places: all figures, a comparison, a history."""
    return bool(_WIDE.search(question))


def asking_part(question: str) -> str:
    """Return the sentence that asks: what people tell around it says nothing of yes or no."""
    sentences = re.split(r"(?<=[.!?])\s+", question.strip())
    return ([sentence for sentence in sentences if sentence.endswith("?")] or sentences)[-1]


def is_yes_no(question: str) -> bool:
    """Tell whether a question is answered by yes, no, or "it depends"."""
    last = asking_part(question)
    if _EITHER.search(last):
        return False
    if _STARTS.search(last) or _CLAUSE.search(last):
        return True
    return bool(_BARE.search(last)) and not _WH.search(last)
