"""How people write quantities: one regular expression a spelling, with its reading."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from assistant.understand import unit_readings as read
from assistant.understand.numerals import CARDINAL, DIGITS, NUMBER, SCALE

Kind = Literal[
    "power", "energy", "price", "rent", "money", "co2", "duration", "hours_per_day", "period",
    "time", "memory", "speed", "voltage", "resolution", "fps", "shape", "image", "lanes",
    "generation", "precision", "efficiency", "share", "batch", "parameters", "activations",
    "gpus", "cores", "threads", "slots", "streams", "rate", "factor", "number",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spelling:
    """A way to write a kind of quantity.

    hints are letters of which at least one must stand in the lower-cased text: looking for them
    is much faster than the pattern.
    """

    kind: Kind
    hints: tuple[str, ...]
    written: str
    read: read.Reader

    @property
    def pattern(self) -> re.Pattern[str]:
        """The pattern, compiled when first looked for: all 70 together take a quarter second."""
        return _compiled(self.written)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?i){pattern}")


BLANK = "\ue000"  # stands for what has been read already
_D, _N = rf"(?P<n>{DIGITS}{SCALE}?)", rf"(?P<n>{NUMBER})"
_MANY = rf"(?!an?\b){_N}"  # not "a" of "a few images"
_SIGN = r"[€$£¥]"
_WORD = (
    r"euros?|eur|usd|us dollars?|dollars?|bucks|quid|gbp|pounds?|chf|francs?|cents?|ct|pence|inr|"
    r"rupees?"
)
_MONEY = (
    rf"(?:(?P<c1>{_SIGN})\s?(?P<n1>{DIGITS}\s?k?)|"
    rf"(?P<n2>{DIGITS}{SCALE}?|{NUMBER}(?=\s(?:{_WORD})))(?P<k>k)?\s?-?"
    r"(?P<c2>€|\$|£|¥|¢|p(?=\s?(?:per|/|an?|for an?)\s?(?:kwh|kw-h|kilowatt|hour))|"
    rf"(?:{_WORD})(?![a-z])))"
)
_EACH = r"\s?(?:per|/|an?|each|every|for (?:an?|one|each|every)|the)\s?"
_KWH = r"(?:kwh|kw-h|kilowatt[- ]?hours?)\b"
_SECOND = r"(?:/\s?s(?:ec(?:ond)?)?|ps|\s?(?:per|a|each|every|in (?:a|one|each)) second)\b"
_M = r"(?P<m>\s?(?:k|m|b|bn)\b|)"
_NO_ADJECTIVE = (
    r"(?:w|watts?|gb|g|gigs?|gigabytes?|x|ms|per|threads?|cores?|lanes?|slots?|"
    r"and|or|of|in|on|for|to|with|the|my|at|second|third|fourth|"
    r"two|three|four|five|six|seven|eight)"
)
_READ = rf"{BLANK}+"  # the 720p of "a dozen 720p feeds"
_SIDES = r"(?:\d{2,5}\s?(?:[x×*]|by)\s?\d{2,5}(?:\s?(?:px|pixels?))?|\d{2,5}[\s-]?(?:px|pixels?))"
_IMAGES = (
    r"(?:images|imgs|samples|pictures|pics|photo(?:graph)?s|snaps(?:hots)?|sentences|examples|scans|"
    r"thumbnails|crops|patches|tiles|slices|"
    rf"frames(?!{_SECOND}))\b"
)
_NO_IMAGE = rf"(?:{_NO_ADJECTIVE}|gpus?|cards?|few|lot|px|pixels?|monitors?|displays?|screens?)\b"
_OF_IMAGES = rf"(?:(?!{_NO_IMAGE})[a-z-]+|{_READ}|{_SIDES})[\s,]+"
_OF_STREAMS = rf"(?:(?!{_NO_ADJECTIVE}\b|gpus?\b|cards?\b|{CARDINAL}\b)[a-z-]+|{_READ})[\s/]+"
_STREAMS = r"(?:streams?|cameras?|cams?|feeds?|videos?(?!\scards?))\b"
_NTH = r"(?P<n>(?:first|second|third|fourth|fifth|[1-5](?:st|nd|rd|th)))"
# What a mini-batch is said to have: "batches comprising 48", "a batch holds 20".
_HAS = (
    r"(?:of|=|:|is|are|to|has|have|holds?|contain(?:s|ing)?|compris(?:e|es|ing)|with|"
    r"consist(?:s|ing)? of)"
)
_NO_COUNT = r"(?:ms\b|milli|sec|gpus?\b|cards?\b|lanes?\b|threads?\b|workers?\b|cores?\b|%|percent)"
_BYTES = r"(?:[kmgt]i?b|(?:kilo|mega|giga|tera)bytes?)\b"
# "a second card" is no time, "a second of video" is.
_NO_ORDINAL = r"(?!an? second (?!(?:of|for|to|per|on|in|at|and|or|is|when|while|if|each)\b)\S)"
# "one of those boards" is no number of cards
_NO_NOUN = (
    r"(?!\s(?!(?:in|on|with|at|for|and|to|into|is|are|will|would|can|could|do|each|run\w*|need\w*|"
    r"gpus|cards)\b)[a-z])"
)
_CARD = (
    r"(?:gpus?|(?:graphics?|video)\s(?:cards?|boards?|processors?)|cards?|accelerators?|quadros|teslas|"
    r"blowers|(?:blower|open[- ]air|air-cooled)(?:[- ]style)?\s(?:jobs|ones|models|types))\b"
)
_CARD_HINTS = "card gpu graphic accelerator quadro tesla blower job ones models types"
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
    ("price", "unit", rf"{_D}\s?(?P<u>cents?|ct|pence|p)\s(?:an?|per|the) unit\b", read.per_unit),
    ("energy", "kwh kilowatt", rf"{_D}\s?{_KWH}", read.plain("kWh")),
    (
        "hours_per_day",
        "day daily",
        rf"{_N}\s?-?(?:hours?|hrs?|h)\s?"
        r"(?:daily\b|(?:a|per|/|every|each|the)\s?(?:single\s)?(?:day\b|$))",
        read.plain("hours"),
    ),
    (
        "hours_per_day",
        "hour hr",
        # "on 90 days for 5 hours each": of each day
        rf"(?:(?<=days for\s)|(?<=days of\s)|(?<=days at\s)|(?<=days, )|(?<=days\s)){_N}\s?-?"
        r"(?:hours?|hrs?|h)\s(?:each|apiece)\b",
        read.plain("hours"),
    ),
    (
        "hours_per_day",
        "week",
        rf"{_N}\s?-?(?:hours?|hrs?|h)\s?(?:weekly\b|(?:a|per|/|every|each)\s?week\b)",
        read.hours_a_week,
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
        rf"{_MONEY}(?:{_EACH}|\s)(?P<p>hour(?:ly)?|hr|h|day|week|month|year)\b",
        read.rent,
    ),
    ("money", "", _MONEY, read.money),
    (
        "speed",
        "bit bps",
        rf"{_N}[\s-]?(?P<u>[kmgt])(?:(?-i:bps)|(?:iga|ega|i)?bits?(?:{_SECOND}|(?=[\s-](?:ethernet|network|lan"
        r"|nic|infiniband|card|link|connection)\b)))",
        read.megabits_a_second,
    ),
    ("speed", "b", rf"{_D}\s?(?P<u>[kmgt])i?b(?:yte)?s?{_SECOND}", read.megabytes_a_second),
    ("speed", "byte", rf"{_N}[\s-]?(?P<u>mega|giga)bytes?{_SECOND}", read.megabytes_a_second),
    (
        "fps",
        "fps hz frame picture image",
        rf"{_N}\s?-?(?:fps|hz|(?:video\s)?(?:frames?|pictures|images){_SECOND})",
        read.plain("fps"),
    ),
    ("fps", "frame", rf"\b(?:to|at|with|only)\s(?:only\s)?{_N}\sframes?\b", read.plain("fps")),
    ("fps", "p", r"(?<=\dp)[@/]?(?P<n>\d{1,3})\b", read.plain("fps")),  # 1080p30
    (
        "rate",
        "batch it step",
        rf"{_N}\s?(?:mini-?)?(?:batches|its?|iterations|steps){_SECOND}",
        read.plain("1/s"),
    ),
    (
        "resolution",
        "p 4k hd line",
        r"\b(?P<n>\d{3,4})(?:\s?p|\slines)\b|\b(?:4k|uhd|(?:full[\s-]?|f)hd)\b",
        read.resolution,
    ),
    (
        "generation",
        "pci gen",
        r"\b(?:pci-?e(?:xpress)?|pci[- ]express|gen(?:eration)?)[\s-]*"
        r"(?:gen(?:eration)?|v|version)?[\s.-]*(?P<n>[1-6])(?:\.0)?(?![\dx]|\.\d)",
        read.plain(),
    ),
    (
        "precision",
        "byte",
        rf"{_N}[\s-]bytes?\s(?:per|an?|each|every|for (?:an?|each|every|one))\s"
        r"(?:single\s)?(?:colou?r|value|channel|number|weight|param\w*|gradient|sub-?pixel|entry)\b",
        read.bits_of_bytes,
    ),
    ("precision", "byte", r"\b(?:as|in|plain|raw|unsigned)\sbytes\b", read.fixed(8, "bit")),
    (
        "precision",
        "16 32 prec int8 8-bit 8 bit",
        r"\b(?:bf16|(?:fp|float)\s?(?:16|32)|(?:half|mixed|single)[- ]precision|"
        r"(?:16|32|(?<![\d.-])8)[\s-]?bits?|u?int8)\b",
        read.precision,
    ),
    (
        "generation",
        "gen",
        rf"\b{_NTH}[\s-]gen(?:eration)?\s(?=pci)|(?<=pcie\s){_NTH.replace('<n>', '<after>')}"
        r"[\s-]gen(?:eration)?\b",
        read.ordinal,
    ),
    (
        "factor",
        "fold x times as speed",
        rf"(?P<n>{NUMBER})\s?-?(?:fold\b|(?:x|×|times)\s(?:the\s|a\s|as\s)?"
        r"(?=speed|fast|scal|throughput|quick))",
        read.plain("×"),
    ),
    ("factor", "fold", rf"\b(?P<n>{CARDINAL})fold\b", read.plain("×")),
    (
        "factor",
        "speed scal",
        r"\b(?:speed-?ups?|scaling(?:\sfactor)?)\s(?:of\s)?(?:about\s|at least\s)?"
        r"(?P<n>\d+(?:[.,]\d+)?)(?![\w%])(?:\s?[x×](?!\w)|(?!\s?[x×]))",
        read.plain("×"),
    ),
    (
        "activations",
        "activation value act",
        rf"{_N}{_M}\s?(?:activations?|values|acts?(?=\s?(?:/|per\b)))"
        r"(?:\s(?:per|an?|each|for (?:each|every|an?))\s"
        r"(?:sample|image|example))?",
        read.large,
    ),
    (
        "parameters",
        "param weight",
        rf"{_N}{_M}\s?-?(?:(?:trainable|learnable|model|float|"
        rf"network)\s|{_READ}\s){{0,2}}(?:parameters?|params?|weights)\b",
        read.large,
    ),
    (
        "parameters",
        "m b",
        r"(?<![\w.,$€£])(?P<n>\d+(?:[.,]\d+)?)\s?(?P<m>M|B|bn|million|billion)\b(?!/s)",
        read.large,
    ),
    (
        "batch",
        "batch bs",
        rf"\b(?:(?:mini-?)?batch(?:es)?[\s-]*(?:sizes?)?|bs)\s?{_HAS}?\s?"
        rf"(?P<n>(?:-?\d+|{CARDINAL}){SCALE}?)\b(?!\s?[x×*]\s?\d|[.,]\d|[\s-]?{_BYTES}|\s?{_NO_COUNT})",
        read.plain(),
    ),
    # "128 to a batch", "fifty of them make up one mini-batch"
    (
        "batch",
        "batch",
        rf"(?<![x×*]\s)(?<!\bby\s)(?!one\b(?!{SCALE})){_MANY}\s(?:(?:of\s)?(?:{_IMAGES}|them|those|these)\s)?"
        r"(?:(?:to|per|in|into|go(?:es)?|make(?:s)?(?:\sup)?|form|fill|for)\s){1,2}"
        r"(?:(?:an?|one|each|every|the|my|our)\s)?(?:single\s)?(?:mini-?)?batch\b",
        read.plain(),
    ),
    (
        "batch",
        "image sample picture photo sentence example scan thumb crop tile slice frame x × by",
        rf"(?<![x×*]\s)(?<!\bby\s)(?!one\b(?!{SCALE})){_MANY}"
        # "images", or what has a size like one: "256 grey 28x28 digits"
        rf"(?=\s(?:[x×]\s)?(?:{_OF_IMAGES}){{0,4}}?(?:{_IMAGES}|{_SIDES}\s(?!{_NO_IMAGE})[a-z]+s\b))",
        read.plain(),
    ),
    (
        "lanes",
        "lane",
        rf"{_N}[\s-]?(?:pci-?e\s|pci express\s|cpu\s|{_READ}\s)?lanes?\b",
        read.plain(),
    ),
    ("lanes", "lane", rf"\b(?P<t>single)[\s-](?:{_READ}\s)?lane\b", read.tuple_word),
    ("lanes", "x", r"(?<![\w/])x(?P<n>16|8|4|2|1)\b(?!\s?[x×])", read.plain()),
    ("lanes", "x", rf"(?<![\w.,/])(?P<n>16|8|4)x\b(?!\s?(?:\d|{_CARD}))", read.plain()),
    (
        "gpus",
        _CARD_HINTS,
        rf"{_N}(?:\s?[x×*]\s?|\s)(?=(?:-?\d+[\s-]?(?:w|watts?|gb)\s(?:[a-z]+\s)?){_CARD})",
        read.plain(),
    ),
    (
        "gpus",
        _CARD_HINTS,
        rf"{_N}(?:\s?[x×])?[\s-]+{_WIDTH}(?:(?!{_NO_ADJECTIVE}\b)[a-z-]+\s){{0,2}}?{_CARD}",
        read.plain(),
    ),
    (
        "gpus",
        "card gpu",
        r"\b(?P<t>single|dual|triple|quad)[\s-](?=\d+\s?(?:w|watts?|gb)\s(?:[a-z]+\s)?(?:gpu|card))",
        read.tuple_word,
    ),
    ("gpus", "card gpu", r"\b(?P<t>single|dual|triple|quad)[\s-](?:gpu|card)", read.tuple_word),
    ("gpus", "of th", rf"{_N}\sof (?:them|(?:those|these){_NO_NOUN})\b", read.plain("them")),
    ("gpus", " in all total", rf"{_MANY}\s(?:in all|in total|altogether)\b", read.plain("total")),
    ("cores", "c/", r"\b(?P<n>\d{1,3})c(?=\s?/\s?\d{1,3}t\b)", read.plain()),  # 8c/16t
    ("threads", "c/ ", r"(?<=/)\s?(?P<n>\d{1,3})t\b", read.plain()),
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
        "stream cam feed video",
        rf"{_MANY}\s(?:{_OF_STREAMS}){{0,3}}?{_STREAMS}",
        read.plain(),
    ),
    # "The card handles ten at 720p": what they are has been said.
    (
        "streams",
        "at in",
        rf"(?<!by\s)(?<![x×*]\s)(?<![x×*]){_MANY}(?=\s(?:of (?:them|those)\s)?(?:at|in)\s{_READ})",
        read.plain(),
    ),
    (
        "memory",
        "b gig",
        r"(?:(?P<x>\d{1,2})\s?[x×]\s?)?(?P<n>(?:(?<=x)|(?<=×)|(?<![\w.,]))-?\d+(?:[.,]\d+)?)\s?-?"
        r"(?P<u>[kmgt]i?b|gigs?|(?:mega|giga|tera)bytes?)\b",
        read.gigabytes,
    ),
    (
        "memory",
        "b gig",
        rf"\b(?P<n>{CARDINAL})[\s-](?P<u>gb|gigs?|(?:mega|giga|tera)bytes?)\b",
        read.gigabytes,
    ),
    ("shape", "x ×*", r"(?<![\w.])(?P<v>\d+(?:\s?[x×*]\s?\d+){2,5})(?!\w)", read.sides),
    (
        "image",
        "x ×* by",
        r"(?<![\w.])(?P<v>\d{2,5}\s?(?:[x×*]|by)\s?\d{2,5})(?!\w|\.\d)",
        read.sides,
    ),
    (
        "image",
        "square side pixel px",
        r"(?<![\w.,])(?P<v>\d{2,5})(?:[\s-]?(?:px|pixels?))?[\s-](?:squares?\b(?!\s?(?:m\b|met|f(?:t|ee|oo)|inch))|"
        r"(?:a|per|(?:on )?(?:a|each|every)|(?:to|on) the) side\b)|"
        r"(?<![\w.,])(?P<w>\d{2,5})[\s-]?(?:px|pixels?)\s(?=(?:[a-z]+\s)?(?:images|pictures|photos))",
        read.sides,
    ),
    ("power", "w", rf"{_D}\s?-?(?P<k>k(?:ilo)?)?(?:w|watts?)\b", read.in_thousands("W")),
    (
        "power",
        "watt",
        rf"(?!an? watt){_N}[\s-](?P<k>kilo)?watts?\b",
        read.in_thousands("W"),
    ),
    (
        "power",
        "tdp",
        r"\btdp\s?(?:of|is|at|=|:)?\s?(?P<n>\d{2,4})(?P<k>)(?![\w%]|[.,]\d)",
        read.in_thousands("W"),
    ),
    ("voltage", "v", rf"{_D}\s?-?(?:v|volts?)\b", read.plain("V")),
    (
        "time",
        "s",
        rf"{_N}\s?(?P<u>ms|msecs?|milliseconds?|us|µs|microseconds?)\b",
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
    Spelling(kind, tuple(hints.split()) or ("",), pattern, reader)
    for kind, hints, pattern, reader in _SPELLINGS
)
