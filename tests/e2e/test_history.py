import json
import re

from playwright.sync_api import expect

from tests.e2e.chatting import PSU, THUNDERBOLT, answered, ask, box, problem
from tests.e2e.conftest import PHONE, tab_in


def titles(page):
    return page.locator("#rw-side li a")


def test_conversations_are_listed_opened_and_begun(page, keep):
    ask(page, THUNDERBOLT)
    answered(page)
    expect(titles(page)).to_have_count(1)
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator("#chat .exchange")).to_have_count(0)
    ask(page, PSU)
    answered(page)
    expect(titles(page)).to_have_count(2)
    expect(titles(page).first).to_have_attribute("aria-current", "page")
    keep(page, "chat-history")
    titles(page).nth(1).click()
    expect(page.locator("#chat .words")).to_have_text(THUNDERBOLT)


def test_the_back_button_opens_what_was_open(page):
    ask(page, THUNDERBOLT)
    answered(page)
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator("#chat .exchange")).to_have_count(0)
    page.go_back()
    expect(page.locator("#chat .words")).to_have_text(THUNDERBOLT)
    page.go_forward()
    expect(page.locator("#chat .exchange")).to_have_count(0)


def test_renaming_and_deleting(page):
    ask(page, THUNDERBOLT)
    answered(page)
    titles(page).first.hover()
    page.get_by_role("button", name="Rename").click()
    page.get_by_label("Title").fill("eGPU <b>for</b> the laptop")
    page.keyboard.press("Enter")
    expect(titles(page).first).to_contain_text("eGPU <b>for</b> the laptop")
    page.reload()
    expect(titles(page).first).to_contain_text("eGPU <b>for</b> the laptop")
    titles(page).first.hover()
    page.get_by_role("button", name="Delete").click()
    page.get_by_text("Delete?").click()
    expect(titles(page)).to_have_count(0)
    expect(page.locator("#chat .exchange")).to_have_count(0)
    expect(page.locator(".rw-welcome")).to_be_visible()


def test_a_link_opens_the_conversation_for_its_owner_only(page, visit):
    ask(page, THUNDERBOLT)
    answered(page)
    assert re.search(r"\?conversation=[0-9a-f]{32}$", page.url)
    again = tab_in(page.context, page.url)
    expect(again.locator("#chat .words")).to_have_text(THUNDERBOLT)
    stranger = visit(page.url)
    expect(problem(stranger)).to_contain_text("no such conversation here")
    expect(stranger.locator("#chat .exchange")).to_have_count(0)
    ask(stranger, PSU)  # and the page still works
    answered(stranger)


def test_a_link_to_nothing_says_so_and_keeps_what_was_typed(visit, address):
    page = visit(f"{address}/?conversation={'f' * 32}")
    expect(problem(page)).to_contain_text("no such conversation here")
    box(page).fill("typed")
    page.reload()
    expect(problem(page)).to_contain_text("no such conversation here")
    expect(box(page)).to_have_value("typed")


def test_export_as_markdown_and_json(page):
    ask(page, THUNDERBOLT)
    answered(page)
    with page.expect_download() as markdown:
        page.get_by_role("button", name="Markdown").click()
    assert markdown.value.suggested_filename.endswith(".md")
    text = markdown.value.path().read_text("utf-8")
    assert f"## {THUNDERBOLT}" in text
    assert "line 1222" in text
    with page.expect_download() as whole:
        page.get_by_role("button", name="JSON").click()
    exchanges = json.loads(whole.value.path().read_text("utf-8"))["exchanges"]
    assert [exchange["question"] for exchange in exchanges] == [THUNDERBOLT]
    assert exchanges[0]["citations"][0]["lines"] == [1222, 1222]


def test_two_tabs_show_the_same_conversation(page):
    ask(page, THUNDERBOLT)
    answered(page)
    other = tab_in(page.context, page.url)
    answered(other)
    ask(page, PSU)
    answered(page, 2)
    answered(other, 2)
    ask(other, "Is x8 enough for two cards?")
    answered(other, 3)
    answered(page, 3)


def test_on_a_phone_the_history_is_a_drawer(visit, keep):
    page = visit(viewport=PHONE, has_touch=True)
    ask(page, THUNDERBOLT)
    answered(page)
    expect(titles(page).first).not_to_be_in_viewport()
    page.get_by_role("button", name="History").click()
    expect(titles(page).first).to_be_in_viewport()
    page.wait_for_timeout(300)
    keep(page, "chat-phone-history")
    page.keyboard.press("Escape")
    expect(titles(page).first).not_to_be_in_viewport()
