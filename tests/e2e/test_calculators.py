import re

import pytest
from playwright.sync_api import expect

from assistant.calculators.registry import TITLES, get
from assistant.front.page.calculators_links import calculator_link
from tests.e2e.conftest import PHONE, WIDE
from tests.e2e.looking import keep_whole, overflow, serious_findings

SERVER = re.compile("component_server")
PLOTTED = ["psu", "pcie_transfer", "energy_cost", "buy_or_rent", "model_memory", "slots_and_lanes"]


def figure(page):
    return page.locator("#calc-result .rw-figure")


def control(page, label):
    """What is labelled so, in the form that is shown."""
    fields = page.locator("#calculators .rw-form:not([hidden]) .rw-field:visible")
    return fields.get_by_label(re.compile(f"^{re.escape(label)}"))


def field(page, name):
    return page.locator(f"#calculators .rw-form:not([hidden]) [data-field={name}]:visible")


@pytest.fixture
def calculators(visit, address):
    """Open the calculators, at a link's hash if one is given."""

    def opened(hash="#calculators", viewport=WIDE, **options):
        page = visit(f"{address}/{hash}", viewport=viewport, **options)
        expect(page.locator("#calculators h2:visible")).to_be_visible(timeout=20_000)
        return page

    return opened


def test_the_first_calculator_is_worked_out_before_anything_is_typed(calculators):
    page = calculators()
    expect(figure(page)).to_have_text("1,400 W")


def test_every_calculator_is_one_click_away_and_has_a_result_at_once(calculators):
    page = calculators()
    for name, title in TITLES.items():
        page.get_by_role("button", name=title, exact=True).click()
        expect(page.locator(f"#calc-result [data-calculator={name}]")).to_be_visible()
        expect(page.locator("#calculators h2:visible")).to_have_text(title)
        assert page.locator("#calc-result .rw-plot").count() > 0 or name not in PLOTTED
    assert page.faults == []


@pytest.mark.parametrize(
    ("hash", "captions", "words"),
    [
        (
            "#calc=psu&gpu=RTX%202080%20Ti&count=4",
            ["Power budget against sizes sold", "Efficiency of 80 PLUS supplies by their load"],
            ["needed:", "1,400 W", "recommended", "80 PLUS Gold"],
        ),
        (
            "#calc=pcie_transfer",
            ["Transfer time by lanes"],
            ["x16", "x8, yours", "x4", "Computing"],
        ),
        ("#calc=energy_cost", ["Cost over time"], ["days", "€"]),
        ("#calc=buy_or_rent", ["Buying against renting"], ["even after", "Renting"]),
        (
            "#calc=model_memory",
            ["Memory by part against the card"],
            ["GB, fits", "Weights", "Optimiser", "Activations"],
        ),
        (
            "#calc=slots_and_lanes&gpus=4&cpu_lanes=40",
            ["Slots and lanes"],
            ["GPU 1, x", "GPU 4, x", "CPU"],
        ),
    ],
    ids=PLOTTED,
)
def test_each_plot_shows_what_it_is_for(calculators, hash, captions, words):
    page = calculators(hash)
    result = page.locator("#calc-result")
    expect(result.locator("figure.rw-plot figcaption")).to_have_text(captions, timeout=10_000)
    for word in words:
        expect(result.locator("figure.rw-plot", has_text=word).first).to_be_visible()
    for drawn in result.locator("figure.rw-plot svg[role=img]").all():
        assert drawn.locator("rect, line").count() >= 5
        assert drawn.locator("desc").text_content()
    expect(result.locator(".rw-plot-numbers table").first).to_be_hidden()
    result.locator(".rw-plot-numbers summary").first.click()
    expect(result.locator(".rw-plot-numbers table").first).to_be_visible()


