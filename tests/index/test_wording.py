import pytest

from index.wording import in_one_wording


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Which video card?", "Which GPU?"),
        ("two graphics cards", "two GPUs"),
        ("Is the Mainboard ok?", "Is the motherboard ok?"),
        ("a pair of RTX2080ti", "2 RTX 2080 Ti"),
        ("x8 or 16x", "8 lanes or 16 lanes"),
        ("dual gpu, quad-core", "2 gpu, quad-core"),
        ("fp16 on a card", "16-bit on a GPU"),
    ],
)
def test_what_goes_by_several_names_gets_one(text, expected):
    assert in_one_wording(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "a cheap InfiniBand card",
        "a network card",
        "in a Jupyter notebook",
        "4x Titan",
        "the multiprocessor",
        "",
    ],
)
def test_what_only_sounds_alike_stays(text):
    assert in_one_wording(text) == text


def test_one_wording_is_the_wording_of_itself(corpus):
    for card in corpus.cards:
        once = in_one_wording(card.gist)
        assert in_one_wording(once) == once
