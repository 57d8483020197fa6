"""The calculators' forms, results and links: pure functions, whatever is typed."""

import importlib
import inspect
import json
import re
from html.parser import HTMLParser
from urllib.parse import parse_qs, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as some

from assistant.calculators.registry import get, names
from assistant.calculators.words import _WORDS, in_words, label_of, main_of
from assistant.front.page.calculators import UNREAD, answer_form
from assistant.front.page.calculators_forms import FORMS, GROUPS
from assistant.front.page.calculators_html import calculators_html
from assistant.front.page.calculators_links import calculator_link
from assistant.types import Figure

COMBINATIONS = [
    (name, ask, way) for name, form in FORMS.items() for ask, way in form.combinations()
]


def filled_in(name, ask, way):
    """What a form holds as it is first shown."""
    values = {}
    for field in FORMS[name].shown(ask, way).values():
        if field.value:
            unit = field.units[0][0] if field.units else ""
            values[field.name] = f"{field.value} {unit}".strip()
    return values


def read_link(link):
    """What the page's script reads from a link."""
    values = {name: unquote(found[0]) for name, found in parse_qs(link[1:]).items()}
    return values.pop("calc"), values.pop("ask", ""), values.pop("way", ""), values


class Structure(HTMLParser):
    """Ids, what labels are for, and what is labelled at all."""

    def __init__(self, text):
        super().__init__()
        self.ids, self.labels, self.described, self.controls = [], set(), set(), set()
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if "id" in found:
            self.ids.append(found["id"])
        if tag == "label" and "for" in found:
            self.labels.add(found["for"])
        self.described.update((found.get("aria-describedby") or "").split())
        ticked = found.get("type") in ("radio", "checkbox")  # their labels stand around them
        if tag in ("input", "select") and not ticked and "aria-label" not in found:
            self.controls.add(found["id"])


def test_there_is_a_form_for_every_calculator_in_one_group():
    listed = [form.calculator for _, forms in GROUPS for form in forms]
    assert sorted(listed) == sorted(names())


@pytest.mark.parametrize("name", names())
def test_a_form_offers_every_input_and_no_other(name):
    assert {field.name for field in FORMS[name].fields} == set(get(name).inputs.model_fields)


@pytest.mark.parametrize("name", names())
def test_what_a_calculator_must_have_is_marked_as_needed(name):
    must = {input for input, about in get(name).inputs.model_fields.items() if about.is_required()}
    for ask, way in FORMS[name].combinations():
        fields = FORMS[name].shown(ask, way)
        assert must <= {input for input, field in fields.items() if field.needed}


def test_every_control_has_its_label_and_no_id_stands_twice():
    found = Structure(calculators_html("psu", ""))
    assert found.controls == found.labels
    assert len(found.ids) == len(set(found.ids))
    assert found.described <= set(found.ids)


@pytest.mark.parametrize(("name", "ask", "way"), COMBINATIONS)
def test_every_question_has_a_result_as_soon_as_it_is_shown(assistant, name, ask, way):
    shown = answer_form(assistant, {"calculator": name, "inputs": filled_in(name, ask, way)})
    assert f'data-calculator="{name}"' in shown and "rw-problem" not in shown
    _, main = main_of(get(name).calculate(filled_in(name, ask, way)))
    assert f">{in_words(main)}</strong>" in shown


@pytest.mark.parametrize(("name", "ask", "way"), COMBINATIONS)
def test_a_link_leads_back_to_the_same_calculation(name, ask, way):
    made = get(name).calculate(filled_in(name, ask, way))
    at, asked, given, values = read_link(calculator_link(made))
    assert (at, asked) == (name, ask)
    assert not way or given == way
    assert set(values) <= set(FORMS[name].shown(asked, given))
    again = get(name).calculate(values)
    if name != "disk_read":  # bytes are shown with six digits: 20971500 for 20 MB
        assert again.results == made.results


