from playwright.sync_api import expect

from corpus.load import load_corpus
from tests.e2e.chatting import PSU, THUNDERBOLT, answered, ask, panel
from tests.e2e.conftest import PHONE


def test_hovering_a_citation_shows_who_said_what_and_when(page, keep):
    ask(page, THUNDERBOLT)
    answered(page).locator("a.cite").first.hover()
    card = page.locator("#rw-card")
    expect(card).to_contain_text("you should see only a small loss in performance (10%)")
    expect(card).to_contain_text("the author, in a comment of about 2019")
    keep(page, "chat-card")
    page.mouse.move(5, 5)
    expect(card).to_be_hidden()


def test_the_card_comes_by_keyboard_and_goes_by_escape(page):
    ask(page, THUNDERBOLT)
    link = answered(page).locator("a.cite").first
    page.locator("#chat [data-do=edit]").last.focus()
    page.keyboard.press("Tab")
    expect(link).to_be_focused()
    expect(link).to_have_attribute("aria-describedby", "rw-card")
    expect(page.locator("#rw-card")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#rw-card")).to_be_hidden()
    expect(link).to_be_focused()


def test_a_click_opens_the_whole_section_at_the_highlighted_quote(page, keep):
    ask(page, PSU)
    answered(page).locator("a.cite").first.click()
    expect(panel(page).locator("h3")).to_have_text("Power supply unit (PSU)")
    expect(panel(page)).to_contain_text("The guide, December 2018")
    mark = panel(page).locator("mark").first
    expect(mark).to_have_text(page.locator("#chat a.cite").first.get_attribute("data-quote"))
    expect(mark).to_contain_text("an additional 10% of watts")
    expect(panel(page)).to_contain_text("if you have 4 GPUs with each 250 watts TDP")
    expect(mark).to_be_in_viewport()
    keep(page, "chat-source")


def test_a_comment_stands_in_its_thread(page):
    ask(page, THUNDERBOLT)
    answered(page).locator("a.cite").first.click()
    comments = panel(page).locator("article.comment")
    expect(comments.first).to_contain_text("A reader asks, about 2019")
    expect(panel(page).locator("[aria-current]")).to_contain_text("The author replies, about 2019")
    expect(panel(page).locator("[aria-current] mark").first).to_be_visible()


def test_the_thread_stands_above_and_below_the_quoted_comment(page):
    """Line 168 answers 165, which replies to 164, and is itself replied to in 170."""
    ask(page, THUNDERBOLT)
    link = answered(page).locator("a.cite").first
    link.evaluate(
        """link => {
          link.setAttribute("href", "#guide-168-168-1");
          link.dataset.quote = "";
        }"""
    )
    link.click()
    comments = panel(page).locator("article.comment")
    expect(comments).to_have_count(4)
    heads = [text.split(",")[0] for text in comments.locator("header").all_inner_texts()]
    assert [head.split()[1] for head in heads] == ["author", "reader", "author", "reader"]
    expect(comments.nth(2)).to_have_attribute("aria-current", "true")
    expect(comments.nth(2)).to_be_in_viewport()
    expect(comments.nth(0)).to_contain_text(" ".join(load_corpus().lines[163].split())[:40])
    expect(comments.nth(3)).to_contain_text(" ".join(load_corpus().lines[169].split())[:40])


def test_previous_and_next_go_through_the_citations(page):
    ask(page, PSU)
    answered(page).locator("a.cite").first.click()
    back = panel(page).get_by_role("button", name="Previous citation")
    on = panel(page).get_by_role("button", name="Next citation")
    expect(back).to_be_disabled()
    expect(panel(page).locator("h3")).to_have_text("Power supply unit (PSU)")
    on.click()
    expect(panel(page).locator(".at")).to_contain_text("2 of")
    back.click()
    expect(panel(page).locator(".at")).to_contain_text("1 of")
    expect(page.locator("#chat a.cite[aria-expanded=true]")).to_have_text("1")


def test_escape_closes_the_panel_and_gives_the_focus_back(page):
    ask(page, THUNDERBOLT)
    link = answered(page).locator("a.cite").first
    link.focus()
    page.keyboard.press("Enter")
    expect(panel(page).locator("h3")).to_be_focused()
    page.keyboard.press("Escape")
    expect(panel(page)).to_be_hidden()
    expect(link).to_be_focused()


def test_it_leads_into_the_guide(page):
    ask(page, THUNDERBOLT)
    answered(page).locator("a.cite").first.click()
    panel(page).get_by_role("link", name="Read it in the guide").click()
    expect(page.get_by_role("tab", name="The guide")).to_have_attribute("aria-selected", "true")
    assert page.url.endswith("#guide-1222-1222")


def test_on_a_phone_it_is_a_sheet_that_holds_the_focus(visit, keep):
    page = visit(viewport=PHONE, has_touch=True)
    ask(page, THUNDERBOLT)
    answered(page).locator("a.cite").first.click()
    expect(panel(page).locator("mark").first).to_be_visible()
    keep(page, "chat-phone-source")
    for _ in range(8):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('.rw-panel') !== null")
    page.locator(".rw-panel-scrim").click(position={"x": 100, "y": 20})
    expect(panel(page)).to_be_hidden()
