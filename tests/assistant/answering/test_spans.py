"""Where a quote begins, and whether it says all that it is shown for."""

import pytest

from assistant.answering.spans import best_spans, widened
from assistant.answering.support import says_every_part
from corpus.sentences import sentences_of
from corpus.types import Lines


def test_a_quote_about_these_cards_says_which():
    sentences = sentences_of(Lines(9, 9))
    number = next(n for n, s in enumerate(sentences) if s.text.startswith("If you use these"))
    assert widened(sentences, number).text.startswith("For good cost/performance")


def test_the_number_of_a_point_is_not_quoted(assistant):
    passage = next(p for p in assistant.index.passages if p.lines == Lines(1172, 1172))
    vector = assistant.index.encoder.encode(["16-bit on a GTX card"])[0]
    assert best_spans(assistant.index, passage, vector)[0].text.startswith("You can have 16-bit")


def test_what_a_quote_announces_belongs_to_it():
    announced = widened(sentences_of(Lines(26, 30)), 0).text
    assert announced.startswith("Putting this together")
    assert announced.endswith("216 milliseconds (ms)")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Air cooling is safe for one card, and water keeps four cards cool.", True),
        ("Air cooling is safe for one card.", False),
    ],
)
def test_a_quote_has_every_part_or_not(text, said):
    claim = "Air cooling is safe for one card, while water cooling keeps four cards cool"
    assert says_every_part(claim, text) == said


def test_the_figure_asked_for_is_quoted(assistant):
    answer = assistant.ask("what would water cooling set me back for each card, plus one-off bits?")
    assert any("$100" in citation.quote for citation in answer.citations)


def test_an_answer_does_not_begin_with_the_question_that_somebody_quoted(assistant):
    passage = next(p for p in assistant.index.passages if p.lines == Lines(1008, 1009))
    question = "will tensorflow take care of the parallelism and use both GPUs automatically?"
    vector = assistant.index.encoder.encode([question])[0]
    first = best_spans(assistant.index, passage, vector)[0]
    assert first.text.startswith("You have to manually design your code")


def test_a_quote_of_a_result_says_of_what():
    sentences = sentences_of(Lines(72, 72))
    number = next(n for n, s in enumerate(sentences) if s.text.startswith("The result is"))
    assert number > 0
    assert not widened(sentences, number).text.startswith("The result is")
