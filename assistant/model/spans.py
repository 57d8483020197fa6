"""Which sentences of the cited passages a sentence rests on, and how well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.answering.check import find_verbatim, fold
from assistant.answering.figures import unsupported_figures
from assistant.answering.support import Encode, support_scores, windows_of
from assistant.model.record import Shown
from assistant.types import Citation
from corpus.types import Lines

NARROWER = 0.04  # what a window must gain for each further sentence
USELESS = 0.2  # a passage that supports a sentence so much less than the best is not cited for it
LONGEST_QUOTE = 420  # characters; a longer one is not made longer to close a gap

Sentences = tuple[int, int]  # the first and last sentence of a stretch


@dataclass(frozen=True, slots=True)
class Support:
    """The spans that a sentence rests on, and how well they support it, in [0, 1]."""

    citations: tuple[Citation, ...]
    score: float


def find_support(
    text: str, quotes: Sequence[str], passages: Sequence[Shown], worked: Sequence[str],
    encode: Encode,
) -> Support:  # fmt: skip
    """Choose the spans of the cited passages that a sentence rests on.

    worked are sentences of calculations that the sentence may rest on, too. The spans hold the
    sentence's quotes and those of its numbers that the passages hold.
    """
    best = [_best_window(text, passage, encode) for passage in passages]
    top = max(score for score, _ in best)
    chosen: list[tuple[Shown, set[int]]] = []
    held: list[str] = []
    for passage, (score, window) in zip(passages, best, strict=True):
        picked = _with_quotes(passage, quotes)
        if score >= top - USELESS or picked:
            picked |= set(range(window[0], window[1] + 1))
        chosen.append((passage, picked))
        held += [passage.by, _joined(passage, sorted(picked))]
    for passage, picked in chosen:
        for number in _with_figures(text, passage, held):
            picked.add(number)
            held.append(passage.sentences[number].text)
    citations = [
        _cite(passage, stretch)
        for passage, picked in chosen
        for stretch in _stretches(passage, sorted(picked))
    ]
    together = " ".join(citation.quote for citation in citations)
    scores = support_scores(text, [together, *worked], encode)
    return Support(tuple(citations), max(top, float(scores.max())))


def _best_window(text: str, passage: Shown, encode: Encode) -> tuple[float, Sentences]:
    windows = windows_of(passage.sentences)
    if not windows:
        return 0.0, (0, -1)
    scores = support_scores(text, [window.text for window in windows], encode)
    widths = np.array([window.last - window.first for window in windows])
    best = int(np.argmax(scores - NARROWER * widths))
    return float(scores[best]), (windows[best].first, windows[best].last)


def _with_quotes(passage: Shown, quotes: Sequence[str]) -> set[int]:
    """Return the sentences of a passage that hold the quotes."""
    found: set[int] = set()
    count = len(passage.sentences)
    for quote in quotes:
        for first, width in ((f, w) for w in range(count) for f in range(count - w)):
            stretch = range(first, first + width + 1)
            if find_verbatim(quote, _joined(passage, list(stretch))) is not None:
                found.update(stretch)
                break
    return found


def _with_figures(text: str, passage: Shown, held: Sequence[str]) -> list[int]:
    """Return the sentences of a passage with numbers that what is held lacks."""
    missing, found = unsupported_figures(text, held), []
    for number, sentence in enumerate(passage.sentences):
        left = unsupported_figures(text, [*held, sentence.text]) if missing else missing
        if len(left) < len(missing):
            found.append(number)
            held, missing = [*held, sentence.text], left
    return found


def _stretches(passage: Shown, picked: Sequence[int]) -> list[Sentences]:
    """Join neighbouring sentences; a gap of one is closed where the quote stays short."""
    found: list[Sentences] = []
    for number in picked:
        if found:
            first, last = found[-1]
            size = len(_joined(passage, list(range(first, number + 1))))
            if number == last + 1 or (number == last + 2 and size <= LONGEST_QUOTE):
                found[-1] = (first, number)
                continue
        found.append((number, number))
    return found


def _cite(passage: Shown, stretch: Sentences) -> Citation:
    first, last = stretch
    lines = Lines(passage.sentences[first].line, passage.sentences[last].line)
    return passage.cite(lines, _joined(passage, list(range(first, last + 1))))


def _joined(passage: Shown, numbers: Sequence[int]) -> str:
    return fold(" ".join(passage.sentences[number].text for number in numbers))
