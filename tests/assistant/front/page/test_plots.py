"""The plots: their numbers are the calculators', their shapes hold for any numbers."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as some

from assistant.calculators.fields import Share
from assistant.calculators.registry import get
from assistant.front.page.calculators_results import plot_html
from assistant.front.page.plots import Mark, Row, Segment, Series, draw_bars, draw_lines, nice_ticks
from assistant.front.page.plots_data import plot_memory, plot_transfer
from assistant.front.page.plots_power import LEVELS, plot_buy_or_rent, plot_energy, plot_psu
from assistant.front.page.plots_tables import Table


def calculate(name, inputs):
    return get(name).calculate(inputs)


def drawn(html):
    """The plots as XML: what is not well formed raises."""
    return ElementTree.fromstring(f"<div>{html}</div>")


def cells(html):
    """The rows of the tables as text."""
    return [tuple("".join(cell.itertext()) for cell in row) for row in drawn(html).iter("tr")]


def test_the_budget_adds_up_to_what_the_calculator_says():
    made = calculate("psu", {"gpu": "4x RTX 2080 Ti", "cpu_watts": 150})
    rows = {row[0]: row[1] for row in cells(plot_psu(made, calculate))}
    assert rows["4 × RTX 2080 Ti"] == "1,000 W"
    assert rows["CPU"] == "150 W"
    assert rows["Everything else"] == "100 W"
    assert rows["Room to spare"] == "125 W"
    assert rows["1,400 W"] == "89%"  # 1250 / 1400


def test_sizes_are_judged_by_the_calculator_and_ones_own_is_among_them():
    made = calculate("psu", {"gpu": "RTX 2080 Ti", "count": 4, "supply_watts": 1000})
    rows = {row[0]: row[2] for row in cells(plot_psu(made, calculate)) if len(row) == 3}
    assert rows["1,000 W, yours"] == "too small"
    assert rows["1,400 W"] == "recommended"
    assert rows["1,500 W"] == "enough"


def test_different_cards_have_parts_of_their_own():
    made = calculate("psu", {"gpu": "2x RTX 2070, GTX 1070"})
    rows = {row[0] for row in cells(plot_psu(made, calculate))}
    assert {"2 × RTX 2070", "1 × GTX 1070"} <= rows


def test_the_levels_agree_with_what_the_calculators_take_a_rating_for():
    for name, (_, half, _) in LEVELS.items():
        assert Share(0.3, 1).parse(name) == pytest.approx(half / 100)


def test_the_levels_are_told_to_be_no_figures_of_the_guide():
    made = calculate("psu", {"gpu": "RTX 2080 Ti"})
    assert "the guide does not give them" in plot_psu(made, calculate)


def test_cost_over_time_passes_through_the_result():
    made = calculate("energy_cost", {"power": 1000, "duration": 336, "price": 0.2,
                                     "efficiency": 0.8, "better_efficiency": 0.9,
                                     "currency": "€"})  # fmt: skip
    rows = {row[0]: row[1:] for row in cells(plot_energy(made, calculate))}
    assert rows["14 days"] == ("84 €", "74.67 €")


def test_how_long_money_lasts_is_marked_where_it_ends():
    made = calculate("energy_cost", {"power": 1000, "price": 0.2, "budget": 100})
    assert "500 hours" not in plot_energy(made, calculate)
    assert "20.83 days: 100" in plot_energy(made, calculate)


def test_buying_and_renting_cross_at_the_day_worked_out():
    made = calculate("buy_or_rent", {"price": 3000, "rent": 0.9})
    rows = {row[0]: row[1:] for row in cells(plot_buy_or_rent(made, calculate))}
    assert rows["138.9 days"] == ("3000 ", "3000 ")
    assert "even after 138.9 days" in plot_buy_or_rent(made, calculate)


def test_transfers_are_timed_for_every_width():
    made = calculate("pcie_transfer", {"shape": "32x225x225x3", "lanes": 8, "step_time": 216})
    rows = {row[0]: row[1:] for row in cells(plot_transfer(made, calculate))}
    again = calculate("pcie_transfer", {"shape": "32x225x225x3", "lanes": 1, "step_time": 216})
    assert rows["x1"][1] == f"{again.results['practical'].value:.4g} ms"
    assert "x8, yours" in rows
    assert set(rows) == {"Lanes", "x16", "x8, yours", "x4", "x2", "x1"}


def test_memory_stands_beside_the_card():
    made = calculate("model_memory", {"parameters": "60M", "gpu": "RTX 2080 Ti"})
    shown = plot_memory(made, calculate)
    assert dict(row for row in cells(shown))["All"] == "0.72 GB"
    assert "RTX 2080 Ti: 11 GB" in shown and "fits" in shown


@pytest.mark.parametrize(
    ("name", "inputs"),
    [
        ("energy_cost", {"power": 1, "duration": 1e6, "price": 0}),
        ("energy_cost", {"power": 1e6, "duration": 0.001}),
        ("energy_cost", {"power": 1000, "duration": 10, "price": 0}),
        ("buy_or_rent", {"price": 1e9, "rent": 0.01}),
        ("buy_or_rent", {"price": 0.01, "rent": 1e6}),
        ("psu", {"gpu_watts": 2000, "count": 64}),
        ("psu", {"gpu_watts": 1}),
        ("psu", {"gpu_watts": 75, "supply_watts": 20000}),
        ("model_memory", {"parameters": 10**13, "card_memory": 0.1}),
        ("model_memory", {"parameters": 1}),
        ("pcie_transfer", {"shape": "1", "step_time": 1e7}),
        ("slots_and_lanes", {"gpus": 16, "gpu_width": 4, "slots": 1}),
    ],
)
def test_extremes_have_a_plot_or_none_but_never_a_fault(name, inputs):
    shown = plot_html(calculate(name, inputs), calculate)
    assert "nan" not in shown and "inf" not in shown
    drawn(shown)


@given(some.floats(-1e9, 1e9), some.floats(1e-6, 1e9))
def test_ticks_are_few_and_cover_the_range(low, span):
    ticks = nice_ticks(low, low + span)
    assert 2 <= len(ticks) <= 8
    assert ticks == sorted(ticks)


@given(some.lists(some.floats(0, 1e12), min_size=1, max_size=5))
def test_bars_stay_within_their_picture(values):
    parts = tuple(Segment(str(index), value, 1) for index, value in enumerate(values))
    html = draw_bars("Bars", "Some.", [Row("a", "b", parts)], Table(("x",), (("y",),)),
                     [Mark(max(values), "most")])  # fmt: skip
    for element in drawn(html).iter("rect"):
        if element.get("width", "").endswith("%"):
            at = float(element.get("x", "0").rstrip("%"))
            assert at + float(element.get("width").rstrip("%")) <= 100.1


def test_a_plot_says_what_it_shows_and_has_its_numbers_as_a_table():
    html = draw_lines("Title <b>", "What it shows.", [Series("One", ((0, 0), (1, 2)), 1)],
                      ("days", "€"), Table(("a", "b"), (("1", "2"),)))  # fmt: skip
    picture = drawn(html).find(".//svg[@role='img']")
    assert picture.find("title").text == "Title <b>"
    assert picture.find("desc").text == "What it shows."
    assert cells(html) == [("a", "b"), ("1", "2")]
    assert not re.search(r'(?:fill|stroke)="#', html)  # colours are the page's variables
