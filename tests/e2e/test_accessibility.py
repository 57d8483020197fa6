import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.e2e.chatting import PSU, answered, ask, box, panel
from tests.e2e.conftest import PHONE, WIDE


def serious(page):
    """What axe finds serious or critical, as short lines."""
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    return [
        f"{fault['id']}: {node['html'][:200]}"
        for fault in found.response["violations"]
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_axe_finds_nothing_serious(visit, keep, scheme, viewport):
    size = "wide" if viewport is WIDE else "phone"
    page = visit(viewport=viewport, color_scheme=scheme, reduced_motion="reduce")
    assert serious(page) == []
    ask(page, PSU)
    answered(page).locator(".calculation summary").click()
    assert serious(page) == []
    keep(page, f"chat-{size}-{scheme}")
    page.locator("#chat a.cite").first.click()
    expect(panel(page).locator("mark").first).to_be_visible()
    assert serious(page) == []
    keep(page, f"chat-source-{size}-{scheme}")


def test_the_whole_way_by_keyboard(page):
    page.locator("body").click(position={"x": 700, "y": 120})
    page.keyboard.press("/")
    expect(box(page)).to_be_focused()
    page.keyboard.type("Is an external GPU")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("over Thunderbolt any good?")
    page.keyboard.press("Enter")
    answer = answered(page)
    expect(answer.locator(".words")).to_have_text("Is an external GPU\nover Thunderbolt any good?")
    expect(box(page)).to_have_value("")
    answer.locator("a.cite").first.focus()
    page.keyboard.press("Enter")
    expect(panel(page).locator("h3")).to_be_focused()
    page.keyboard.press("Escape")
    expect(answer.locator("a.cite").first).to_be_focused()


def test_the_answer_is_announced_when_it_is_complete(page):
    log = page.get_by_role("log")
    expect(log).to_have_attribute("aria-live", "polite")
    ask(page, PSU)
    answered(page)
    expect(log).to_have_attribute("aria-busy", "false")
