"""Questions that are arithmetic: found, calculated, and put into words with the guide's lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.check import fold
from assistant.answering.markdown import escape_markdown
from assistant.answering.phrasing import said_by
from assistant.errors import InvalidInput, NoSolution
from assistant.retrieval import Understood
from assistant.types import Calculation, Citation, Turn
from assistant.understand.calculation import Request, change_calculation, find_calculation
from corpus.load import Corpus
from corpus.sentences import Sentence, sentences_of
from corpus.types import Lines
from index.encoder import Encoder, Vectors
from index.lexical import stems

STEPS = 4  # at most, in the text; all stand in the calculation
QUOTES = 2  # of the lines that the formula stands on
LONGEST = 300  # characters of a quoted sentence
_NAMED = re.compile(r"(?<=line )\d+|(?<=lines )\d+|(?<=\d and )\d+")  # a step ends "(line 62)"


@dataclass(frozen=True, slots=True)
class Worked:
    """What came of a question's arithmetic: a calculation, or why there is none.

    missing has what to ask for, problem one clear sentence; refused tells that the problem is
    what was typed, not that there is no solution.
    """

    request: Request
    calculation: Calculation | None = None
    problem: str = ""
    refused: bool = False

    @property
    def missing(self) -> tuple[str, ...]:
        """What must be known before anything can be calculated."""
        return tuple(self.request.missing.values())

    def answers(self, question: str) -> bool:
        """Tell whether a question asks for the same calculation."""
        request = find_calculation(question)
        return request is not None and request.calculator == self.request.calculator


def work_out(question: str, history: Sequence[Turn]) -> Worked | None:
    """Calculate what a question calls for; None where it calls for nothing.

    A follow-up changes the calculation before it, and only what it names.
    """
    request = _requested(question, history)
    if request is None or not request.ready:
        return Worked(request) if request else None
    from assistant.calculators.registry import get  # pint takes 0.3 s: only where needed

    try:
        return Worked(request, get(request.calculator).calculate(dict(request.inputs)))
    except InvalidInput as error:
        return Worked(request, problem=str(error), refused=True)
    except NoSolution as error:
        return Worked(request, problem=str(error))


def _requested(question: str, history: Sequence[Turn]) -> Request | None:
    request: Request | None = None
    asked = [turn.content for turn in history if turn.role == "user"]
    for text in (*asked, question):
        changed = change_calculation(request, text) if request else None
        request = changed or find_calculation(text)
    return request


def in_words(
    worked: Worked, citations: Sequence[Citation], question: str = "", first: str = ""
) -> str:
    """Say what was asked first, then how it came about, then the lines of the guide behind it.

    first is what the answer opens with, such as "Yes."
    """
    if worked.calculation is None:
        needed = " ".join(worked.missing)
        return worked.problem or f"To work this out I need to know: {needed}"
    from assistant.calculators.words import headline

    calculation = worked.calculation
    label, value = headline(calculation, question)
    markers = "".join(f"[{citation.n}]" for citation in citations)
    lead = f"{first} {label}: **{escape_markdown(value)}** {markers}".strip()
    steps = "\n".join(f"- {escape_markdown(step)}" for step in calculation.steps[:STEPS])
    quotes = [
        f"> “{escape_markdown(citation.quote)}” [{citation.n}]\n>\n"
        f"> — {said_by(citation.role, citation.years)}"
        for citation in citations
    ]
    return "\n\n".join([lead, steps, *quotes])


def cite_calculation(
    corpus: Corpus,
    encoder: Encoder,
    calculation: Calculation,
    understood: Understood,
    count: int = 0,
) -> list[Citation]:
    """Quote the rules that a calculation applied: first of all what its steps name and was asked.

    Where none of its lines states a rule, the sentences nearest to the question are quoted. The
    citations are numbered from count + 1.
    """
    words = set(stems([understood.question])[0])

    def shared(line: int) -> int:
        return len(words & set(stems([corpus.rule_at.get(line, "")])[0]))

    named = [int(n) for step in calculation.steps for n in _NAMED.findall(step)]
    named.sort(key=shared, reverse=True)
    used = (n for lines in calculation.lines for n in range(lines.first, lines.last + 1))
    with_rule = [line for line in dict.fromkeys([*named, *used]) if line in corpus.rule_at]
    if not with_rule:
        return cite_lines(corpus, encoder, calculation.lines, understood.vector, count=count)
    return [
        _citation(corpus, line, corpus.rule_at[line], n)
        for n, line in enumerate(with_rule[:QUOTES], count + 1)
    ]


def cite_lines(
    corpus: Corpus,
    encoder: Encoder,
    spans: Sequence[Lines],
    meaning: Vectors,
    limit: int = QUOTES,
    count: int = 0,
) -> list[Citation]:
    """Quote the sentences of some lines that are nearest to a meaning, one a line.

    meaning is an encoded text, shape (dimensions,); the citations are numbered from count + 1.
    """
    sentences = [
        sentence
        for lines in spans
        for sentence in sentences_of(lines)
        if len(sentence.text) <= LONGEST
    ]
    if not sentences:
        return []
    likeness = encoder.encode([sentence.text for sentence in sentences]) @ meaning
    chosen: list[Sentence] = []
    for n in sorted(range(len(sentences)), key=lambda n: -float(likeness[n])):
        if len(chosen) < limit and all(sentences[n].line != other.line for other in chosen):
            chosen.append(sentences[n])
    return [_citation(corpus, s.line, s.text, count + n) for n, s in enumerate(chosen, 1)]


def _citation(corpus: Corpus, line: int, words: str, number: int) -> Citation:
    section = corpus.section_at(line)
    return Citation(
        n=number,
        lines=Lines(line, line),
        quote=fold(words),
        role=corpus.role_at(line),
        section=section.title if section else None,
        years=corpus.years_at(line),
    )
