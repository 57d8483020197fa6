import pytest

from assistant.understand.spelling import respell
from corpus.load import load_corpus


@pytest.fixture(scope="module")
def corpus():
    return load_corpus()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("extrnal gpu for deep lerning", "external gpu for deep learning"),
        ("Temprature of the GPU?", "temperature of the GPU?"),
        ("bandwitdh of x8", "bandwidth of x8"),
    ],
)
def test_a_letter_left_out_or_two_swapped_are_mended(corpus, typed, meant):
    assert respell(corpus, typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "my card makes coil whine",  # one letter from "while"
        "two strangled fans",
        "which NVENC preset",  # a name
        "one module, a minute",  # "modules" and "minutes" are in the guide
        "GeForce RTX 4090 and Slurm",
    ],
)
def test_what_may_be_meant_as_it_stands_is_left_alone(corpus, text):
    assert respell(corpus, text) == text
