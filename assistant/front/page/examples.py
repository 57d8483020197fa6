"""Questions to begin with, by subject: some written here, some from the cards."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.load import Corpus

SHOWN = 4  # questions for each subject
_ASKING = re.compile(
    r"(?i)(what|which|who|when|where|why|how|is|are|was|does|do|did|can|could|should|would|will|"
    r"has|have|may|must)\b"
)
_SPELT = {
    name.lower(): name
    for name in re.findall(
        r"\S+",
        "GPU GPUs CPU CPUs PSU RAM PCIe SSD NVMe NVIDIA AMD Intel RTX GTX eGPU eGPUs MacBook AWS "
        "TensorFlow PyTorch Keras Ubuntu Linux Windows Xeon Ryzen Threadripper Thunderbolt SLI "
        "NVLink DDR USB VRAM Titan Quadro Tesla Pascal Volta Turing LSTM ImageNet Kaggle DL",
    )
}
_FITTING = range(18, 62)  # characters: long enough to say something, short enough for a line


@dataclass(frozen=True, slots=True)
class Subject:
    """Something to ask about, the topics that belong to it, and the questions to try first."""

    name: str
    topics: tuple[str, ...]
    first: tuple[str, ...]


SUBJECTS = (
    Subject(
        "To begin with",
        (),
        (
            "How many watts do I need for four 250 W GPUs and a 150 W CPU?",
            "Is x8 enough for two cards?",
            "How much RAM should I buy for a GPU with 24 GB?",
            "Is an external GPU over Thunderbolt any good?",
        ),
    ),
    Subject(
        "Which GPU", ("gpu_choice", "gpu_models"), ("Which GPU gives the most for its price?",)
    ),
    Subject("GPU memory", ("gpu_memory", "precision"), ("How much GPU memory do I need?",)),
    Subject(
        "Several GPUs", ("multi_gpu", "mixed_gpus"), ("Do four GPUs train four times faster?",)
    ),
    Subject("PCIe lanes", ("pcie", "transfers"), ("How many lanes do I need for 4 GPUs?",)),
    Subject("CPU", ("cpu", "amd_cpu"), ("How many CPU cores do I need for four GPUs?",)),
    Subject("RAM", ("ram",), ("How much RAM for a Titan RTX?",)),
    Subject("Disk", ("storage",), ("Is a hard disk fast enough for ImageNet?",)),
    Subject("Power", ("psu", "energy"), ("4x RTX 2080 Ti and a 150 W CPU, what PSU?",)),
    Subject("Cooling", ("cooling", "case"), ("Blower or open-air cards for a four GPU box?",)),
    Subject("Cloud or own", ("cloud",), ("When does buying beat renting at $0.90 an hour?",)),
)


def questions_on(corpus: Corpus, subject: Subject) -> tuple[str, ...]:
    """Return what to try on a subject: its own questions, then those of cards that still hold."""
    cards = [card for card in corpus.cards if card.topics and card.topics[0] in subject.topics]
    cards.sort(key=lambda card: card.holds != "yes")  # stable: in the order of the source
    found = dict.fromkeys(subject.first)
    for card in cards:
        fitting = [q for q in card.questions if _ASKING.match(q) and len(q) in _FITTING]
        found |= dict.fromkeys(map(tidy_question, fitting[:1]))
    return tuple(found)[:SHOWN]


def tidy_question(question: str) -> str:
    """Return a question as one would write it: names as they are spelt, a question mark last."""
    text = re.sub(r"\bi\b", "I", question.strip())
    text = re.sub(r"[A-Za-z]+", lambda found: _SPELT.get(found[0].lower(), found[0]), text)
    asks = _ASKING.match(text) and text[-1:].isalnum()
    if text[:1].islower() and not text.startswith("e" + text[1:2].upper()):  # eGPU stays
        text = text[:1].upper() + text[1:]
    return f"{text}?" if asks else text
