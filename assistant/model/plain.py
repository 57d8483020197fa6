"""Untrusted text made plain: what the model is shown, and what it wrote."""

from __future__ import annotations

import html
import re
import unicodedata

LONGEST = 12_000  # characters of a model's answer that are looked at
# Control characters, zero-width and bidi marks, surrogates, private and unassigned code points.
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}
_TERMINAL = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?)"
)  # its commands
_MARKER = re.compile(r"\[(\s*\^?\d+(?:\s*[,;]\s*\d+)*\s*)\]")
LINK = re.compile(r"(?i)\b(?:[a-z][a-z0-9+.-]{1,20}:(?://|(?<=mailto:)|(?<=javascript:)|(?<=data:))"
                  r"|www\.)\S*")  # fmt: skip
# How texts talk to a model; no line of the guide does.
_TO_A_MODEL = re.compile(
    r"(?im)\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:instructions?|prompts?|rules)\b"
    r"|\b(?:system|developer) (?:prompt|message)\b|\bnew instructions\b"
    r"|\b(?:you are|act as|pretend to be)\b.{0,30}\b(?:ai|assistant|language model|chatbot|llm)\b"
    r"|\b(?:ai|language) (?:models?|assistants?)\b.{0,60}\b(?:must|should|reply|answer|say|write)\b"
    r"|(?:^|[.!?]\s)\W*(?:system|assistant|developer|human|user)\s*:|<\|?/?(?:system|im_start|im_end|inst)\b"
    r"|\[/?inst\]|\b(?:reply|respond|answer) only with\b|\btell (?:the|all|every) users?\b"
)
_MARKUP = (
    (re.compile(r"(?m)^\s*(?:```|~~~).*$"), ""),  # code fences
    (re.compile(r"!\[[^\]\n]*\](?:\([^)\n]*\)|\[[^\]\n]*\])?"), ""),  # images
    (re.compile(r"(?m)^\s*\[[^\]\n]+\]:\s*\S+.*$"), ""),  # definitions of links
    (re.compile(r"\[(\d+)\]\([^)\n]*\)"), r"[\1]"),  # a citation dressed up as a link
    (re.compile(r"\[([^\]\n]*)\]\([^)\n]*\)"), r"\1"),  # links
    (re.compile(r"<!--.*?-->|</?[A-Za-z][^<>]*>", re.DOTALL), ""),  # HTML, <https://…>
    (re.compile(r"(?m)^\s*#{1,6}\s.*$"), ""),  # headings
    (re.compile(r"(?m)^\s*(?:>\s?)+"), ""),  # block quotes
    (re.compile(r"(?m)^\s*[-*_=](?:\s?[-*_=]){2,}\s*$"), ""),  # rules
    (re.compile(r"`|\*\*|__|~~"), ""),
    (re.compile(r"(?<![\d\s])\*|\*(?![\d\s])"), ""),  # *stress*, but not 4 * 250 or 4*250
)


def drop_unseen(text: str) -> str:
    """Remove control and invisible characters; line breaks stay."""
    return "".join(
        character
        for character in _TERMINAL.sub("", text).replace("\t", " ").replace("\r\n", "\n")
        if character == "\n" or unicodedata.category(character) not in _UNSEEN
    )


def speaks_to_model(text: str) -> bool:
    """Tell whether a text gives instructions to a model rather than saying something."""
    plain = unicodedata.normalize("NFKC", html.unescape(drop_unseen(text)))
    return _TO_A_MODEL.search(plain) is not None


def as_data(text: str) -> str:
    """Return a text of the source as it is put before a model: data that cannot look like ours.

    Tags are escaped, so none can end the passage, and bracketed numbers get wide brackets, so none
    can pass for a citation.
    """
    text = _MARKER.sub(lambda found: f"［{found[1]}］", drop_unseen(text))
    return html.escape(text, quote=False)


def strip_markup(text: str) -> str:
    """Return what a model wrote without markup, links, images and invisible characters."""
    text = drop_unseen(html.unescape(text[:LONGEST]))
    for pattern, replacement in _MARKUP:
        text = pattern.sub(replacement, text)
    return text.strip()
