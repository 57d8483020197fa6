"""What a question asks for: the amount of a thing, whether one is enough, how many cards.

Only the sentences that ask are looked at: what people tell around them has numbers of its own.
"""

from __future__ import annotations

import re

from assistant.understand.request import Reading

CARDS = (
    r"(?:gpus?|cards?|accelerators?|gtx|rtx|titans?|quadros|teslas|\d{3,4}(?:[\s-]?ti)?s?)(?![\w-])"
)
WHY = r"\b(?:why|matter|matters|difference between|important)\b"
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
# "My mate says that 650 W will do. Is he right?"
_CHECKS = r"\bis (?:he|she|it|that|this) (?:right|true|correct)\b|\bare they right\b"
_OPENS = re.compile(r"(?i)(?:how|what|which|size|calculate|compute|work out|tell me|recommend)\b")
# Between "how many" and the thing: not another thing that could be counted.
_WORD = (
    r"(?!(?:slots?|lanes?|cores?|threads?|watts?|gb|gigs?|gigabytes?|hours?|days?|weeks?|pins?|"
    r"cables?|percent|degrees|brands?|kinds?|makes?|times?|ms|milliseconds?|seconds?|speeds?|"
    r"bandwidth|room|space|faster|for|\d{1,2}(?=\s))\b)[\w%/'’.-]+"
)
_FEW = rf"(?:{_WORD}\s){{0,4}}?"
_MEASURE = (
    r"(?:number|amount|size|count|quantity|capacity|minimum|maximum|least|rating|wattage|total|"
    r"width)"
)
_LEAST = (
    r"(?:min(?:imum|imal)?|max(?:imum|imal)?|least|most|smallest|lowest|fewest|largest|highest|"
    r"recommended|required|necessary|needed|expected|suggested|right|sensible)"
)
_NEEDED = (
    r"(?:need(?:ed|s)?|required?|requires|requirements?|necessary|recommend\w*|count|size|sizing|"
    r"rating|minimum|at (?:least|a minimum)\W*$|"
    r"(?:do|should|must|would) (?:i|we|they|one))(?!\w)"
)
_ENOUGH = (
    r"(?<!has )(?:enough|suffice?s?|sufficient|plenty|ample|adequate|overkill)\b|"
    r"\b(?:will|would|does|do|can|could|might)\s(?!i\b|you\b|we\b|he\b)[^.;]{1,40}?\b(?:do|cope|handle|"
    r"carry|support|suffice|manage|take|run|power(?!\s(?:suppl|unit))|feed|drive|serve|cut it)\b|"
    r"\b(?:see|get) \w+ through\b|\bup to (?:it|the (?:job|task))\b|"
    r"\bget (?:away|by)\b|\bmake do\b|\btoo (?:few|little|weak|small|low)\b|"
    r"\bbit short\b|\b(?:all right|alright)\W*$"
)


def asking_text(reading: Reading) -> str:
    """Return the sentences that ask; all of a text that has no question mark."""
    sentences = _SENTENCE.split(reading.text.strip())
    asking = [text for text in sentences if text.endswith("?") or _OPENS.match(text)]
    return " ".join(asking or sentences)


def asks(reading: Reading, pattern: str) -> bool:
    """Tell whether a pattern stands in the sentences that ask, case ignored."""
    return re.search(pattern, asking_text(reading), re.I) is not None


def asks_amount(reading: Reading, thing: str) -> bool:
    """Tell whether a question asks how much or how many of a thing there should be."""
    return asks(
        reading,
        rf"\bhow (?:much|many|big|large|beefy|strong|powerful|high|few|little)\s{_FEW}{thing}|"
        rf"\b(?:what|which|what.?s)\s(?:an?\s|the\s)?{_FEW}{thing}|"
        rf"\b{_MEASURE}\s(?:of|for)\s{_FEW}{thing}|"
        rf"\b{_LEAST}\s{_FEW}{thing}|"
        rf"(?<!\d )\b{thing}\s(?:[\w-]+\s){{0,2}}?{_NEEDED}|"
        rf"^(?:[a-z]+\s)?{thing}\s(?:for|with|on|of)\b|(?:^|[,;:–-]\s){thing}(?:\s\w+)?\?*$|"
        rf"\b(?:size|calculate|compute|work out|recommend)\s{_FEW}{thing}",
    )


def asks_enough(reading: Reading) -> bool:
    """Tell whether a question asks if what is there will do, or if it is true that it does."""
    return asks(reading, _ENOUGH) or (
        asks(reading, _CHECKS) and reading.says(rf"{_ENOUGH}|\bwill (?:do|cope)\b")
    )


def asks_cards(reading: Reading) -> bool:
    """Tell whether a question asks how many cards: for what is given, backwards."""
    # "… with as many 3080s as possible. How many is that?"
    if reading.says(rf"\bas many\s{_FEW}{CARDS}") and asks(reading, r"\bhow many\b"):
        return True
    return asks(
        reading,
        rf"\bhow (?:many|much)\s(?:of\s)?{_FEW}{CARDS}|"
        r"\bhow many (?:they|it|can|will|could|would|fit)\b|"
        rf"\b{_MEASURE}\sof\s{_FEW}{CARDS}|\bmax(?:imum)?\s{_FEW}{CARDS}",
    )


def is_of_others(reading: Reading) -> bool:
    """Tell whether a question asks what somebody has used or said: no figure of the asker's."""
    if asks(reading, _CHECKS):
        return False
    return asks(
        reading,
        r"\b(?:(?:has|have) been (?!(?:all\s)?(?:pre\w+|done|finished|made)\b)|"
        r"he|his|himself|did)\b",
    )
