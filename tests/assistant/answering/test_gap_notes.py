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
