"""Who goes first among the passages found."""

from assistant.answering.precedence import prefer_current, prefer_reply
from corpus.types import Change, Lines, Position, Years
from index.types import Hit, Passage


def passage(number, role, line, reply_of=None, card=0):
    return Passage(number, Lines(line, line), role, "", Years(2016, 2016), False, "yes",
                   Lines(reply_of, reply_of) if reply_of else None, card)  # fmt: skip


def position(line, current):
    return Position(Lines(line, line), Years(2016, 2016), "author", "", current)


def hit(passage, score):
    return Hit(passage, score, score, 0.0, "gist")


def test_the_authors_reply_goes_before_the_readers_claim():
    claim, reply = passage(0, "reader", 122), passage(1, "author", 124, reply_of=122)
    ordered = prefer_reply([hit(claim, 0.8), hit(reply, 0.5)], [claim, reply])
    assert [h.passage.number for h in ordered] == [1, 0]


def test_a_reply_that_was_not_found_is_brought_in():
    claim, reply = passage(0, "reader", 122), passage(1, "author", 124, reply_of=122)
    assert prefer_reply([hit(claim, 0.8)], [claim, reply])[0].passage.number == 1


def test_an_author_who_is_better_already_keeps_the_score():
    claim, reply = passage(0, "reader", 122), passage(1, "author", 124, reply_of=122)
    ordered = prefer_reply([hit(reply, 0.9), hit(claim, 0.8)], [claim, reply])
    assert ordered[0].score == 0.9


def test_what_another_reader_replied_changes_nothing():
    claim, reply = passage(0, "reader", 122), passage(1, "reader", 124, reply_of=122)
    ordered = prefer_reply([hit(claim, 0.8), hit(reply, 0.5)], [claim, reply])
    assert [h.passage.number for h in ordered] == [0, 1]


def test_the_current_view_goes_before_the_older_one():
    older, current, other = (
        passage(0, "author", 300),
        passage(1, "author", 942),
        passage(2, "author", 469),
    )
    positions = (position(300, False), position(942, True))
    changed = Change("frameworks", "Frameworks", (), ("framework",), positions, "")
    found = [hit(older, 0.7), hit(other, 0.65), hit(current, 0.6)]
    assert [h.passage.number for h in prefer_current(found, [changed])] == [1, 0, 2]


def test_an_older_view_does_not_lead_where_the_current_one_is_found():
    older, current, other = (
        passage(0, "author", 300),
        passage(1, "author", 942),
        passage(2, "author", 469),
    )
    positions = (position(300, False), position(942, True))
    changed = Change("frameworks", "Frameworks", (), ("framework",), positions, "")
    far = [hit(older, 0.8), hit(current, 0.6)]
    assert [h.passage.number for h in prefer_current(far, [changed])] == [1, 0]
    led_by_another = [hit(other, 0.8), hit(older, 0.7), hit(current, 0.6)]
    assert [h.passage.number for h in prefer_current(led_by_another, [changed])] == [2, 1, 0]
