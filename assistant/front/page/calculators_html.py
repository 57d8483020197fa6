"""The forms of the calculators as HTML: labels, controls with units, what matters first."""

from __future__ import annotations

from functools import cache
from html import escape

from assistant.calculators.registry import TITLES
from assistant.front.page.calculators_fields import Field, Form, Options
from assistant.front.page.calculators_forms import GROUPS
from corpus.load import load_hardware
from corpus.types import Hardware

RATINGS = ("80%", "white", "bronze", "silver", "gold", "platinum", "titanium")
_LISTS = {"gpu": "rw-gpus", "cpu": "rw-cpus", "rating": "rw-ratings"}


def calculators_html(first: str, result: str) -> str:
    """Return the list of calculators, a form for each, and the result of the one shown first."""
    forms = "".join(
        form_html(form, form.calculator == first) for _, forms in GROUPS for form in forms
    )
    return (
        f'<div class="rw-calculators">{_list(first)}<div class="rw-forms">{forms}</div>'
        f'<section id="calc-result" class="rw-sheet" aria-label="Result">{result}</section></div>'
        f'<p class="rw-unseen" role="status" id="calc-said"></p>{name_lists()}'
    )


def _list(first: str) -> str:
    """Return the list to choose from: links beside the form, one box to pick from when narrow."""
    groups = "".join(
        f"<li><h3>{group}</h3><ul>"
        + "".join(
            f'<li><button type="button" data-calculator="{form.calculator}"'
            f"{' aria-current=true' if form.calculator == first else ''}>"
            f"{TITLES[form.calculator]}</button></li>"
            for form in forms
        )
        + "</ul></li>"
        for group, forms in GROUPS
    )
    options = "".join(
        f'<optgroup label="{group}">'
        + "".join(
            f'<option value="{form.calculator}">{TITLES[form.calculator]}</option>'
            for form in forms
        )
        + "</optgroup>"
        for group, forms in GROUPS
    )
    return (
        f'<nav class="rw-calculator-list" aria-label="Calculators"><ul>{groups}</ul></nav>'
        '<div class="rw-calculator-pick rw-field"><label for="rw-pick">Calculator</label>'
        f'<div class="rw-control"><select id="rw-pick">{options}</select></div></div>'
    )


def form_html(form: Form, shown: bool) -> str:
    """Return the form of a calculator."""
    name, (ask, way) = form.calculator, next(form.combinations())
    fields = [
        _field(form, field, f"rw-{name}-{index}", field.is_shown(ask, way))
        for index, field in enumerate(form.fields)
    ]
    first = "".join(html for field, html in zip(form.fields, fields, strict=True) if not field.more)
    more = "".join(html for field, html in zip(form.fields, fields, strict=True) if field.more)
    return (
        f'<form class="rw-form" data-calculator="{name}" novalidate autocomplete="off"'
        f'{"" if shown else " hidden"} aria-label="{TITLES[name]}">'
        f"<h2>{TITLES[name]}</h2><p>{escape(form.purpose)}</p>"
        f"{_switch(name, 'ask', 'What do you want to know?', form.asks)}"
        f"{_switch(name, 'way', form.way_label, form.ways, form.way_asks)}"
        f'<div class="rw-fields">{first}</div>'
        + (
            f'<details class="rw-more"><summary>More</summary><div class="rw-fields">{more}</div>'
            "</details>"
            if more
            else ""
        )
        + '<div class="rw-actions"><button type="button" class="rw-button" data-do="copy-link">'
        'Copy link</button><button type="button" class="rw-button" data-do="reset">'
        "Start over</button></div></form>"
    )


def _switch(calculator: str, kind: str, question: str, options: Options, asks: str = "") -> str:
    if len(options) < 2:
        return ""
    choices = _radios(f"{calculator}-{kind}", options, options[0][0])
    return (
        f'<fieldset class="rw-switch" data-switch="{kind}" data-asks="{asks}">'
        f"<legend>{question}</legend>{choices}</fieldset>"
    )