def test_a_link_escapes_what_people_write():
    made = get("psu").calculate({"gpu": "2x RTX 2070, GTX 1070", "cpu_watts": 95})
    link = calculator_link(made)
    assert re.fullmatch(r"#[\w=&%.~-]+", link)
    assert read_link(link)[3]["gpu"] == "2x RTX 2070, GTX 1070"


def test_large_numbers_and_shares_are_written_as_people_do():
    memory = get("model_memory").calculate({"parameters": "1.5 billion", "gpu": "RTX 3090"})
    assert "parameters=1.5%20billion" in calculator_link(memory)
    run = get("energy_cost").calculate(
        {"power": 500, "duration": "2 days", "efficiency": 0.87, "utilisation": 0.5}
    )
    assert "efficiency=87%25" in calculator_link(run)
    assert "utilisation=50&" in calculator_link(run) + "&"


@pytest.mark.parametrize(("name", "ask", "way"), COMBINATIONS)
def test_every_result_has_words_of_its_own(name, ask, way):
    made = get(name).calculate(filled_in(name, ask, way))
    for result in made.results:
        assert "_" not in label_of(name, result)


def test_words_are_of_results_that_exist():
    for key in _WORDS:
        name, result = key.split(".")
        module = importlib.import_module(f"assistant.calculators.{name}")
        assert f'"{result}"' in inspect.getsource(module), key


@pytest.mark.parametrize(
    ("name", "inputs", "told", "field"),
    [
        ("psu", {"gpu": "RTX 2080 Ti", "cpu_watts": "-5"},
         "“Power of the CPU” must be from 0 to 5000 W, not -5.", "cpu_watts"),
        ("energy_cost", {"power": "1000", "price": "500", "duration": "2"},
         "“Price of a kWh” must be from 0 to 100 per kWh, not 500.", "price"),
        ("model_memory", {"parameters": "abc million"},
         "“Parameters of the model” must be a whole number from 1 to 10,000,000,000,000, "
         "not abc million.", "parameters"),
    ],
)  # fmt: skip
def test_a_mistake_is_one_sentence_in_the_words_of_the_form(assistant, name, inputs, told, field):
    shown = answer_form(assistant, {"calculator": name, "inputs": inputs})
    assert shown == (f'<p class="rw-problem problem" role="alert" data-field="{field}">{told}</p>')


def test_what_is_missing_is_no_alarm(assistant):
    shown = answer_form(assistant, {"calculator": "psu", "inputs": {}})
    assert 'role="status"' in shown and "“Graphics card” is missing" in shown


@given(
    some.recursive(
        some.none() | some.booleans() | some.integers() | some.text(max_size=20),
        lambda inner: (
            some.lists(inner, max_size=3)
            | some.dictionaries(some.sampled_from(["calculator", "inputs", "gpu"]), inner)
        ),
        max_leaves=8,
    )
)
def test_whatever_a_browser_sends_gets_one_line(sent):
    shown = answer_form(None, sent)  # type: ignore[arg-type]  # nothing may get as far as that
    assert shown == f'<p class="rw-problem problem" role="alert">{UNREAD}</p>'


@pytest.mark.parametrize("name", names())
def test_hostile_text_stays_text(assistant, name):
    hostile = '"><img src=x onerror=alert(1)>'
    for field in FORMS[name].fields:
        inputs = {**filled_in(name, *next(FORMS[name].combinations())), field.name: hostile}
        shown = answer_form(assistant, {"calculator": name, "inputs": inputs})
        assert "<img" not in shown


def test_steps_link_the_lines_that_they_name(assistant):
    inputs = filled_in("psu", "size", "")
    shown = answer_form(assistant, {"calculator": "psu", "inputs": inputs})
    assert 'href="#guide-62-62-0"' in shown
    assert 'data-who="the guide, December 2018"' in shown


def test_money_has_cents_and_whole_money_none():
    assert in_words(Figure(9.3333, "€")) == "9.33 €"
    assert in_words(Figure(84, "€")) == "84 €"
    assert json.dumps(in_words(True)) == '"yes"'
