"""The guide tab: read, found, linked to and from, by mouse and keys, on a phone and on a desk."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from corpus.load import load_corpus

SIZES = {"360": (360, 740), "1440": (1440, 900)}
LINES = 1245
SERIOUS = {"serious", "critical"}


def open_guide(page):
    page.get_by_role("tab", name="The guide").click()
    expect(page.locator(".guide h1").first).to_be_visible(timeout=20_000)


def go(page, hash):
    page.evaluate("hash => { location.hash = hash; }", hash)


def search(page, words):
    page.locator("#guide-words").fill(words)


def found(page):
    return page.locator(".guide-search .guide-found")


def lines_found(page):
    links = page.locator(".guide-results li a")
    return [int(link.get_attribute("href").removeprefix("#line-")) for link in links.all()]


def painted(page, name):
    return page.evaluate("name => [...CSS.highlights.get(name)].map(String)", name)


def expect_in_sight(page, line):
    """Wait until the line is in the window and below what sticks at the top."""
    page.wait_for_function(
        """line => {
          const row = document.querySelector(`.guide #line-${line}`)?.getBoundingClientRect();
          if (!row) return false;
          const over = document.elementFromPoint(row.left + row.width / 2, row.top + 5);
          return row.top > 0 && row.top < innerHeight && !!over?.closest(`#line-${line}`);
        }""",
        arg=line,
        timeout=10_000,
    )


@pytest.fixture(params=SIZES)
def size(request, page):
    width, height = SIZES[request.param]
    page.set_viewport_size({"width": width, "height": height})
    return request.param


def test_the_text_is_no_part_of_the_first_load_and_all_there_once_open(page):
    assert 'id="line-' not in page.content()
    assert "deep learning workstations and despite careful" not in page.content()
    open_guide(page)
    corpus = load_corpus()
    words = page.locator(".guide .guide-words").evaluate_all(
        "all => all.map((one) => [one.parentElement.id, one.textContent])"
    )
    assert len(words) == LINES
    assert dict(words) == {f"line-{n}": line.strip() for n, line in enumerate(corpus.lines, 1)}
    assert page.strangers == []


def test_it_is_fetched_once(page):
    asked = []
    page.on("request", lambda request: asked.append(request.post_data or ""))
    open_guide(page)
    page.get_by_role("tab", name="Chat").click()
    open_guide(page)
    assert sum("read_guide" in body for body in asked) == 1


def test_the_guide_reads_well(page, size, keep):
    open_guide(page)
    page.wait_for_timeout(300)
    keep(page, f"guide-{size}")
    go(page, "#line-256")
    page.wait_for_timeout(500)
    keep(page, f"guide-line-{size}")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_link_to_a_line_opens_it_on_a_fresh_page(page, address, size):
    page.goto("about:blank")
    page.goto(f"{address}/#line-256")
    row = page.locator(".guide #line-256")
    expect(row).to_have_class(re.compile("is-target"), timeout=20_000)
    expect_in_sight(page, 256)
    assert page.evaluate("document.activeElement.id") == "line-256"
    assert page.evaluate("location.hash") == "#line-256"
    expect(page.locator(".guide-back")).to_be_hidden()


def test_several_lines_are_marked_together(page):
    open_guide(page)
    go(page, "#line-1171-1172")
    expect(page.locator(".is-target")).to_have_count(2)


def test_a_line_that_is_not_there_is_named(page):
    open_guide(page)
    go(page, "#line-9999")
    expect(page.locator(".guide-problem")).to_have_text("The guide has no line 9999.")


def test_comments_are_conversations_with_their_years_in_the_margin(page, size):
    open_guide(page)
    go(page, "#line-165")
    asked = page.locator(".guide-comment:has(#line-165)")
    expect(asked).to_contain_text("A reader asks")
    reply = page.locator(".guide-replies .guide-comment:has(#line-168)")
    expect(reply).to_contain_text("Tim Dettmers, the author")
    expect(reply.locator(".guide-to")).to_contain_text("replies to 165")
    # The reply stands below what it replies to, and within its conversation.
    assert reply.bounding_box()["y"] > asked.bounding_box()["y"]
    assert page.locator(".guide-talk:has(#line-165)").locator("#line-168").count() == 1
    year, words = asked.locator(".guide-year"), page.locator("#line-165 .guide-words")
    expect(year).to_have_text(re.compile(r"^201\d(–\d\d)?$"))
    assert year.bounding_box()["x"] < words.bounding_box()["x"]


def test_ten_thousand_characters_are_searched_or_refused_and_kept(page):
    open_guide(page)
    search(page, "lanes " * 1_700)
    expect(found(page)).to_have_text(re.compile("Nothing found|match"))
    page.locator(".guide-ways").get_by_text("By meaning").click()
    expect(page.locator(".guide-problem")).to_contain_text("at most 500 characters")
    expect(page.locator("#guide-words")).to_have_value("lanes " * 1_700)


def test_a_history_that_cannot_be_fetched_is_told_of_and_comes_later(page):
    open_guide(page)
    page.route(re.compile("component_server"), lambda route: route.abort())
    page.get_by_role("button", name="How advice changed").click()
    expect(page.locator(".guide-problem")).to_contain_text("did not answer", timeout=30_000)
    page.unroute(re.compile("component_server"))
    go(page, "#change=external_gpu")
    expect(page.locator(".timeline-history h2")).to_have_text("External GPUs", timeout=20_000)


def test_the_tab_of_a_line_is_left_and_found_again(page, address):
    page.goto("about:blank")
    page.goto(f"{address}/#line-256")
    expect(page.locator(".guide #line-256")).to_have_class(re.compile("is-target"), timeout=20_000)
    page.get_by_role("tab", name="Chat").click()
    assert page.evaluate("location.hash") == ""
    page.go_back()
    expect(page.get_by_role("tab", name="The guide")).to_have_attribute("aria-selected", "true")
    assert page.evaluate("location.hash") == "#line-256"
    page.reload()
    expect(page.get_by_role("tab", name="The guide")).to_have_attribute("aria-selected", "true")
    expect_in_sight(page, 256)


def test_the_contents_lead_to_the_sections(page):
    open_guide(page)
    page.get_by_role("navigation", name="Contents of the guide").get_by_role(
        "link", name="Power supply unit (PSU)"
    ).click()
    expect_in_sight(page, 60)


def test_a_link_followed_elsewhere_leads_back(page, size):
    page.evaluate(
        """() => document.querySelector("#rw-chat .rw-conversation").insertAdjacentHTML(
             "afterbegin", '<p><a id="quoted" href="#line-1222">line 1222</a></p>')"""
    )
    page.locator("#quoted").click()
    expect(page.locator(".guide #line-1222")).to_have_class(re.compile("is-target"), timeout=20_000)
    back = page.get_by_role("button", name="Back to the answer")
    back.click()
    expect(page.get_by_role("tab", name="Chat")).to_have_attribute("aria-selected", "true")
    page.wait_for_function("document.activeElement.id === 'quoted'")
    page.locator("#quoted").click()
    expect(back).to_be_visible()
    page.go_back()
    expect(page.get_by_role("tab", name="Chat")).to_have_attribute("aria-selected", "true")


def test_superseded_advice_leads_to_what_replaced_it(page):
    open_guide(page)
    go(page, "#line-256")
    marks = page.locator("#line-256 + .guide-marks")
    expect(marks).to_contain_text("Superseded")
    marks.get_by_role("link", name="line 1222").click()
    expect(page.locator("#line-1222")).to_have_class(re.compile("is-target"))
    expect_in_sight(page, 1222)


def test_words_are_found_as_one_types(page, size, keep):
    open_guide(page)
    search(page, "thunderbolt")
    corpus = load_corpus()
    there = [n for n, line in enumerate(corpus.lines, 1) if "thunderbolt" in line.lower()]
    matches = sum(line.lower().count("thunderbolt") for line in corpus.lines)
    units = {corpus.comment_at(n).id for n in there}
    expect(found(page)).to_have_text(f"{matches} matches in {len(units)} places")
    assert set(lines_found(page)) <= set(there)
    assert [word.lower() for word in painted(page, "guide-found")] == ["thunderbolt"] * matches
    expect(page.locator(".guide-results li").first).to_contain_text(re.compile("about 201|2018"))
    keep(page, f"guide-search-{size}")
    page.locator("#guide-words").press("Enter")
    expect(found(page)).to_have_text(f"1 of {len(units)} places")
    assert len(painted(page, "guide-current")) >= 1
    expect_in_sight(page, int(page.evaluate("location.hash.slice(6)")))
    assert page.evaluate("document.activeElement.id") == "guide-words"
    page.get_by_role("button", name="Next place").click()
    expect(found(page)).to_have_text(f"2 of {len(units)} places")
    page.get_by_role("button", name="Previous place").click()
    page.get_by_role("button", name="Previous place").click()
    expect(found(page)).to_have_text(f"{len(units)} of {len(units)} places")
    keep(page, f"guide-found-{size}")


def test_a_phrase_in_quotation_marks_is_found_exactly(page):
    open_guide(page)
    search(page, '"16 lanes"')
    expected = sum(
        len(re.findall(r"(?<!\w)16\s+lanes(?!\w)", line.lower())) for line in load_corpus().lines
    )
    expect(found(page)).to_contain_text(f"{expected} matches")
    search(page, '"don\'t"')  # the source writes it with a curly apostrophe
    expect(found(page)).to_contain_text("matches in")


def test_all_words_must_be_there(page):
    open_guide(page)
    search(page, "blower fan")
    assert lines_found(page)
    for words in page.locator(".guide-results li").all():
        assert words.inner_text()
    for text in painted(page, "guide-found"):
        assert text.lower() in {"blower", "fan"}


def test_filters_leave_out_roles_years_and_topics(page):
    open_guide(page)
    search(page, "ram")
    before = len(lines_found(page))
    page.locator(".guide-filters summary").click()
    page.get_by_label("The article").uncheck()
    page.get_by_label("Readers’ comments").uncheck()
    page.get_by_label("From").select_option("2016")
    page.locator("#guide-to").select_option("2016")
    page.get_by_label("Topic").select_option("ram")
    corpus = load_corpus()
    after = lines_found(page)
    assert 0 < len(after) < before
    for line in after:
        comment = corpus.comment_at(line)
        assert comment.role == "author"
        assert comment.years.first <= 2016 <= comment.years.last
    expect(page.locator(".guide-active")).to_have_text("(3)")
    search(page, "")  # the filters alone list what passes them
    assert len(lines_found(page)) >= len(after)
    page.get_by_role("button", name="Clear filters").click()
    expect(page.locator(".guide-nav")).to_be_visible()


def test_search_by_meaning_finds_other_words(page, size, keep):
    open_guide(page)
    page.locator(".guide-ways").get_by_text("By meaning").click()
    search(page, "how expensive is the electricity")
    expect(page.locator(".guide-results li").first).to_be_visible(timeout=20_000)
    assert set(lines_found(page)) & {64, 65, 66}
    keep(page, f"guide-meaning-{size}")
    page.locator(".guide-results li a").first.click()
    expect_in_sight(page, int(page.evaluate("location.hash.slice(6)")))


@pytest.mark.parametrize("way", ["Exact words", "By meaning"])
def test_what_is_not_found_can_be_asked(page, way):
    open_guide(page)
    page.locator(".guide-ways").get_by_text(way).click()
    search(page, "xyzzy pizza")
    results = page.locator(".guide-results")
    expect(results).to_contain_text("Nothing in the guide", timeout=20_000)
    results.get_by_role("button", name="Ask the chat").click()
    expect(page.get_by_role("tab", name="Chat")).to_have_attribute("aria-selected", "true")
    expect(page.locator("#rw-question")).to_have_value("xyzzy pizza")


def test_hostile_words_are_only_words(page):
    page.on("dialog", lambda dialog: (_ for _ in ()).throw(AssertionError("a script ran")))
    open_guide(page)
    hostile = "<img src=x onerror=alert(1)>"
    search(page, hostile)
    expect(page.locator(".guide-results")).to_contain_text(hostile)
    search(page, "(((")
    expect(found(page)).to_have_text(re.compile("Nothing found|match"))
    assert page.locator(".guide img, .guide script").count() == 0
    assert page.strangers == []


def test_keys_alone_are_enough(page):
    open_guide(page)
    page.locator('[data-view="changes"]').focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "guide-words"
    page.keyboard.type("blower")
    page.keyboard.press("Enter")
    expect(found(page)).to_contain_text("1 of")
    page.keyboard.press("Shift+Enter")
    expect(found(page)).not_to_contain_text("1 of ")
    page.keyboard.press("Escape")
    expect(page.locator("#guide-words")).to_have_value("")
    expect(page.locator(".guide-results")).to_be_hidden()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    expect(page.locator('[name="guide-way"][value="meaning"]')).to_be_checked()


def test_a_subject_opens_with_what_holds_first(page, size, address, keep):
    page.goto("about:blank")
    page.goto(f"{address}/#change=external_gpu")
    history = page.get_by_role("region", name="History of the subject")
    expect(history.locator("h2")).to_have_text("External GPUs", timeout=20_000)
    expect(history.locator("h3")).to_have_text(["What holds", "What was said before"])
    expect(history.locator(".timeline-current .timeline-view")).to_have_count(2)
    expect(history.locator(".timeline-axis > li > h4")).to_have_text(
        ["2015", "2016", "2017", "2018", "2019"]
    )
    page.wait_for_timeout(400)
    keep(page, f"guide-changes-{size}")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    history.locator("summary").first.click()
    expect(history.locator("blockquote").first).to_contain_text("Thunderbolt 3")
    history.get_by_role("link", name="line 256").click()
    expect(page.locator("#line-256")).to_have_class(re.compile("is-target"))


def test_a_subject_is_chosen_from_a_filtered_list(page):
    open_guide(page)
    page.get_by_role("button", name="How advice changed").click()
    subjects = page.locator(".timeline-subjects li:not([hidden])")
    expect(subjects).to_have_count(59)
    page.locator("#timeline-filter").fill("nvlink")
    expect(page.get_by_role("link", name=re.compile("^NVLink"))).to_be_visible()
    assert subjects.count() < 10
    page.get_by_role("link", name=re.compile("^NVLink")).click()
    expect(page.locator(".timeline-history h2")).to_have_text("NVLink")
    assert page.evaluate("location.hash") == "#change=nvlink"
    page.locator("#timeline-filter").fill("zzz")
    expect(page.locator(".timeline-side .guide-found")).to_have_text("No subject has these words")


def test_a_subject_that_is_not_there_is_named(page):
    open_guide(page)
    go(page, "#change=nothing")
    expect(page.locator(".guide-problem")).to_contain_text("no such subject", timeout=20_000)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("hash", ["#line-256", "#change=external_gpu"])
def test_axe_finds_nothing_serious(page, size, theme, hash):
    page.emulate_media(color_scheme=theme)
    page.reload()
    open_guide(page)
    if hash.startswith("#line"):
        search(page, "thunderbolt")
    go(page, hash)
    expect(page.locator(".guide .is-target, .timeline-history h2").first).to_be_visible()
    page.wait_for_timeout(300)
    found = Axe().run(page, context="#rw-guide").response["violations"]
    serious = [
        (one["id"], [node["html"][:160] for node in one["nodes"][:3]])
        for one in found
        if one["impact"] in SERIOUS
    ]
    assert serious == []


def test_a_server_that_does_not_answer_is_named_and_asked_again(page):
    page.route(re.compile("component_server"), lambda route: route.abort())
    page.get_by_role("tab", name="The guide").click()
    expect(page.locator("#the-guide [role=alert]")).to_contain_text(
        "could not be fetched", timeout=30_000
    )
    page.unroute(re.compile("component_server"))
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".guide h1").first).to_be_visible(timeout=20_000)


def test_printed_it_is_the_text_alone(page):
    open_guide(page)
    page.emulate_media(media="print")
    expect(page.locator(".guide-bar")).to_be_hidden()
    expect(page.locator(".guide-side")).to_be_hidden()
    expect(page.locator("#line-256")).to_be_visible()