def test_ten_thousand_characters_in_a_box_are_refused_in_one_line_and_kept(calculators):
    page = calculators()
    control(page, "Graphics card").fill("x" * 10_000)
    told = page.locator("#calc-result [role=alert]")
    expect(told).to_have_text(
        "“Graphics card” has 10,000 characters; at most 2,000 can be read. Shorten it."
    )
    expect(control(page, "Graphics card")).to_have_value("x" * 10_000)


def test_a_change_shows_its_result_without_a_button(calculators):
    page = calculators()
    control(page, "How many cards").fill("2")
    expect(figure(page)).to_have_text("800 W")
    expect(page.locator("#calc-said")).to_have_text("Recommended supply 800 W")


def test_numbers_have_units_to_choose_from(calculators):
    page = calculators("#calc=energy_cost")
    expect(figure(page)).to_have_text("84 €")
    control(page, "Unit of: How long it runs").select_option("days")
    expect(figure(page)).to_have_text("12 €")
    control(page, "Currency").select_option("$")
    expect(figure(page)).to_have_text("12 $")


def test_a_card_can_be_picked_by_name_or_written(calculators):
    page = calculators()
    names = page.locator("#rw-gpus option")
    assert "RTX 2080 Ti" in names.evaluate_all("options => options.map(option => option.value)")
    control(page, "Graphics card").fill("2x RTX 2070, GTX 1070")
    control(page, "How many cards").fill("")
    expect(page.locator("#calc-result .rw-plot-legend").first).to_contain_text("2 × RTX 2070")


def test_another_question_shows_its_own_fields(calculators):
    page = calculators()
    page.get_by_label("How many cards does it carry?").check()
    expect(control(page, "Power of the supply")).to_be_visible()
    expect(field(page, "count")).to_have_count(0)
    expect(figure(page)).to_have_text("2 cards")


def test_a_mistake_is_told_in_one_sentence_beside_its_field(calculators):
    page = calculators()
    page.locator(".rw-form:not([hidden]) summary").click()
    control(page, "Power of the CPU").fill("-5")
    told = "“Power of the CPU” must be from 0 to 5000 W, not -5."
    expect(page.locator("#calc-result [role=alert]")).to_have_text(told)
    expect(field(page, "cpu_watts").locator(".rw-field-problem")).to_have_text(told)
    expect(control(page, "Power of the CPU")).to_have_attribute("aria-invalid", "true")
    control(page, "Power of the CPU").fill("95")
    expect(figure(page)).to_have_text("1,400 W")
    expect(field(page, "cpu_watts").locator(".rw-field-problem")).to_be_hidden()


def test_what_is_still_missing_is_asked_for_without_alarm(calculators):
    page = calculators()
    control(page, "Graphics card").fill("")
    expect(page.locator("#calc-result .waiting")).to_contain_text("“Graphics card” is missing")
    expect(page.locator("#calc-result [role=alert]")).to_have_count(0)


def test_a_link_from_a_calculation_fills_the_form(calculators):
    made = get("psu").calculate({"gpu": "RTX 2070", "count": 3, "cpu_watts": 120})
    page = calculators(calculator_link(made))
    expect(control(page, "Graphics card")).to_have_value("RTX 2070")
    expect(control(page, "How many cards")).to_have_value("3")
    expect(control(page, "Power of the CPU")).to_have_value("120")
    expect(figure(page)).to_have_text(f"{made.main}")


def test_a_link_followed_on_the_page_fills_the_form(calculators):
    page = calculators()
    page.evaluate("location.hash = '#calc=ram&ask=ram&gpu=RTX%203090&use=kaggle'")
    expect(page.locator("#calculators h2:visible")).to_have_text("RAM")
    expect(figure(page)).to_have_text("32 GB")


