"""Names of hardware in running text: the longest alias wins, case and spacing are ignored."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from corpus.load import load_hardware
from corpus.types import Hardware

# "4x" and "4 x" are a word of their own, so that "4x2080ti" starts a name after them.
TIMES = r"(?<![A-Za-z\d.,])-?\d{1,3}\s?[xX×*](?=\s?[A-Za-z\d(])"
_WORD = re.compile(rf"(?P<times>{TIMES})|[A-Za-z]+|\d+")
_GAP = re.compile(r"[ \t\u00a0\-()_/]{0,2}")  # between the words of one name
_LETTER_AND_NUMBER = re.compile(r"[a-z]\d+")
_LONGEST = 9  # words in a name
# A name followed by one of these is another, unknown model ("GTX 970 Ti").
_VARIANTS = frozenset({"ti", "super", "xt", "xtx", "max"})

# What follows a bare number that is no card: a unit, a disk's name, things that are counted.
_OTHER_THING = re.compile(
    r"(?i)\s*(?:[%€$£×*]|x\s?\d|[.,]\d|(?:w|watts?|kwh?|volts?|v|gb|gib|mb|mib|tb|kb|g|k|m|mhz|ghz|hz|"
    r"ms|p|px|fps|hrs?|hours?|days?|weeks?|months?|years?|min|minutes?|seconds?|evo|pro|qvo|plus(?!\s(?:an?|one|two|three|four|my|the|\d))|"
    r"images?|samples?|steps?|iterations?|batch(?:es)?|epochs?|frames?|cores?|threads?|streams?|"
    r"pixels?|lines?|lanes?|dollars?|euros?|bucks|usd|eur|gbp|pounds?|words?|tokens?|sentences?|"
    r"monitors?|displays?|screens?|resolution|mbps|parameters?|params|million|psus?|power|supply|gold|platinum|bronze|titanium)\b)"
)
_AMOUNT_BEFORE = re.compile(
    r"(?i)(?:[$€£#~=<>]\s?|[\d][.,:×xX*-]|\b(?:v|line|lines|ddr\d?|pcie)\s?)$"
)
_CARD_TALK = re.compile(
    r"(?i)\b(?:gtx|rtx|geforce|gpus?|titan|nvidia|graphics|cards?)(?:\b|(?=\d))"
    r"|\b(?:10[5-8]|16[56]|20[678]|30[5-9]|40[6-9]|50[6-9])0(?:s|\s?tis?|\s(?:rig|box|build|machine|setup))\b"
)
_COUNTED_BEFORE = re.compile(
    r"(?i)(?:\d\s?[x×*]|\b(?:gtx|rtx|geforce|nvidia|and|or|vs\.?|versus|a|an|the|my|one|two|three|"
    r"four|five|six|seven|eight|another|single|dual|triple|quad|old|used|new|of|plus|with|than|"
    r"\d)|[/,+&])\s?$"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A run of letters or digits, or a "4x"."""

    text: str
    start: int
    end: int
    times: bool


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a piece of hardware, where it stands."""

    hardware: Hardware
    start: int
    end: int


def split_words(text: str) -> list[Word]:
    """Split a text into runs of letters and runs of digits, lower-cased."""
    return [
        Word(found[0].lower(), found.start(), found.end(), found["times"] is not None)
        for found in _WORD.finditer(text)
    ]


def fold_name(text: str) -> str:
    """Return a name without spaces, signs and case: "GTX 1080-Ti" is "gtx1080ti"."""
    return "".join(word.text for word in split_words(text))


@cache
def _names() -> tuple[dict[str, Hardware], frozenset[str]]:
    """Return hardware by folded name, and the beginnings of all folded names."""
    table = {
        fold_name(name): hardware
        for hardware in load_hardware()
        for name in (hardware.model, *hardware.aliases)
    }
    return table, frozenset(name[:end] for name in table for end in range(1, len(name) + 1))


def find_names(text: str, trusting: bool = False) -> Iterator[Name]:
    """Yield the names of hardware in a text, in order.

    A bare number ("1080") is taken for a card only where the text around it speaks of cards;
    trusting takes it anyway, for a text that is known to name hardware.
    """
    words = split_words(text)
    cards = trusting or _CARD_TALK.search(text) is not None
    index = 0
    while index < len(words):
        found = _longest_at(text, words, index)
        if found is None:
            index += 1
            continue
        hardware, last, folded = found
        start, end = words[index].start, words[last].end
        apart = _is_spread(hardware, folded, text[start:end])
        bare = folded.isdigit() and not _is_card(text, start, end, cards, trusting)
        if apart or bare:
            index += 1
            continue
        yield Name(hardware, start, end)
        index = last + 1


def _is_spread(hardware: Hardware, folded: str, written: str) -> bool:
    """Tell whether a card's letter and number stand apart: "a 100 MB/s disk" names no A100."""
    spread = written.lower().rstrip("s") != folded
    return spread and hardware.kind == "gpu" and _LETTER_AND_NUMBER.fullmatch(folded) is not None


