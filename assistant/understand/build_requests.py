"""CPU, RAM, slots and cooling: what a question gives their calculators."""

from __future__ import annotations

from assistant.understand.quantities import Amount
from assistant.understand.request import Inputs, Reading, Request, Rule, rival

_WHY = r"\b(?:why|matter|matters|difference between|important)\b"
SSD_LANES = 4

# --- CPU threads

_LINK = r"\b(?:pci-?e|lanes?|plx|x16|x8|raid\d?)\b"
_FEEDS = r"how many\s(?:[a-z]+\s)?(?:gpus?|cards?)"


def _asks_threads(reading: Reading) -> bool:
    cpu = reading.cpu is not None or reading.says(r"\bcpus?\b|\bprocessors?\b")
    about = reading.says(r"\bcores?\b(?!\s?i\d)|\bthreads?\b")
    feeds = cpu and reading.says(r"\bfeeds?\b|\bkeep up")
    if reading.says(_WHY) or reading.says(_LINK) or not (about or feeds):
        return False
    asks = feeds or reading.says(
        r"how many\s(?:[a-z]+\s){0,3}?(?:cores?|threads?)|enough|suffic|\bneed|too few|handle"
    )
    size = bool(reading.of("cores", "threads")) or reading.cpu is not None
    cards = reading.card_count is not None
    return (asks and cards) or (size and reading.says(_FEEDS))


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
    if reading.says(
        r"before (?:any |the )?train|beforehand|in advance|offline|once before|pre-?processed|"
        r"up ?front"
    ):
        found["strategy"] = "before_training"
    elif reading.says(
        r"while (?:i |we )?train|on[- ]the[- ]fly|during (?:the )?train|as (?:i|we) train|augment"
    ):
        found["strategy"] = "while_training"
    return found


def _finish_threads(inputs: Inputs) -> Request:
    if {"gpus", "threads", "cores"} & set(inputs):
        return Request("cpu_threads", inputs)
    return Request("cpu_threads", inputs, missing={"gpus": "For how many GPUs?"})


THREADS = Rule("cpu_threads", _asks_threads, _collect_threads, _finish_threads)

# --- RAM

_RAM = r"\b(?:ram|system memory|main memory|cpu memory)\b"
_RAM_ELSE = (
    r"\b(?:clock\w*|speeds?|mhz|faster|ddr\d|ecc|frequency|timings?|brands?|channels?|why|matter)\b"
)
_OF_CARD = (
    r"(?:of\s)?(?:vram|(?:gpu|video|graphics) (?:ram|memory)|(?:memory\s)?(?:gpus?|cards?)\b)"
)


def _asks_ram(reading: Reading) -> bool:
    if not reading.says(_RAM) or reading.says(_RAM_ELSE):
        return False
    card = reading.names_cards or bool(_card_memory(reading))
    asks = r"\b(?:how much|enough|suffic\w+|need|should|do i|get away|much)\b"
    return card and reading.says(asks) and not reading.of("parameters")


def _is_cards(reading: Reading, amount: Amount) -> bool:
    return reading.follows(amount, _OF_CARD) or (
        reading.leads(amount, r"\b(?:gpus?|cards?|vram)\b(?:\s\w+){0,3}\s?")
        and not reading.follows(amount, r"(?:of\s)?(?:system\s|cpu\s)?ram")
    )


def _card_memory(reading: Reading) -> list[Amount]:
    return [amount for amount in reading.of("memory") if _is_cards(reading, amount)]


def _collect_ram(reading: Reading) -> Inputs:
    found: Inputs = {}
    if reading.names_cards:
        found["gpu"] = reading.cards()["gpu"]
    elif memories := _card_memory(reading):
        found["gpu_memory"] = max(amount.value for amount in memories)
    if reading.card_count not in (None, 1):
        found["gpus"] = reading.card_count
    rest = [amount for amount in reading.of("memory") if not _is_cards(reading, amount)]
    if rest:
        found["system_ram"] = rest[0].value
    if reading.says(r"kaggle|competition"):
        found["use"] = "kaggle"
    elif reading.says(r"(?:large|big|huge) data"):
        found["use"] = "large_datasets"
    return found


def _finish_ram(inputs: Inputs) -> Request:
    if {"gpu", "gpu_memory", "system_ram"} & set(inputs):
        return Request("ram", inputs)
    return Request("ram", inputs, missing={"gpu": "Which GPU, or how much memory has it?"})


RAM = Rule("ram", _asks_ram, _collect_ram, _finish_ram, (rival("gpu", "gpu_memory"),))

# --- slots and lanes


