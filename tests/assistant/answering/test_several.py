import pytest

from assistant.answering.check import is_verbatim
from assistant.answering.coverage import is_covered
from assistant.answering.quotes import LONGEST
from assistant.retrieval import retrieve, understand

LONGEST_GIST = 30  # words


def numbers_of(answer):
    return [citation.n for citation in (*answer.citations, *answer.more_citations)]


def test_two_questions_get_two_answers(assistant):
    answer = assistant.ask("Is NVLink worth it? And do I need a blower card?")
    assert answer.text.startswith("No. NVLink")
    assert any("blower" in citation.quote for citation in answer.citations)
    assert numbers_of(answer) == list(range(1, len(numbers_of(answer)) + 1))


def test_each_answer_cites_its_own_quotes(assistant):
    answer = assistant.ask("Should I buy an SSD, and is water cooling worth it for two GPUs?")
    paragraphs = answer.text.split("\n\n")
    assert "SSD" in paragraphs[0]
    assert "[1]" in paragraphs[0]
    second = next(text for text in paragraphs if text.startswith("No. Water cooling"))
    assert "[2]" in second
    assert all(is_verbatim(citation.quote, citation.lines) for citation in answer.citations)


def test_what_was_not_calculated_is_quoted_below(assistant):
    answer = assistant.ask(
        "Should I buy an SSD, and how big should the power supply be for two 250 W cards?"
    )
    assert answer.text.startswith("Power supply: **850 W**")
    assert "SSD" in answer.citations[-1].quote
    assert numbers_of(answer) == list(range(1, len(numbers_of(answer)) + 1))


def test_each_component_gets_an_answer_about_it(assistant):
    answer = assistant.ask("AMD processors and AMD GPUs: what is advised on each?")
    topics = {
        card.topics[0]
        for card in assistant.corpus.cards
        for citation in answer.citations
        if card.lines.overlaps(citation.lines)
    }
    assert {"amd_cpu", "amd_gpu"} <= topics


def test_two_calculations_are_done_in_the_order_asked_for(assistant):
    answer = assistant.ask(
        "What PSU for 3x 2080 Ti and a 9900K? And what does a month of it cost at 0.25 €/kWh?"
    )
    assert [each.calculator for each in answer.calculations] == ["psu", "energy_cost"]
    assert answer.text.startswith("Power supply: **1,100 W** [1][2]")
    assert "Cost: **154.32 €** [3]" in answer.text
    assert numbers_of(answer) == list(range(1, len(numbers_of(answer)) + 1))


def test_a_part_needs_a_share_of_the_threshold(assistant):
    corpus, index = assistant.corpus, assistant.index
    asked = understand(corpus, index.encoder, "Which brand of thermal paste does Tim use?", [])
    hits = retrieve(index, asked)
    assert not is_covered(corpus, index, asked, hits)
    assert is_covered(corpus, index, asked, hits, share=0.0)


def test_a_third_answer_too_long_for_the_page_has_its_quotes_wait_for_more(assistant):
    answer = assistant.ask(
        "Which GPU is best value? How much RAM do I need? And do more monitors help me work?"
    )
    assert len(answer.text.split()) <= LONGEST + LONGEST_GIST
    assert "monitor" in answer.text
    assert numbers_of(answer) == list(range(1, len(numbers_of(answer)) + 1))
    answer = assistant.ask(
        "Compare NVLink, PCIe lanes and InfiniBand for training on several GPUs."
    )
    assert answer.text.split("\n\n")[-1].startswith("As of about 2015: Cheap InfiniBand")
    assert "FDR card" in answer.more
    assert not answer.more_citations


def test_what_holds_for_one_card_is_no_yes_for_four(assistant):
    answer = assistant.ask("4x RTX 2080 Ti and a 9900K: what PSU do I need, is air cooling enough?")
    assert "Yes. A single" not in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "How high is Mount Everest, and who climbed it first?",
        "What pizza is best? And how do I bake it?",
    ],
)
def test_two_questions_about_something_else_are_refused(assistant, question):
    assert assistant.ask(question).outcome == "not_covered"


def test_a_question_that_got_no_answer_is_named(assistant):
    answer = assistant.ask("Is ECC memory worth it, and how do I flash the vBIOS of an RTX 5090?")
    assert answer.outcome == "answered"
    assert "ECC" in answer.citations[0].quote
    assert "how do I flash the vBIOS" in answer.notes[-1].text
    assert answer.notes[-1].kind == "gap"


def test_a_question_that_got_no_answer_is_named_beside_a_calculation(assistant):
    answer = assistant.ask("What PSU for 3x 2080 Ti and a 9900K? And what colour is the case?")
    assert answer.text.startswith("Power supply: **1,100 W**")
    assert "what colour is the case" in answer.notes[-1].text


def test_where_nothing_is_covered_the_whole_is_refused(assistant):
    answer = assistant.ask("Who won the football cup, and how do I flash the vBIOS of an RTX 5090?")
    assert answer.outcome == "not_covered"
    assert not any("was found to answer" in note.text for note in answer.notes)


def test_no_quote_is_given_twice(assistant):
    answer = assistant.ask(
        "Compare what is said on clocking up graphics cards by the author in different years"
    )
    quotes = [citation.quote for citation in (*answer.citations, *answer.more_citations)]
    assert len(quotes) == len(set(quotes))


def test_a_part_that_the_answer_cites_is_not_called_missing(assistant):
    answer = assistant.ask(
        "How do RAM size and RAM clock each matter, and how much should I buy for a Titan RTX?"
    )
    assert "24 GB" in answer.text
    assert not any("was found to answer" in note.text for note in answer.notes)
