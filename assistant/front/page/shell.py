"""The fixed parts of the page as HTML: header, history, composer, empty chat, sources panel."""

from __future__ import annotations

from html import escape

from assistant.front.page.examples import SUBJECTS, questions_on
from assistant.front.page.exchange import exchange_html
from assistant.front.page.icons import icon
from assistant.understand.question import LONGEST
from corpus.load import Corpus
from corpus.reader import SOURCE

_MARK = (
    '<svg class="rw-mark" viewBox="0 0 28 28" width="28" height="28" aria-hidden="true">'
    '<rect x="3" y="4" width="22" height="5" rx="1.5"/>'
    '<rect x="3" y="11.5" width="22" height="5" rx="1.5"/>'
    '<rect x="3" y="19" width="22" height="5" rx="1.5"/>'
    '<path d="M6.5 6.5h8M6.5 14h5M6.5 21.5h11"/></svg>'
)


def header_html(model: str) -> str:
    """Return the header: name, what it answers from, the mode with its meaning, the theme."""
    name, meaning = mode_in_words(model)
    return (
        '<header class="rw-header">'
        f'<button class="tool rw-history-open" aria-label="History" aria-expanded="false" '
        f'aria-controls="rw-history">{icon("menu")}</button>'
        f'<a class="rw-brand" href="#chat">{_MARK}<span>Rigwise</span></a>'
        f'<p class="rw-mode"><strong>{escape(name)}</strong><span>{escape(meaning)}</span></p>'
        f'<button class="tool rw-theme">{icon("theme")}<span>System</span></button>'
        "</header>"
    )


def mode_in_words(model: str) -> tuple[str, str]:
    """Return the name of the mode in use and what it means; model is empty in quotes mode."""
    if not model:
        return (
            "Quotes mode",
            "Answers are the guide’s own words, put together without a language model.",
        )
    return (
        "Model mode",
        f"{model} writes the answers; every sentence is checked against the guide, and what it "
        "does not support is removed.",
    )


def history_html() -> str:
    """Return the sidebar, to be filled by the script."""
    return (
        '<nav class="rw-history" id="rw-history" aria-label="Conversations">'
        '<div class="rw-history-head">'
        f'<button class="rw-button" data-do="new">{icon("new")}New conversation</button>'
        f'<button class="tool rw-history-close" aria-label="Close the history">{icon("close")}'
        '</button></div><p class="rw-problem" hidden></p><ul></ul>'
        '<p class="rw-hint">Kept for this browser. Your conversations appear here.</p></nav>'
        '<div class="rw-scrim" hidden></div>'
        f'<template data-icon="edit">{icon("edit")}</template>'
        f'<template data-icon="delete">{icon("delete")}</template>'
    )


def chat_html(corpus: Corpus) -> str:
    """Return the chat: the conversation's head, what to begin with, and room for exchanges."""
    return (
        '<div class="rw-conversation">'
        '<div class="rw-head" hidden><h1></h1><div class="tools">'
        f'<button class="tool" data-do="link">{icon("link")}<span>Copy link</span></button>'
        f'<button class="tool" data-do="markdown">{icon("save")}<span>Markdown</span></button>'
        f'<button class="tool" data-do="json">{icon("save")}<span>JSON</span></button></div></div>'
        f"{_welcome(corpus)}"
        '<div class="rw-exchanges" role="log" aria-label="Conversation" aria-live="polite"></div>'
        f'<template class="rw-exchange">{exchange_html("", "")}</template></div>'
    )


def _welcome(corpus: Corpus) -> str:
    chips = "".join(
        f'<button class="chip" aria-pressed="{"false" if n else "true"}" data-subject="{n}">'
        f"{escape(subject.name)}</button>"
        for n, subject in enumerate(SUBJECTS)
    )
    lists = "".join(
        f'<ul data-subject="{n}"{" hidden" if n else ""}>{_asked(questions)}</ul>'
        for n, questions in enumerate(questions_on(corpus, subject) for subject in SUBJECTS)
    )
    return (
        '<section class="rw-welcome"><h1>What are you building?</h1>'
        f"<p>Ask about hardware for deep learning. Every answer rests on <cite>{SOURCE.title}"
        f"</cite> by {SOURCE.author} and its comments, 2015 to 2019, and shows the lines.</p>"
        f'<div class="chips" role="group" aria-label="Subjects">{chips}</div>{lists}</section>'
    )


def _asked(questions: tuple[str, ...]) -> str:
    return "".join(
        f'<li><button class="ask" data-ask="{escape(question)}">{escape(question)}</button></li>'
        for question in questions
    )


def composer_html() -> str:
    """Return the box to write in, with what is to be said about it above."""
    return (
        '<form class="rw-composer" aria-label="Ask">'
        '<p class="rw-editing" hidden><span>Editing your last question</span>'
        f'<button type="button" class="tool" data-do="cancel">{icon("close")}<span>Cancel</span>'
        "</button></p>"
        '<p class="rw-trouble" role="status" hidden></p>'
        '<p class="rw-problem" role="alert" hidden></p>'
        '<div class="rw-box"><label class="rw-unseen" for="rw-question">Your question</label>'
        '<textarea id="rw-question" rows="1" placeholder="4x 2080 Ti, what PSU?" '
        f'data-longest="{LONGEST}" enterkeyhint="send" aria-describedby="rw-keys"></textarea>'
        f'<button class="rw-send" aria-label="Ask">{icon("send")}</button>'
        f'<button type="button" class="rw-stop" data-do="stop" aria-label="Stop" hidden>'
        f"{icon('stop')}</button></div>"
        '<p class="rw-below"><span id="rw-keys">Enter asks, Shift+Enter starts a new line, '
        '/ comes back here</span><span class="count" hidden></span></p></form>'
    )


def panel_html() -> str:
    """Return the sources panel and the card that shows a quote beside its number."""
    return (
        '<aside class="rw-panel" aria-label="Source" hidden>'
        '<header><h2>Source</h2><p class="at" aria-live="polite"></p>'
        f'<button class="tool" data-do="previous" aria-label="Previous citation">'
        f"{icon('previous')}</button>"
        f'<button class="tool" data-do="following" aria-label="Next citation">{icon("next")}'
        f'</button><button class="tool" data-do="close" aria-label="Close the source">'
        f'{icon("close")}</button></header><div class="body" tabindex="-1"></div></aside>'
        '<div class="rw-panel-scrim" hidden></div>'
        '<div class="rw-card" id="rw-card" role="tooltip" hidden></div>'
    )
