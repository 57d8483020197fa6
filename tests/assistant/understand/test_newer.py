import pytest

from assistant.understand.newer import LAST_YEAR, find_newer
from corpus.load import load_later


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("does x8 slow down a 4090?", ["the RTX 4090"]),
        ("qlora on a 3090 with 24 gb", ["the RTX 3090", "QLoRA"]),
        ("Is torch.compile worth it?", ["PyTorch 2"]),
        ("how much ram for Llama-3 70B", ["Llama"]),
        ("PCIe 5.0 or 4.0 for one card", ["PCIe 5.0"]),
    ],
)
def test_what_came_later_is_named(question, names):
    assert [item.name for item in find_newer(question)] == names


@pytest.mark.parametrize(
    "question",
    ["Is a Titan V fast in fp16?", "four 1080 Ti and 12 amperes", "ryzen 2700x lanes", "pcie 4.0"],
)
def test_what_the_source_knows_is_not_newer(question):
    assert find_newer(question) == ()


def test_everything_listed_is_found_by_each_of_its_words():
    for item in load_later():
        assert item.released > LAST_YEAR
        for word in item.words:
            assert item.name in [found.name for found in find_newer(f"what about {word}, now?")]
