"""For how many graphics cards a text speaks: "4x 2080 Ti", "a single GPU", "3-4 cards"."""

from __future__ import annotations

import re

from assistant.understand.numerals import CARDINALS, GROUPS, MULTIPLES, alternatives

MOST = 16
_NUMBERS = {**CARDINALS, **MULTIPLES, **GROUPS}
# Up to two words between the number and the thing: "single air-cooled RTX", "4x used cards"; but
# not "16 lanes a GPU".
_OTHER = r"(?!(?:an?|per|the|for|of|in|to|on|lanes?|cores?|threads?|slots?|gb|watts?|w)\b)"
_THING = (
    rf"(?=(?:{_OTHER}[a-z][\w-]* ){{0,2}}?(?:gpus?|cards?|titans?|rtx|gtx|\d{{3,4}}(?: ?ti)?s?)\b)"
)
_RANGE = re.compile(rf"(?i)\b(\d{{1,2}}) ?(?:-|–|to|or) ?(\d{{1,2}})[ -]{_THING}")
_NUMBER = re.compile(
    rf"(?i)\b(?:(\d{{1,2}})(?: ?[x×])?|({alternatives(_NUMBERS)})(?: of)?)[ -]{_THING}"
)
_SEVERAL = re.compile(r"(?i)\b(?:several|multiple|many) (?:gpus|cards)\b|\bmulti-?gpu\b")


def card_counts(text: str) -> frozenset[int]:
    """Return the numbers of cards that a text names; from 2 on for "several GPUs"."""
    found = {
        int(match[1]) if match[1] else _NUMBERS[match[2].lower()]
        for match in _NUMBER.finditer(text)
    }
    for match in _RANGE.finditer(text):
        found.update(range(int(match[1]), int(match[2]) + 1))
    if _SEVERAL.search(text):
        found.update(range(2, MOST + 1))
    return frozenset(count for count in found if 1 <= count <= MOST)
