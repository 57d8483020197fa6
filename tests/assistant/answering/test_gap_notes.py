"""What the scrape lost is named where somebody asks for it, and nowhere else."""

import pytest

from assistant.answering.notes import gap_notes
from assistant.types import Citation
from corpus.reader import text_of
from corpus.types import Lines, Years


def notes_on(assistant, line, question):
    lines = Lines(line, line)
    cited = Citation(1, lines, text_of(lines), "author", None, Years(2015, 2015))
    vector = assistant.index.encoder.encode([question])[0]
    return gap_notes(assistant.corpus, assistant.index, vector, [cited])


def test_a_lost_list_is_named_where_it_is_asked_for(assistant):
    (note,) = notes_on(assistant, 10, "What are the memory requirements in the list?")
    assert note.kind == "gap"
    assert note.text.startswith("The list of memory requirements")


def test_a_lost_list_is_not_named_where_something_else_is_asked(assistant):
    assert notes_on(assistant, 10, "Is a big case better for cooling?") == []


@pytest.mark.parametrize(
    ("line", "question"), [(131, "What was the question about SLI?"), (737, "the NVLink question")]
)
def test_a_lost_question_whose_answer_is_whole_is_not_missed(assistant, line, question):
    assert any(gap.lines.covers(line) for gap in assistant.corpus.gaps)
    assert notes_on(assistant, line, question) == []


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        (
            "how many GB of VRAM do I need for which kind of work?",
            "The list of memory requirements",
        ),
        ("Where can I watch the Linus video about RAM speed?", "The linked Linus Tech Tips video"),
    ],
)
def test_a_lost_thing_is_named_where_it_is_asked_for_in_other_lines(assistant, question, missing):
    answer = assistant.ask(question)
    assert any(note.kind == "gap" and note.text.startswith(missing) for note in answer.notes)


def test_what_only_sounds_like_a_lost_thing_brings_no_note(assistant):
    answer = assistant.ask("How much GPU memory does a 1080 Ti have?")
    assert not any("list of memory requirements" in note.text for note in answer.notes)
