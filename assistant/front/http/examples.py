"""Replies for the documentation: real ones with their lists cut short; tests hold them to it."""

from __future__ import annotations

import json
from typing import Any

from assistant.types import Json

_QUOTE = (
    "I think you can apply 75% of state-of-the-art LSTM models on different tasks with a GTX 1080; "
    "for the other 25% you can often create a “smarter” architecture which uses less memory and "
    "achieves comparable results. So I think you should go for 16 lanes and two GTX 1080. Make "
    "sure your CPU support two GPUs in a 8x/8x setting."
)
_GIST = (
    "For LSTM work on a limited budget, choose two GTX 1080s on a 16-lane CPU over one Titan X "
    "Pascal, provided the CPU supports two GPUs at 8x/8x. [1]"
)
_WHEN = "2026-11-23T09:30:00+00:00"
_CONVERSATION = "0123456789abcdef0123456789abcdef"
_EXCHANGE = "fedcba9876543210fedcba9876543210"

ANSWER: Json = {
    "id": "1",
    "question": "Is x8 enough for two cards?",
    "mode": "quotes",
    "outcome": "answered",
    "answer": f"{_GIST}\n\n> “{_QUOTE}” [1]\n>\n> — the author, in a comment of about 2016-2017",
    "citations": [
        {
            "n": 1,
            "lines": [710, 710],
            "quote": _QUOTE,
            "role": "author",
            "section": None,
            "years": [2016, 2017],
        }
    ],
    "passages": [{"lines": [710, 710], "score": 0.8049}, {"lines": [34, 34], "score": 0.6914}],
    "calculations": [],
    "notes": [
        {
            "kind": "older_advice",
            "text": "All that the source says on this is from about 2016 to 2017; prices, products "
            "and software have changed since.",
        }
    ],
    "timings_ms": {
        "understand": 3.1,
        "calculate": 0.2,
        "retrieve": 2.4,
        "compose": 1.9,
        "total": 7.7,
    },
    "more": "",
    "more_citations": [],
    "suggestions": ["x8 vs x16 for dual gpus"],
    "unsupported": 0,
}
EVENTS = "".join(
    f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
    for name, data in (
        ("step", {"text": "Reading the question"}),
        ("step", {"text": "Searching the guide"}),
        ("block", {"markdown": _GIST}),
        ("answer", {"id": "1", "outcome": "answered", "answer": _GIST}),
    )
)
SOURCE: Json = {
    "lines": [256, 256],
    "text": "In that case it will be best to use AWS GPU spot instances which are cheap and fast. "
    "External GPUs are available, but they are not an option …",
    "role": "author",
    "section": None,
    "years": [2015, 2015],
    "said_by": "the author, in a comment of about 2015",
    "thread": [
        {
            "lines": [255, 255],
            "role": "reader",
            "years": [2015, 2015],
            "text": "Hey Tim! Thanks for these posts, they’re highly, highly appreciated! …",
        }
    ],
}
CALCULATORS: Json = {
    "psu": {
        "title": "Power supply",
        "summary": "Watts and connectors of the power supply for some cards and a CPU; or how many "
        "cards a given supply carries.",
        "inputs": {"type": "object", "properties": {"gpu": {"type": "string"}}},
    }
}
CALCULATION: Json = {
    "calculator": "psu",
    "inputs": {"gpu": "4x RTX 2080 Ti", "cpu_watts": {"value": 150, "unit": "W"}},
    "results": {
        "recommended": {"value": 1400, "unit": "W"},
        "draw": {"value": 1250, "unit": "W"},
        "connectors": "8 × 8-pin",
    },
    "steps": [
        "4 × 250 W + 150 W (CPU) + 100 W (the rest) = 1250 W (line 62).",
        "1250 W + 10% = 1375 W, rounded up to 1400 W (line 62).",
    ],
    "lines": [[62, 63], [100, 103]],
    "notes": ["The guide's two rules differ (lines 62 and 101): the larger is recommended."],
}
BUILD: Json = {
    "id": "build-7",
    "parts": [{"text": "4x RTX 2080 Ti", "kind": "gpu", "model": "RTX 2080 Ti", "count": 4}],
    "unknown_parts": [],
    "verdicts": [
        {
            "about": "power",
            "verdict": "fine",
            "text": "1600 W is enough: the guide's rules ask for 1400 W.",
            "lines": [[62, 63], [100, 103]],
            "calculation": CALCULATION,
        }
    ],
}
STARTED: Json = {
    "id": _CONVERSATION,
    "title": "",
    "started_at": _WHEN,
    "updated_at": _WHEN,
    "exchanges": [],
}
CONVERSATION: Json = {
    **STARTED,
    "title": ANSWER["question"],
    "exchanges": [
        {
            "id": _EXCHANGE,
            "question": ANSWER["question"],
            "answer": {**ANSWER, "id": None},
            "asked_at": _WHEN,
        }
    ],
}
FEEDBACK: Json = {
    "exchange": _EXCHANGE,
    "verdict": "down",
    "reason": "It is about cards in general; I asked about blowers.",
    "given_at": _WHEN,
}
HEALTH: Json = {"status": "ready"}


def shown(example: Json, status: int = 200) -> dict[int | str, dict[str, Any]]:
    """Return the documentation of a success with its example.

    Written out, for FastAPI leaves null out of examples; the document reads it again.
    """
    return {status: {"content": {"application/json": {"example": json.dumps(example)}}}}
