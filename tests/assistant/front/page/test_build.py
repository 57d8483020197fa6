"""The build report: summary, order, what to write instead, Markdown."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from assistant.build_check.check import check_build
from assistant.front.page.build import UNREAD, answer_build
from assistant.front.page.build_export import report_markdown
from assistant.front.page.build_picker import EXAMPLES, PICKS, build_html
from assistant.front.page.build_words import ABOUT, ORDER, advise, summarise, worst_first
from assistant.types import BuildReport, Verdict
from tests.assistant.front.page.test_calculators import Structure

WEAK = "GPU: 4x RTX 2080 Ti\nCPU: i9-9900K\nRAM: 8 GB\nPSU: 1000 W\nStorage: NVMe SSD"
DAY = date(2026, 11, 23)


def report_of(*kinds):
    return BuildReport((), (), tuple(Verdict("ram", kind, "", ()) for kind in kinds))


@pytest.mark.parametrize(
    ("kinds", "told"),
    [
        (["fails", "fine"], "1 thing to mend, 1 fine"),
        (["fine", "look", "look", "unknown"], "2 things to look at, 1 to find out, 1 fine"),
        (["fine", "fine"], "All 2 checks are fine"),
        (["unknown"], "1 thing to find out"),
    ],
)
def test_the_summary_counts_what_is_to_be_done(kinds, told):
    assert summarise(report_of(*kinds)) == told


@given(some.lists(some.sampled_from(ORDER), min_size=1, max_size=10))
def test_the_worst_comes_first_and_nothing_is_lost(kinds):
    found = [verdict.verdict for verdict in worst_first(report_of(*kinds).verdicts)]
    assert found == sorted(kinds, key=ORDER.index)


def test_a_report_has_every_verdict_with_its_sources_and_its_plots(assistant):
    shown = answer_build(assistant, {"text": WEAK})
    verdicts = check_build(WEAK).verdicts
    for verdict in verdicts:
        assert f"</span>{ABOUT[verdict.about]}<" in shown
        for span in verdict.lines:
            assert f'href="#guide-{span.first}-{span.last}-0"' in shown
    assert shown.count("rw-verdict ") == len(verdicts)
    assert 'data-plot="psu"' in shown and 'data-plot="slots_and_lanes"' in shown
    assert shown.index("1000 W is less than") < shown.index("GPUs of one kind")


@pytest.mark.parametrize(
    ("part", "text", "instead"),
    [
        ("i9-9920Q", "CPU: i9-9920Q", "Core i9-9920X"),
        ("RTX 2088 Ti", "GPU: RTX 2088 Ti", "RTX 2080 Ti"),
        ("Banana B-77", "Mobo: x\nMotherboard: Banana B-77", ""),
        ("zzz-99", "zzz-99", ""),
    ],
)
def test_what_is_not_recognised_gets_the_nearest_name_or_a_way_to_write_it(part, text, instead):
    advice = advise(part, text)
    assert advice.written == part and advice.instead == instead
    assert instead in advice.words
    assert instead or "“" in advice.words


def test_markdown_has_parts_verdicts_and_the_words_of_sources(assistant):
    report = check_build(f"{WEAK}\nMotherboard: Banana B-77")
    text = report_markdown(assistant, report, DAY)
    assert text.startswith("# Build check of 2026-11-23\n\n**1 thing to mend")
    assert "| Graphics card | RTX 2080 Ti | 4 |" in text
    assert "Not recognised: Banana B-77" in text
    for verdict in report.verdicts:
        assert f"- **{ABOUT[verdict.about]}**, " in text
        for span in verdict.lines:
            assert f"\n- {span}, " in text


def test_hostile_parts_stay_text_on_the_page_and_in_markdown(assistant):
    hostile = f"{WEAK}\nCase: <img src=x onerror=alert(1)> [x](https://x.invalid)\nCPU: <script>"
    shown = answer_build(assistant, {"text": hostile})
    assert not re.search(r"<(?:img|script)", shown)
    assert "](https://x.invalid)" not in report_markdown(assistant, check_build(hostile), DAY)


@pytest.mark.parametrize("sent", [None, 7, [], {}, {"text": None}, {"text": ["x"]}])
def test_what_is_no_text_gets_one_line(assistant, sent):
    assert UNREAD in answer_build(assistant, sent)


@pytest.mark.parametrize("text", ["", " \n", "asdf", "lorem ipsum " * 900, "x" * 30_000])
def test_what_is_no_build_gets_one_line(assistant, text):
    shown = answer_build(assistant, {"text": text})
    assert re.fullmatch(r'<p class="rw-problem problem" role="alert">[^<]+</p>', shown)


@pytest.mark.parametrize("text", [text for _, text in EXAMPLES])
def test_examples_are_understood_wholly_and_hold(text):
    report = check_build(text)
    assert report.unknown_parts == ()
    assert "fails" not in {verdict.verdict for verdict in report.verdicts}


def test_every_part_to_pick_has_its_label():
    found = Structure(build_html().replace("<textarea", "<input"))
    assert found.controls == found.labels
    assert len(found.ids) == len(set(found.ids))
    assert len(PICKS) + 1 == len(found.labels)
