"""Watts in a question, by what they are of: a supply, each card, a CPU, the rest, all of it."""

from __future__ import annotations

import re

from assistant.understand.numerals import NUMBER, read_number
from assistant.understand.quantities import Amount
from assistant.understand.request import Reading

CARD_WATTS = 250  # line 62
CARD_ASSUMED = "Which cards is not said: 250 W each assumed, as in the guide's example (line 62)."
SUPPLY = r"psus?\b|power[- ]?suppl(?:y|ies)\b|suppl(?:y|ies)\b|power units?\b"
# CPUs that we do not know by name are told by their family.
_CPU = (
    r"cpus?|processors?|chips?|xeons?|threadrippers?|ryzens?|epycs?|opterons?|i[3579](?:-\w+)?|"
    r"r[3579]|[1-9]\d{3}x(?:3d)?"
)
_CARD = r"cards?|gpus?|(?:graphics?|video) boards?|accelerators?|quadros|teslas"
_REST = r"rest|others?|everything else|drives|fans|pumps?|dis[ck]s"
_SYSTEM = r"systems?|box|machine|rig|computer|pc|server|workstation|tower|build"
_BRANDS = r"\b(?:corsair|seasonic|be quiet)\b"
_FEW = r"(?:[\w+-]+\s){0,3}?"
_EACH = r"(?:each|apiece|per (?:card|gpu|cpu|chip|piece)|a (?:card|piece))\b"
_TOGETHER = r"(?:together|combined|altogether|in (?:all|total)|between them|for (?:both|all)\b)"

# role, what follows an amount of watts, what leads up to it
_ROLES = (
    (
        "cpu",
        rf"(?:tdp\s)?(?:for\s)?(?:the\s)?(?:(?!and\b|plus\b|with\b)[a-z]+\s)?(?:{_CPU})\b",
        rf"\b(?:{_CPU})(?!\w)",
    ),
    (
        "other",
        rf"(?:for\s)?(?:the\s)?(?:{_REST})\b",
        rf"\b(?:{_REST})\b",
    ),
    (
        "card",
        r"(?:tdp\s)?(?:(?!psu|power|supply|and\b|plus\b)[a-z-]+\s){0,2}?"
        rf"(?:{_CARD})\b",
        rf"\b(?:each|{_CARD})\b",
    ),
    (
        "supply",
        rf"{_FEW}(?:{SUPPLY}|{_BRANDS})|units?\b",
        rf"(?:{SUPPLY}|{_BRANDS})",
    ),
    ("system", rf"(?:{_SYSTEM})\b", rf"\b(?:{_SYSTEM})\b"),
)
# A noun says what an amount is of over these words, not over others: "four cards run on 900 W".
_AWAY = (
    r"(?:and|plus|on|from|by(?!\s(?:the\s)?(?:amd|intel|manufacturer|maker|vendor))|off|enough|"
    r"sufficient|than|but|while|if|so|or|for|into)"
)
_LINK = re.compile(rf"(?i)[\s(:=~’'-]*(?:(?!{_AWAY}\b)[\w’'+-]+[\s(:=~’'-]+){{0,9}}?")
_MOST_BETWEEN = 90  # characters
# "My box with four cards draws 1200 W": the box does.
_ALL_DRAWS = re.compile(
    rf"(?i)\b(?:{_SYSTEM})\s(?:with|of|containing|holding)\s(?:(?!that\b|which\b|each\b)[\w-]+\s){{1,6}}?"
    r"(?:draws|pulls|uses|consumes|takes|eats|burns|dissipates|needs)\b[^,;.?!]*$"
)
# "two 120 W Xeons": the watts of one of them.
_COUNT = re.compile(rf"(?i)(?:\b(?P<word>dual)|(?P<number>{NUMBER})(?:\s?[x×])?)\s$")
_CPUS = r"(?:[a-z]+\s)?(?:cpus|processors|chips|xeons|epycs|opterons)\b"
_OF_EACH = re.compile(r"(?i)\s?(?:\((?:each\s)?|(?:are\s)?(?:of|at|rated(?: at)?)\s)$")


