import hashlib
import json

import pytest

from corpus.errors import CorpusError
from corpus.reader import ARTICLE, COMMENTS, DATA, paragraphs, read_lines, text_of
from corpus.types import Lines


def test_the_text_is_the_one_in_the_manifest():
    manifest = json.loads((DATA / "manifest.json").read_text("utf-8"))
    content = (DATA / "guide.txt").read_bytes()
    assert hashlib.sha256(content).hexdigest() == manifest["guide.txt"]["sha256"]
    assert len(read_lines()) == manifest["guide.txt"]["lines"] == 1245


def test_a_line_without_a_leading_space_continues_the_paragraph():
    found = paragraphs(Lines(95, 103))
    assert [paragraph.lines for paragraph in found] == [Lines(95, 99), Lines(100, 103)]


def test_navigation_words_are_no_content():
    numbers = {p.lines.first for p in paragraphs(Lines(1, 130))}
    assert not numbers & {1, 114, 115}
    assert paragraphs(ARTICLE)[-1].lines == Lines(112, 113)


def test_every_comment_line_is_in_exactly_one_paragraph():
    covered = [n for p in paragraphs(COMMENTS) for n in range(p.lines.first, p.lines.last + 1)]
    assert covered == list(range(COMMENTS.first, COMMENTS.last + 1))


@pytest.mark.parametrize("lines", [Lines(0, 1), Lines(5, 4), Lines(1245, 1246)])
def test_lines_outside_the_source_are_refused(lines):
    with pytest.raises(CorpusError, match="lines 1 to 1245"):
        text_of(lines)


def test_a_changed_text_is_noticed(tmp_path):
    (tmp_path / "manifest.json").write_bytes((DATA / "manifest.json").read_bytes())
    (tmp_path / "guide.txt").write_bytes((DATA / "guide.txt").read_bytes() + b"!")
    with pytest.raises(CorpusError, match="checksum"):
        read_lines(tmp_path)


def test_a_missing_text_is_one_clear_line(tmp_path):
    with pytest.raises(CorpusError, match="cannot be read"):
        read_lines(tmp_path)
