import json

from evals.data import read_questions

GOOD = {"id": "a", "question": "x8?", "kind": "fact", "accepted": [[34, 34]], "facts": [["no"]]}


def write(tmp_path, *rows):
    path = tmp_path / "questions.jsonl"
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    path.write_text("\n".join(lines) + "\n")
    return path


def test_a_good_line_is_read(tmp_path):
    questions, broken = read_questions(write(tmp_path, GOOD))
    assert broken == []
    assert questions[0].accepted[0].covers(34)


def test_broken_lines_are_named_and_the_rest_is_read(tmp_path):
    bad = [
        "{",
        "[]",
        {**GOOD, "id": "b", "kind": "riddle"},
        {**GOOD, "id": "c", "accepted": []},
        {**GOOD, "id": "d", "facts": [["("]]},
        {"id": "e", "kind": "fact", "accepted": [[34, 34]]},
        GOOD,
    ]
    questions, broken = read_questions(write(tmp_path, GOOD, *bad))
    assert [question.id for question in questions] == ["a"]
    assert [line.number for line in broken] == list(range(2, 9))
    assert "kind must be one of" in broken[2].reason
    assert "accepted lines are missing" in broken[3].reason
    assert "'question' is missing" in broken[5].reason
    assert "stands twice" in broken[6].reason
