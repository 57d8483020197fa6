"""An answer's Markdown as HTML in which nothing but our own citations can be a link."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from assistant.answering.check import fold

_MARKER = re.compile(r"\[(\d{1,4})\]")
# All that could load something, lead away or let raw HTML through.
_REFUSED = ["link", "image", "autolink", "html_inline", "html_block", "reference", "heading",
            "lheading", "code"]  # fmt: skip


def blocks_of(text: str, links: Mapping[int, str], left_out: Sequence[str] = ()) -> list[str]:
    """Return the blocks of a Markdown text as HTML, each fit to be shown by itself.

    links are the HTML of the citations by number; a marker without one is dropped. A list whose
    every item stands in left_out is skipped: it is shown elsewhere.
    """
    skipped = {fold(item) for item in left_out}
    found = []
    for tokens in _top_level(_PARSER.parse(text)):
        if skipped and tokens[0].type == "bullet_list_open" and _items(tokens) <= skipped:
            continue
        _mark_attributions(tokens)
        found.append(_PARSER.renderer.render(tokens, _PARSER.options, {"links": links}).strip())
    return found


def _top_level(tokens: Sequence[Token]) -> list[list[Token]]:
    groups: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        groups[-1].append(token)
        depth += token.nesting
        if depth == 0:
            groups.append([])
    return [group for group in groups if group]


def _items(tokens: Sequence[Token]) -> set[str]:
    return {
        fold("".join(child.content for child in token.children or ()))
        for token in tokens
        if token.type == "inline"
    }


def _mark_attributions(tokens: Sequence[Token]) -> None:
    """Give the line below a quote, "— the guide, December 2018", a class of its own."""
    if tokens[0].type != "blockquote_open":
        return
    for opening, inline in pairwise(tokens):
        if opening.type == "paragraph_open":
            opening.attrSet("class", "by" if inline.content.startswith("— ") else "rw-quote")


def _read_marker(state: StateInline, silent: bool) -> bool:
    found = _MARKER.match(state.src, state.pos)
    if not found:
        return False
    if not silent:
        state.push("citation", "", 0).meta = {"n": int(found.group(1))}
    state.pos = found.end()
    return True


def _render_marker(
    _renderer: RendererProtocol,
    tokens: Sequence[Token],
    at: int,
    _options: OptionsDict,
    env: Mapping[str, Any],
) -> str:
    return str(env["links"].get(tokens[at].meta["n"], ""))


def _build_parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable(_REFUSED)
    parser.inline.ruler.before("link", "citation", _read_marker)
    parser.add_render_rule("citation", _render_marker)
    return parser


_PARSER = _build_parser()
