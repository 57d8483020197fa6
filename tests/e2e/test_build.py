import re
import time

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import PHONE, WIDE
from tests.e2e.looking import keep_whole, overflow, serious_findings

SERVER = re.compile("component_server")
WEAK = (
    "GPU: 4x RTX 2080 Ti\nCPU: i9-9900K\nMotherboard: Banana B-77\nRAM: 8 GB\nPSU: 1000 W\n"
    "Storage: NVMe SSD"
)


def summary(page):
    return page.locator("#build-report .rw-summary")


def text(page):
    return page.locator("#build-check").get_by_label("Your parts")


def part(page, label):
    """The box of a part to pick."""
    return page.locator("#build-check .rw-picker").get_by_label(label, exact=True)


@pytest.fixture
def build(visit, address):
    """Open the build check, at a link's hash if one is given."""

    def opened(hash="#build", viewport=WIDE, **options):
        page = visit(f"{address}/{hash}", viewport=viewport, **options)
        expect(text(page)).to_be_visible(timeout=20_000)
        return page

    return opened


def check(page, parts):
    text(page).fill(parts)
    page.get_by_role("button", name="Check my build").click()


def test_a_new_user_has_a_checked_four_gpu_build_with_its_plot_in_two_minutes(visit, address, keep):
    """From the open page, by what it says: the tab, four cards, a CPU, a supply, look."""
    page = visit(address)
    began = time.monotonic()
    page.get_by_role("tab", name="Check my build").click()
    part(page, "Graphics card").fill("RTX 2080 Ti")
    part(page, "How many").fill("4")
    part(page, "CPU").fill("Threadripper 1920X")
    part(page, "RAM").fill("64")
    part(page, "Power supply").fill("1600")
    page.get_by_role("button", name="Check my build").click()
    expect(summary(page)).to_be_visible(timeout=20_000)
    expect(page.locator("#build-report .rw-verdict")).not_to_have_count(0)
    plot = page.locator("#build-report [data-plot=psu] .rw-plot").first
    plot.scroll_into_view_if_needed()
    expect(plot).to_contain_text("4 × RTX 2080 Ti")
    expect(plot).to_contain_text("1,600 W, yours")
    assert time.monotonic() - began < 120
    keep(page, "build-new-user")


def test_a_pasted_list_gets_verdicts_worst_first_with_reasons_and_sources(build):
    page = build()
    check(page, WEAK)
    expect(summary(page)).to_contain_text("1 thing to mend, 4 to look at")
    kinds = page.locator("#build-report .rw-verdicts > h4").all_inner_texts()
    assert kinds == ["To mend", "To look at", "To find out", "Fine"]
    worst = page.locator("#build-report .rw-verdict").first
    expect(worst).to_contain_text("1000 W is less than GPUs and CPU draw together")
    worst.locator("summary").click()
    expect(worst.locator("blockquote").first).to_contain_text("required watts")
    worst.locator("a.cite").first.click()
    expect(page.locator("#source")).to_contain_text("Power supply unit (PSU)", timeout=10_000)


def test_a_slip_in_a_name_is_named_and_mended_by_one_click(build):
    page = build()
    check(page, "GPU: RTX 2080 Tii\nPSU: 800 W")
    unknown = page.locator("#build-report .rw-not-known")
    expect(unknown).to_contain_text("RTX 2080 Tii")
    unknown.get_by_role("button", name="Write RTX 2080 Ti").click()
    expect(text(page)).to_have_value("GPU: RTX 2080 Ti\nPSU: 800 W")
    expect(page.locator("#build-report .rw-parts")).to_contain_text("RTX 2080 Ti")
    expect(unknown).to_have_count(0)


def test_keys_alone_check_a_build(build):
    page = build()
    text(page).focus()
    page.keyboard.type("GPU: 2x RTX 2070")
    page.keyboard.press("Control+Enter")
    expect(summary(page)).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Check my build")).to_be_focused()
    page.locator("#build-report .rw-verdict summary").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#build-report blockquote").first).to_be_visible()
    page.locator("#build-report a.cite").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#source mark").first).to_be_visible()


def test_what_is_not_recognised_is_told_with_what_to_write_instead(build):
    page = build()
    check(page, f"{WEAK}\nCPU: i9-9920Q")
    unknown = page.locator("#build-report .rw-not-known")
    expect(unknown).to_contain_text("Banana B-77: of boards only the chipset is known")
    unknown.get_by_role("button", name="Write Core i9-9920X").click()
    expect(text(page)).to_have_value(f"{WEAK}\nCPU: Core i9-9920X")
    expect(unknown).not_to_contain_text("9920Q")


def test_picked_parts_write_the_text_and_the_text_fills_the_parts(build):
    page = build()
    text(page).fill("Monitor: any\nRAM: 16 GB")
    expect(part(page, "RAM")).to_have_value("16")
    part(page, "Graphics card").fill("RTX 2070")
    part(page, "How many").fill("2")
    part(page, "Their cooling").select_option("blower fans")
    part(page, "RAM").fill("64")
    expect(text(page)).to_have_value("Monitor: any\nRAM: 64 GB\nGPU: 2x RTX 2070 (blower fans)")
    expect(summary(page)).to_be_visible()
    part(page, "RAM").fill("")
    expect(text(page)).to_have_value("Monitor: any\nGPU: 2x RTX 2070 (blower fans)")