def _radios(name: str, options: Options, chosen: str) -> str:
    return '<div class="rw-choices">' + "".join(
        f'<label><input type="radio" name="{name}" value="{value}"'
        f"{' checked' if value == chosen else ''}><span>{escape(label)}</span></label>"
        for value, label in options
    ) + "</div>"  # fmt: skip


def _field(form: Form, field: Field, id: str, shown: bool) -> str:
    about = (
        f'class="rw-field" data-field="{field.name}" data-asks="{field.asks}" '
        f'data-ways="{field.ways}" data-value="{escape(field.value)}"'
        f"{'' if shown else ' hidden'}"
    )
    help = f'<p class="rw-help" id="{id}-help">{escape(field.help)}</p>' if field.help else ""
    problem = f'<p class="rw-field-problem" id="{id}-problem" hidden></p>'
    needed = ' <span class="rw-needed">needed</span>' if field.needed else ""
    if field.control == "radio":
        return (
            f"<fieldset {about}><legend>{escape(field.label)}{needed}</legend>"
            f"{_radios(id, field.options, field.value)}{help}{problem}</fieldset>"
        )
    described = f'aria-describedby="{id}-help {id}-problem"' if help else (
        f'aria-describedby="{id}-problem"')  # fmt: skip
    if field.control == "check":
        return (
            f'<div {about}><label class="rw-check"><input type="checkbox" id="{id}" value="true" '
            f"{described}>{escape(field.label)}</label>{help}{problem}</div>"
        )
    return (
        f'<div {about}><label for="{id}">{escape(field.label)}{needed}</label>'
        f'<div class="rw-control">{_control(field, id, described)}{_unit(field, id)}</div>'
        f"{help}{problem}</div>"
    )


def _control(field: Field, id: str, described: str) -> str:
    needed = ' aria-required="true"' if field.needed else ""
    if field.control == "choice":
        options = "".join(
            f'<option value="{value}"{" selected" if value == field.value else ""}>'
            f"{escape(label)}</option>"
            for value, label in field.options
        )
        return f'<select id="{id}" {described}{needed}>{options}</select>'
    names = f' list="{_LISTS[field.control]}"' if field.control in _LISTS else ""
    mode = ' inputmode="decimal"' if field.control in ("number", "share") else ""
    return (
        f'<input type="text" id="{id}" value="{escape(field.value)}"{names}{mode} '
        f'spellcheck="false" {described}{needed}>'
    )


def _unit(field: Field, id: str) -> str:
    if field.units:
        options = "".join(f'<option value="{unit}">{label}</option>' for unit, label in field.units)
        label = f"Unit of: {field.label}"
        return f'<select class="rw-units" id="{id}-unit" aria-label="{label}">{options}</select>'
    return f'<span class="rw-unit">{escape(field.unit)}</span>' if field.unit else ""


@cache
def name_lists(view: str = "") -> str:
    """Return the names that boxes suggest: cards, CPUs and boards, the newest first; ratings.

    A view's tab may be there without the others: each has lists of its own, by its prefix.
    """
    parts = sorted(load_hardware(), key=lambda part: part.released, reverse=True)
    ratings = "".join(f'<option value="{rating}"></option>' for rating in RATINGS)
    lists = "".join(
        f'<datalist id="{view}rw-{kind}s">'
        + "".join(
            f'<option value="{escape(part.model)}">{escape(_about(part))}</option>'
            for part in parts
            if part.kind == kind
        )
        + "</datalist>"
        for kind in ("gpu", "cpu", "chipset")
    )
    return f'{lists}<datalist id="{view}rw-ratings">{ratings}</datalist>'


def _about(part: Hardware) -> str:
    """Return what tells a part from its like: memory or cores, watts, year."""
    facts = (
        (part.memory_gb, "GB"),
        (part.cores, "cores"),
        (part.lanes, "lanes"),
        (part.power_w, "W"),
    )
    known = [f"{value:g} {unit}" for value, unit in facts if value is not None]
    return ", ".join([*known, str(part.release_year)])
