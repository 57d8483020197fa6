"""A build pasted into the chat: checked like one in a file, told in words with citations."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.arithmetic import cite_lines
from assistant.answering.markdown import escape_markdown
from assistant.errors import InvalidInput
from assistant.types import Answer, BuildReport, Calculation, Citation, Verdict
from corpus.load import Corpus
from index.encoder import Encoder

ASKED_TO_LOOK = re.compile(
    r"(?i)\b(?:look(?:ing)? over|check|review|rate|critique|opinions? on|thoughts on|comments? on|"
    r"what do you think (?:of|about)|feedback on|improve)\b.{0,40}"
    r"\b(?:build|rig|parts?|set-?up|config(?:uration)?|specs?|list|machine|system)\b"
)
KINDS = 3  # different kinds of parts that make a list a build
WORDS = {"fine": "fine", "look": "worth a look", "fails": "will not work", "unknown": "not known"}
ORDER = ("fails", "look", "unknown", "fine")


def find_build(question: str) -> BuildReport | None:
    """Return the check of a build that a question pastes; None where it pastes none."""
    if not ASKED_TO_LOOK.search(question) and question.count("\n") < KINDS - 1:
        return None
    from assistant.build_check.check import check_build  # loads the calculators

    try:
        report = check_build(question)
    except InvalidInput:
        return None
    return report if len({part.kind for part in report.parts}) >= KINDS else None


def report_in_words(corpus: Corpus, encoder: Encoder, question: str, report: BuildReport) -> Answer:
    """Tell what the check found, what will not work first, each finding with its lines."""
    verdicts = sorted(report.verdicts, key=lambda verdict: ORDER.index(verdict.verdict))
    parts = ", ".join(f"{part.count} × {part.model}" for part in report.parts)
    citations: list[Citation] = []
    told = []
    meanings = encoder.encode([verdict.text for verdict in verdicts])  # one run for all
    for verdict, meaning in zip(verdicts, meanings, strict=True):
        found = cite_lines(corpus, encoder, verdict.lines, meaning, 1, len(citations))
        citations += found
        markers = "".join(f"[{citation.n}]" for citation in found)
        about = verdict.about.replace("_", " ")
        told.append(
            f"- **{about}**, {WORDS[verdict.verdict]}: {escape_markdown(verdict.text)} {markers}"
        )
    unknown = ", ".join(report.unknown_parts)
    return Answer(
        question=question,
        mode="quotes",
        outcome="answered",
        text="\n\n".join(
            filter(
                None,
                [
                    f"Your build: {escape_markdown(parts)}.",
                    "\n".join(told),
                    f"Not recognised: {escape_markdown(unknown)}." if unknown else "",
                ],
            )
        ),
        citations=tuple(citations),
        calculations=_calculations(verdicts),
    )


def _calculations(verdicts: Sequence[Verdict]) -> tuple[Calculation, ...]:
    return tuple(verdict.calculation for verdict in verdicts if verdict.calculation)
