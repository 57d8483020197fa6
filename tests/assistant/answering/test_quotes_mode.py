import re

import pytest

from assistant.answering.check import is_verbatim, numbers_in, supported_numbers
from assistant.answering.spans import NAMELESS
from assistant.types import Turn
from corpus.types import Lines

ENERGY = "2 weeks flat out on 4x 2080 Ti at 0.30 €/kWh with a gold PSU"


def notes(answer, kind):
    return [note.text for note in answer.notes if note.kind == kind]


def test_older_advice_is_shown_as_older_with_its_years(assistant):
    answer = assistant.ask("Is an external GPU over Thunderbolt any good?")
    assert answer.citations[0].lines.covers(1222)
    assert "2015" in notes(answer, "changed_advice")[0]


def test_what_may_not_hold_any_more_begins_with_its_year(assistant):
    assert assistant.ask("Should I wait for Pascal?").text.startswith("As of about 2016: ")
    assert "As of" not in assistant.ask("Do I need a fast CPU?").text


def test_newer_hardware_is_said_to_be_newer(assistant):
    answer = assistant.ask("how does the RTX 4090 compare in speed with an H100?")
    assert "RTX 4090" in notes(answer, "newer_hardware")[0]
    assert answer.outcome == "not_covered"


def test_a_lost_list_is_named(assistant):
    answer = assistant.ask("what are the memory requirements for gpus by use, research or kaggle?")
    assert answer.outcome in ("answered", "not_covered")
    assert all(is_verbatim(citation.quote, citation.lines) for citation in answer.citations)


def test_arithmetic_comes_first_and_cites_the_guide(assistant):
    answer = assistant.ask(ENERGY)
    assert answer.calculations[0].calculator == "energy_cost"
    assert answer.text.startswith("Cost: **112 €**")
    assert any(citation.lines.covers(65) for citation in answer.citations)


@pytest.mark.parametrize(
    ("question", "lines", "words"),
    [
        ("psu for 4 2080 ti and a threadripper 1950x", [62, 101], "additional 10% of watts"),
        ("How much RAM do I need with two 1080 Ti?", [19, 20], "matches your biggest GPU"),
    ],
)
def test_a_calculation_quotes_the_rules_that_it_applied(assistant, question, lines, words):
    answer = assistant.ask(question)
    assert [citation.lines.first for citation in answer.citations] == lines
    assert words in answer.citations[0].quote


def test_a_follow_up_changes_only_what_it_names(assistant):
    history = [Turn("user", ENERGY), Turn("assistant", "112 €")]
    before = assistant.ask(ENERGY).calculations[0]
    after = assistant.ask("make it one week", history).calculations[0]
    assert after.inputs["duration"].value == 168
    assert {n: v for n, v in after.inputs.items() if n != "duration"} == {
        n: v for n, v in before.inputs.items() if n != "duration"
    }


def test_nonsense_is_refused_with_the_input_and_its_range(assistant):
    answer = assistant.ask("500 lanes for 4 gpus split?")
    assert answer.outcome == "invalid_input"
    assert "cpu_lanes" in answer.text and "256" in answer.text


def test_a_pasted_build_is_checked(assistant):
    answer = assistant.ask(
        "please look over my build:\n4x RTX 2080 Ti\nIntel i9-9900K\n32 GB RAM\n1300 W PSU"
    )
    assert "**power**, worth a look" in answer.text
    assert answer.citations
    assert all(is_verbatim(citation.quote, citation.lines) for citation in answer.citations)


@pytest.mark.parametrize(
    "question",
    [
        "Is x8 enough for two cards?",
        "does overclocking help",
        ENERGY,
        "how much ram for kaggle",
        "blower or open fans for four gpus",
        "is a 2 core cpu fine for three cards",
    ],
)
def test_every_number_stands_in_a_quote_a_calculation_or_the_question(assistant, question):
    answer = assistant.ask(question)
    known = supported_numbers(answer.citations, answer.calculations) | numbers_in(question)
    years = {str(y) for c in answer.citations for y in c.years}
    assert numbers_in(answer.text) - known - years == set()


