"""Choose the sentences of a passage that answer a question: the shortest sufficient quote."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from corpus.sentences import Sentence, sentences_of
from corpus.types import Lines
from index.encoder import Vectors
from index.store import Index
from index.types import Passage

LONGEST_QUOTE = 300  # characters; about 50 words
SHORTEST_QUOTE = 80  # below this a sentence rarely says anything alone ("3. Yes, this is correct.")
LONGEST_JOINED = 420
NUMBER_BONUS = 0.15  # for each number of the gist that a sentence holds
WANTED_NUMBER = 0.5  # the same, where the quotes are to support the gist
FIGURE_BONUS = 0.3  # for a sentence that holds a figure of the kind that is asked for
ASKING = 0.2  # taken from a sentence that only asks
GIST_SHARE = 0.2  # of the score of a sentence: like the gist, rather than like the question
POINTING = 0.05  # taken from one that points to a thing named elsewhere
ASKS = re.compile(r"\?[\s*”\"]*$")  # "**will it do so automatically?**"
POINTS = re.compile(
    r"(?i)\b(?:that|this|these|those) (?:setups?|configurations?|builds?|boards?|motherboards?|"
    r"switch(?:es)?|cases?|examples?|options?|problems?|way|systems?|machines?|cards?|gpus?|cpus?)\b|"
    r"\bsuch an? \w+"
)
COUNTED = re.compile(r"^\(?\d{1,2}[.)]\s+(?=\S)")  # "2. " before a point of a list
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
# A sentence that begins like this needs the one before it to be understood.
DANGLING = re.compile(
    r"(?i)^[\"“(–-]*\s*(?:it|its|it’s|this|that|these|those|they|he|she|such|however|but|and|so|"
    r"thus|therefore|then|otherwise|also|again|instead|here|there|which|if so|in that case|"
    r"in this case|for example|besides|additionally|furthermore|moreover|with that|with this|"
    r"both|either|under (?:such|these|this|that)|in (?:such|these|those)|with (?:such|these|those)|"
    r"for the (?:first|second|former|latter)|"
    r"the (?:first|second|former|latter|same|only|problem|crux|reasoning|result|decrease|"
    r"increase))\b"
)
# One that soon speaks of "these cards" does, too.
SOON_DANGLING = re.compile(
    r"(?i)^(?:if|when|with|for|since|because|as|while|due to)\b[^,.;]{0,60}"
    r"\b(?:these|those|this|such|it|them|they)\b"
)
# One that begins like this speaks of a thing named before; "however" and "thus" read well alone.
NAMELESS = re.compile(
    r"(?i)^[\"“(–-]*\s*(?:(?:however|but|and|so|thus|therefore|then|also|again|instead|otherwise),?\s+)?"
    r"(?:it|its|it’s|this(?! (?:blog|post|guide))|that|these|those|they|he|she|such|both|either|"
    r"the (?:first|second|former|latter|same))\b"
)


@dataclass(frozen=True, slots=True)
class Span:
    """A quotable stretch of a passage: neighbouring sentences, in lines of the source."""

    lines: Lines
    text: str
    score: float

    @property
    def numbers(self) -> set[str]:
        """The numbers that the quote holds, as written."""
        return set(NUMBER.findall(self.text))


def best_spans(
    index: Index,
    passage: Passage,
    question: Vectors,
    gist: str = "",
    limit: int = 2,
    gist_share: float = GIST_SHARE,
    figures: Sequence[re.Pattern[str]] = (),
) -> list[Span]:
    """Return the quotes of a passage that answer a question, the best line first, none twice.

    question is the encoded question, shape (dimensions,). Where the passage has a card, a
    sentence must also resemble its gist, by gist_share, and the numbers of the gist are looked
    for first. figures are what the figures look like that the question asks for.
    """
    sentences = sentences_of(passage.lines)
    scores = _scores(index, passage, question, gist_share)
    scores += FIGURE_BONUS * np.array([_holds_any(s, figures) for s in sentences], np.float32)
    scores -= ASKING * np.array([bool(ASKS.search(s.text)) for s in sentences], np.float32)
    scores -= POINTING * np.array([bool(POINTS.search(s.text)) for s in sentences], np.float32)
    number_bonus = NUMBER_BONUS + (WANTED_NUMBER - NUMBER_BONUS) * (gist_share > GIST_SHARE)
    wanted = set(NUMBER.findall(gist))
    stretches: list[tuple[int, int]] = []
    used: set[int] = set()
    for _ in range(limit):
        bonus = np.array([number_bonus * len(wanted & _numbers(s)) for s in sentences])
        rest = [i for i in np.argsort(-(scores + bonus)) if i not in used]
        if not rest or (stretches and not gist):
            break
        first, last = _stretch(sentences, int(rest[0]), used)
        used.update(range(first, last + 1))
        wanted -= set().union(*(_numbers(s) for s in sentences[first : last + 1]))
        stretches.append((first, last))
    return [
        _join(sentences[first : last + 1], float(scores[first : last + 1].max()))
        for first, last in _in_order(sentences, _merged(sentences, stretches))
    ]


def _holds_any(sentence: Sentence, figures: Sequence[re.Pattern[str]]) -> bool:
    return any(figure.search(sentence.text) for figure in figures)


def _in_order(
    sentences: tuple[Sentence, ...], stretches: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Put the stretches of one line as they were written; those of several stay best first."""
    lines = {sentences[first].line for first, _ in stretches}
    return sorted(stretches) if len(lines) == 1 else stretches


