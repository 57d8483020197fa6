"""Make a follow-up stand alone, from the questions before it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.types import Turn
from assistant.understand.intents import new_subject
from assistant.understand.numerals import CARDINALS, alternatives
from assistant.understand.words import FILLER, PRONOUN

# A question that leans on the one before it.
LEANING = re.compile(
    r"(?i)^(?:and|but|or|so|also|then|what about|how about|why|how come|really|is that|are those|"
    r"does that|would that|what if|if not|make (?:it|that)|same|even|only|with|without|instead|"
    r"which one|what else|any other|how so|since when|for how)\b"
)
# One that says that it does not lean.
NEW_TOPIC = re.compile(
    r"(?i)^(?:an?)?(?:new|(?:an)?other|different|unrelated|separate|next) "
    r"(?:topic|thing|question|subject|matter)\b"
)
# "It" that stands for nothing said before.
IDIOM = re.compile(
    r"(?i)\bworth it\b|\bis it (?:\w+ )?(?:to|that|if)\b|\bdoes it (?:matter|make sense|pay)\b|"
    r"\bit(?:'s| is) (?:better to|true that)|\bthis (?:guide|article|blog|page)\b|"
    r"\bthat (?:much|many)\b"
)
SHORT = 9  # words; a longer question that has a pronoun explains itself more often than not
EARLY = 4  # words; a pronoun among the first ones points back, whatever the length


# "What about eight?" asks the question before of another number of cards.
_COUNT = rf"({alternatives(CARDINALS)}|\d{{1,2}})"
_OTHER_COUNT = re.compile(
    rf"(?i)^(?:and|(?:and )?with|(?:and )?(?:what|how) about)(?: for)? {_COUNT}"
    r"(?: of (?:them|those|these))?(?: (?:gpus?|cards?))?[?.!\s]*$"
)
_COUNTED = re.compile(rf"(?i)\b{_COUNT}(?=(?: [\w-]+)?? (?:gpus?|cards?)\b)")


def leans(question: str) -> bool:
    """Tell whether a question cannot be understood without the one before it."""
    words = FILLER.sub("", question).split()
    if len(words) <= 3:
        return True
    text = IDIOM.sub("", " ".join(words))
    if NEW_TOPIC.match(text):
        return False
    words = text.split()
    if LEANING.match(text) and len(words) <= 2 * SHORT:
        return True
    early = bool(PRONOUN.search(" ".join(words[:EARLY])))
    return early or (len(words) <= SHORT and bool(PRONOUN.search(text)))


def standalone(question: str, history: Sequence[Turn]) -> str:
    """Return the question so that it can be understood alone.

    A question that leans gets the one before it put in front, and that the one before, as long
    as they lean too; one that does not lean is a change of subject and stays as it is.
    """
    asked = [turn.content for turn in history if turn.role == "user" and turn.content.strip()]
    if not asked or not leans(question) or new_subject(question):
        return question
    previous = standalone(asked[-1], [Turn("user", text) for text in asked[:-1][-2:]])
    other = _OTHER_COUNT.match(FILLER.sub("", question).strip())
    if other and _COUNTED.search(previous):
        return _COUNTED.sub(other[1], previous, count=1)
    return f"{previous} {question}"
