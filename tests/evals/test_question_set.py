"""The product's questions with what both assessors said."""

import re
from dataclasses import replace

import pytest
from click.testing import CliRunner

from corpus.types import Lines
from evals.question_set import (
    Judged,
    answered_questions,
    first_judgement,
    main,
    own_questions,
    reworded,
    second_assessment,
    second_facts,
    widened,
)


@pytest.fixture(scope="module")
def first():
    return {question.id: question for question in own_questions(assessors="first")}


def test_every_judgement_is_of_a_known_question_and_a_place_of_its_own(first):
    judged = list(second_assessment())
    assert judged
    assert {one.question for one in judged} <= first.keys()
    assert len({(one.question, one.lines) for one in judged}) == len(judged)


def test_what_either_assessor_accepted_is_accepted(first):
    both = {question.id: question for question in own_questions()}
    for judged in second_assessment():
        if judged.judgement == "accepted":
            assert judged.lines in both[judged.question].accepted
    for id_, question in first.items():
        assert set(question.accepted) <= set(both[id_].accepted)
        assert question.cluster == both[id_].cluster


def test_a_place_is_added_once(first):
    question = replace(first["w1-001"], accepted=(Lines(5, 5),), helpful=())
    said = [
        Judged("w1-001", Lines(5, 5), "accepted"),
        Judged("w1-001", Lines(7, 7), "accepted"),
        Judged("w1-001", Lines(8, 8), "helpful"),
        Judged("w1-001", Lines(9, 9), "nothing"),
    ]
    wide = widened(question, said)
    assert wide.accepted == (Lines(5, 5), Lines(7, 7))
    assert wide.helpful == (Lines(8, 8),)
    assert wide.older == question.older


def test_the_first_judgement_of_a_place_is_the_best_list_it_touches(first):
    question = replace(
        first["w1-001"], accepted=(Lines(5, 6),), helpful=(Lines(8, 8),), older=(Lines(9, 9),)
    )
    spans = [Lines(4, 5), Lines(8, 9), Lines(9, 9), Lines(20, 20)]
    assert [first_judgement(question, lines) for lines in spans] == [
        "accepted",
        "helpful",
        "older",
        "nothing",
    ]


def test_halves_are_kept_apart():
    tune, report = answered_questions("tune"), answered_questions("report")
    assert tune
    assert report
    assert {question.half for question in tune} == {"tune"}
    assert not {question.id for question in tune} & {question.id for question in report}


def test_the_agreement_is_printed():
    printed = CliRunner().invoke(main).output
    assert "first and second assessor" in printed
    assert "Cohen's kappa of accepted: 0." in printed


def test_what_the_second_reader_added_belongs_to_facts_of_known_questions(first):
    for id_, added in second_facts().items():
        assert len(added) == len(first[id_].facts)
        for pattern in (pattern for fact in added for pattern in fact):
            assert not re.search(pattern, "The guide does not cover this.", re.IGNORECASE)


def test_a_fact_may_be_worded_as_either_reader_says(first):
    question = replace(next(iter(first.values())), facts=(("twice",), ("cheap",)))
    assert reworded(question, [["double"], []]).facts == (("twice", "double"), ("cheap",))
    assert reworded(question, None) is question
