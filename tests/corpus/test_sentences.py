import pytest

from corpus.reader import ARTICLE, COMMENTS, read_lines
from corpus.sentences import sentences_of, split_sentences
from corpus.types import Lines


def parts(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("Use 1.1 ms, e.g. with PCIe. Then stop.", ["Use 1.1 ms, e.g. with PCIe.", "Then stop."]),
        ("1. You are right. 2. No.", ["1. You are right.", "2. No."]),
        ("“Is it?” He asked.", ["“Is it?”", "He asked."]),
        ("no end", ["no end"]),
        ("", []),
    ],
)
def test_a_text_is_cut_at_sentence_ends(text, expected):
    assert parts(text) == expected


def test_every_sentence_stands_in_its_line_exactly():
    source = read_lines()
    for sentence in sentences_of(Lines(ARTICLE.first, COMMENTS.last)):
        line = source[sentence.line - 1]
        assert line[sentence.start : sentence.end] == sentence.text == sentence.text.strip()


def test_sentences_keep_every_word():
    for number in range(COMMENTS.first, COMMENTS.last + 1):
        words = read_lines()[number - 1].split()
        kept = [w for s in sentences_of(Lines(number, number)) for w in s.text.split()]
        assert kept == words
