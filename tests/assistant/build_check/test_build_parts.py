import pytest

from assistant.build_check.parts import read_build
from assistant.errors import InvalidInput

PASTED = """\
CPU: Intel Core i7-5930K 3.5GHz 6-Core Processor  ($499.99 @ Amazon)
CPU Cooler: Corsair H60 54.0 CFM Liquid CPU Cooler  ($64.99 @ NCIX US)
Motherboard: Asus X99-DELUXE ATX LGA2011-3 Motherboard  ($411.99 @ SuperBiiz)
Memory: G.Skill Ripjaws 4 64GB (8 x 8GB) DDR4-2400 Memory  ($600)
Storage: Samsung 850 EVO-Series 500GB 2.5" Solid State Drive
Video Card: NVIDIA GeForce GTX Titan X 12GB Video Card
Video Card: NVIDIA GeForce GTX Titan X 12GB Video Card
Case: Corsair Air 540 ATX Mid Tower Case
Power Supply: EVGA SuperNOVA 1600W 80+ Platinum Certified ATX Power Supply
Total: $4,999.00
"""
MARKDOWN = """\
|Type|Item|Price|
|:--|:--|:--|
**CPU** | [AMD - Ryzen 7 2700X 3.7 GHz 8-Core Processor](https://example.org) | $295.99 @ Amazon
**Video Card** | [Gigabyte - GeForce RTX 2070 8 GB WINDFORCE Video Card](https://x.org) | $500
**Power Supply** | [SeaSonic 650 W 80+ Gold](https://example.org) | $99
"""
YAML = """\
gpus:
  - model: RTX 2080 Ti
    count: 4
cpu: i9-9920X
ram: 128
psu: 1600
slots: 7
storage: [1TB NVMe SSD, 4 TB HDD]
"""


def kinds(build):
    return [(part.kind, part.model, part.count) for part in build.parts]


def test_a_list_from_a_parts_site():
    build = read_build(PASTED)
    assert build.gpu_count == 2
    assert ("cpu", "Core i7-5930K", 1) in kinds(build)
    assert ("motherboard", "X99", 1) in kinds(build)
    assert ("ram", "64 GB", 8) in kinds(build)
    assert ("disk", "SSD", 1) in kinds(build)
    assert (build.ram_gb, build.psu_watts) == (64, 1600)
    assert build.unknown == ()


def test_markdown_with_links_and_prices():
    build = read_build(MARKDOWN)
    assert kinds(build) == [
        ("cpu", "Ryzen 7 2700X", 1),
        ("gpu", "RTX 2070", 1),
        ("psu", "650 W", 1),
    ]


def test_yaml():
    build = read_build(YAML)
    assert build.gpus[0][0] == 4
    assert (build.ram_gb, build.psu_watts, build.slots) == (128, 1600, 7)
    assert build.disks == ("NVMe SSD", "hard drive")


def test_words():
    build = read_build("4x 2080ti, threadripper 1950x, 64GB RAM, 1600W PSU")
    assert kinds(build) == [
        ("gpu", "RTX 2080 Ti", 4),
        ("cpu", "Threadripper 1950X", 1),
        ("ram", "64 GB", 1),
        ("psu", "1600 W", 1),
    ]
    assert build.parts[0].text == "4x 2080ti"


def test_unknown_parts_are_listed_not_guessed():
    build = read_build("GPU: RTX 9090\nCPU: Foo 123\nMobo: Banana B-77\nRAM: 32gb")
    assert build.unknown == ("RTX 9090", "Foo 123", "Banana B-77")
    assert kinds(build) == [("ram", "32 GB", 1)]


def test_a_repeated_label_counts_twice():
    assert read_build("gpu: GTX 1080\ngpu: GTX 1080").gpu_count == 2


@pytest.mark.parametrize("text", ["", "   \n", "hello there", "what do you think?", "{}[]", "a: b"])
def test_what_is_no_build_is_refused(text):
    with pytest.raises(InvalidInput, match=r"build is empty|No part"):
        read_build(text)


def test_a_text_that_is_too_long_is_refused():
    with pytest.raises(InvalidInput, match="at most 20,000"):
        read_build("GPU: GTX 1080\n" * 2000)


def test_yaml_that_multiplies_itself_is_cut_off():
    bomb = "a: &a [GTX 1080, GTX 1080]\n" + "".join(
        f"{new}: &{new} [*{old}, *{old}, *{old}, *{old}, *{old}, *{old}, *{old}, *{old}]\n"
        for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert read_build(bomb).gpu_count <= 300
