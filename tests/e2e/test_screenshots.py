"""Pictures of the five views on a phone and on a desk, light and dark, to be looked at.

They go to artefacts/; `SCREENSHOTS_INTO=docs pytest tests/e2e/test_screenshots.py` renews those
of the documentation, which are light.
"""

import io
import os
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.e2e.chatting import PSU, THUNDERBOLT, answered, ask, panel
from tests.e2e.conftest import ARTEFACTS
from tests.e2e.looking import overflow

INTO = Path(os.environ.get("SCREENSHOTS_INTO", ARTEFACTS))
LARGEST = 250_000  # bytes
PARTS = (
    "GPU: 4x RTX 2080 Ti (blower fans)\nCPU: Threadripper 1920X\nMotherboard: X399\nSlots: 8\n"
    "RAM: 64 GB\nPSU: 1300 W\nStorage: NVMe SSD\nCase: full tower"
)
WIDTHS = (360, 1440)
TALL = {360: 740, 1440: 900}  # of a window; views with a plot are shown as far as the plot


def save(page, path):
    """Save what the window shows in few colours, as a small file."""
    page.mouse.move(0, 0)
    page.wait_for_timeout(400)
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    path.parent.mkdir(parents=True, exist_ok=True)
    # Dithering would make flat grounds uneven and the file large.
    picture.quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)
    assert path.stat().st_size < LARGEST


def grow(page, until):
    """Make the window as tall as the view is down to the end of what matters."""
    bottom = page.locator(until).evaluate("one => one.getBoundingClientRect().bottom + scrollY")
    page.set_viewport_size({"width": page.viewport_size["width"], "height": int(bottom) + 24})
    page.evaluate("scrollTo(0, 0)")


def fill_history(page, *questions):
    """Have some conversations, where there is a sidebar that shows them."""
    if page.viewport_size["width"] < 1000:
        return
    for question in questions:
        ask(page, question)
        answered(page)
        page.get_by_role("button", name="New conversation").click()


def show_chat(page, width):
    fill_history(page, "Is x8 enough for two cards?", THUNDERBOLT)
    ask(page, PSU)
    expect(answered(page).locator(".calculation .figure")).to_have_text("1,400 W")
    page.evaluate("document.activeElement.blur()")
    page.locator("#chat .exchange").evaluate("one => one.scrollIntoView()")


def show_sources(page, width):
    fill_history(page, "Is x8 enough for two cards?", PSU)
    ask(page, THUNDERBOLT)
    answered(page).locator("a.cite").first.click()
    expect(panel(page).locator("mark")).to_be_in_viewport()


def show_calculators(page, width):
    page.get_by_role("tab", name="Calculators").click()
    expect(page.locator("#calc-result .rw-figure")).to_have_text("1,400 W")
    expect(page.locator("#calc-result figcaption").first).to_contain_text("Power budget")
    grow(page, "#calc-result .rw-plot >> nth=1")


def show_build(page, width):
    page.get_by_role("tab", name="Check my build").click()
    page.get_by_label("Your parts").fill(PARTS)
    page.locator("#check-build").click()
    expect(page.locator("#build-report .rw-summary")).to_be_visible()
    if width > 1000:
        grow(page, "#build-report .rw-plot >> nth=1")
    else:
        grow(page, "#build-report .rw-verdicts >> nth=1")


def show_guide(page, width):
    page.evaluate("location.hash = '#change=external_gpu'")
    expect(page.locator(".timeline-history h2")).to_have_text("External GPUs", timeout=20_000)
    expect(page.locator(".timeline-glance .bar")).to_have_count(5)


VIEWS = {
    "chat": show_chat,
    "sources": show_sources,
    "calculators": show_calculators,
    "build": show_build,
    "guide": show_guide,
}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("view", VIEWS)
def test_a_view_fits_its_screen_and_is_pictured(visit, view, width, theme):
    window = {"width": width, "height": TALL[width]}
    page = visit(viewport=window, color_scheme=theme, reduced_motion="reduce")
    VIEWS[view](page, width)
    assert overflow(page) <= 0
    dark = theme == "dark"
    folder = (ARTEFACTS if dark else INTO) / "screenshots"
    save(page, folder / f"{view}-{width}{'-dark' if dark else ''}.png")


def test_the_picture_of_the_readme(visit):
    page = visit(viewport={"width": 1440, "height": 960}, reduced_motion="reduce")
    show_chat(page, 1440)
    page.locator("#chat a.cite").first.click()
    expect(panel(page).locator("mark")).to_be_in_viewport()
    page.locator("#chat .exchange").evaluate("one => one.scrollIntoView()")
    save(page, INTO / "chat.png")