def _longest_at(text: str, words: list[Word], first: int) -> tuple[Hardware, int, str] | None:
    """Return the hardware with the longest name that starts at a word, its last word, its name."""
    table, beginnings = _names()
    opening = words[first].text
    if opening not in beginnings and opening[:-1] not in table:  # most words: decided at once
        return None
    if words[first].times or not _starts_name(text, words, first):
        return None
    folded, found = "", None
    for last in range(first, min(first + _LONGEST, len(words))):
        word = words[last]
        if word.times or (
            last > first and not _GAP.fullmatch(text[words[last - 1].end : word.start])
        ):
            break
        folded += word.text
        ends = not text[word.end : word.end + 1].isalnum()
        if ends and folded in table:
            found = table[folded], last, folded
        elif ends and folded.endswith("s") and folded[:-1] in table:
            found = table[folded[:-1]], last, folded[:-1]  # plural: "two 2080s"
        if folded not in beginnings:
            break
    if found is None or _is_variant(text, words, found[1]):
        return None
    return found


def _starts_name(text: str, words: list[Word], first: int) -> bool:
    start = words[first].start
    return start == 0 or not text[start - 1].isalnum() or words[first - 1].times


def _is_variant(text: str, words: list[Word], last: int) -> bool:
    """Tell whether a name goes on with a word that makes it a model we do not have."""
    if last + 1 >= len(words) or _undouble(words[last + 1].text) not in _VARIANTS:
        return False
    return _GAP.fullmatch(text[words[last].end : words[last + 1].start]) is not None


def _undouble(word: str) -> str:
    """Return a word with letters typed twice written once: "Tii" is "ti"."""
    return re.sub(r"(.)\1+", r"\1", word)


def _is_card(text: str, start: int, end: int, cards: bool, trusting: bool) -> bool:
    """Tell whether a bare number is the name of a card."""
    if _OTHER_THING.match(text, end):
        return False
    before = text[max(0, start - 12) : start]
    counted = _COUNTED_BEFORE.search(before) is not None
    if _AMOUNT_BEFORE.search(before) and not re.search(r"\b\d{1,2}\s?[xX×*]$", before):
        return False
    # Three digits are as often watts, prices or disks as cards ("a 750").
    return trusting or (cards and (counted or end - start > 3)) or (counted and end - start > 3)


UNKNOWN_CARD = re.compile(
    r"(?i)\b(?:geforce\s+)?(?:gtx|rtx)[\s-]?\d{3,4}(?:[\s-]?(?:t+i+|super+|max))*\b"
    r"|\bradeon\s+[a-z]*\s?\d+\w*(?:\s?xtx?)?\b"
)


def find_unknown_cards(text: str) -> list[tuple[int, int]]:
    """Return the spans of what is written like a card's name and is none that we know."""
    known = list(find_names(text, trusting=True))
    return [
        found.span()
        for found in UNKNOWN_CARD.finditer(text)
        if not any(name.start < found.end() and found.start() < name.end for name in known)
    ]


def gaps_between(text: str, spans: list[tuple[int, int]]) -> list[str]:
    """Return what stands around and between some spans."""
    edges = [(0, 0), *sorted(spans), (len(text), len(text))]
    return [text[left[1] : right[0]] for left, right in pairwise(edges)]
