"""Check every data file against its schema and the rules that a schema cannot say."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from corpus.card_rules import card_faults
from corpus.errors import CorpusError
from corpus.faults import Fault, missing_numbers
from corpus.load import Corpus, load_corpus
from corpus.reader import ARTICLE, COMMENTS, DATA
from corpus.rows import read_jsonl
from corpus.seal import differing
from corpus.types import Section

TABLES = ("comments", "cards", "stances", "unanswered", "rules", "changes", "gaps")


def validate(folder: Path = DATA) -> list[Fault]:
    """Return every fault of the corpus data; an empty list where all is well."""
    faults = list(_schema_faults(folder))
    if faults:
        return faults  # the rules below take the shapes for granted
    try:
        corpus = load_corpus(folder, _read)
    except CorpusError as error:
        return [Fault("corpus", "loading", str(error))]
    return [
        *_seal_faults(folder),
        *_comment_faults(corpus),
        *_section_faults(corpus),
        *card_faults(corpus),
        *_change_faults(corpus),
        *_topic_faults(corpus),
        *_hardware_faults(corpus),
        *_later_faults(corpus),
        *_rule_faults(corpus),
    ]


def _read(folder: Path, name: str) -> str:
    """Return a file's content whether it is sealed or not: that is a fault of its own."""
    try:
        return (folder / name).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"{name} cannot be read: {error}.") from error


def _seal_faults(folder: Path) -> Iterator[Fault]:
    for name in differing(folder):
        yield Fault("manifest", name, "its checksum differs: run `rigwise corpus seal` when done")


def _schema_faults(folder: Path) -> Iterator[Fault]:
    from jsonschema import Draft202012Validator

    def check(name: str, rows: Iterable[Any], unit: str) -> Iterator[Fault]:
        schema = json.loads((folder / "schemas" / f"{name}.schema.json").read_text("utf-8"))
        validator = Draft202012Validator(schema)
        for number, row in enumerate(rows, 1):
            for error in validator.iter_errors(row):
                yield Fault(name, f"{unit} {number}", f"{error.json_path}: {error.message}")

    for name in TABLES:
        yield from check(name, read_jsonl(_read(folder, f"{name}.jsonl"), f"{name}.jsonl"), "line")
    for name in ("sections", "topics"):
        yield from check(name, [json.loads((folder / f"{name}.json").read_text("utf-8"))], "file")
    for name in ("hardware", "later"):
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as table:
            yield from check(name, list(csv.DictReader(table)), "row")


def _comment_faults(corpus: Corpus) -> Iterator[Fault]:
    expected = COMMENTS.first
    for comment in corpus.comments:
        if comment.lines.first != expected:
            yield Fault("comments", comment.id, f"should start at line {expected}")
        expected = comment.lines.last + 1
        if comment.id != f"c{comment.lines.first:04d}":
            yield Fault("comments", comment.id, "its id is not its first line")
        if not corpus.lines[comment.lines.first - 1].startswith(" "):
            yield Fault("comments", comment.id, "starts in the middle of a paragraph")
        if comment.years.first > comment.years.last:
            yield Fault("comments", comment.id, "its years run backwards")
        if comment.reply_to is not None:
            parent = corpus.by_id.get(comment.reply_to)
            if parent is None:
                yield Fault("comments", comment.id, f"replies to {comment.reply_to}, not there")
            elif parent.lines.first >= comment.lines.first:
                yield Fault("comments", comment.id, "replies to a comment below it")
    if expected != COMMENTS.last + 1:
        yield Fault("comments", "end", f"the last comment ends at line {expected - 1}")


def _section_faults(corpus: Corpus) -> Iterator[Fault]:
    expected = ARTICLE.first
    for section in corpus.sections:
        if section.lines.first != expected:
            yield Fault("sections", section.title, f"should start at line {expected}")
        expected = section.lines.last + 1
        yield from _inner_faults(section)
    if expected != ARTICLE.last + 1:
        yield Fault("sections", "end", f"the last section ends at line {expected - 1}")


