import re

import pytest
from playwright.sync_api import expect

from corpus.load import load_corpus
from tests.e2e.chatting import MEMORY, PSU, THUNDERBOLT, answered, ask, box, problem
from tests.e2e.conftest import PHONE


def test_a_question_gets_a_cited_answer_with_its_arithmetic(page, keep):
    ask(page, PSU)
    answer = answered(page)
    expect(answer.locator("a.cite").first).to_be_visible()
    expect(answer.locator("blockquote").first).to_contain_text("adding up the watt of your CPU")
    assert answer.locator("a.cite").first.get_attribute("data-quote") in re.sub(
        r"\s+", " ", load_corpus().lines[61]
    )
    expect(answer.locator(".calculation .figure")).to_have_text("1,400 W")
    assert page.faults == []
    keep(page, "chat-answer")


def test_an_answer_arrives_block_by_block(page):
    page.evaluate(
        """() => {
          window.lengths = [];
          new MutationObserver(() => {
            const last = [...document.querySelectorAll("#chat .answer")].pop();
            if (last) window.lengths.push(last.children.length);
          }).observe(document.querySelector("#chat"), {childList: true, subtree: true});
        }"""
    )
    ask(page, THUNDERBOLT)
    answered(page)
    assert len(set(page.evaluate("window.lengths"))) >= 4


def test_a_calculation_is_a_small_table(page):
    ask(page, PSU)
    calculation = answered(page).locator(".calculation")
    expect(calculation.locator("caption")).to_have_text(["Put in", "Found"])
    rows = calculation.locator("tr").all_inner_texts()
    assert "How many cards\t4" in rows
    assert "Power of one card\t250 W" in rows
    assert "With 10% to spare (line 62)\t1,375 W" in rows


def test_the_steps_of_a_calculation_unfold(page):
    ask(page, PSU)
    steps = answered(page).locator(".calculation details")
    expect(steps.locator("li").first).to_be_hidden()
    steps.locator("summary").click()
    expect(steps).to_contain_text("4 × 250 W + 150 W (CPU) + 100 W (the rest) = 1250 W")


def test_change_these_numbers_opens_the_filled_form(page, keep):
    ask(page, PSU)
    answered(page).locator("a.change").click()
    expect(page.get_by_role("tab", name="Calculators")).to_have_attribute("aria-selected", "true")
    assert re.search(r"#calc=psu.*count=4", page.url)
    form = page.locator("#calculators .rw-form:visible")
    for name, value in (("count", "4"), ("gpu_watts", "250"), ("cpu_watts", "150")):
        shown = form.locator(f"[data-field={name}]:not([hidden]) input").first
        expect(shown).to_have_value(value)
    expect(page.locator("#calc-result .rw-figure")).to_have_text("1,400 W")
    keep(page, "chat-to-calculator")
    page.go_back()
    expect(page.get_by_role("tab", name="Chat")).to_have_attribute("aria-selected", "true")
    expect(page.locator("#chat .exchange")).to_be_visible()


def test_notes_are_beside_the_answer_and_more_unfolds_with_its_citations(page):
    ask(page, THUNDERBOLT)
    note = answered(page).locator("aside.note.changed_advice")
    expect(note).to_contain_text("The advice changed.")
    ask(page, MEMORY)
    more = answered(page, 2).locator("details.more")
    expect(more.locator("a.cite").first).to_be_hidden()
    more.locator("summary").click()
    more.locator("a.cite").first.click()
    expect(page.locator("#source mark").first).to_be_visible()


@pytest.mark.parametrize(
    ("kind", "question"),
    [
        ("changed_advice", THUNDERBOLT),
        ("older_advice", "wait for skylake or buy now?"),
        ("gap", "Which tool prepares the xorg.conf with coolbits for me?"),
        ("assumption", PSU),
        ("newer_hardware", "Is an RTX 4090 a good card for deep learning?"),
    ],
)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_note_looks_unlike_a_statement(visit, kind, question, scheme):
    page = visit(color_scheme=scheme)
    ask(page, question)
    answer = answered(page)
    note = answer.locator(f"aside.note.{kind}").first
    expect(note.locator("svg")).to_be_visible()
    expect(note.locator("strong")).not_to_be_empty()
    look = """element => {
      const { backgroundColor, borderStyle, color } = getComputedStyle(element);
      return [backgroundColor, borderStyle, color];
    }"""
    assert note.evaluate(look) != answer.locator(":scope > .answer > p").first.evaluate(look)
    # Every kind differs from every other in its own look or in its words.
    assert note.get_attribute("aria-label") == note.locator("strong").inner_text().rstrip(".")


def test_a_suggestion_asks(page):
    ask(page, THUNDERBOLT)
    suggestion = answered(page).locator(".next button").first
    text = suggestion.inner_text()
    suggestion.click()
    assert text in answered(page, 2).locator(".words").inner_text()


def test_examples_change_with_the_subject_and_ask(page, keep):
    keep(page, "chat-welcome")
    page.get_by_role("button", name="Cooling").click()
    example = page.get_by_role("button", name="Blower or open-air cards for a four GPU box?")
    expect(example).to_be_visible()
    expect(page.get_by_role("button", name="Is x8 enough for two cards?")).to_be_hidden()
    example.click()
    expect(answered(page).locator(".words")).to_contain_text("Blower or open-air")


