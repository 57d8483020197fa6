"""Numbers of a sentence stand in its evidence with their units."""

import pytest

from assistant.answering.figures import unsupported_figures


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("It seats 2 GPUs 4 slots apart.", "This board allows dual x16 or quad x8."),
        ("Take 3 cards.", "triple slot coolers"),
    ],
)
def test_an_adjective_counts_only_what_stands_beside_it(claim, evidence):
    assert unsupported_figures(claim, [evidence])


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Four GPUs fit.", "a quad GPU board"),
        ("It offers dual x16.", "allowing dual pci x16 on a Z270 board"),
        ("Take 4 GPUs.", "4 x GTX 1080"),
    ],
)
def test_what_is_counted_alike_is_held(claim, evidence):
    assert unsupported_figures(claim, [evidence]) == []
