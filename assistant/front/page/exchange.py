"""A question and its answer as HTML, in blocks that can be shown one after the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from assistant.answering.phrasing import said_by
from assistant.front.page.calculators_links import calculator_link
from assistant.front.page.examples import tidy_question
from assistant.front.page.icons import icon
from assistant.front.page.markup import blocks_of
from assistant.front.page.views import (
    calculation_html,
    citation_links,
    note_html,
)
from assistant.types import Answer, Calculation

TitleOf = Callable[[str], str]  # a calculator's title by its name


def exchange_html(id: str, question: str, blocks: str = "") -> str:
    """Return a question with the blocks of its answer; without any it is still to come."""
    return (
        f'<article class="exchange" data-exchange="{escape(id)}">'
        f'<div class="asked"><h2 class="rw-unseen">Question</h2>'
        f'<p class="words">{escape(question)}</p>'
        f'<button class="tool last-only" data-do="edit">{icon("edit")}<span>Edit</span></button>'
        f'</div><div class="answer"><h3 class="rw-unseen">Answer</h3>{blocks}</div></article>'
    )


def answer_blocks(answer: Answer, title_of: TitleOf) -> list[str]:
    """Return the blocks of an answer: its text, calculations, notes, more, and what to do next."""
    links = citation_links((*answer.citations, *answer.more_citations))
    steps = [step for calculation in answer.calculations for step in calculation.steps]
    blocks = blocks_of(answer.text, links, left_out=steps)
    worked = _calculations(answer.calculations, title_of)
    # The numbers stand right below the sentence that says the result.
    blocks = [*blocks[:1], *worked, *blocks[1:]] if len(worked) == 1 else [*blocks, *worked]
    blocks += [note_html(note) for note in answer.notes]
    blocks += [_more(answer, links)] if answer.more else []
    return [*blocks, _actions(answer)]


def _calculations(calculations: Sequence[Calculation], title_of: TitleOf) -> list[str]:
    """Return each calculation; several are folded to a line each."""
    return [
        calculation_html(
            calculation,
            title=title_of(calculation.calculator),
            more=f'<a class="change" href="{escape(calculator_link(calculation))}">'
            "Change these numbers</a>",
            folded=len(calculations) > 1,
        )
        for calculation in calculations
    ]


def _more(answer: Answer, links: dict[int, str]) -> str:
    blocks = "".join(blocks_of(answer.more, links))
    count = len(answer.more_citations)
    told = f" ({count} more quote{'s' if count != 1 else ''})" if count else ""
    return f'<details class="more"><summary>More from the guide{told}</summary>{blocks}</details>'


def _actions(answer: Answer) -> str:
    """Return the tools of an answer, the form for a reason, and what to ask next."""
    tools = (
        f'<button class="tool" data-do="copy" data-copy="{escape(answer_as_text(answer))}">'
        f"{icon('copy')}<span>Copy</span></button>"
        f'<button class="tool last-only" data-do="again">{icon("again")}<span>Ask again</span>'
        "</button>"
        f'<button class="tool" data-do="up" aria-pressed="false">{icon("up")}'
        '<span class="rw-unseen">Good answer</span></button>'
        f'<button class="tool" data-do="down" aria-pressed="false">{icon("down")}'
        '<span class="rw-unseen">Bad answer</span></button>'
    )
    asked = "".join(
        f'<li><button class="ask" data-ask="{escape(question)}">{escape(question)}</button></li>'
        for question in map(tidy_question, answer.suggestions)
    )
    next_ones = (
        f'<div class="next last-only"><h4>Ask next</h4><ul>{asked}</ul></div>' if asked else ""
    )
    return (
        f'<footer class="actions"><div class="tools">{tools}</div>'
        '<form class="reason" hidden><label>What was right or wrong? (optional)'
        '<input name="reason" maxlength="500" autocomplete="off"></label>'
        '<button class="rw-button">Send</button></form>'
        f'<p class="said" role="status"></p>{next_ones}</footer>'
    )


def answer_as_text(answer: Answer) -> str:
    """Return an answer as Markdown with its sources and notes, to be copied or exported."""
    parts = [answer.text]
    parts += [f"*{note.text}*" for note in answer.notes]
    if answer.more:
        parts.append(f"More from the guide:\n\n{answer.more}")
    sources = [
        f"[{citation.n}] {said_by(citation.role, citation.years)}, line {citation.lines}: "
        f"“{citation.quote}”"
        for citation in (*answer.citations, *answer.more_citations)
    ]
    if sources:
        parts.append("Sources:\n\n" + "\n".join(f"- {source}" for source in sources))
    return "\n\n".join(parts)
