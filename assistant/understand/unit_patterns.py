"""How people write quantities: one regular expression a spelling, with its reading."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from assistant.understand import unit_readings as read
from assistant.understand.numerals import DIGITS, NUMBER, SCALE

Kind = Literal[
    "power", "energy", "price", "rent", "money", "co2", "duration", "hours_per_day", "period",
    "time", "memory", "speed", "voltage", "resolution", "fps", "shape", "image", "lanes",
    "generation", "precision", "efficiency", "share", "batch", "parameters", "activations",
    "gpus", "cores", "threads", "slots", "streams", "rate", "number",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spelling:
    """A way to write a kind of quantity.

    hints are letters of which at least one must stand in the lower-cased text: looking for them
    is much faster than the pattern.
    """

    kind: Kind
    hints: tuple[str, ...]
    pattern: re.Pattern[str]
    read: read.Reader


_D, _N = rf"(?P<n>{DIGITS}{SCALE}?)", rf"(?P<n>{NUMBER})"
_SIGN = r"[€$£¥]"
_WORD = (
    r"euros?|eur|usd|us dollars?|dollars?|bucks|gbp|pounds?|chf|francs?|cents?|ct|pence|inr|rupees?"
)
_MONEY = (
    rf"(?:(?P<c1>{_SIGN})\s?(?P<n1>{DIGITS}\s?k?)|"
    rf"(?P<n2>{DIGITS}{SCALE}?|{NUMBER}(?=\s(?:{_WORD})))(?P<k>k)?\s?-?"
    rf"(?P<c2>€|\$|£|¥|¢|(?:{_WORD})(?![a-z])))"
)
_EACH = r"\s?(?:per|/|an?|each|for (?:an?|one|each)|the)\s?"
_KWH = r"(?:kwh|kw-h|kilowatt[- ]?hours?)\b"
_SECOND = r"(?:/\s?s(?:ec(?:ond)?)?|ps|\s?(?:per|a) second)\b"
_M = r"(?P<m>\s?(?:k|m|b|bn)\b|)"
_NO_ADJECTIVE = (
    r"(?:w|watts?|gb|g|x|ms|per|threads?|cores?|lanes?|slots?|"
    r"and|or|of|in|on|for|to|with|the|my|at|second|third|fourth|"
    r"two|three|four|five|six|seven|eight)"
)
# "a second card" is no time, "a second of video" is.
_NO_ORDINAL = r"(?!an? second (?!(?:of|for|to|per|on|in|at|and|or|is|when|while|if|each)\b)\S)"
_CARD = r"(?:gpus?|(?:graphics?|video)\scards?|cards?|accelerators?|quadros|teslas)\b"
_CARD_HINTS = "card gpu accelerator quadro tesla"
_WIDTH = r"(?:(?:single|dual|double|triple|[1-3])[\s-](?:slot|width|wide)\s)?"

# In this order: what one has matched is not looked at again.
_SPELLINGS: tuple[tuple[Kind, str, str, read.Reader], ...] = (
    ("co2", "kwh", rf"{_D}\s?(?P<k>k)?g(?:rams?)?(?:\s(?:of\s)?co2)?{_EACH}{_KWH}", read.carbon),
    ("price", "kwh kilowatt kw-h", rf"(?:{_MONEY}|(?P<bare>{DIGITS})){_EACH}{_KWH}", read.price),
    (
        "price",
        "kwh kilowatt kw-h",
        rf"\b(?:an?|per|the|one|each|every)\s{_KWH}\s(?:(?:is|costs?|comes? (?:to|at)|at|me|us|for|"
        rf"about|here)\s){{1,3}}(?:{_MONEY}|(?P<bare>{DIGITS}))",
        read.price,
    ),
    ("price", "unit", rf"{_D}\s?(?P<u>cents?|ct|pence|p)\s(?:an?|per|the) unit\b", read.as_written),
    ("energy", "kwh kilowatt", rf"{_D}\s?{_KWH}", read.plain("kWh")),
    (
        "hours_per_day",
        "day daily",
        rf"{_N}\s?-?(?:hours?|hrs?|h)\s?(?:a|per|/|every|each|daily|the)\s?(?:single\s)?(?:day\b|$)",
        read.plain("hours"),
    ),
    ("hours_per_day", "7", r"\b24\s?[/x×]\s?7\b", read.fixed(24, "hours")),
    (
        "hours_per_day",
        "clock night stop",
        r"\baround the clock|\bday and night|\bnon-?stop",
        read.fixed(24, "hours"),
    ),
    (
        "rent",
        "hour hr /h day week month year",
        rf"{_MONEY}{_EACH}(?P<p>hour|hr|h|day|week|month|year)\b",
        read.rent,
    ),
    ("money", "", _MONEY, read.money),
    ("speed", "b", rf"{_D}\s?(?P<u>[kmgt])i?b(?:yte)?s?{_SECOND}", read.megabytes_a_second),
    ("speed", "byte", rf"{_D}\s?(?P<u>mega|giga)bytes?{_SECOND}", read.megabytes_a_second),
    ("fps", "fps hz frame", rf"{_D}\s?-?(?:fps|hz|frames?{_SECOND})", read.plain("fps")),
    (
        "rate",
        "batch it step",
        rf"{_N}\s?(?:mini-?)?(?:batches|its?|iterations|steps){_SECOND}",
        read.plain("1/s"),
    ),
    ("resolution", "p 4k", r"\b(?P<n>\d{3,4})\s?p\b|\b4k\b", read.resolution),
    (
        "generation",
        "pci gen",
        r"\b(?:pci-?e(?:xpress)?|pci[- ]express|gen(?:eration)?)[\s-]*"
        r"(?:gen(?:eration)?|v|version)?[\s.-]*(?P<n>[1-6])(?:\.0)?(?![\d.x])",
        read.plain(),
    ),
    (
        "precision",
        "16 32 prec",
        r"\b(?:bf16|(?:fp|float)\s?(?:16|32)|(?:half|mixed|single)[- ]precision|"
        r"(?:16|32)[\s-]?bits?)\b",
        read.precision,
    ),
    (
        "activations",
        "activation value",
        rf"{_N}{_M}\s?(?:activations?|values)(?:\s(?:per|an?|each|for (?:each|every|an?))\s"
        r"(?:sample|image|example))?",
        read.large,
    ),
    ("parameters", "param weight", rf"{_N}{_M}\s?-?(?:parameters?|params?|weights)\b", read.large),
    (
        "parameters",
        "m b",
        r"(?<![\w.,$€£])(?P<n>\d+(?:[.,]\d+)?)\s?(?P<m>M|B|bn|million|billion)\b(?!/s)",
        read.large,
    ),
    (
        "batch",
        "batch bs",
        r"\b(?:(?:mini-?)?batch(?:es)?[\s-]*(?:sizes?)?|bs)\s?(?:of|=|:|is|to)?\s?(?P<n>-?\d+)\b"
        r"(?!\s?[x×*]\s?\d|\s?[kmgt]i?b\b)",
        read.plain(),
    ),
    (
        "batch",
        "image sample picture sentence example",
        rf"{_N}\s(?:[a-z]+\s)?(?:images|samples|pictures|sentences|examples)\b",
        read.plain(),
    ),
    ("lanes", "lane", rf"{_N}[\s-]?(?:pci-?e\s|pci express\s|cpu\s)?lanes?\b", read.plain()),
    ("lanes", "x", r"(?<![\w/])x(?P<n>16|8|4|2|1)\b(?!\s?[x×])", read.plain()),
    ("lanes", "x", r"(?<![\w.,/])(?P<n>16|8|4)x\b(?!\s?\d)", read.plain()),
    (
        "gpus",
        _CARD_HINTS,
        rf"{_N}(?:\s?[x×*]\s?|\s)(?=(?:-?\d+[\s-]?(?:w|watts?|gb)\s(?:[a-z]+\s)?){_CARD})",
        read.plain(),
    ),
    (
        "gpus",
        _CARD_HINTS,
        rf"{_N}[\s-]+{_WIDTH}(?:(?!{_NO_ADJECTIVE}\b)[a-z-]+\s){{0,2}}?{_CARD}",
        read.plain(),
    ),
    ("gpus", "card gpu", r"\b(?P<t>single|dual|triple|quad)[\s-](?:gpu|card)", read.tuple_word),
    ("gpus", "of th", rf"{_N}\sof (?:them|those|these)\b", read.plain()),
    ("cores", "core", rf"{_N}[\s-]?(?:cpu\s|physical\s)?cores?\b", read.plain()),
    ("cores", "core", r"\b(?P<t>dual|quad|hexa|octa)[\s-]?cores?\b", read.tuple_word),
    ("threads", "thread", rf"{_N}[\s-]?(?:cpu\s|hardware\s)?threads?\b", read.plain()),
    (
        "slots",
        "slot",
        rf"{_N}[\s-]?(?:(?:pci-?e|pci express|expansion|x16|adjacent)\s){{0,2}}slots?\b",
        read.plain(),
    ),
    (
        "streams",
        "stream camera feed video",
        rf"{_N}\s(?:[a-z]+\s){{0,2}}?(?:streams?|cameras?|feeds|videos?)\b",
        read.plain(),
    ),
    (
        "memory",
        "b gig",
        r"(?:(?P<x>\d{1,2})\s?[x×]\s?)?(?P<n>(?:(?<=x)|(?<=×)|(?<![\w.,]))-?\d+(?:[.,]\d+)?)\s?-?"
        r"(?P<u>[kmgt]i?b|gigs?|(?:mega|giga|tera)bytes?)\b",
        read.gigabytes,
    ),
    ("shape", "x ×*", r"(?<![\w.])(?P<v>\d+(?:\s?[x×*]\s?\d+){2,5})(?!\w)", read.sides),
    (
        "image",
        "x ×* by",
        r"(?<![\w.])(?P<v>\d{2,5}\s?(?:[x×*]|by)\s?\d{2,5})(?![\w.])",
        read.sides,
    ),
    ("power", "w", rf"{_D}\s?-?(?P<k>k(?:ilo)?)?(?:w|watts?)\b", read.in_thousands("W")),
    (
        "power",
        "watt",
        rf"(?!an? watt){_N}[\s-](?P<k>kilo)?watts?\b",
        read.in_thousands("W"),
    ),
    ("voltage", "v", rf"{_D}\s?-?(?:v|volts?)\b", read.plain("V")),
    (
        "time",
        "s",
        rf"{_D}\s?(?P<u>ms|msecs?|milliseconds?|us|µs|microseconds?)\b",
        read.milliseconds,
    ),
    (
        "duration",
        "sec min hour hr day week wk fortnight month year yr",
        rf"{_NO_ORDINAL}{_N}\s?-?(?P<u>seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|wks?|fortnights?|"
        r"months?|years?|yrs?)\b",
        read.span,
    ),
    ("duration", "s h d", rf"{_D}\s?(?P<u>s|h|d)\b", read.span),
    (
        "period",
        "day week month year",
        r"(?<!hours )\b(?:per|each|every|all|(?:the|an?) (?:whole|entire|full))\s"
        r"(?P<u>day|week|month|year)\b",
        read.period,
    ),
    (
        "period",
        "ly",
        r"\b(?P<u>week|month|year|dai)ly\b",
        read.period,
    ),
    (
        "efficiency",
        "80 white bronze silver gold platin titanium",
        r"(?:\b80\s?(?:\+|plus)\s?-?\s?)?\b(?P<r>white|bronze|silver|gold|platinum|titanium)\b",
        read.rating,
    ),
    ("share", "% cent", rf"{_D}\s?(?:%|per\s?cent\b)", read.share),
    ("number", "", r"(?<![\w.,])(?P<n>-?\d+(?:[.,]\d+)?)(?![\w.,]*\d)", read.plain()),
)
SPELLINGS = tuple(
    Spelling(kind, tuple(hints.split()) or ("",), re.compile(rf"(?i){pattern}"), reader)
    for kind, hints, pattern, reader in _SPELLINGS
)
