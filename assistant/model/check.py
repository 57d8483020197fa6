"""The check between a model's text and its reader: what is not supported is removed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from assistant.answering.check import find_verbatim
from assistant.answering.figures import holds_figure, unsupported_figures
from assistant.answering.markdown import escape_markdown
from assistant.answering.support import SUPPORTED, Encode, contradicts
from assistant.model.parse import Sentence, parse
from assistant.model.plain import LINK
from assistant.model.record import Record, Shown, sentences_about
from assistant.model.spans import find_support
from assistant.types import Citation
from index.lexical import stems

LEAST_WORDS = 2  # that mean something; fewer say nothing that could be checked
INTRODUCED = 0.35  # the support that "The author on Thunderbolt 3:" needs from what it introduces
_VERDICT = re.compile(
    r"(?i)^(?:yes|no|it depends|not quite|partly|mostly|usually|rarely|maybe|sometimes)\W*$"
)


@dataclass(frozen=True, slots=True)
class Fault:
    """A sentence that fails the check, and why, in words that the model can mend it by."""

    sentence: str
    reason: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A sentence that passed, with the spans it rests on."""

    sentence: Sentence
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """What is left of a text: Markdown, its citations numbered from 1, and what was removed."""

    text: str
    citations: tuple[Citation, ...]
    faults: tuple[Fault, ...]


def check_text(text: str, record: Record, encode: Encode) -> Checked:
    """Keep the sentences of a model's text that what it was shown supports.

    Each must cite a passage of this turn; its quotes must stand in a cited passage, its numbers
    there or in a calculation of this turn, each with its unit; and the cited spans must support
    it by words and meaning (assistant.answering.support.SUPPORTED).
    """
    sentences = parse(text)
    kept: list[Kept] = []
    faults: list[Fault] = []
    follows: Kept | None = None
    for sentence in reversed(sentences):  # an introduction stands or falls with what it introduces
        found = _judge(sentence, follows, record, encode)
        if isinstance(found, Fault):
            faults.append(found)
        else:
            kept.append(found)
        follows = found if isinstance(found, Kept) else None
    return _written(kept[::-1], tuple(faults[::-1]))


def _judge(
    sentence: Sentence, follows: Kept | None, record: Record, encode: Encode
) -> Kept | Fault:
    if _VERDICT.match(sentence.text) and not sentence.cited:
        if follows is not None:
            return Kept(sentence, ())
        return Fault(sentence.text, "it has no citation")
    enough = SUPPORTED
    if follows is not None and sentence.text.endswith(":") and not sentence.cited:
        sentence = replace(sentence, cited=follows.sentence.cited)
        enough = INTRODUCED
    passages = [record.passages[n] for n in sentence.cited if n in record.passages]
    if reason := _fault_of_form(sentence, passages):
        return Fault(sentence.text, reason)
    text = _with_exact_quotes(sentence, passages)
    if text is None:
        return Fault(sentence.text, "its quote does not stand in the cited passage")
    worked = [line for one in record.calculations for line in sentences_about(one)]
    evidence = [part for shown in passages for part in (shown.text, shown.by)]
    if missing := unsupported_figures(text, [*evidence, *worked]):
        return Fault(
            sentence.text, f"{', '.join(missing)} is in no cited passage and no calculation"
        )
    used = [line for line in worked if holds_figure(text, line)]
    support = find_support(text, sentence.quotes, passages, used, encode)
    if support.score < enough:
        return Fault(sentence.text, "the cited passage does not say this")
    if contradicts(text, [*(citation.quote for citation in support.citations), *used]):
        return Fault(sentence.text, "the cited passage says the opposite")
    return Kept(replace(sentence, text=text), support.citations)


def _fault_of_form(sentence: Sentence, passages: Sequence[Shown]) -> str | None:
    if not sentence.cited:
        return "it has no citation"
    if not passages:
        return f"no passage [{sentence.cited[0]}] was shown in this turn"
    if not sentence.is_whole:
        return "it is cut off"
    if LINK.search(sentence.text):
        return "it holds a link"
    if len(set(stems([sentence.text])[0])) < LEAST_WORDS:
        return "it says too little to be checked"
    return None


def _with_exact_quotes(sentence: Sentence, passages: Sequence[Shown]) -> str | None:
    """Return the sentence with its quotes as they stand in the source; None where one does not."""
    text = sentence.text
    for quote in sentence.quotes:
        for end in (quote, quote.rstrip(".,;")):  # a full stop of the sentence's own
            exact = next(filter(None, (find_verbatim(end, shown.text) for shown in passages)), None)
            if exact is not None:
                text = text.replace(f"“{quote}”", f"“{exact}”{quote[len(end) :]}", 1)
                break
        else:
            return None
    return text


def _written(kept: Sequence[Kept], faults: tuple[Fault, ...]) -> Checked:
    """Write the answer with citations numbered in the order of their first use."""
    numbers: dict[tuple[object, str], Citation] = {}
    lines: list[tuple[bool, str]] = []
    for _, together in groupby(kept, key=lambda one: one.sentence.line):
        parts, bullet = [], False
        for one in together:
            for citation in one.citations:
                new = replace(citation, n=len(numbers) + 1)
                numbers.setdefault((citation.lines, citation.quote), new)
            used = {numbers[c.lines, c.quote].n for c in one.citations}
            markers = "".join(f"[{n}]" for n in sorted(used))
            parts.append(f"{escape_markdown(one.sentence.text)} {markers}".rstrip())
            bullet = one.sentence.bullet
        lines.append((bullet, " ".join(parts)))
    text = ""
    for number, (bullet, line) in enumerate(lines):
        gap = "\n" if bullet and number and lines[number - 1][0] else "\n\n"
        text += f"{gap if number else ''}{'- ' if bullet else ''}{line}"
    return Checked(text, tuple(numbers.values()), faults)
