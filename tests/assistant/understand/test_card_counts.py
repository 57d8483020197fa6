import pytest

from assistant.understand.card_counts import MOST, card_counts


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("4x RTX 2080 Ti and a 9900K", {4}),
        ("four 2080 Ti in one tower", {4}),
        ("a single air-cooled RTX 2080 Ti", {1}),
        ("for 3-4 air-cooled GPUs", {3, 4}),
        ("2 to 4 cards", {2, 4} | {3}),
        ("a pair of cards", {2}),
        ("quad GPU machine", {4}),
        ("dual 1080s", {2}),
        ("several GPUs", set(range(2, MOST + 1))),
        ("1080 Ti against 2080 Ti", set()),
        ("32 GB of RAM for a GTX 1080", set()),
        ("16 lanes a GPU", set()),
        ("99 GPUs", set()),
    ],
)
def test_numbers_of_cards_are_found(text, counts):
    assert card_counts(text) == counts
