import pytest

from assistant.errors import InvalidInput, NotFound
from assistant.types import Answer, Citation
from corpus.types import Lines, Years


def said(text, *lines):
    citations = tuple(
        Citation(n, Lines(*pair), "quote", "author", None, Years(2018, 2018))
        for n, pair in enumerate(lines, 1)
    )
    return Answer(text, "quotes", "answered", f"About {text}", citations=citations)


@pytest.fixture
def conversation(state):
    """Two exchanges: e1 and e2."""
    id = state.conversations.start("page:a", "page").id
    state.conversations.add(id, "one?", said("one", (3, 4)), "e1")
    state.conversations.add(id, "two?", said("two", (7, 7), (9, 12), (7, 7)), "e2")
    return id


def test_a_row_holds_what_the_evaluation_needs(state, conversation):
    given = state.feedback.give("e2", "page:a", "down", "wrong card")
    assert (given.exchange_id, given.verdict, given.reason) == ("e2", "down", "wrong card")
    assert list(state.feedback.rows()) == [
        {
            "id": "e2",
            "question": "two?",
            "history": [
                {"role": "user", "content": "one?"},
                {"role": "assistant", "content": "About one"},
            ],
            "answer": "About two",
            "verdict": "down",
            "reason": "wrong card",
            "lines": [[7, 7], [9, 12]],
        }
    ]


def test_the_last_word_counts(state, conversation):
    state.feedback.give("e1", "page:a", "down", "why?")
    state.feedback.give("e1", "page:a", "up")
    (row,) = state.feedback.rows()
    assert (row["verdict"], row["reason"]) == ("up", "")


def test_several_people_have_rows_with_ids_of_their_own(state, conversation):
    for owner in ("slack:T:1", "slack:T:2", "slack:T:3"):
        state.feedback.give("e1", owner, "up")
    assert [row["id"] for row in state.feedback.rows()] == ["e1", "e1-2", "e1-3"]


def test_feedback_outlives_the_cut_exchange_and_can_be_changed(state, conversation):
    state.feedback.give("e2", "page:a", "down")
    state.conversations.cut(conversation, "e1")
    state.feedback.give("e2", "page:a", "down", "because")
    (row,) = state.feedback.rows()
    assert (row["question"], row["reason"], len(row["history"])) == ("two?", "because", 2)
    with pytest.raises(NotFound):
        state.feedback.give("e1", "page:a", "up")


def test_feedback_goes_with_its_conversation(state, conversation):
    state.feedback.give("e2", "slack:T:2", "down")
    state.conversations.delete(conversation, "page:a")
    assert list(state.feedback.rows()) == []


def test_what_cannot_be_feedback_is_refused(state, conversation):
    with pytest.raises(NotFound, match="nothing"):
        state.feedback.give("nothing", "page:a", "up")
    with pytest.raises(InvalidInput, match="up or down"):
        state.feedback.give("e1", "page:a", "sideways")
    with pytest.raises(InvalidInput, match="2000"):
        state.feedback.give("e1", "page:a", "up", "x" * 2001)
    assert list(state.feedback.rows()) == []
