import pytest

from assistant.errors import InvalidInput
from assistant.understand.parts import find_hardware, find_parts, parse_gpus


def named(text):
    return [(count, card.model) for count, card in parse_gpus(text)]


def mentioned(text):
    return [(mention.count, mention.hardware.model) for mention in find_parts(text)]


@pytest.mark.parametrize(
    ("text", "cards"),
    [
        ("4x 2080ti", [(4, "RTX 2080 Ti")]),
        ("4x2080ti", [(4, "RTX 2080 Ti")]),
        ("4 X Titan X", [(4, "GTX Titan X")]),
        ("RTX2080Ti", [(1, "RTX 2080 Ti")]),
        ("rtx-2080-ti", [(1, "RTX 2080 Ti")]),
        ("RTX 2080 Ti x4", [(4, "RTX 2080 Ti")]),
        ("RTX 2080 Ti (2x)", [(2, "RTX 2080 Ti")]),
        ("RTX 4090 24GB x2", [(2, "RTX 4090")]),
        ("two GTX 1080 and a 970", [(2, "GTX 1080"), (1, "GTX 970")]),
        ("2x RTX 2080 Ti, GTX 1070", [(2, "RTX 2080 Ti"), (1, "GTX 1070")]),
        ("two 2080s", [(2, "RTX 2080")]),
        ("1080", [(1, "GTX 1080")]),
        ("GTX 1080 Tis", [(1, "GTX 1080 Ti")]),
        ("Titan X (Pascal)", [(1, "Titan X Pascal")]),
        ("4 GPUs (RTX 2080 Ti)", [(4, "RTX 2080 Ti")]),
        ("2 evga gtx 1080", [(2, "GTX 1080")]),
        ("8x A100 80GB", [(8, "A100 80GB")]),
    ],
)
def test_cards_by_name(text, cards):
    assert named(text) == cards


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("RTX 9090", "RTX 9090"),
        ("2x RTX 2080 Ti + GTX 970 Ti", "GTX 970 Ti"),
        ("banana", "banana"),
        ("", "''"),
        ("i9-9900K", "no GPU"),
        ("0x RTX 2080 Ti", "from 1 to 64, not 0"),
        ("-2x RTX 2070", "not -2"),
        ("500x gtx 1080", "not 500"),
    ],
)
def test_what_is_no_card_is_named_in_the_error(text, shown):
    with pytest.raises(InvalidInput, match=shown):
        parse_gpus(text)


@pytest.mark.parametrize(
    "text",
    [
        "my monitors run 1920x1080 on a 750 W PSU",
        "Is 720p or 1080p better?",
        "batch of 1080 images on a GPU",
        "$1070 for a gpu",
        "a 100 MB/s disk for my GPU",
        "I plan on a 1085 TI",
        "Samsung 960 Evo",
        "a GA-X99P-SLI",
    ],
)
def test_other_numbers_are_no_cards(text):
    assert mentioned(text) == []


def test_the_longest_name_wins():
    assert mentioned("How much slower is the 1080 than the 1080 Ti?") == [
        (1, "GTX 1080"),
        (1, "GTX 1080 Ti"),
    ]


def test_bare_numbers_are_cards_where_cards_are_counted():
    assert mentioned("I have a 980 and two 1070s") == [(1, "GTX 980"), (2, "GTX 1070")]
    assert mentioned("one 1070 plus a 95 W processor") == [(1, "GTX 1070")]
    assert mentioned("half a dozen 1080s") == [(6, "GTX 1080")]


def test_all_kinds_are_found_with_their_spans():
    text = "i7-5930K on X99 with 2x 1080 Ti and 64GB"
    found = find_parts(text)
    assert [mention.hardware.kind for mention in found] == ["cpu", "chipset", "gpu"]
    assert [text[mention.start : mention.end] for mention in found] == [
        "i7-5930K",
        "X99",
        "2x 1080 Ti",
    ]
    assert [mention.counted for mention in found] == [False, False, True]


def test_lanes_after_a_name_are_no_count():
    assert mentioned("RTX 2080 Ti x8 PCIe lanes") == [(1, "RTX 2080 Ti")]


def test_a_dual_core_cpu_is_one_cpu():
    assert mentioned("dual core pentium g2020") == [(1, "Pentium G2020")]


def test_find_hardware_looks_at_one_kind():
    assert find_hardware("GTX 1080 with an i9 9900k", "cpu").model == "Core i9-9900K"
    assert find_hardware("GTX 1080", "cpu") is None
    assert find_hardware("a quantum computer") is None
