import json
import shutil

import pytest

from corpus.load import load_corpus
from corpus.reader import COMMENTS, DATA
from corpus.validate import validate


@pytest.fixture
def folder(tmp_path):
    copy = tmp_path / "data"
    shutil.copytree(DATA, copy)
    return copy


def change(folder, name, number, **fields):
    path = folder / name
    rows = path.read_text("utf-8").splitlines()
    rows[number] = json.dumps({**json.loads(rows[number]), **fields}, ensure_ascii=False)
    path.write_text("\n".join(rows) + "\n", "utf-8")


def faults(folder):
    load_corpus.cache_clear()
    return " ".join(map(str, validate(folder)))


def test_no_rule_is_broken():
    assert validate() == []


def test_every_line_is_in_exactly_one_comment(corpus):
    lines = [n for c in corpus.comments for n in range(c.lines.first, c.lines.last + 1)]
    assert lines == list(range(COMMENTS.first, COMMENTS.last + 1))


@pytest.mark.parametrize(
    ("name", "number", "fields", "told"),
    [
        ("comments.jsonl", 5, {"lines": [129, 129]}, "should start at line"),
        ("comments.jsonl", 5, {"role": "pope"}, "is not one of"),
        ("comments.jsonl", 9, {"reply_to": "c9999"}, "not there"),
        ("comments.jsonl", 9, {"years": [2017, 2015]}, "run backwards"),
        ("comments.jsonl", 0, {"id": "c0117"}, "not its first line"),
        ("cards.jsonl", 0, {"gist": "It needs 4711 watts."}, "4711"),
        ("cards.jsonl", 0, {"gist": "word " * 31}, "31 words"),
        ("cards.jsonl", 0, {"topics": ["pizza"]}, "not in topics.json"),
        ("cards.jsonl", 0, {"questions": ["a b c"]}, "too short"),
        ("cards.jsonl", 0, {"holds": "superseded"}, "must stand together"),
        ("cards.jsonl", 9, {"holds": "superseded", "superseded_by": [116, 116]}, "not newer"),
        ("gaps.jsonl", 0, {"lines": [0, 5]}, "less than the minimum"),
    ],
)
def test_a_broken_rule_is_told_with_its_place(folder, name, number, fields, told):
    change(folder, name, number, **fields)
    assert told in faults(folder)


def test_a_lost_card_is_noticed(folder):
    path = folder / "cards.jsonl"
    rows = [r for r in path.read_text("utf-8").splitlines() if '"lines": [62, 62]' not in r]
    path.write_text("\n".join(rows) + "\n", "utf-8")
    assert "lines 62: an article paragraph without a card" in faults(folder)


def test_a_change_without_a_current_view_is_noticed(folder):
    path = folder / "changes.jsonl"
    path.write_text(path.read_text("utf-8").replace('"current": true', '"current": false'), "utf-8")
    assert "no position is current" in faults(folder)


def test_two_rows_of_one_name_are_noticed(folder):
    path = folder / "hardware.csv"
    rows = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([*rows, rows[1]]) + "\n", "utf-8")
    assert "names two rows" in faults(folder)


@pytest.mark.parametrize("name", ["comments.jsonl", "cards.jsonl", "gaps.jsonl"])
def test_a_line_that_is_no_json_is_named(folder, name):
    from corpus.errors import CorpusError

    path = folder / name
    path.write_text("{\n" + path.read_text("utf-8"), "utf-8")
    with pytest.raises(CorpusError, match=f"{name}, line 1"):
        faults(folder)
