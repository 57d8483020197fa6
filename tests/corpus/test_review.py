from corpus.parser import boundary_f1, guess_role
from corpus.review import BLIND, parser_agreement, reading_agreement
from corpus.types import Lines


def test_a_blind_reading_agrees_with_the_reviewed_comments(corpus):
    found = reading_agreement(corpus, BLIND)
    assert found.lines.last - found.lines.first + 1 >= 115
    assert found.boundary_f1 >= 0.95
    assert found.role_accuracy >= 0.97
    assert found.link_accuracy >= 0.90
    assert found.years_overlapping >= 0.95


def test_the_parser_is_a_first_reading_of_the_next_scrape(corpus):
    found = parser_agreement(corpus)
    assert found.boundary_f1 > 0.6
    assert found.role_accuracy > 0.75


def test_boundaries_count_without_the_very_first():
    ours = [Lines(1, 2), Lines(3, 3), Lines(4, 9)]
    theirs = [Lines(1, 3), Lines(4, 6), Lines(7, 9)]
    assert boundary_f1(ours, theirs) == 0.5
    assert boundary_f1(ours, ours) == 1.0


def test_an_asking_and_an_answering_voice_are_told_apart():
    assert guess_role("Hi Tim, thanks for the guide! Should I buy a 1080?") == "reader"
    assert (
        guess_role("I would recommend a GTX 1080. If you want more, you should wait.") == "author"
    )
