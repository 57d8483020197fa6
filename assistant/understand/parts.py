"""Hardware by name, with how many of it: "4x 2080ti", "two GTX 1080 and a 970"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from assistant.errors import InvalidInput
from assistant.understand.names import find_names, gaps_between
from assistant.understand.numerals import COUNTS, alternatives
from corpus.types import Hardware

Kind = Literal["gpu", "cpu", "chipset"]
MOST_CARDS = 64

# What may stand between a number and the name that it counts.
_FILLER = (
    r"nvidia|geforce|evga|asus|msi|gigabyte|zotac|pny|palit|inno3d|amd|ati|radeon|intel|core|tesla|"
    r"quadro|founders?|edition|fe|used|new|old|cheap|extra|additional|more|other|identical|"
    r"(?:blower|water|air|liquid)(?:[- ]?(?:style|type|cooled))?|of|the|those|these|such|my|your|"
    r"pascal|maxwell|turing|kepler|gpus?|(?:graphics?|video) cards?|cards?|pcs|pieces|units"
)
_COUNT_BEFORE = re.compile(
    rf"(?i)(?:(?<![\w.,$€£-])(?P<times>-?\d{{1,4}})\s?[x×*]|(?<![\w.,$€£-])(?P<number>-?\d{{1,3}})|"
    rf"\b(?P<word>{alternatives(COUNTS)}))"
    rf"(?:[\s(:,-]+(?:{_FILLER}))*[\s(:,-]*$"
)
_COUNT_AFTER = re.compile(
    r"(?i)(?:\s*\(?\d{1,3}\s?G(?:i?B)?\)?)?\s*(?:[x×*]\s?(?P<bare>\d{1,2})|\(\s*(?:[x×*]\s?)?(?P<inside>\d{1,2})\s?[x×*]?\s*\))"
    r"(?![\w.])(?!\s*(?:pci|lanes?|slots?|/))"
)
_CORES = re.compile(r"(?i)(?:dual|quad|hexa|octa|\d+)[\s-]*core")  # "a dual core Pentium" is one
_LANE_TALK = re.compile(r"(?i)\bpci|\blanes?\b")
_LOOK_BACK = 60
_ASIDE = re.compile(
    rf"(?i)\b(?:{_FILLER}|and|plus|with|a|an|\d+\s?(?:gb|gib)(?:\s?(?:vram|memory))?|each|gddr\w+|"
    r"founders|mini|gaming|oc|black|sc|ftw\d?|xc|strix|turbo|dual|windforce|amp|hybrid|pcie|sxm\d?)\b"
    r"|[\s,;+&()./-]+"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """Hardware named in a text: counted tells whether the text says how many.

    The span from start to end holds the count too.
    """

    hardware: Hardware
    count: int
    counted: bool
    start: int
    end: int


def find_parts(text: str, trusting: bool = False) -> list[Mention]:
    """Return all hardware that a text names, in order, with counts.

    trusting takes bare numbers such as "1080" for cards without looking at the words around.
    """
    return list(_find_parts(text, trusting))


@lru_cache(maxsize=256)
def _find_parts(text: str, trusting: bool) -> tuple[Mention, ...]:
    mentions: list[Mention] = []
    names = list(find_names(text, trusting))
    for index, name in enumerate(names):
        left = mentions[-1].end if mentions else 0
        right = names[index + 1].start if index + 1 < len(names) else len(text)
        mentions.append(_count(text, name.hardware, (name.start, name.end), (left, right)))
    return tuple(mentions)


def _count(text: str, hardware: Hardware, span: tuple[int, int], room: tuple[int, int]) -> Mention:
    start, end = span
    before = text[max(room[0], start - _LOOK_BACK) : start]
    found = _COUNT_BEFORE.search(before)
    if found and not _CORES.match(found[0]):
        digits = found["times"] or found["number"]
        count = int(digits) if digits else COUNTS[found["word"].lower()]
        return Mention(hardware, count, True, start - len(before) + found.start(), end)
    after = _COUNT_AFTER.match(text, end, room[1])
    if after and hardware.kind != "chipset":
        count = int(after["bare"] or after["inside"])
        lanes = count in (1, 4, 8, 16) and after["bare"] and _LANE_TALK.search(text)
        if count != 16 and not lanes:
            return Mention(hardware, count, True, start, after.end())
    return Mention(hardware, 1, False, start, end)


def find_hardware(text: str, kind: Kind | None = None) -> Hardware | None:
    """Return the first hardware that a text names, of one kind if given; None where none."""
    mentions = find_parts(text, trusting=True)
    return next((m.hardware for m in mentions if kind in (None, m.hardware.kind)), None)


def parse_gpus(text: str) -> list[tuple[int, Hardware]]:
    """Return the cards that a text such as "4x 2080ti" or "two GTX 1080 and a 970" lists.

    :raises InvalidInput: a part is not known or is no GPU, or a count is out of range.
    """
    mentions = find_parts(text, trusting=True)
    gaps = gaps_between(text, [(mention.start, mention.end) for mention in mentions])
    unknown = [gap for gap in gaps if _ASIDE.sub("", gap)]
    if unknown or not mentions:
        name = re.sub(r"^[\s,;+&]+(?:and\b)?|[\s,;+&]+$", "", unknown[0] if unknown else text)
        raise InvalidInput(
            f"gpu {name.strip()[:60]!r} is not known: write it like "
            '"RTX 2080 Ti" or "2x GTX 1080, GTX 970", or give its watts or memory instead.'
        )
    for mention in mentions:
        if mention.hardware.kind != "gpu":
            raise InvalidInput(f"gpu {mention.hardware.model!r} is no GPU: name a card.")
        if not 1 <= mention.count <= MOST_CARDS:
            raise InvalidInput(
                f"gpu {text[:60]!r}: the number of cards must be from 1 to {MOST_CARDS}, "
                f"not {mention.count}."
            )
    return [(mention.count, mention.hardware) for mention in mentions]