def test_an_example_is_checked_by_one_click(build):
    page = build()
    page.get_by_role("button", name="Two-GPU desktop").click()
    expect(summary(page)).to_be_visible()
    expect(part(page, "Graphics card")).to_have_value("RTX 2070")


def test_the_copied_link_fills_and_checks(build, visit):
    page = build(permissions=["clipboard-read", "clipboard-write"])
    check(page, f"{WEAK}\nCase: 100% & #1 = big?")
    expect(summary(page)).to_be_visible()
    told = summary(page).inner_text()
    page.locator("#build-report [data-do=copy-link]").click()
    expect(page.locator("#build-report [data-do=copy-link]")).to_have_text("Link copied")
    other = visit(page.evaluate("navigator.clipboard.readText()"))
    expect(summary(other)).to_have_text(told, timeout=20_000)
    expect(text(other)).to_have_value(f"{WEAK}\nCase: 100% & #1 = big?")


def test_the_report_can_be_saved_as_markdown(build):
    page = build()
    check(page, WEAK)
    with page.expect_download() as saving:
        page.get_by_role("button", name="Markdown").click()
    saved = saving.value.path().read_text("utf-8")
    assert saving.value.suggested_filename == "build-check.md"
    assert "**Power supply**, to mend: 1000 W is less than" in saved
    assert "the guide, December 2018: “" in saved


def test_the_report_prints_as_a_clean_document_of_two_pages(build, keep):
    page = build(color_scheme="dark")
    check(page, WEAK)
    expect(summary(page)).to_be_visible()
    page.evaluate("window.print = () => window.dispatchEvent(new Event('beforeprint'))")
    page.get_by_role("button", name="Print").click()
    page.emulate_media(media="print")
    paper = page.locator("#rw-print")
    expect(paper).to_contain_text("Checked on")
    expect(paper.locator(".rw-paper li").first).to_be_visible()
    expect(paper.locator(".rw-paper")).to_contain_text("RAM size does not affect deep learning")
    expect(paper.locator(".rw-plot").first).to_be_visible()
    expect(paper.locator("button")).to_have_count(0)
    expect(page.locator("#build-check")).to_be_hidden()
    page.set_viewport_size({"width": 720, "height": 1000})
    keep_whole(page, keep, "build-paper")
    pdf = page.pdf(format="A4")
    assert len(re.findall(rb"/Type /Page\b(?!s)", pdf)) <= 2
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    expect(page.locator("#build-check")).to_be_visible()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "The build is empty."),
        ("   \n ", "The build is empty."),
        ("asdf qwer zxcv", "No part of a computer was recognised"),
        ("lorem ipsum " * 830, "No part of a computer was recognised"),
        ("x" * 25_000, "at most 20,000 can be read"),
        ("<img src=x onerror=alert(1)>", "No part of a computer was recognised"),
    ],
    ids=["empty", "blank", "garbage", "10,000 characters", "too long", "hostile"],
)
def test_what_is_no_build_gets_one_line_and_nothing_is_lost(build, typed, told):
    page = build()
    page.on("dialog", lambda dialog: (_ for _ in ()).throw(AssertionError("a script ran")))
    check(page, typed)
    expect(page.locator("#build-report [role=alert]")).to_contain_text(told)
    expect(page.locator("#build-report > *")).to_have_count(1)
    expect(text(page)).to_have_value(typed)
    page.reload()
    expect(text(page)).to_have_value(typed, timeout=20_000)
    assert page.strangers == [] and page.faults == []


def test_hostile_parts_are_shown_as_text(build):
    page = build()
    page.on("dialog", lambda dialog: (_ for _ in ()).throw(AssertionError("a script ran")))
    check(page, f"{WEAK}\nCase: <img src=x onerror=alert(1)>\nCPU: <script>alert(2)</script>")
    expect(page.locator("#build-report .rw-parts")).to_contain_text("<img src=x")
    assert page.locator("#build-report :is(img, script)").count() == 0


def test_a_server_that_is_gone_is_told_and_nothing_is_lost(build):
    page = build()
    page.route(SERVER, lambda route: route.abort())
    check(page, WEAK)
    expect(page.locator("#build-report [role=alert]")).to_contain_text("does not answer")
    expect(text(page)).to_have_value(WEAK)


def test_a_verdict_opens_its_calculator_filled_in(build):
    page = build()
    check(page, WEAK)
    page.locator("#build-report .rw-recalculate").first.click()
    expect(page.locator("#calculators h2:visible")).to_have_text("Power supply")
    expect(page.get_by_label("A supply that you have in mind")).to_have_value("1000")
    expect(page.locator("#calc-result .rw-figure")).to_have_text("1,400 W")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, WIDE], ids=["phone", "wide"])
def test_nothing_serious_stands_in_the_way_of_anybody(build, theme, viewport):
    page = build(viewport=viewport, color_scheme=theme)
    assert serious_findings(page, "#build-check") == []
    check(page, WEAK)
    expect(summary(page)).to_be_visible()
    page.locator("#build-report details summary").first.click()
    assert serious_findings(page, "#build-check") == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_report_fits_a_phone_and_a_wide_screen(build, keep, theme):
    for width, viewport in (("360", PHONE), ("1440", WIDE)):
        page = build(viewport=viewport, color_scheme=theme)
        check(page, WEAK)
        expect(summary(page)).to_be_visible()
        assert overflow(page) <= 0
        keep_whole(page, keep, f"build-{width}{'' if theme == 'light' else '-dark'}")
