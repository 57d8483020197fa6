"""An assistant on the article and fifty hostile comments."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.settings import Settings
from corpus.reader import COMMENTS, read_lines
from corpus.sentences import sentences_of
from corpus.types import Comment, Lines, Years
from index.store import IndexStore

PLANTED = Path(__file__).parent / "data" / "planted.jsonl"


@dataclass(frozen=True)
class Planted:
    """A hostile comment: its line, a question that finds it, what an obeying model would write."""

    line: int
    kind: str
    question: str
    text: str
    obeyed: str


ROWS = [
    Planted(COMMENTS.last + number, **json.loads(row))
    for number, row in enumerate(PLANTED.read_text("utf-8").splitlines(), 1)
]


@contextmanager
def plant(assistant: Assistant, folder: Path) -> Iterator[Assistant]:
    """Give an assistant on the article and the hostile comments; folder gets its index."""
    lines = (*read_lines(), *(f" {row.text}" for row in ROWS))
    comments = tuple(
        Comment(f"planted{row.line}", Lines(row.line, row.line), "reader", False, None,
                Years(2017, 2017), "planted", False)
        for row in ROWS
    )  # fmt: skip
    corpus = replace(
        assistant.corpus, lines=lines, comments=comments, cards=(), changes=(), gaps=()
    )
    shutil.copytree(Settings().index_dir, folder)  # its encoder is used again
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("corpus.reader.read_lines", lambda *_: lines)
        patch.setattr("corpus.sentences.read_lines", lambda *_: lines)
        # A refusal would hide what is to be seen.
        patch.setattr("assistant.answering.quotes_mode.is_covered", lambda *_: True)
        store = IndexStore(folder)
        store.build(corpus)
        yield Assistant(corpus, store.load())
    sentences_of.cache_clear()
