"""Guess who speaks in a scrape without names: for the next scrape, not for this one.

comments.jsonl was made by reading. This parser gives a first reading of a new scrape; REVIEW.md
reports how far it agrees with the reviewed data.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.types import Comment, Lines, Paragraph

GREETING = re.compile(r"(?i)^(?:hi|hello|hey|dear|thanks|thank you|first of all|great|@?\w+,$)\b")
READER = re.compile(
    r"(?i)\b(?:hi tim|hey tim|hello tim|thanks? tim|thanks for (?:the|this|your)|"
    r"thank you (?:for|so much|very much)|great (?:post|article|guide)|"
    r"i(?:’|')?m (?:planning|thinking|looking|trying|building|new)|i am (?:planning|thinking|new)|"
    r"my (?:question|budget|build|current)|should i|would you|do you|can you|could you|"
    r"what do you think|any (?:advice|suggestion)|your (?:blog|post|article|guide|thoughts))\b"
)
AUTHOR = re.compile(
    r"(?i)\b(?:i (?:would )?recommend|i would (?:go|buy|not)|i think you|you (?:should|will|can|"
    r"could|might|would)|my (?:blog post|research|paper|library)|i will update|glad|you’re welcome|"
    r"thanks for your comment|that is a good question|in my experience|if you (?:want|use|do))\b"
)


@dataclass(frozen=True, slots=True)
class Guess:
    """A comment as the parser sees it."""

    lines: Lines
    role: str


def guess_comments(paragraphs: Sequence[Paragraph]) -> list[Guess]:
    """Cut a run of comment paragraphs into comments and say who speaks in each."""
    guesses: list[Guess] = []
    for paragraph in paragraphs:
        role = guess_role(paragraph.text)
        last = guesses[-1] if guesses else None
        starts = last is None or last.role != role or bool(GREETING.match(paragraph.text))
        if starts or last is None:
            guesses.append(Guess(paragraph.lines, role))
        else:
            guesses[-1] = Guess(Lines(last.lines.first, paragraph.lines.last), role)
    return guesses


def guess_role(text: str) -> str:
    """Say whether a paragraph sounds like somebody who asks or like the one who answers."""
    asks = len(READER.findall(text)) + text.count("?") + bool(GREETING.match(text))
    answers = len(AUTHOR.findall(text))
    return "reader" if asks >= answers else "author"


def boundary_f1(found: Sequence[Lines], expected: Sequence[Lines]) -> float:
    """Return the F1 of the first lines of comments; the very first does not count."""
    ours = {lines.first for lines in found[1:]}
    theirs = {lines.first for lines in expected[1:]}
    agreed = len(ours & theirs)
    return 2 * agreed / (len(ours) + len(theirs)) if ours or theirs else 1.0


def role_accuracy(found: Sequence[Guess], expected: Sequence[Comment]) -> float:
    """Return the share of lines whose speaker is right."""
    theirs = {
        line: comment.role
        for comment in expected
        for line in range(comment.lines.first, comment.lines.last + 1)
    }
    ours = {
        line: guess.role
        for guess in found
        for line in range(guess.lines.first, guess.lines.last + 1)
    }
    lines = theirs.keys() & ours.keys()
    return sum(ours[line] == theirs[line] for line in lines) / len(lines)