def power_role(reading: Reading, amount: Amount) -> str:
    """Return what an amount of watts is of: supply, card, cpu, other, system, or "" if not said.

    What follows the amount says it first, then the nearest noun that leads up to it.
    """
    for role, after, _ in _ROLES:
        if reading.follows(amount, after):
            return role
    each = reading.follows(amount, _EACH)
    if not each and _ALL_DRAWS.search(reading.text[: amount.start]):
        return "system"
    role, _ = _leading(reading, amount, linked=not each)
    if each:
        return role if role == "cpu" else "card"
    return role


def watts(reading: Reading) -> dict[str, float | int]:
    """Return the watts of a question by what they are of: of each card, of all CPUs together.

    Those of which it is not said are "system": all of it, unless there are others.
    """
    return {
        power_role(reading, amount) or "system": amount.value * _share(reading, amount)
        for amount in reversed(reading.of("power"))
    }


def unclear_watts(reading: Reading) -> list[Amount]:
    """Return the watts of which one cannot tell what they are of, beside others that are known.

    A second amount of the same thing is among them: "two 250 W cards and one 180 W card".
    """
    roles = [(power_role(reading, amount), amount) for amount in reading.of("power")]
    if len(roles) < 2:
        return []
    said: dict[str, float | int] = {}
    unclear = []
    for role, amount in roles:
        if not role or said.setdefault(role, amount.value) != amount.value:
            unclear.append(amount)
    return unclear


def ask_what_draws(reading: Reading) -> dict[str, str]:
    """Return what to ask back about watts of which it is not said what draws them."""
    return ask_about_watts(unclear_watts(reading))


def ask_about_watts(unclear: list[Amount]) -> dict[str, str]:
    """Return what to ask back about some watts."""
    said = " and ".join(f"{amount.value:g} W" for amount in unclear)
    if not said:
        return {}
    return {"watts": f"What are the {said} of: each of the cards, the CPU, the rest, the supply?"}


def _leading(reading: Reading, amount: Amount, linked: bool = True) -> tuple[str, int]:
    """Return the role and the start of the nearest noun before an amount in its sentence.

    linked wants nothing between that leads away from the noun, and no other amount.
    """
    earliest = max(
        [0, amount.start - _MOST_BETWEEN]
        + [other.end for other in reading.of("power") if linked and other.end <= amount.start]
    )
    before = re.split(r"[;.?!]\s", reading.text[earliest : amount.start])[-1]
    first = amount.start - len(before)
    nouns = [
        (first + found.end(), role, first + found.start())
        for role, _, pattern in _ROLES
        for found in re.finditer(pattern, before, re.I)
    ]
    nouns += [
        (part.end, part.hardware.kind.replace("gpu", "card"), part.start)
        for part in reading.parts
        if first <= part.start and part.end <= amount.start and part.hardware.kind != "chipset"
    ]
    if not nouns:
        return "", -1
    end, role, start = max(nouns)
    its_tdp = reading.text[end : amount.end].lower().startswith(", tdp")  # "a Xeon, TDP of 90"
    if linked and not its_tdp and not _LINK.fullmatch(reading.text, end, amount.start):
        return "", -1
    return role, start


def _share(reading: Reading, amount: Amount) -> float | int:
    """Return by what an amount is multiplied: CPUs count together, cards one by one."""
    if reading.follows(amount, _CPUS):
        return _count_before(reading.text[: amount.start])
    role, start = _leading(reading, amount, linked=not reading.follows(amount, _EACH))
    if role == "cpu" and start >= 0 and re.match(_CPUS, reading.text[start:], re.I):
        each = reading.follows(amount, _EACH) or _OF_EACH.search(reading.text[: amount.start])
        return _count_before(reading.text[:start]) if each else 1
    if role == "card" and reading.follows(amount, _TOGETHER) and reading.card_count:
        return 1 / reading.card_count
    return 1


def _count_before(text: str) -> int:
    """Return how many CPUs a text that ends before their name or watts counts; 1 if it does not."""
    count = _COUNT.search(text)
    if count is None:
        return 1
    return 2 if count["word"] else int(read_number(count["number"])) or 1
