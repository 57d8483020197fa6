"""The Markdown of our answers as Slack's mrkdwn, and its texts made harmless."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

# Slack has no escape for its formatting characters: where one could open or close formatting,
# a character that looks the same stands in. Quotes are never changed: they are no mrkdwn.
_FORMATTING = re.compile(r"(?<!\w)[*_~`](?=\S)|(?<=\S)[*_~`](?!\w)")
_LIKE = {"*": "∗", "_": "ˍ", "~": "∼", "`": "ˋ"}
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
_UNKEPT = re.compile("[\ud800-\udfff\0]")  # half a character, or none: no database keeps it
_REFERENCE = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")

# Our answers have paragraphs, lists, quotes and emphasis: nothing else is read as markup, so that
# no link, image, heading or code can come out of a text.
_PARSER = MarkdownIt("commonmark").disable(
    ["link", "image", "autolink", "html_block", "html_inline", "heading", "lheading", "code",
     "fence", "hr", "reference", "backticks"]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Text:
    """A stretch of an answer as mrkdwn."""

    mrkdwn: str


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation, as literal lines: Slack shows it without reading it."""

    lines: tuple[str, ...]


Piece = Text | Quote


def escape(text: str) -> str:
    """Escape what Slack would take for a mention, a link or an entity."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def literal(text: str) -> str:
    """Return a text that mrkdwn shows as it stands: no mention, no link, no formatting."""
    return escape(_FORMATTING.sub(lambda found: _LIKE[found.group()], text))


def as_pieces(markdown: str) -> list[Piece]:
    """Read the Markdown of an answer: mrkdwn and quotes, in order."""
    pieces: list[Piece] = []
    tokens = _PARSER.parse(markdown)
    at = 0
    while at < len(tokens):
        end = _end_of(tokens, at)
        inside = tokens[at : end + 1]
        if tokens[at].type == "blockquote_open":
            pieces.append(Quote(tuple(_plain_lines(inside))))
        else:
            pieces.append(Text(_mrkdwn(inside)))
        at = end + 1
    return pieces


def as_mrkdwn(markdown: str) -> str:
    """Return the Markdown of an answer as one text, for notifications."""
    told = []
    for piece in as_pieces(markdown):
        if isinstance(piece, Quote):
            told.append("\n".join(f"> {literal(line)}" for line in piece.lines))
        else:
            told.append(piece.mrkdwn)
    return "\n\n".join(told)


def as_plain(mrkdwn: str, bot_user: str = "") -> str:
    """Return what a person wrote in Slack as plain text, without the mention of the bot."""

    def replace(found: re.Match[str]) -> str:
        sign, target, label = found.groups()
        if sign == "@":
            return "" if target == bot_user else f"@{label or 'somebody'}"
        if sign:
            return f"{sign if sign == '#' else ''}{label or target}"
        return label or target

    text = _REFERENCE.sub(replace, _UNKEPT.sub("\ufffd", mrkdwn))
    for entity, character in _ENTITIES:
        text = text.replace(entity, character)
    return text.strip()


def _end_of(tokens: Sequence[Token], start: int) -> int:
    depth = 0
    for at in range(start, len(tokens)):
        depth += tokens[at].nesting
        if depth == 0:
            return at
    return len(tokens) - 1


def _mrkdwn(tokens: Sequence[Token]) -> str:
    """Render paragraphs and lists; an item of a list begins a line."""
    told = ""
    depth = 0
    sign = ""
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            depth += 1
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            depth -= 1
        elif token.type == "list_item_open":
            sign = f"{'    ' * (depth - 1)}{f'{token.info}. ' if token.info else '• '}"
        elif token.type == "inline":
            told += f"{sign}{_inline(token)}\n"
            sign = ""
    return told.strip("\n")


def _inline(token: Token) -> str:
    signs = {"strong_open": "*", "strong_close": "*", "em_open": "_", "em_close": "_",
             "softbreak": "\n", "hardbreak": "\n"}  # fmt: skip
    return "".join(signs.get(child.type, literal(child.content)) for child in token.children or ())


def _plain_lines(tokens: Sequence[Token]) -> list[str]:
    """Return the text of each paragraph; in an item of a list, after its bullet."""
    lines = []
    sign = ""
    for token in tokens:
        if token.type == "list_item_open":
            sign = f"{token.info}. " if token.info else "• "
        elif token.type == "inline":
            breaks = ("softbreak", "hardbreak")
            told = "".join(
                "\n" if child.type in breaks else child.content for child in token.children or ()
            )
            lines += f"{sign}{told}".split("\n")
            sign = ""
    return lines