def test_the_mode_and_what_it_means_are_always_visible(page):
    for tab in ("Chat", "Calculators", "Check my build", "The guide"):
        page.get_by_role("tab", name=tab).click()
        expect(page.locator(".rw-mode")).to_be_in_viewport()
        expect(page.locator(".rw-mode")).to_contain_text("without a language model")


def test_editing_the_last_question_replaces_it(page):
    ask(page, "Is x8 enough for two cards?")
    answered(page).get_by_role("button", name="Edit").click()
    expect(box(page)).to_have_value("Is x8 enough for two cards?")
    expect(page.locator(".rw-editing")).to_be_visible()
    ask(page, "Is x4 enough for two cards?")
    expect(page.locator("#chat .exchange")).to_have_count(1)
    expect(answered(page).locator(".words")).to_have_text("Is x4 enough for two cards?")
    page.reload()
    expect(answered(page).locator(".words")).to_have_text("Is x4 enough for two cards?")


def test_asking_again_replaces_the_answer(page):
    ask(page, THUNDERBOLT)
    first = answered(page).get_attribute("data-exchange")
    page.get_by_role("button", name="Ask again").click()
    expect(page.locator(f"[data-exchange='{first}']")).to_have_count(0)
    answered(page)
    page.reload()
    answered(page)


def test_copying_gives_markdown_with_the_sources(visit):
    page = visit(permissions=["clipboard-read", "clipboard-write"])
    ask(page, THUNDERBOLT)
    answered(page).get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "10%" in copied
    assert "[1] the author, in a comment of about 2019, line 1222" in copied


def test_thumbs_take_a_reason(page):
    ask(page, THUNDERBOLT)
    answer = answered(page)
    answer.get_by_role("button", name="Bad answer").click()
    expect(answer.get_by_role("button", name="Bad answer")).to_have_attribute(
        "aria-pressed", "true"
    )
    answer.get_by_label("What was right or wrong?").fill("too old")
    answer.get_by_role("button", name="Send").click()
    expect(answer.locator(".said")).to_have_text("Thank you, noted.")


def test_what_is_not_covered_is_said_so(page):
    ask(page, "best pizza in Rome")
    answer = answered(page)
    expect(answer).to_contain_text("does not cover")
    expect(answer.locator("a.cite")).to_have_count(0)


def test_hostile_text_runs_nothing(page):
    page.on("dialog", lambda dialog: (_ for _ in ()).throw(AssertionError("a script ran")))
    hostile = (
        "<img src=x onerror=alert(1)> <script>alert(2)</script> ![x](https://x.invalid/x.png) "
        "${alert(3)} {{constructor.constructor('alert(4)')()}} [y](javascript:alert(5))"
    )
    ask(page, f"Is x8 enough for two graphics cards on one motherboard? {hostile}")
    answer = answered(page)
    assert page.locator("#chat script, #chat img, #chat iframe").count() == 0
    addresses = page.locator("#chat a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert all(address.startswith("#") for address in addresses)
    expect(answer.locator(".words")).to_contain_text("<script>alert(2)</script>")
    page.reload()
    expect(answered(page).locator(".words")).to_contain_text("${alert(3)}")
    assert (
        "<img" in page.locator("#rw-side").inner_text() or page.locator("#rw-side img").count() == 0
    )
    assert page.strangers == []


def test_no_other_host_is_asked(page):
    ask(page, PSU)
    answered(page).locator("a.cite").first.click()
    for tab in ("Calculators", "Check my build", "The guide"):
        page.get_by_role("tab", name=tab).click()
        page.wait_for_timeout(400)
    assert page.strangers == []


def test_a_huge_question_is_refused_in_one_line_and_kept(page):
    huge = "lanes " * 1_700
    ask(page, huge)
    expect(problem(page)).to_contain_text("10,200 characters; at most 4,000")
    expect(box(page)).to_have_value(huge)
    page.reload()
    expect(box(page)).to_have_value(huge)
    ask(page, "Is x8 enough for two cards?")
    answered(page)
    expect(problem(page)).to_be_hidden()


def test_on_a_phone_nothing_is_wider_than_the_screen(visit, keep):
    page = visit(viewport=PHONE, has_touch=True)
    keep(page, "chat-phone-welcome")
    ask(page, PSU)
    answered(page)
    keep(page, "chat-phone-answer")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    expect(page.get_by_role("tab")).to_have_count(4)


def test_light_and_dark_follow_the_system_until_chosen(visit, keep):
    page = visit(color_scheme="dark")
    expect(page.locator("body")).to_have_class(re.compile(r"\bdark\b"))
    ask(page, PSU)
    answered(page).locator("a.cite").first.click()
    expect(page.locator("#source mark").first).to_be_visible()
    keep(page, "chat-dark")
    page.get_by_role("button", name="Colours: System").click()
    expect(page.locator("body")).not_to_have_class(re.compile(r"\bdark\b"))
    page.reload()
    expect(page.locator("#rw-question")).to_be_visible()
    expect(page.locator("body")).not_to_have_class(re.compile(r"\bdark\b"))
