import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.records import answer_from_json
from assistant.types import Answer, Calculation, Citation, Figure, Note, ScoredLines
from corpus.types import Lines, Years

WORDS = st.text(max_size=20)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(2**60), 2**60)
LINES = st.builds(Lines, st.integers(1, 2000), st.integers(1, 2000))
YEARS = st.builds(Years, st.integers(2014, 2026), st.integers(2014, 2026))
VALUES = st.recursive(
    st.none() | st.booleans() | WORDS | st.builds(Figure, NUMBERS, WORDS),
    lambda inner: st.lists(inner | st.integers(), max_size=3).map(tuple),
    max_leaves=5,
)
CITATIONS = st.builds(
    Citation,
    n=st.integers(1, 99),
    lines=LINES,
    quote=WORDS,
    role=st.sampled_from(["article", "author", "reader"]),
    section=st.none() | WORDS,
    years=YEARS,
)


def tuples(items):
    return st.lists(items, max_size=3).map(tuple)


CALCULATIONS = st.builds(
    Calculation,
    calculator=WORDS,
    inputs=st.dictionaries(WORDS, VALUES, max_size=3),
    results=st.dictionaries(WORDS, VALUES, max_size=3),
    steps=tuples(WORDS),
    lines=tuples(LINES),
    notes=tuples(WORDS),
)
ANSWERS = st.builds(
    Answer,
    question=WORDS,
    mode=st.sampled_from(["quotes", "model"]),
    outcome=st.sampled_from(["answered", "not_covered", "needs_input", "invalid_input"]),
    text=WORDS,
    citations=tuples(CITATIONS),
    passages=tuples(
        st.builds(ScoredLines, LINES, st.floats(0, 1).map(lambda score: round(score, 4)))
    ),
    calculations=tuples(CALCULATIONS),
    notes=tuples(st.builds(Note, st.sampled_from(["gap", "assumption"]), WORDS)),
    timings_ms=st.dictionaries(
        WORDS, st.floats(0, 1e6).map(lambda ms: round(ms, 2)), max_size=3
    ),
    more=WORDS,
    more_citations=tuples(CITATIONS),
    suggestions=tuples(WORDS),
    unsupported=st.integers(0, 9),
)  # fmt: skip


@given(ANSWERS)
def test_an_answer_comes_back_as_it_went(answer):
    assert answer_from_json(json.loads(json.dumps(answer.to_json()))) == answer


@given(ANSWERS)
def test_the_types_come_back_too(answer):
    back = answer_from_json(json.loads(json.dumps(answer.to_json())))
    assert repr(back) == repr(answer)


@pytest.mark.parametrize(
    "question",
    ["Is x8 enough for two cards?", "How many watts for four 250 W GPUs?", "Who won the cup?", ""],
)
def test_real_answers_come_back(assistant, question):
    row = json.loads(json.dumps(assistant.ask(question).to_json()))
    assert answer_from_json(row).to_json() == row
