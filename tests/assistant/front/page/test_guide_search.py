"""Search by meaning: what is near, what is left out, what is sent wrongly."""

import pytest

from assistant.errors import InvalidInput
from assistant.front.page.guide import find_places, wanted_from
from assistant.guide import topics_of
from assistant.guide_search import ALL_ROLES, Wanted
from corpus.types import Years


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("is an external graphics card any good", 1222),
        ("how much memory should the computer have", 19),
        ("electricity bill", 65),
    ],
)
def test_the_place_that_is_meant_is_among_the_first(assistant, words, line):
    assert any(place.lines.covers(line) for place in assistant.search_guide(words)[:8])


def test_the_nearest_sentence_stands_in_its_line(assistant):
    for place in assistant.search_guide("loud fans"):
        assert place.lines.covers(place.line)
        assert place.sentence in assistant.corpus.lines[place.line - 1]


def test_the_best_place_comes_first_and_none_twice(assistant):
    places = assistant.search_guide("PCIe lanes")
    assert len({place.lines for place in places}) == len(places) <= 30


@pytest.mark.parametrize("words", ["best pizza in Rome", "asdf qwer", "Beethoven", "kubernetes"])
def test_what_the_guide_is_not_about_finds_nothing(assistant, words):
    assert assistant.search_guide(words) == ()


def test_filters_leave_out_what_was_not_asked_for(assistant):
    wanted = Wanted(frozenset({"author"}), Years(2016, 2016), "cooling")
    places = assistant.search_guide("temperature of cards", wanted)
    assert places
    for place in places:
        comment = assistant.corpus.comment_at(place.lines.first)
        assert place.role == "author"
        assert place.years.first <= 2016 <= place.years.last
        assert "cooling" in topics_of(assistant.corpus, place.lines, comment)


def test_no_role_finds_nothing(assistant):
    assert assistant.search_guide("lanes", Wanted(frozenset())) == ()


@pytest.mark.parametrize(("words", "told"), [("  ", "Type what"), ("x" * 501, "at most 500")])
def test_too_few_and_too_many_words_are_refused(assistant, words, told):
    with pytest.raises(InvalidInput, match=told):
        assistant.search_guide(words)


@pytest.mark.parametrize(
    "sent",
    [None, "lanes", [], {}, {"words": 3}, {"words": "x", "from": "soon"},
     {"words": "x", "roles": 4}, {"words": "x", "roles": [{}]}, {"words": "x", "to": None}],
)  # fmt: skip
def test_what_the_page_never_sends_gets_one_sentence(assistant, sent):
    reply = find_places(assistant, sent)
    assert list(reply) == ["problem"]
    assert reply["problem"].endswith(".")


def test_what_the_page_sends_is_read():
    sent = {"words": "x", "roles": ["reader", "king"], "from": 2016, "to": "2017", "topic": ""}
    assert wanted_from(sent) == ("x", Wanted(frozenset({"reader"}), Years(2016, 2017), None))
    assert wanted_from({"words": "x"}) == ("x", Wanted(ALL_ROLES))


def test_a_place_is_listed_with_who_and_when(assistant):
    place = find_places(assistant, {"words": "external GPU over Thunderbolt"})["places"][0]
    assert place["said"].startswith(("the author", "a reader", "the guide"))
    assert {"line", "sentence", "section", "years"} <= place.keys()


def test_a_subject_that_does_not_exist_is_named_so(assistant):
    with pytest.raises(InvalidInput, match="no such subject"):
        assistant.history("<script>")