def _inner_faults(section: Section) -> Iterator[Fault]:
    for child in section.children:
        if not (section.lines.covers(child.lines.first) and section.lines.covers(child.lines.last)):
            yield Fault("sections", child.title, f"lies outside {section.title}")
        yield from _inner_faults(child)
    for claim in section.claims:
        if missing := missing_numbers(claim.claim, claim.lines):
            yield Fault("sections", section.title, f"claim {claim.lines}: no {missing} there")


def _change_faults(corpus: Corpus) -> Iterator[Fault]:
    for change in corpus.changes:
        if not change.current:
            yield Fault("changes", change.id, "no position is current")
        for position in change.positions:
            role = corpus.role_at(position.lines.first)
            if role != position.role:
                yield Fault("changes", change.id, f"lines {position.lines} are by the {role}")
            if missing := missing_numbers(position.summary, position.lines):
                yield Fault("changes", change.id, f"lines {position.lines} have no {missing}")
    for name, count in Counter(change.id for change in corpus.changes).items():
        if count > 1:
            yield Fault("changes", name, "stands twice")


def _topic_faults(corpus: Corpus) -> Iterator[Fault]:
    known = {topic.id for topic in corpus.topics}
    filed = [("cards", str(card.lines), card.topics) for card in corpus.cards]
    filed += [("gaps", str(gap.lines), gap.topics) for gap in corpus.gaps]
    filed += [("changes", change.id, change.topics) for change in corpus.changes]
    for file, where, topics in filed:
        for topic in topics:
            if topic not in known:
                yield Fault(file, where, f"topic {topic!r} is not in topics.json")


def _hardware_faults(corpus: Corpus) -> Iterator[Fault]:
    names: Counter[str] = Counter()
    for item in corpus.hardware:
        names.update({item.model.casefold(), *(alias.casefold() for alias in item.aliases)})
    for name, count in names.items():
        if count > 1:
            yield Fault("hardware", name, "names two rows")


def _later_faults(corpus: Corpus) -> Iterator[Fault]:
    text = " ".join(corpus.lines).casefold()
    counts = Counter(word for item in corpus.later for word in item.words)
    for word, count in counts.items():
        if count > 1:
            yield Fault("later", word, "stands in two rows")
        if re.search(rf"(?<![\w.]){re.escape(word)}(?!\w)", text):
            yield Fault("later", word, "stands in the source, so it is not newer")


def _rule_faults(corpus: Corpus) -> Iterator[Fault]:
    for rule in corpus.rules:
        if rule.words not in corpus.lines[rule.line - 1]:
            yield Fault("rules", f"line {rule.line}", "its words do not stand in the line")
    for line, count in Counter(rule.line for rule in corpus.rules).items():
        if count > 1:
            yield Fault("rules", f"line {line}", "has two rules")


def coverage(corpus: Corpus) -> dict[str, int]:
    """Return what the corpus holds, in numbers."""
    return {
        "lines": len(corpus.lines),
        "comments": len(corpus.comments),
        "by the author": sum(comment.role == "author" for comment in corpus.comments),
        "unsure": sum(not comment.sure for comment in corpus.comments),
        "linked replies": sum(comment.reply_to is not None for comment in corpus.comments),
        "cards": len(corpus.cards),
        "expected questions": sum(len(card.questions) for card in corpus.cards),
        "stances": len(corpus.stances),
        "unanswered questions": len(corpus.unanswered),
        "dated": sum(card.holds == "dated" for card in corpus.cards),
        "superseded": sum(card.holds == "superseded" for card in corpus.cards),
        "changes of advice": len(corpus.changes),
        "gaps": len(corpus.gaps),
        "pieces of hardware": len(corpus.hardware),
        "newer than the source": len(corpus.later),
    }
