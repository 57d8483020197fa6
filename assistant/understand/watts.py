"""Watts in a question, by what they are of: a supply, each card, a CPU, the rest, all of it."""

from __future__ import annotations

from assistant.understand.quantities import Amount
from assistant.understand.request import Reading

CARD_WATTS = 250  # line 62
CARD_ASSUMED = "Which cards is not said: 250 W each assumed, as in the guide's example (line 62)."
SUPPLY = r"psus?\b|power[- ]?suppl(?:y|ies)\b|suppl(?:y|ies)\b|power units?\b"
_CPU = r"cpus?|processors?|chips?|xeons?|threadrippers?"
_FEW = r"(?:[\w+-]+\s){0,3}?"

# role, what follows an amount of watts, what leads up to it
_ROLES = (
    (
        "cpu",
        rf"(?:tdp\s)?(?:for\s)?(?:the\s)?(?:[a-z]+\s)?(?:{_CPU})\b",
        rf"\b(?:{_CPU})(?:\s(?:takes?|draws?|needs?|uses?|of|with|at|is))?",
    ),
    (
        "other",
        r"(?:for\s)?(?:the\s)?(?:rest|others?\b|everything else|drives|fans)",
        r"\b(?:rest|others?|everything else|drives|fans)\b",
    ),
    (
        "card",
        r"(?:tdp\s)?(?:(?:(?!psu|power|supply)[a-z-]+\s){0,2}?(?:gpus?|cards?)\b|each|apiece|"
        r"per (?:card|gpu)|a card)",
        r"\b(?:each|cards?|gpus?)\b(?:\s(?:of|with|at|draw\w*|takes?|needs?))?",
    ),
    (
        "supply",
        rf"{_FEW}(?:{SUPPLY})",
        rf"(?:{SUPPLY}|corsair|seasonic)\s?(?:of|with|at|is|has|gives|:)?\s?(?:an?\s)?",
    ),
)


def power_role(reading: Reading, amount: Amount) -> str:
    """Return what an amount of watts is of: supply, card, cpu, other or system."""
    for role, after, _ in _ROLES:
        if reading.follows(amount, after):
            return role
    for role, _, before in _ROLES:
        if reading.leads(amount, before):
            return role
    return "system"


def watts(reading: Reading) -> dict[str, float | int]:
    """Return the watts of a question by what they are of."""
    return {power_role(reading, amount): amount.value for amount in reversed(reading.of("power"))}
