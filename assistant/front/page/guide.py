"""The guide tab: the whole source, fetched once when the tab is first opened."""

from __future__ import annotations

from dataclasses import asdict
from functools import cache
from typing import Any

import gradio as gr

from assistant.answering.phrasing import said_by
from assistant.assistant import Assistant
from assistant.errors import InvalidInput, RigwiseError
from assistant.front.page.guide_form import guide_html
from assistant.front.page.timeline import history_html, subjects_html
from assistant.guide import Guide
from assistant.guide_search import ALL_ROLES, ALL_YEARS, Place, Wanted
from corpus.types import Years

LOADING = '<p class="rw-hint guide-loading" role="status">Opening the guide …</p>'
START = "window.rigwiseGuide?.start(element, server);"


def add_guide(assistant: Assistant) -> None:
    """Add the guide to the tab that is open. Its text is no part of the page's first load."""

    @cache  # the source does not change while the server runs
    def source() -> Guide:
        return assistant.guide()

    @cache
    def whole() -> str:
        return guide_html(source())

    def read_guide(_: object = None) -> str:
        return whole()

    def list_subjects(_: object = None) -> str:
        return subjects_html(assistant.changes(), source().topics)

    def read_history(change_id: object = None) -> dict[str, Any]:
        try:
            return {"html": history_html(assistant.history(str(change_id)))}
        except RigwiseError as error:
            return {"problem": str(error)}

    def find_near(request: object = None) -> dict[str, Any]:
        return find_places(assistant, request)

    gr.HTML(
        html_template=LOADING,
        js_on_load=START,
        server_functions=[read_guide, list_subjects, read_history, find_near],
        apply_default_css=False,
        elem_id="the-guide",
    )


def find_places(assistant: Assistant, request: object) -> dict[str, Any]:
    """Return the places near in meaning to what the page sent, or what is wrong with it."""
    try:
        words, wanted = wanted_from(request)
        places = assistant.search_guide(words, wanted)
    except RigwiseError as error:
        return {"problem": str(error)}
    return {"places": [place_json(place) for place in places]}


def wanted_from(request: object) -> tuple[str, Wanted]:
    """Read the words and the filters that the page sent.

    :raises InvalidInput: they have not the form that the page sends.
    """
    if not isinstance(request, dict) or not isinstance(request.get("words"), str):
        raise InvalidInput("The search was not understood. Reload the page and try again.")
    try:
        roles = frozenset(request.get("roles", ALL_ROLES)) & ALL_ROLES
        years = Years(int(request.get("from", ALL_YEARS.first)),
                      int(request.get("to", ALL_YEARS.last)))  # fmt: skip
    except (TypeError, ValueError) as error:
        raise InvalidInput("The filters were not understood. Clear them and try again.") from error
    topic = request.get("topic")
    return request["words"], Wanted(
        roles, years, topic if isinstance(topic, str) and topic else None
    )


def place_json(place: Place) -> dict[str, Any]:
    """Return a place as the page lists it."""
    return {**asdict(place), "said": said_by(place.role, place.years)}
