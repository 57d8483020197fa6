"""The first word of an answer: yes, no or what it depends on, where the source settles that."""

from __future__ import annotations

import re

from assistant.types import Calculation
from assistant.understand.card_counts import card_counts
from assistant.understand.openings import asking_part, is_yes_no
from corpus.load import Corpus
from corpus.types import Stance
from index.encoder import Vectors
from index.lexical import stems
from index.store import Index
from index.types import Passage

ALIKE = 0.6  # cosine from which a card's question may stand for the one asked
# Which way a question asks. "Is x8 enough?" and "is x8 a bottleneck?" are near neighbours whose
# answers are opposite: a stance serves only a question that asks the same way. The first way is
# also that of a question with none of these words ("will it fit?").
_WAYS = (
    r"enough|suffi\w+|suffices?|ok|okay|fine|possible|works?|safe|all ?right",
    r"need\w*|necessary|require\w*|must|have to|has to|ha?ve got to|mandatory|essential",
    r"worth\w*|useful|pays? off|benefit\w*|gain\w*|good(?! enough)|sensible|recommend\w*|shell out|"
    r"should (?:i|we|you|one|my)\b(?!.*\b(?:avoid|skip|wait|hold off|worry|care|need)\b)",
    r"bottleneck\w*|slow\w*|limit\w*|los[est]\w*|hurt\w*|harm\w*|damag\w*|suffer\w*|degrad\w*|"
    r"worse|problem\w*|issue\w*|trouble\w*|wrong|bad|dangerous|risk\w*|mistake|worry|scared|"
    r"deal ?breaker|h[eo]ld\w*(?: \w+){0,3} back|catch|feel|notice\w*|overkill|waste\w*|"
    r"useless|pointless|superfluous|too (?!late)\w+",
    r"avoid\w*|stay away|skip|get rid|drop|save (?:the |my |some )?money",
    r"better|best|prefer\w*|beats?|faster|speed ?up|improve\w*|help\w*",
    r"wait|hold off|sit tight",
    r"same|equal\w*|match\w*|identical",
    r"matters?|important|count|difference|affect\w*|relevant|care",
)
_WILL_DO = frozenset({0})
_PATTERNS = tuple(re.compile(rf"(?i)\b(?:{way})\b") for way in _WAYS)
_NEGATION = re.compile(r"(?i)\b(?:not|never|no|nothing|without|unable|fails?)\b|n[’']t\b")
_ONLY = re.compile(r"(?i)\b(?:only|just|merely|solely|exclusively)\b")  # "is SLI just for games?"
_ENOUGH = re.compile(
    r"(?i)\b(?:enough|suffi\w+|suffices?|fits?|hold|ok|okay|fine|do|handle|run|power)\b"
)
_OTHER = re.compile(r"(?i)\b(?:other than|apart from|besides)\b")
# "Does he know whether it works?" is another question than "does it work?".
_OF_PEOPLE = re.compile(
    r"(?i)\b(?:he|his|him|himself|tim|dettmers|author|writer|reader|commenter|poster|person|"
    r"somebody|someone|anybody|anyone|nobody)\b"
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_AMOUNT = re.compile(
    r"(?i)\b(\d+(?:[.,]\d+)?)\s?(?:[gmt]b|gigs?|gigabytes?|w|watts?|cores?|threads?)\b"
)
_SHARED = 0.25  # least share of words that two questions of one meaning have in common
_SHARED_IF_PLAIN = 0.4  # the same, where no word tells which way they ask


def opening(corpus: Corpus, index: Index, passage: Passage, question: str, vector: Vectors) -> str:
    """Return "Yes.", "No." or "It depends on …." where the passage settles a yes/no question.

    vector is the encoded question, shape (dimensions,). Returns "" where it does not.
    """
    if passage.card is None or not is_yes_no(question):
        return ""
    card = corpus.cards[passage.card]
    likeness = index.view_vectors(passage, "question") @ vector
    for n in sorted(range(len(card.questions)), key=lambda n: -float(likeness[n])):
        if likeness[n] < ALIKE:
            return ""
        stance = corpus.stance_on.get((card.lines, card.questions[n]))
        if (
            stance
            and _asks_the_same_way(question, stance.question)
            and _of_as_many_cards(question, stance.question, card.gist)
        ):
            return in_words(stance)
    return ""


def in_words(stance: Stance) -> str:
    """Put a stance into the words that an answer opens with."""
    if stance.stance == "depends":
        return f"It depends on {stance.on}."
    return "Yes." if stance.stance == "yes" else "No."


def opening_of(calculation: Calculation, question: str) -> str:
    """Return "Yes." or "No." where a calculation tells whether what the person has is enough."""
    verdict = calculation.results.get("enough", calculation.results.get("fits"))
    if not isinstance(verdict, bool) or not is_yes_no(question) or not _ENOUGH.search(question):
        return ""
    return "Yes." if verdict else "No."


def _asks_the_same_way(question: str, other: str) -> bool:
    asked, known = asking_part(question), asking_part(other)
    for turned in (_NEGATION, _ONLY, _OTHER, _OF_PEOPLE):
        if bool(turned.search(asked)) != bool(turned.search(known)):
            return False
    ways = _ways(asked), _ways(known)
    if (ways[0] or _WILL_DO) != (ways[1] or _WILL_DO) or not _of_the_same_numbers(question, other):
        return False
    ours, theirs = (set(found) for found in stems([question, other]))
    share = _SHARED if any(ways) else _SHARED_IF_PLAIN
    return len(ours & theirs) >= share * min(len(ours), len(theirs))


def _of_as_many_cards(question: str, other: str, gist: str) -> bool:
    """Tell whether what is told may hold: what holds for one card need not hold for four."""
    asked, known = card_counts(question), card_counts(other) or card_counts(gist)
    return not asked or not known or bool(asked & known)


def _of_the_same_numbers(question: str, other: str) -> bool:
    """Tell whether two questions may be about the same thing: 1200 watts are not 1400.

    Where it is asked what is enough, all amounts are the same: that 16 GB are for a card of 11 GB
    does not say that they always are.
    """
    if not _WILL_DO.isdisjoint(_ways(question)):
        amounts, others = (set(_AMOUNT.findall(text)) for text in (question, other))
        if amounts != others:
            return False
    asked, known = (set(_NUMBER.findall(text)) for text in (question, other))
    return not asked or not known or bool(asked & known)


def _ways(question: str) -> frozenset[int]:
    return frozenset(n for n, pattern in enumerate(_PATTERNS) if pattern.search(question))
