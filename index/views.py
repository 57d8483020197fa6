"""The views of a passage: its text in windows, its gist, the questions it answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from corpus.load import Corpus
from corpus.reader import text_of
from corpus.sentences import sentences_of
from corpus.types import Lines
from index.types import Passage, View

WINDOW_PIECES = 120  # the encoder cuts at 256 word pieces; shorter windows match questions better

CountPieces = Callable[[str], int]


def windows(sentences: Sequence[str], count: CountPieces, limit: int = WINDOW_PIECES) -> list[str]:
    """Group the sentences of a passage into windows of at most `limit` word pieces.

    Neighbouring windows share a sentence. A single sentence over the limit is a window alone
    (the encoder cuts its tail).
    """
    found: list[list[str]] = [[]]
    size = 0
    for sentence in sentences:
        pieces = count(sentence)
        if found[-1] and size + pieces > limit:
            overlap = found[-1][-1:]
            found.append([*overlap] if count(overlap[0]) + pieces <= limit else [])
            size = sum(count(part) for part in found[-1])
        found[-1].append(sentence)
        size += pieces
    return [" ".join(window) for window in found if window]


def build_views(
    corpus: Corpus, passages: Sequence[Passage], count: CountPieces
) -> tuple[View, ...]:
    """Return every view of every passage: those of a passage together, its sentences first."""
    return tuple(view for passage in passages for view in _views_of(corpus, passage, count))


def _views_of(corpus: Corpus, passage: Passage, count: CountPieces) -> list[View]:
    if passage.asks and passage.card is None:
        return []  # it answers nothing; its words still find it, and with it the reply
    texts = [sentence.text for sentence in sentences_of(passage.lines)]
    found = [View(passage.number, "sentence", text) for text in texts]
    if passage.card is not None:
        card = corpus.cards[passage.card]
        found.append(View(passage.number, "gist", card.gist))
        found.extend(View(passage.number, "question", question) for question in card.questions)
    else:  # nothing else tells what it is about
        header = f"{passage.context}: " if passage.context else ""
        found += [View(passage.number, "text", header + part) for part in windows(texts, count)]
        if passage.reply_of is not None:
            asked = _questions_in(passage.reply_of)
            found += [View(passage.number, "asked", question) for question in asked]
    return found


def _questions_in(lines: Lines) -> list[str]:
    """The sentences of an asking comment that are questions: people ask the same again."""
    return [sentence.text for sentence in sentences_of(lines) if "?" in sentence.text]


def words_of(corpus: Corpus, passage: Passage) -> str:
    """Return the text that the word index sees: the lines, the gist and the expected questions."""
    parts = [passage.context, text_of(passage.lines)]
    if passage.card is not None:
        card = corpus.cards[passage.card]
        parts += [card.gist, *card.questions]
    return " ".join(filter(None, parts))
