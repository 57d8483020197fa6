"""Hostile text in the source itself: shown as text in the answer, the panel and the guide."""

import sys

import pytest
from playwright.sync_api import expect

from tests.e2e.chatting import answered, ask, panel
from tests.e2e.conftest import Server, tab_in
from tests.planted import ROWS

SHOWN = [row for row in ROWS if row.kind in ("link", "markup") and set(row.text) & set("<[")]
ACTIVE = "script:not(head script), img, iframe, style:not(head style), object, embed, link[rel]"


@pytest.fixture(scope="module")
def planted_address(tmp_path_factory):
    """The address of a page on a guide with fifty hostile comments."""
    module = [sys.executable, "-m", "tests.e2e.planted_server"]
    server = Server(tmp_path_factory.mktemp("planted"), lambda port: [*module, str(port)])
    try:
        server.start()
        yield server.address
    finally:
        server.stop()


@pytest.fixture(scope="module")
def planted_context(browser):
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    yield context
    context.close()


@pytest.fixture
def page(planted_context, planted_address):
    opened = tab_in(planted_context, planted_address)
    opened.on("dialog", lambda dialog: (_ for _ in ()).throw(AssertionError("a script ran")))
    yield opened
    assert opened.strangers == []
    assert opened.faults == []
    opened.close()


def assert_harmless(page, root):
    """No element of a text may load, run, style or lead away."""
    assert page.locator(root).locator(ACTIVE).count() == 0
    for link in page.locator(f"{root} a").all():
        assert link.get_attribute("href").startswith(("#", "?conversation="))
    handlers = "all => all.flatMap(one => one.getAttributeNames().filter(n => n.startsWith('on')))"
    assert page.locator(f"{root} *").evaluate_all(handlers) == []


def test_answers_show_hostile_words_as_words(page):
    cited = 0
    for row in SHOWN:
        page.get_by_role("button", name="New conversation").click()
        ask(page, row.question)
        cited += answered(page).locator(f"a.cite[href^='#guide-{row.line}-']").count() > 0
        assert_harmless(page, "#chat")
    assert cited >= 4  # many are refused; the rest must have been there to be harmless


@pytest.mark.parametrize("row", SHOWN, ids=lambda row: f"{row.kind}-{row.line}")
def test_the_panel_and_the_card_show_hostile_words_as_words(page, row):
    page.evaluate(
        """([line, quote]) => {
          const link = Object.assign(document.createElement("a"), {
            className: "cite", href: `#guide-${line}-${line}-1`, textContent: "1",
          });
          Object.assign(link.dataset, { quote, who: "a reader" });
          document.querySelector("#chat .rw-conversation").prepend(link);
        }""",
        [row.line, row.text],
    )
    link = page.locator("#chat a.cite").first
    link.hover()
    expect(page.locator("#rw-card")).to_contain_text(row.text)
    assert_harmless(page, "#rw-card")
    link.click()
    expect(panel(page).locator("mark")).to_have_text(row.text)
    assert_harmless(page, "#source")


def test_the_guide_shows_hostile_comments_as_words(page):
    page.get_by_role("tab", name="The guide").click()
    script = next(row for row in ROWS if "<script>" in row.text)
    expect(page.locator(f"#line-{script.line}")).to_contain_text("<script>", timeout=20_000)
    assert_harmless(page, ".guide-text")
