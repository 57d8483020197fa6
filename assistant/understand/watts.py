"""Watts in a question, by what they are of: a supply, each card, a CPU, the rest, all of it."""

from __future__ import annotations

import re

from assistant.understand.numerals import NUMBER, read_number
from assistant.understand.quantities import Amount
from assistant.understand.request import Reading

CARD_WATTS = 250  # line 62
CARD_ASSUMED = "Which cards is not said: 250 W each assumed, as in the guide's example (line 62)."
SUPPLY = r"psus?\b|power[- ]?suppl(?:y|ies)\b|suppl(?:y|ies)\b|power units?\b"
_CPU = r"cpus?|processors?|chips?|xeons?|threadrippers?"
_CARD = r"cards?|gpus?|accelerators?|quadros|teslas"
_FEW = r"(?:[\w+-]+\s){0,3}?"

# role, what follows an amount of watts, what leads up to it
_ROLES = (
    (
        "cpu",
        rf"(?:tdp\s)?(?:for\s)?(?:the\s)?(?:(?!and\b|plus\b|with\b)[a-z]+\s)?(?:{_CPU})\b",
        rf"\b(?:{_CPU})(?:\s(?:takes?|draws?|needs?|uses?|of|with|at|is))?",
    ),
    (
        "other",
        r"(?:for\s)?(?:the\s)?(?:rest|others?\b|everything else|drives|fans)",
        r"\b(?:rest|others?|everything else|drives|fans)\b",
    ),
    (
        "card",
        r"(?:tdp\s)?(?:(?:(?!psu|power|supply|and\b|plus\b)[a-z-]+\s){0,2}?"
        rf"(?:{_CARD})\b|each|apiece|per (?:card|gpu)|a card)",
        rf"\b(?:each|{_CARD})\b(?:\s(?:of|with|at|draw\w*|takes?|needs?))?",
    ),
    (
        "supply",
        rf"{_FEW}(?:{SUPPLY})|units?\b",
        rf"(?:{SUPPLY}|corsair|seasonic)\s?(?:of|with|at|is|has|gives|:)?\s?(?:an?\s)?",
    ),
)
# "two 120 W Xeons": the watts of one of them.
_COUNT = re.compile(rf"(?i)(?:\b(?P<word>dual)|(?P<number>{NUMBER})(?:\s?[x×])?)\s$")
_CPUS = r"(?:[a-z]+\s)?(?:cpus|processors|chips|xeons)\b"


def power_role(reading: Reading, amount: Amount) -> str:
    """Return what an amount of watts is of: supply, card, cpu, other or system.

    What follows the amount says it first, then the nearest of the words that lead up to it.
    """
    for role, after, _ in _ROLES:
        if reading.follows(amount, after):
            return role
    leading = [(reading.leads_from(amount, before), role) for role, _, before in _ROLES]
    start, role = max(leading, key=lambda found: found[0])
    return role if start >= 0 else "system"


def watts(reading: Reading) -> dict[str, float | int]:
    """Return the watts of a question by what they are of; those of several CPUs together."""
    return {
        power_role(reading, amount): amount.value * _cpus(reading, amount)
        for amount in reversed(reading.of("power"))
    }


def _cpus(reading: Reading, amount: Amount) -> int:
    """Return of how many CPUs an amount is; 1 for what else there is."""
    if not reading.follows(amount, _CPUS):
        return 1
    count = _COUNT.search(reading.text[: amount.start])
    if count is None:
        return 1
    return 2 if count["word"] else int(read_number(count["number"])) or 1
