import re
from types import MappingProxyType

from assistant.answering.check import MARKER
from assistant.assistant import Assistant
from assistant.front.page.examples import SUBJECTS, questions_on, tidy_question
from assistant.front.page.exchange import answer_as_text, answer_blocks, exchange_html
from assistant.front.page.markup import blocks_of
from assistant.front.page.shell import header_html, mode_in_words
from assistant.front.page.source_panel import highlight, source_html
from assistant.front.page.views import calculation_html, citation_link, note_html
from assistant.types import Answer, Citation, Note
from corpus.types import Lines, Years

PSU = "How many watts do I need for four 250 W GPUs and a 150 W CPU?"
CITED = Citation(
    1, Lines(62, 62), 'so "quoted" <b>&', "article", "Power supply unit (PSU)", Years(2018, 2018)
)


def test_a_marker_becomes_a_link_and_an_escaped_one_stays_text():
    (block,) = blocks_of(r"Buy it. [1] Not this: \[1\], nor that [7].", {1: "<a>1</a>"})
    assert block == "<p>Buy it. <a>1</a> Not this: [1], nor that .</p>"


def test_markdown_cannot_make_links_images_or_html():
    hostile = (
        "[x](javascript:alert(1)) ![y](https://z.invalid) <b onclick=a>z</b> <https://z.invalid>"
    )
    html = "".join(blocks_of(hostile, {}))
    assert set(re.findall(r"<(\w+)", html)) == {"p"}
    assert "&lt;b onclick=a&gt;" in html


def test_quotes_are_told_from_their_attribution():
    (block,) = blocks_of("> “Words.” [1]\n>\n> — the guide, December 2018", {1: "<a>1</a>"})
    assert '<p class="rw-quote">“Words.” <a>1</a></p>' in block
    assert '<p class="by">— the guide, December 2018</p>' in block


def test_a_list_that_is_shown_elsewhere_is_left_out():
    text = "Lead.\n\n- 4 × 250 W = 1000 W\n- done\n\nEnd."
    steps = ("4 × 250 W = 1000 W", "done")
    assert blocks_of(text, {}, left_out=steps) == ["<p>Lead.</p>", "<p>End.</p>"]
    assert len(blocks_of(text, {}, left_out=steps[:1])) == 3


def test_a_citation_carries_its_quote_and_who_said_it():
    link = citation_link(CITED)
    assert 'href="#guide-62-62-1"' in link
    assert 'data-quote="so &quot;quoted&quot; &lt;b&gt;&amp;"' in link
    assert "the guide, December 2018, Power supply unit (PSU)" in link


def test_an_answer_in_blocks(assistant: Assistant):
    answer = assistant.ask(PSU)
    blocks = answer_blocks(answer, lambda name: f"Title of {name}")
    assert blocks[0].startswith("<p>Power supply: <strong>1,400 W</strong>")
    assert "Title of psu" in blocks[1]
    assert 'href="#calc=psu' in blocks[1]
    steps = "".join(blocks[:1] + blocks[2:-1])
    assert "4 × 250 W + 150 W" not in steps  # only unfolded, in the calculation
    assert blocks[-1].startswith('<footer class="actions">')
    assert "".join(blocks).count('class="cite" href="#guide-62-62-1"') == 2
    assert len(MARKER.findall(answer.text)) == 4


def test_several_calculations_are_folded(assistant: Assistant):
    calculation = assistant.ask(PSU).calculations[0]
    answer = Answer("q", "quotes", "answered", "Lead.", calculations=(calculation, calculation))
    blocks = answer_blocks(answer, str)
    assert [block[:30] for block in blocks[1:3]] == ['<details class="calculation"><'] * 2


def test_more_and_suggestions_are_offered(assistant: Assistant):
    answer = assistant.ask("how much memory for my model?")
    html = "".join(answer_blocks(answer, str))
    assert f"({len(answer.more_citations)} more quote" in html
    assert html.count("data-ask=") == len(answer.suggestions)


def test_a_question_is_shown_as_text():
    html = exchange_html("a" * 32, "<img src=x onerror=alert(1)>\n[1]")
    assert "&lt;img src=x onerror=alert(1)&gt;\n[1]" in html


def test_a_note_says_its_kind():
    html = note_html(Note("gap", "The list <is> missing."))
    assert 'class="note gap"' in html
    assert "<strong>Missing in the source.</strong> The list &lt;is&gt; missing." in html


def test_a_calculation_shows_what_was_put_in_and_found(assistant: Assistant):
    calculation = assistant.calculate("ram", MappingProxyType({"gpu": "Titan RTX"}))
    html = calculation_html(calculation, title="RAM")
    assert '<p class="figure">24' in html
    assert "<caption>Put in</caption>" in html
    assert "<summary>How it was worked out</summary>" in html


def test_the_text_to_copy_has_its_sources(assistant: Assistant):
    text = answer_as_text(assistant.ask(PSU))
    assert "Sources:\n\n- [1] the guide, December 2018, line 62: “You can calculate" in text


def test_the_panel_marks_the_quote_in_its_comment_with_the_thread(assistant: Assistant):
    html = source_html(assistant, Lines(1222, 1222), "you should see only a small loss")
    assert "A reader asks, about 2019" in html
    assert html.count("aria-current=true") == 1
    assert "<mark>you should see only a small loss</mark>" in html
    assert 'href="#guide-1222-1222"' in html


def test_a_quote_is_found_across_lines_and_text_is_escaped():
    assert highlight("a <b>\nc d", "<b> c") == "a <mark>&lt;b&gt;</mark>\n<mark>c</mark> d"
    assert highlight("a & b", "nowhere") == "a &amp; b"


def test_words_that_were_replaced_lead_to_the_newer_ones(assistant: Assistant):
    card = next(card for card in assistant.corpus.cards if card.superseded_by)
    html = source_html(assistant, card.lines)
    assert "Newer advice replaced this" in html
    assert f'href="#guide-{card.superseded_by.first}-{card.superseded_by.last}-0"' in html


def test_every_subject_has_questions_of_its_own(assistant: Assistant):
    found = [questions_on(assistant.corpus, subject) for subject in SUBJECTS]
    assert all(len(questions) == 4 for questions in found)
    everything = [question for questions in found for question in questions]
    assert len(set(everything)) == len(everything)


def test_questions_are_written_tidily():
    assert tidy_question("is a psu from nvidia ok") == "Is a PSU from NVIDIA ok?"
    assert tidy_question("egpu on macbook") == "eGPU on MacBook"
    assert tidy_question("4 gpus, can i?") == "4 GPUs, can I?"


def test_the_header_says_the_mode_and_what_it_means():
    assert "without a language model" in header_html("")
    name, meaning = mode_in_words("openai:some-model")
    assert name == "Model mode"
    assert "openai:some-model writes the answers; every sentence is checked" in meaning
