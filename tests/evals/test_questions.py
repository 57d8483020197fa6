from collections import Counter
from itertools import chain

import pytest

from assistant.answering.coverage import unanswered_vectors
from corpus.reader import text_of
from evals.data import QUESTIONS, read_questions
from evals.overlap import TOO_LIKE, overlaps
from evals.question_set import own_questions


@pytest.fixture(scope="module")
def questions():
    return [
        question
        for path in sorted(QUESTIONS.glob("questions*.jsonl"))
        for question in read_questions(path)[0]
    ]


def test_no_line_is_broken():
    for path in sorted(QUESTIONS.glob("questions*.jsonl")):
        assert read_questions(path)[1] == []


def test_the_set_is_as_large_and_as_mixed_as_it_should_be(questions):
    kinds = Counter(question.kind for question in questions)
    assert len(questions) >= 300
    assert kinds["none"] + kinds["follow_up"] >= 60
    assert kinds["conflict"] >= 40
    assert all(kinds[kind] for kind in ("fact", "opinion", "table", "multi", "calc"))


def test_a_third_are_fragments(questions):
    short = [q for q in questions if len(q.question.split()) <= 8]
    assert len(short) >= len(questions) / 3


def test_the_halves_are_even_and_share_no_question(questions):
    halves = Counter(question.half for question in questions)
    assert abs(halves["tune"] - halves["report"]) <= 0.1 * len(questions)
    assert len({question.question.casefold() for question in questions}) == len(questions)


def test_accepted_lines_are_in_the_source(questions):
    for question in questions:
        for lines in (*question.accepted, *question.helpful, *question.older):
            assert text_of(lines).strip()


def test_follow_ups_have_a_history(questions):
    assert all(question.history for question in questions if question.kind == "follow_up")


def test_no_question_repeats_an_expected_question_of_a_card(questions, corpus, assistant):
    assert [str(o) for o in overlaps(corpus, assistant.index, questions)] == []


def test_a_repeated_question_would_be_refused(corpus, assistant, questions):
    from dataclasses import replace

    copied = replace(questions[0], question=corpus.cards[0].questions[0], history=())
    assert overlaps(corpus, assistant.index, [copied])


@pytest.mark.parametrize("name", ["development", "validation", "afar"])
def test_further_sets_are_whole_and_apart_from_the_report_half(assistant, name):
    further, broken = read_questions(QUESTIONS / f"{name}.jsonl")
    assert broken == []
    assert len({question.id for question in further}) == len(further)
    assert _likest(assistant, further, own_questions("report")) < TOO_LIKE


@pytest.mark.parametrize("name", ["validation", "afar"])
def test_nothing_learned_from_is_like_what_it_is_judged_by(assistant, name):
    judging = read_questions(QUESTIONS / f"{name}.jsonl")[0]
    development = read_questions(QUESTIONS / "development.jsonl")[0]
    assert _likest(assistant, judging, [*own_questions("tune"), *development]) < TOO_LIKE


def test_known_unanswered_questions_are_not_those_that_refusals_are_measured_on(assistant, corpus):
    further = [read_questions(QUESTIONS / f"{name}.jsonl")[0] for name in ("validation", "afar")]
    measured = [q.question for q in chain(*further, own_questions("report")) if not q.history]
    asked = assistant.index.encoder.encode(measured)
    known = unanswered_vectors(corpus, assistant.index)
    assert float((asked @ known.T).max()) < TOO_LIKE


def _likest(assistant, some, others):
    """The highest cosine of a question of some and one of others; follow-ups say too little."""
    encode = assistant.index.encoder.encode
    asked = encode([question.question for question in some if not question.history])
    known = encode([question.question for question in others if not question.history])
    return float((asked @ known.T).max())


def test_roundabout_questions_are_about_passages_with_a_card(corpus):
    questions, broken = read_questions(QUESTIONS / "roundabout.jsonl")
    assert broken == []
    assert {question.accepted[0] for question in questions} <= {card.lines for card in corpus.cards}
