"""Components listed in one question: "what should the board, the CPU and the supply look like?"."""

from __future__ import annotations

import re
from dataclasses import dataclass

MOST = 4  # components that are answered one by one

# What people call a component, and the topics of the cards that are about it.
_TOPICS = {
    r"(?:mother|main)?boards?|mobos?": ("motherboard",),
    r"(?:amd |intel )?(?:cpus?|processors?)": ("cpu", "amd_cpu"),
    r"psus?|power suppl(?:y|ies)|supply": ("psu",),
    r"ram|system memory|cpu memory": ("ram",),
    r"ssds?|hard (?:disks?|drives?)|hdds?|storage|disks?": ("storage",),
    r"(?:water |air )?cooling|fans?|coolers?": ("cooling",),
    r"cases?|chassis": ("case",),
    r"(?:pcie )?lanes|pcie": ("pcie",),
    r"nvlink|sli": ("sli_nvlink",),
    r"infiniband|networking|network cards?": ("cluster",),
    r"monitors?|screens?": ("monitors",),
    r"amd (?:gpus?|(?:graphics )?cards?)": ("amd_gpu",),
    r"(?:nvidia )?(?:gpus?|graphics cards?)": ("gpu_choice", "gpu_memory", "gpu_performance"),
}
_NAME = "|".join(sorted(_TOPICS, key=len, reverse=True))
_ITEM = rf"(?:on )?(?:(?:the|an?|which|what) )?(?:{_NAME})"
_LIST = re.compile(rf"(?i)\b{_ITEM}(?:, {_ITEM}){{0,{MOST}}},?(?: and| &| \+) {_ITEM}\b")
_BETWEEN = re.compile(r"(?i),? and |, | & | \+ ")
# "CPU and GPU" are most often meant together; three of them, or two in such questions, are not.
_SEVERAL = 3
_EACH = re.compile(r"(?i)\b(?:each|respectively|compare|one by one|separately)\b")
_TOGETHER = re.compile(
    r"(?i)\b(?:between|from|both|combin\w+|match\w*|same|of|with|for|my|have|has|got)\s*$"
)


@dataclass(frozen=True, slots=True)
class Component:
    """A question about one component of several, and the topics that its answer is about."""

    question: str
    topics: frozenset[str]


def components_in(text: str) -> tuple[Component, ...]:
    """Return the question once for each component that it lists.

    Returns () where it lists none, more than MOST, or two of one kind ("SSD and hard disk").
    """
    listed = _LIST.search(text)
    if not listed or _TOGETHER.search(text[: listed.start()]):
        return ()
    items = _BETWEEN.split(listed[0])
    before, after = text[: listed.start()], text[listed.end() :]
    apart = len(items) >= _SEVERAL or _EACH.search(text) or after.startswith(":")
    if not apart and not listed[0].lower().startswith("on "):
        return ()
    topics = [_topics_of(item) for item in items]
    if len(items) > MOST or len(set(topics)) < len(items):
        return ()
    return tuple(
        Component(f"{before}{item}{after}", about)
        for item, about in zip(items, topics, strict=True)
    )


def _topics_of(item: str) -> frozenset[str]:
    for name, topics in _TOPICS.items():
        if re.search(rf"(?i)\b(?:{name})$", item.strip()):
            return frozenset(topics)
    return frozenset()
