"""Several questions in one: "What supply, which fans, and does NVLink help?"."""

from __future__ import annotations

import re

from assistant.types import Turn
from assistant.understand.followups import standalone
from assistant.understand.words import PRONOUN

MOST = 3  # questions that are answered one by one; more are one question about many things
_AUXILIARY = (
    r"is|are|was|were|do|does|did|can|could|should|shall|will|would|isn.t|aren.t|don.t|doesn.t"
)
_WH = r"what|which|how|why|when|where|who|whose"
_SUBJECT = r"(?:i|we|you|it|they|there|this|that|the|a|an|my|your|(?-i:[A-Z]\w*))\b"
_ASKING = rf"(?:{_WH}|{_AUXILIARY})"
# Within a sentence "which" and "when" more often tell than ask ("a board, which has x8 slots"), and
# "is" or "would" ask only before a subject ("I have two cards and would buy more").
_ASKING_ON = rf"(?:what|how|why|(?:{_AUXILIARY})\s+{_SUBJECT})"
_BETWEEN = re.compile(
    rf"(?i)(?<=[?.!:])\s{{1,3}}(?:(?:and|but|also|so)\s+)?(?={_ASKING}\b)"
    rf"|\s?[,;–—-]\s+(?:and|but|also)\s+(?={_ASKING}\b)"
    rf"|\s?[,;]\s+(?=(?:what|how|why)\b)"
    rf"|\s(?:and|&)\s+(?={_ASKING_ON}\b)"
    r"|(?<=\?)\s{1,3}(?=\S)"
)
_ASKS = re.compile(rf"(?i){_ASKING}\b")
_WORD = re.compile(r"[A-Za-z0-9][\w.+’'-]*")
# Words with which a question says nothing ("why?", "which one is it?").
_EMPTY = re.compile(
    rf"(?i)(?:{_WH}|{_AUXILIARY}|a|about|all|also|am|an|and|any|as|at|be|but|by|exactly|for|from|had|"
    r"has|have|he|his|i|if|in|it|its|me|my|no|not|of|on|one|or|really|so|that|the|them|there|they|"
    r"this|to|we|with|you|your)"
)


def questions_in(text: str) -> tuple[str, ...]:
    """Return the questions that stand in one text, each so that it can be understood alone.

    What is told before the first goes in front of each ("I have two 1080s. What supply, and …?").
    Returns () where there is one question, or more than MOST.
    """
    pieces = [piece.strip() for piece in _BETWEEN.split(text) if piece.strip()]
    asked = [piece for piece in pieces if _asks(piece) and _says_something(piece)]
    if not 2 <= len(asked) <= MOST:
        return ()
    told = text[: text.index(asked[0])].strip()
    if told:
        return tuple(f"{told} {question}" for question in asked)
    return tuple(
        standalone(question, [Turn("user", before)]) if PRONOUN.search(question) else question
        for before, question in zip(("", *asked), asked, strict=False)
    )


def _asks(piece: str) -> bool:
    """Tell whether a piece asks: by its first word or, in note form, by its mark alone."""
    return bool(_ASKS.match(piece)) or piece.endswith("?")


def _says_something(question: str) -> bool:
    return any(not _EMPTY.fullmatch(word) for word in _WORD.findall(question))