def widened(sentences: tuple[Sentence, ...], chosen: int) -> Span:
    """Return the quote around one sentence that can be understood alone."""
    first, last = _stretch(sentences, chosen, set())
    return _join(sentences[first : last + 1], 1.0)


def _merged(
    sentences: tuple[Sentence, ...], stretches: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Join two stretches that follow each other in one line: one quote reads better than two."""
    if len(stretches) != 2:
        return stretches
    (first, middle), (next_first, last) = sorted(stretches)
    size = sum(len(s.text) + 1 for s in sentences[first : last + 1])
    same_line = sentences[first].line == sentences[last].line
    if middle + 1 == next_first and same_line and size <= LONGEST_JOINED:
        return [(first, last)]
    return stretches


def _scores(index: Index, passage: Passage, question: Vectors, gist_share: float) -> Vectors:
    vectors = index.sentence_vectors(passage)
    scores: Vectors = vectors @ question
    gist = index.gist_vector(passage)
    if gist is not None:
        scores = (1 - gist_share) * scores + gist_share * (vectors @ gist)
    return scores


def _numbers(sentence: Sentence) -> set[str]:
    return set(NUMBER.findall(sentence.text))


def _stretch(sentences: tuple[Sentence, ...], chosen: int, used: set[int]) -> tuple[int, int]:
    """Widen a sentence to its neighbours until it can be understood alone."""
    first = last = chosen

    def fits(start: int, end: int, longest: int = LONGEST_QUOTE) -> bool:
        free = not used.intersection(range(start, end + 1))
        return free and sum(len(s.text) + 1 for s in sentences[start : end + 1]) <= longest

    while _needs_more(sentences[first]) and first > 0 and fits(first - 1, last, LONGEST_JOINED):
        first -= 1
    while (
        (
            sum(len(s.text) for s in sentences[first : last + 1]) < SHORTEST_QUOTE
            or sentences[last].text.endswith(":")  # what it announces belongs to it
        )
        and last + 1 < len(sentences)
        and fits(first, last + 1)
    ):
        last += 1
    return first, last


def _needs_more(sentence: Sentence) -> bool:
    return bool(DANGLING.match(sentence.text) or SOON_DANGLING.match(sentence.text))


def _join(sentences: tuple[Sentence, ...], score: float) -> Span:
    lines = Lines(sentences[0].line, sentences[-1].line)
    text = " ".join(sentence.text for sentence in sentences)
    return Span(lines, COUNTED.sub("", text), score)