def _asks_slots(reading: Reading) -> bool:
    if reading.says(_WHY):
        return False
    cards = reading.card_count is not None
    fits = reading.says(_FEEDS) and reading.says(
        r"\b(?:fit|fits|take|takes|room|support|put|run)\b"
    )
    if reading.says(r"\bslots?\b"):
        wanted = reading.says(
            r"how many\s(?:[\w.-]+\s){0,4}?slots?\b|\benough\b|\bfits?\b|slots? (?:do|would|are)"
        )
        several = cards and reading.card_count != 1
        return wanted and (several or (fits and bool(reading.of("slots"))))
    lanes = bool(reading.of("lanes")) or reading.cpu is not None
    if not reading.says(r"\blanes?\b") or not lanes:
        return False
    asks = (
        r"\b(?:split|shared?|divided?|distribut\w+|each|per (?:gpu|card)|get|enough|run|support)\b"
    )
    return (cards and reading.says(asks)) or (fits and bool(reading.of("lanes")))


def _collect_lanes(reading: Reading) -> Inputs:
    found: Inputs = {}
    if reading.card_count is not None:
        found["gpus"] = reading.card_count
    switched = reading.says(r"\bplx\b|\bswitch")
    for amount in reading.of("lanes"):
        if reading.leads(amount, r"\b(?:ssd|nvme|m\.2|drive)\b") or reading.follows(
            amount, r"(?:for|to|by)\s(?:an?\s|the\s)?(?:pci-?e\s)?(?:ssd|nvme|m\.2)"
        ):
            found["ssd_lanes"] = amount.value
        elif switched and (
            reading.leads(amount, r"\b(?:plx|switch\w*)\b")
            or reading.follows(amount, r"(?:plx|switch)")
        ):
            found["switch_lanes"] = amount.value
        elif "cpu_lanes" not in found:
            found["cpu_lanes"] = amount.value
    if "cpu_lanes" not in found and reading.says("lane") and reading.cpu:
        found |= {"cpu_lanes": reading.cpu.hardware.lanes} if reading.cpu.hardware.lanes else {}
    return found


def _collect_slots(reading: Reading) -> Inputs:
    found = _collect_lanes(reading)
    slots = reading.first("slots")
    if slots is not None and not reading.says(
        r"(?:two|three|[23])[- ]slot|slots? (?:wide|each|per)"
    ):
        found["slots"] = slots
    if reading.says(r"\b(?:single|one|1)[- ]slot"):
        found["gpu_width"] = 1
        found.pop("slots", None) if found.get("slots") == 1 else None
    elif reading.says(r"\b(?:three|triple|3)[- ]slot"):
        found["gpu_width"] = 3
    if (
        "ssd_lanes" not in found
        and "cpu_lanes" in found
        and reading.says(r"\b(?:nvme|m\.2|pci-?e ssd)\b")
    ):
        found["ssd_lanes"] = SSD_LANES
    return found


def _finish_slots(inputs: Inputs) -> Request:
    if not {"gpus", "slots", "cpu_lanes"} & set(inputs):
        return Request("slots_and_lanes", inputs, missing={"gpus": "How many GPUs?"})
    return Request("slots_and_lanes", inputs)


SLOTS = Rule("slots_and_lanes", _asks_slots, _collect_slots, _finish_slots)

# --- cooling

_COOLING = (
    r"\b(?:\w*cool\w*|throttl\w*|hot|heat\w*|blowers?|open[- ]air|overheat\w*|temperatures?|fans?|"
    r"packed|stacked|next to each other|side by side|adjacent)\b"
)


def _asks_cooling(reading: Reading) -> bool:
    if reading.says(_WHY) or not reading.says(_COOLING):
        return False
    asks = r"\b(?:how much|how many|what does it cost|costs?|price|total|percent|slow-?down)\b|%"
    budget = bool(reading.of("money")) and reading.says(_FEEDS)
    several = reading.card_count is not None and reading.card_count != 1
    one = reading.card_count == 1 and reading.says(r"slow|throttl|percent|%|water|liquid")
    return reading.says(asks) and (several or one or budget)


def _collect_cooling(reading: Reading) -> Inputs:
    found: Inputs = {}
    if reading.card_count is not None:
        found["gpus"] = reading.card_count
    if reading.says(
        r"\b(?:adjacent|next to each other|side by side|no (?:space|gap)|packed|stacked)\b"
    ):
        found["spacing"] = "adjacent"
    elif reading.says(r"\b(?:spaced|apart|(?:space|gap|room|slots?) between)\b"):
        found["spacing"] = "spaced"
    if reading.says(
        r"\b(?:open[- ](?:air|fans?)|non-?blowers?|no blowers?|without blowers?|dual[- ]fans?|"
        r"axial)\b"
    ):
        found["fan"] = "open"
    elif reading.says(r"\bblower"):
        found["fan"] = "blower"
    if reading.says(r"\b(?:water|liquid)[- ]?cool\w*|\bwater[- ]?block|\baio\b"):
        found["water"] = True
    share, money = reading.of("share"), reading.of("money")
    if share:
        found["most_slowdown"] = round(100 * share[0].value, 6)
    if money:
        found["budget"] = money[0].value
    return found


def _finish_cooling(inputs: Inputs) -> Request:
    if {"gpus", "budget"} & set(inputs):
        return Request("cooling", inputs)
    return Request("cooling", inputs, missing={"gpus": "How many GPUs?"})


COOLING = Rule("cooling", _asks_cooling, _collect_cooling, _finish_cooling)
