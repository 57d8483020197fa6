"""What a follow-up is searched for by: its own words, the question before, the answer before."""

import numpy as np
import pytest

from assistant.retrieval import retrieve, understand
from assistant.types import Turn
from assistant.understand.followups import standalone


def understood(assistant, asked, answer, question):
    history = [Turn("user", asked), Turn("assistant", answer)]
    return understand(assistant.corpus, assistant.index.encoder, question, history)


def test_the_answer_before_tells_what_is_meant(assistant):
    asked = understood(
        assistant,
        "Does the author think that a gaming laptop makes sense?",
        "He would take one with a GTX 10 series GPU, which is close to the desktop cards.",
        "and which of them does he carry around himself?",
    )
    assert "GTX 10 series" in asked.words
    assert retrieve(assistant.index, asked)


def test_of_a_long_answer_only_what_it_says_first_is_searched_for(assistant):
    quoted = "Water cooling is quieter. [1]\n\n> “a long quote about pumps” [1]\n>\n> — the guide"
    asked = understood(
        assistant, "Is water cooling any good?", quoted, "and how much does it cost?"
    )
    assert "Water cooling is quieter." in asked.words
    assert "pumps" not in asked.words
    assert "[1]" not in asked.words


def test_what_stands_for_a_whole_question_is_searched_for_as_that(assistant):
    encode = assistant.index.encoder.encode
    asked = understood(assistant, "Are lanes important for two GPUs?", "No.", "what about eight?")
    assert asked.question == "Are lanes important for eight GPUs?"
    assert np.allclose(asked.vector, encode([asked.question])[0], atol=1e-5)


@pytest.mark.parametrize(
    "question",
    [
        "New topic: how do I mount it?",
        "Another question: is it loud?",
        "ok, other thing: why RAID?",
    ],
)
def test_what_says_that_it_is_another_subject_stands_alone(question):
    assert standalone(question, [Turn("user", "Is ECC RAM needed?")]) == question


def test_a_slip_does_not_hide_what_is_asked(assistant):
    answer = assistant.ask("extrnal GPU fast enough for deep lerning?")
    assert answer.outcome == "answered"
    assert answer.question == "extrnal GPU fast enough for deep lerning?"