def test_more_holds_what_the_short_answer_leaves_out(assistant):
    answer = assistant.ask("which GPU should I buy?")
    numbers = [citation.n for citation in (*answer.citations, *answer.more_citations)]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize(
    ("question", "lead"),
    [
        (
            "How much CO2 does a 1.1 kW machine emit in 2 weeks at 0.45 kg a kWh?",
            "CO₂: **166.3 kg**",
        ),
        ("Lane split for four cards on an i7-5820K?", "Lanes of the GPUs: **8/8/8/4**"),
        ("How many slots do four cards need?", "Slots: **7 slots**"),
        (
            "I have a Threadripper 1950X. How many cards does it feed?",
            "GPUs that it feeds: **8 GPUs**",
        ),
        ("How many GPUs can I water cool with $500?", "GPUs that it water-cools: **4 GPUs**"),
        ("How often can 8 GPUs sync 60 million parameters over 8 GB/s?", "**4.762 a second**"),
    ],
)
def test_an_answer_begins_with_what_was_asked_for(assistant, question, lead):
    assert lead in assistant.ask(question).text.split("\n")[0]


def test_what_is_refused_is_cut_between_words(assistant):
    question = "Which brand of pizza oven " + "with extraordinarily crunchy crusts " * 4
    told = assistant.ask(question)
    assert told.outcome == "not_covered"
    shown = told.text.split("“")[1].split(" …”")[0]
    assert set(shown.split()) <= set(question.split())


def test_another_number_of_cards_changes_the_sum(assistant):
    before = [Turn("user", "What PSU for 3x RTX 2080 Ti and a 165 W CPU?"), Turn("assistant", "…")]
    for follow_up in ("make it four", "and with 4?", "what about four?"):
        assert "**1,400 W**" in assistant.ask(follow_up, before).text


def test_a_quote_about_them_says_what_they_are(assistant):
    text = assistant.ask("is AMD's hardware good but software lacking").text
    assert re.search(r"> \\\[AMD GPUs\\\] “It’s", text)


@pytest.mark.parametrize("start", ["It is", "“This card is", "However, it is", "These cards are"])
def test_what_speaks_of_a_thing_named_before(start):
    assert NAMELESS.match(start)


@pytest.mark.parametrize(
    "start", ["However, typical fans", "Thus going from 4 lanes", "In that case"]
)
def test_what_reads_well_alone(start):
    assert not NAMELESS.match(start)


def test_a_further_quote_has_to_do_with_the_question(assistant):
    quotes = [citation.quote for citation in assistant.ask("do i need ecc").citations]
    assert len(quotes) == 2
    assert all("ECC" in quote for quote in quotes)


def test_what_is_missing_is_asked_for_in_plain_sentences(assistant):
    answer = assistant.ask("What does the electricity for one 2080 Ti cost at 0.15 $/kWh?")
    assert answer.outcome == "needs_input"
    asked = "To work this out I need to know: For how long does it run?"
    assert answer.text.splitlines()[0] == asked


def test_what_the_guide_covers_is_answered_before_more_is_asked_for(assistant):
    question = "What does the electricity for a 4 GPU system cost in Germany at 0.20 euro per kWh?"
    answer = assistant.ask(question)
    assert answer.outcome == "answered"
    assert answer.citations[0].lines == Lines(65, 65)
    assert answer.text.endswith("To work this out I need to know: For how long does it run?")


def test_what_was_said_of_a_like_case_stands_below_a_calculation(assistant):
    answer = assistant.ask("Is a 1300 W supply enough for two Titan X?")
    assert answer.calculations
    assert "Said of a like case: As of about 2015: Two GTX Titan X" in answer.text
    assert any(citation.role == "author" for citation in answer.citations)


def test_a_part_of_a_refused_question_needs_to_be_plainly_covered(assistant):
    answer = assistant.ask(
        "Is a Wayland desktop loud, and how do I knit a case for a quantum computer?"
    )
    assert answer.outcome == "not_covered"


def test_a_passage_as_good_as_the_first_is_not_put_off(assistant):
    answer = assistant.ask(
        "do i get anything out of a pcie ssd instead of a plain sata one when four cards are "
        "chewing on imagenet"
    )
    assert answer.citations[0].lines != Lines(726, 726)
    assert any(citation.lines == Lines(726, 726) for citation in answer.citations)


def test_a_name_that_other_lines_give_is_explained_in_brackets(assistant):
    answer = assistant.ask("minimum threads per GPU if my data set is prepared beforehand?")
    quote = next(
        text for text in answer.text.split("\n\n") if "the second strategy" in text.lower()
    )
    assert "second strategy: before it" in quote.partition("“")[0]
