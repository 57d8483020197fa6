import re

from playwright.sync_api import expect

PSU = "How many watts do I need for four 250 W GPUs and a 150 W CPU?"


def ask(page, question):
    page.locator("#question textarea").fill(question)
    page.locator("#question textarea").press("Enter")


def test_a_question_gets_a_streamed_answer_whose_citation_opens_the_lines(page, keep):
    ask(page, PSU)
    citation = page.locator("#chat a.cite").first
    expect(citation).to_be_visible(timeout=20_000)
    expect(page.locator("#chat")).to_contain_text("1250")
    assert "4×250 + 150 + 100 = 1250 watts" in page.locator("#chat").inner_text()
    keep(page, "chat-answer")
    citation.click()
    mark = page.locator("#source mark").first
    expect(mark).to_be_visible(timeout=10_000)
    expect(page.locator("#source")).to_contain_text("Power supply unit (PSU)")
    expect(mark).to_contain_text("watts")
    expect(mark).to_be_in_viewport()
    keep(page, "chat-source")


def test_an_answer_arrives_in_several_updates(page):
    page.evaluate(
        """() => {
          window.lengths = new Set();
          new MutationObserver(() => {
            const bot = [...document.querySelectorAll("#chat .bot")].pop();
            if (bot) window.lengths.add(bot.innerText.trim().length);
          }).observe(document.body, {childList: true, subtree: true, characterData: true});
        }"""
    )
    ask(page, "Is an external GPU over Thunderbolt any good?")
    expect(page.locator("#chat blockquote").first).to_be_visible(timeout=20_000)
    page.wait_for_timeout(500)
    assert len([n for n in page.evaluate("[...window.lengths]") if n > 0]) >= 2


def test_an_example_fills_the_question(page):
    page.get_by_text("Is x8 enough for two cards?").click()
    expect(page.locator("#question textarea")).to_have_value("Is x8 enough for two cards?")


def test_what_is_not_covered_is_said_so(page):
    ask(page, "best pizza in Rome")
    expect(page.locator("#chat")).to_contain_text("does not cover", timeout=20_000)
    expect(page.locator("#chat a.cite")).to_have_count(0)


def test_a_huge_question_is_refused_and_nothing_breaks(page):
    ask(page, "lanes " * 20_000)
    expect(page.locator("#chat")).to_contain_text("at most 4,000", timeout=20_000)
    ask(page, "Is x8 enough for two cards?")
    expect(page.locator("#chat a.cite").first).to_be_visible(timeout=20_000)


def test_hostile_text_runs_nothing(page):
    page.on("dialog", lambda dialog: (_ for _ in ()).throw(AssertionError("a script ran")))
    hostile = "<img src=x onerror=alert(1)> <script>alert(2)</script> ![x](https://x.invalid/x.png)"
    ask(page, f"Is x8 enough for two graphics cards on one motherboard? {hostile}")
    expect(page.locator("#chat")).to_contain_text(
        re.compile("does not cover|lanes"), timeout=20_000
    )
    assert page.locator("#chat script, #chat .message img").count() == 0
    expect(page.locator("#chat")).to_contain_text("<script>alert(2)</script>")
    assert page.strangers == []


def test_no_other_host_is_asked(page):
    ask(page, PSU)
    expect(page.locator("#chat a.cite").first).to_be_visible(timeout=20_000)
    page.locator("#chat a.cite").first.click()
    page.wait_for_timeout(500)
    assert page.strangers == []


def test_a_calculator_is_one_click_away(page, keep):
    page.get_by_role("tab", name="Calculators").click()
    page.get_by_role("button", name="Calculate").first.click()
    result = page.locator("#result-psu")
    expect(result).to_contain_text("1,400 W", timeout=20_000)
    expect(result).to_contain_text("1375 W")
    keep(page, "calculator")
    result.locator("a.cite").first.click()
    expect(page.locator("#source")).to_contain_text("Power supply unit (PSU)", timeout=10_000)


def test_a_calculator_names_what_is_wrong(page):
    page.get_by_role("tab", name="Calculators").click()
    page.get_by_label("cpu watts").first.fill("-5")
    page.get_by_role("button", name="Calculate").first.click()
    expect(page.locator("#result-psu [role=alert]")).to_contain_text(
        "cpu_watts must be from 0", timeout=20_000
    )


def test_a_pasted_build_gets_verdicts(page, keep):
    page.get_by_role("tab", name="Check my build").click()
    page.locator("#check-build").click()
    expect(page.locator("#report")).to_contain_text("RTX 2080 Ti", timeout=20_000)
    expect(page.locator("#report tr")).not_to_have_count(0)
    expect(page.locator("#report")).to_contain_text("power")
    keep(page, "build-check")
