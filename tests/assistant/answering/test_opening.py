"""The first word of an answer, where the source settles a yes/no question."""

import pytest

from assistant.answering.opening import in_words, opening, opening_of
from assistant.types import Turn
from assistant.understand.openings import is_yes_no
from corpus.types import Lines, Stance


def passage_of(assistant, lines):
    return next(
        p for p in assistant.index.passages if p.card is not None and p.lines == Lines(*lines)
    )


def opened(assistant, lines, question):
    vector = assistant.index.encoder.encode([question])[0]
    passage = passage_of(assistant, lines)
    return opening(assistant.corpus, assistant.index, passage, question, vector)


def test_every_question_with_a_stance_gets_it(assistant):
    asked = [s for s in assistant.corpus.stances if is_yes_no(s.question)]
    cards = {(c.lines, q): c.gist for c in assistant.corpus.cards for q in c.questions}
    passages = {
        (p.lines, assistant.corpus.cards[p.card].gist): p
        for p in assistant.index.passages
        if p.card is not None
    }
    for stance in asked:
        passage = passages[stance.lines, cards[stance.lines, stance.question]]
        vector = assistant.index.encoder.encode([stance.question])[0]
        first = opening(assistant.corpus, assistant.index, passage, stance.question, vector)
        assert first == in_words(stance), stance
    assert len(asked) > 400


def test_the_opposite_question_does_not_get_the_same_stance(assistant):
    assert opened(assistant, (14, 14), "does ram clock speed matter?") in ("No.", "")
    enough = opened(assistant, (34, 34), "is x8 per card enough for two gpus?")
    bottleneck = opened(assistant, (34, 34), "is x8 per card a bottleneck for two gpus?")
    assert not (enough and enough == bottleneck)


def test_only_for_games_is_not_good_for_everything(assistant):
    assert opened(assistant, (131, 131), "Is SLI only for games?") in ("Yes.", "")
    assert opened(assistant, (131, 131), "Should I use SLI?") in ("No.", "")


def test_no_question_but_a_yes_no_question_is_opened(assistant):
    assert opened(assistant, (34, 34), "how many lanes do I need for 4 gpus") == ""


def test_what_it_depends_on_is_said():
    assert in_words(Stance(Lines(1, 1), "?", "depends", "the board")) == "It depends on the board."


@pytest.mark.parametrize(
    ("lines", "question", "wrong"),
    [
        ((62, 62), "is a 1200 watt unit enough for four beefy cards", "Yes."),  # 1400 are
        ((1244, 1244), "Can I use a laptop with an external GPU?", "No."),  # he does not know
        ((77, 77), "Should I use liquid cooling for four GPUs?", "No."),  # not for a single one
    ],
)
def test_another_number_or_another_thing_does_not_get_the_same_stance(
    assistant, lines, question, wrong
):
    assert opened(assistant, lines, question) != wrong


def test_what_is_told_around_a_question_says_nothing_of_yes_or_no(assistant):
    told = "Does AMD processor work with GeForce cards? A guy in the shop said they don't mix."
    assert is_yes_no(told)
    assert opened(assistant, (747, 747), told) == "Yes."


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("Is 8 GB of RAM enough for a GTX 1080 Ti?", "No."),
        ("Is 850 W enough for two GTX 1080 Ti?", "Yes."),
        ("How many watts for two GTX 1080 Ti?", ""),
    ],
)
def test_a_calculation_tells_whether_it_is_enough(assistant, question, first):
    answer = assistant.ask(question)
    assert opening_of(answer.calculations[0], question) == first
    assert answer.text.startswith(first or "Power supply")


def test_why_gives_reasons_not_shown_before(assistant):
    first = "Should I use blower fans in a four GPU machine?"
    said = assistant.ask(first)
    answer = assistant.ask("why?", [Turn("user", first), Turn("assistant", said.text)])
    assert answer.outcome == "answered"
    assert answer.text.startswith("The reason") or answer.text.startswith("The source gives no")
    assert not {c.quote for c in answer.citations} & {c.quote for c in said.citations} or (
        answer.text.startswith("The source gives no")
    )


def test_whether_it_still_holds_is_said_first(assistant):
    first = "Is an external GPU over Thunderbolt any good?"
    history = [Turn("user", first), Turn("assistant", assistant.ask(first).text)]
    answer = assistant.ask("is that still true?", history)
    assert answer.text.startswith("Yes, as far as the source goes.")
    assert any(note.kind == "changed_advice" for note in answer.notes)


def test_a_change_of_subject_is_noticed(assistant):
    first = "How many watts for four 250 W GPUs?"
    history = [Turn("user", first), Turn("assistant", assistant.ask(first).text)]
    answer = assistant.ask("is ecc ram worth it?", history)
    assert not answer.calculations
    assert "ECC" in answer.text


def test_what_is_enough_for_one_card_is_no_yes_for_any(assistant):
    assert not assistant.ask("is 16gb ram enough").text.startswith("Yes")