def test_the_copied_link_opens_the_same_form(calculators, visit, address):
    page = calculators(permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Model memory").click()
    control(page, "Optimiser").select_option("adam")
    control(page, "16-bit").check()
    expect(page.locator("#calc-result")).to_contain_text("With a 32-bit copy")
    shown = figure(page).inner_text()
    page.locator(".rw-form:visible [data-do=copy-link]").click()
    expect(page.locator(".rw-form:visible [data-do=copy-link]")).to_have_text("Link copied")
    link = page.evaluate("navigator.clipboard.readText()")
    other = visit(link)
    expect(figure(other)).to_have_text(shown, timeout=20_000)
    expect(control(other, "Optimiser")).to_have_value("adam")


def test_nothing_typed_is_lost_over_a_reload(calculators):
    page = calculators()
    page.get_by_role("button", name="Buy or rent").click()
    control(page, "Price of the machine").fill("4321")
    expect(figure(page)).to_contain_text("days")
    page.reload()
    expect(control(page, "Price of the machine")).to_have_value("4321", timeout=20_000)


def test_a_server_that_is_gone_is_told_and_nothing_is_lost(calculators):
    page = calculators()
    page.route(SERVER, lambda route: route.abort())
    control(page, "How many cards").fill("3")
    expect(page.locator("#calc-result [role=alert]")).to_contain_text("does not answer")
    expect(control(page, "How many cards")).to_have_value("3")
    page.unroute(SERVER)
    control(page, "How many cards").fill("2")
    expect(figure(page)).to_have_text("800 W")


def test_hostile_text_runs_nothing(calculators):
    page = calculators()
    page.on("dialog", lambda dialog: (_ for _ in ()).throw(AssertionError("a script ran")))
    control(page, "Graphics card").fill("<img src=x onerror=alert(1)>")
    expect(page.locator("#calc-result [role=alert]")).to_contain_text("<img src=x")
    assert page.locator("#calc-result img").count() == 0
    page.evaluate("location.hash = '#calc=ram&gpu=%3Cscript%3Ealert(1)%3C/script%3E'")
    expect(page.locator("#calc-result [role=alert]")).to_contain_text("<script>")
    page.evaluate("location.hash = '#calc=ram&gpu=half%Z'")
    expect(page.locator("#calc-result [role=alert]")).to_contain_text("half%Z")
    assert page.strangers == []


def test_a_citation_opens_the_source(calculators):
    page = calculators()
    page.locator("#calc-result .rw-sources a.cite").first.click()
    expect(page.locator("#source")).to_contain_text("Power supply unit (PSU)", timeout=10_000)


def test_all_is_done_with_the_keyboard(calculators):
    page = calculators()
    page.get_by_role("button", name="RAM").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#calculators h2:visible")).to_have_text("RAM")
    control(page, "Graphics card").focus()
    page.keyboard.type("RTX 3090")  # focus selects what stands there
    expect(figure(page)).to_have_text("24 GB")


def choose(page, name):
    page.evaluate("hash => { location.hash = hash; }", f"#calc={name}")
    expect(page.locator(f"#calc-result [data-calculator={name}]")).to_be_visible(timeout=10_000)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_serious_stands_in_the_way_of_anybody(calculators, theme):
    page = calculators(color_scheme=theme)
    for name in TITLES:
        choose(page, name)
        for more in page.locator("#calculators details:visible > summary").all():
            more.click()
        assert serious_findings(page, "#calculators") == [], name


@pytest.mark.parametrize(("width", "viewport"), [("360", PHONE), ("1440", WIDE)])
def test_every_calculator_fits_a_phone_and_a_wide_screen(calculators, keep, width, viewport):
    page = calculators(viewport=viewport)
    for name in TITLES:
        choose(page, name)
        assert overflow(page) <= 0, name
        keep_whole(page, keep, f"calculator-{name}-{width}")
        page.set_viewport_size(viewport)


def test_a_calculator_is_as_good_in_the_dark(calculators, keep):
    for width, viewport in (("360", PHONE), ("1440", WIDE)):
        page = calculators("#calc=slots_and_lanes", viewport=viewport, color_scheme="dark")
        expect(page.locator("#calc-result [data-calculator=slots_and_lanes]")).to_be_visible()
        keep_whole(page, keep, f"calculator-slots_and_lanes-{width}-dark")
