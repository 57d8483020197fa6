"""The drawing of slots and lanes."""

from xml.etree import ElementTree

from assistant.calculators.registry import get
from assistant.front.page.drawings import draw_slots


def draw(**inputs):
    def calculate(name, values):
        return get(name).calculate(values)

    return ElementTree.fromstring(draw_slots(calculate("slots_and_lanes", inputs), calculate))


def words(drawing):
    return " ".join("".join(text.itertext()) for text in drawing.iter("text"))


def cards(drawing, kind="rw-gpu"):
    return [rect for rect in drawing.iter("rect") if rect.get("class", "").startswith(kind)]


def test_every_card_stands_on_its_slots_with_its_lanes():
    drawing = draw(gpus=3, cpu_lanes=32, slots=8)
    assert len(cards(drawing)) == 3
    assert "GPU 1, x16 GPU 2, x8 GPU 3, x8" in words(drawing)
    tops = [float(card.get("y")) for card in cards(drawing)]
    assert tops[1] - tops[0] == tops[2] - tops[1] == 2 * 26


def test_a_card_without_a_slot_is_told():
    drawing = draw(gpus=4, slots=4)
    assert len(cards(drawing, "rw-gpu fails")) == 2
    assert "GPU 4: no slot" in words(drawing)
    assert "Only 2 find a slot" in drawing.find(".//desc").text


def test_lanes_are_not_drawn_where_the_cpu_is_not_known():
    drawing = draw(gpus=2)
    assert "CPU" not in words(drawing)
    assert "they need 3 slots" in drawing.find(".//desc").text


def test_asked_how_many_fit_it_shows_those():
    assert len(cards(draw(slots=5, cpu_lanes=40))) == 3


def test_the_table_says_the_same():
    rows = [tuple(cell.text for cell in row) for row in draw(gpus=2, cpu_lanes=16).iter("tr")]
    assert rows[1] == ("GPU 1", "1 to 2", "x8", "yes")
