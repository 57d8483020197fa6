"""The other obvious way, where a model is configured: the whole guide in every prompt.

The guide has about 76,000 tokens, so a large model can read it whole. Its answers are scored like
ours: cited lines, facts, numbers without support, quotes that are not verbatim.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from langchain_core.language_models import BaseChatModel

from assistant.answering.check import fold, is_verbatim
from assistant.model.chat_model import load_chat_model
from assistant.settings import Settings
from assistant.types import Answer, Citation
from corpus.load import Corpus
from corpus.types import Lines
from evals.data import Question

PROMPT = (
    "Answer the question from the text below alone, in at most 160 words. Cite the lines that each "
    "sentence rests on as [LINE]. Quote in “…”, word for word. If the text does not answer it, "
    "begin with: The guide does not cover this.\n\n"
)
CITED = re.compile(r"\[(\d{1,4})\]")
QUOTED = re.compile(r"“([^”]{12,})”")
REFUSED = "the guide does not cover"

Answerer = Callable[[Question], Answer]


def whole_guide(settings: Settings, corpus: Corpus) -> Answerer:
    """Return the baseline; it asks the configured model once a question.

    :raises SettingsError: the model cannot be used.
    """
    model = load_chat_model(settings)
    text = "\n".join(f"[{number}] {line.strip()}" for number, line in enumerate(corpus.lines, 1))
    return lambda question: _ask(model, corpus, PROMPT + text, question)


def _ask(model: BaseChatModel, corpus: Corpus, prompt: str, question: Question) -> Answer:
    start = time.perf_counter()
    turns = [(turn.role, turn.content) for turn in question.history]
    reply = model.invoke([("system", prompt), *turns, ("user", question.question)])
    answer = str(reply.text)
    refused = answer.strip().lower().startswith(REFUSED)
    return Answer(
        question=question.question,
        mode="model",
        outcome="not_covered" if refused else "answered",
        text=answer,
        citations=_citations(corpus, answer),
        timings_ms={"total": 1000 * (time.perf_counter() - start)},
    )


def _citations(corpus: Corpus, answer: str) -> tuple[Citation, ...]:
    """Return a citation for each cited line; a quote in the answer is taken to be from it."""
    quotes = [fold(quote) for quote in QUOTED.findall(answer)]
    found = []
    for number in dict.fromkeys(int(line) for line in CITED.findall(answer)):
        if not 1 <= number <= len(corpus.lines):
            continue
        lines = Lines(number, number)
        own = [quote for quote in quotes if is_verbatim(quote, lines)]
        found.append(
            Citation(
                n=number,
                lines=lines,
                quote=own[0] if own else fold(corpus.lines[number - 1]),
                role=corpus.role_at(number),
                section=None,
                years=corpus.years_at(number),
            )
        )
    return tuple(found)
