"""CPU threads and cores: what a question gives their calculator."""

from __future__ import annotations

from assistant.understand.asking import WHY, asks_amount, asks_cards, asks_enough, is_of_others
from assistant.understand.request import Inputs, Reading, Request, Rule

_LINK = r"\b(?:pci-?e|lanes?|plx|x16|x8|raid\d?)\b"
_NO_CPU = (
    r"\b(?:tensor|cuda|shader|stream|efficiency|ray[- ]tracing)[\s-]cores?\b|"
    r"\bcore[\s-](?:clock|voltage|x)\b|\bwhich (?:one )?is (?:newer|older)\b"
)
_FEEDS = r"\b(?:feeds?|fed|serve|suppl\w+|keep (?:up|busy)|keep \w+ busy|(?:cores?|threads?))\b"
_THREADS = (
    r"(?:(?:cpu|processor|hardware)[\s-])?"
    r"(?:(?:cores?\s?(?:/|or|and|&)\s?)?threads?|cores?(?!\s?i\d|\s?/))\b"
)


_BEFORE_TRAINING = (
    r"before (?:any |the |it |i |we )?(?:\w+\s)?(?:is\s)?train|beforehand|in advance|offline|"
    # "nothing is preprocessed while the nets train"
    r"\b(?:nothing|not|never|no|none|without|rather than|instead of|n[’']t)\b[^,;.?!]*"
    r"\b(?:while|during|on the fly|at (?:training|run) ?time)\b|"
    r"\b(?:the )?(?:night|day|week|evening) before\b|\bready-?made\b|\balready pre-?process|"
    r"once before|up ?front|ahead of time|overnight|\bprior to\b"
)
_WHILE_TRAINING = (
    r"whil(?:e|st) (?:i |we |it |the \w+ |my \w+ )?(?:is |are )?train|on[- ]the[- ]fly|"
    r"during (?:the )?train|"
    r"as (?:i|we) train|as (?:the )?batches|augment"
)


def _asks_threads(reading: Reading) -> bool:
    if reading.says(rf"{WHY}|{_LINK}|{_NO_CPU}") or is_of_others(reading):
        return False
    # Of a CPU that is only named, lanes or opinions may be meant unless it is said to feed them.
    size = bool(reading.of("cores", "threads")) or (reading.cpu and reading.says(_FEEDS))
    if size and asks_cards(reading):
        return True
    if reading.card_count is None or not reading.says(rf"\b{_THREADS}|\bkeep up\b"):
        return False
    return asks_amount(reading, _THREADS) or asks_enough(reading)


def _collect_threads(reading: Reading) -> Inputs:
    values = {
        "gpus": reading.card_count,
        "threads": reading.first("threads"),
        "cores": reading.first("cores"),
    }
    found: Inputs = {name: value for name, value in values.items() if value is not None}
    if reading.cpu and not {"threads", "cores"} & set(found):
        cpu = reading.cpu.hardware
        found |= {"threads": cpu.threads, "cores": cpu.cores} if cpu.threads and cpu.cores else {}
    # "preprocessed" alone means before, unless the training is said to be on at the time.
    if reading.says(_BEFORE_TRAINING):
        found["strategy"] = "before_training"
    elif reading.says(_WHILE_TRAINING):
        found["strategy"] = "while_training"
    elif reading.says(r"pre-?processed"):
        found["strategy"] = "before_training"
    return found


def _finish_threads(inputs: Inputs) -> Request:
    if {"gpus", "threads", "cores"} & set(inputs):
        return Request("cpu_threads", inputs)
    return Request("cpu_threads", inputs, missing={"gpus": "For how many GPUs?"})


THREADS = Rule("cpu_threads", _asks_threads, _collect_threads, _finish_threads)
