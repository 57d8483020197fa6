"""rigwise corpus: check the data, show a line, show a conversation."""

from __future__ import annotations

import sys

import click
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from assistant.answering.phrasing import about, said_by
from assistant.errors import InvalidInput
from corpus.load import Corpus, load_corpus
from corpus.reader import text_of
from corpus.types import Comment


@click.group("corpus")
def corpus_group() -> None:
    """Look into the source and what we know about it."""


@corpus_group.command("check")
def check_data() -> None:
    """Validate every data file and print what the corpus holds."""
    from corpus.validate import coverage, validate

    faults = validate()
    for fault in faults:
        click.echo(str(fault), err=True)
    if faults:
        click.echo(f"{len(faults)} faults.", err=True)
        sys.exit(1)
    for name, count in coverage(load_corpus()).items():
        click.echo(f"{name:20} {count:6,}")
    click.echo("No rule is broken.")


@corpus_group.command("seal")
def seal_data() -> None:
    """Write the checksums of the data files anew, after a change made on purpose."""
    from corpus.reader import DATA
    from corpus.seal import differing, seal

    changed = differing(DATA)
    seal(DATA)
    click.echo(f"Sealed: {', '.join(changed)}." if changed else "Nothing had changed.")


@corpus_group.command("show")
@click.argument("line", type=int)
def show_line(line: int) -> None:
    """Print LINE with its comment, thread, years, card and changes."""
    corpus = load_corpus()
    _require(corpus, line)
    console = Console()
    console.print(Text(text_of_line(corpus, line)), "")
    table = Table(show_header=False, box=None, padding=(0, 1))
    for name, value in _facts(corpus, line):
        table.add_row(Text(name, style="bold"), Text(value))
    console.print(table)


@corpus_group.command("thread")
@click.argument("line", type=int)
def show_thread(line: int) -> None:
    """Print the conversation that LINE belongs to, as a conversation."""
    corpus = load_corpus()
    _require(corpus, line)
    comment = corpus.comment_at(line)
    if comment is None:
        raise InvalidInput(f"Line {line} is no comment's; conversations start at line 116.")
    members = corpus.thread(comment)
    depth: dict[str, int] = {}
    for member in members:
        depth[member.id] = depth.get(member.reply_to or "", -1) + 1
        here = member.id == comment.id
        Console().print(Padding(_spoken(member, here), (0, 0, 1, 4 * depth[member.id])))


def text_of_line(corpus: Corpus, line: int) -> str:
    """Return one line of the source without its leading space."""
    return corpus.lines[line - 1].strip()


def _require(corpus: Corpus, line: int) -> None:
    if not 1 <= line <= len(corpus.lines):
        raise InvalidInput(f"The guide has lines 1 to {len(corpus.lines)}, not {line}.")


def _spoken(comment: Comment, here: bool) -> RenderableType:
    who = "Tim Dettmers" if comment.role == "author" else "A reader"
    head = f"{who}, {about(comment.years)} ({comment.id}, lines {comment.lines})"
    return Group(Text(head, style="bold cyan" if here else "bold"), Text(text_of(comment.lines)))


def _facts(corpus: Corpus, line: int) -> list[tuple[str, str]]:
    facts = [("said by", said_by(corpus.role_at(line), corpus.years_at(line)))]
    if section := corpus.section_at(line):
        facts.append(("section", f"{section.title} (lines {section.lines})"))
    if comment := corpus.comment_at(line):
        sure = "" if comment.sure else ", unsure"
        facts.append(("comment", f"{comment.id}, lines {comment.lines}{sure}"))
        facts.append(("replies to", comment.reply_to or "unknown, or it starts the conversation"))
        replies = ", ".join(reply.id for reply in corpus.replies.get(comment.id, ()))
        facts.append(("replies", replies or "none known"))
        facts.append(("years rest on", comment.evidence))
    for card in corpus.cards:
        if card.lines.covers(line):
            newer = f" by lines {card.superseded_by}" if card.superseded_by else ""
            facts.append(("card", f"{card.gist} (holds: {card.holds}{newer})"))
            facts.append(("answers", " · ".join(card.questions)))
    for change in corpus.changes:
        for position in change.positions:
            if position.lines.covers(line):
                state = "current" if position.current else "older"
                facts.append((f"change: {change.subject}", f"{position.summary} ({state})"))
    facts += [("lost", gap.missing) for gap in corpus.gaps if gap.lines.covers(line)]
    return facts


@corpus_group.command("review")
def show_review() -> None:
    """Print how far a blind reading and the heuristic parser agree with the reviewed comments."""
    from corpus.review import BLIND, SECOND, parser_agreement, reading_agreement

    corpus = load_corpus()
    table = Table("reading", "lines", "boundary F1", "role", "reply link", "years overlap")
    for name, found in (
        ("second reading", reading_agreement(corpus, SECOND)),
        ("blind reading", reading_agreement(corpus, BLIND)),
        ("heuristic parser", parser_agreement(corpus)),
    ):
        shares = (
            found.boundary_f1,
            found.role_accuracy,
            found.link_accuracy,
            found.years_overlapping,
        )
        cells = ["" if share is None else f"{share:.3f}" for share in shares]
        table.add_row(name, str(found.lines), *cells)
    Console(width=100).print(table)
