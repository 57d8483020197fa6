import json
import stat
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from assistant.front.terminal.main import main
from assistant.settings import load_settings
from assistant.state.store import State
from assistant.state.tables import ConversationRow
from assistant.types import Answer, Citation
from corpus.types import Lines, Years
from evals.data import read_questions


@pytest.fixture(autouse=True)
def _settings_are_read_anew():
    load_settings.cache_clear()
    yield
    load_settings.cache_clear()


@pytest.fixture
def state():
    """A conversation of page:a with two exchanges, the second one disliked."""
    opened = State.open(load_settings())
    id = opened.conversations.start("page:a", "page").id
    citation = Citation(1, Lines(40, 41), "quote", "author", None, Years(2018, 2018))
    for name in ("e1", "e2"):
        answer = Answer(f"{name}? “é” \ud83d", "quotes", "answered", "Yes [1].", (citation,))
        opened.conversations.add(id, answer.question, answer, name)
    opened.feedback.give("e2", "page:a", "down", "too short")
    yield opened
    opened.close()


@pytest.fixture
def data(monkeypatch, capsysbinary):
    """Run rigwise data as its entry point does; return status, output and errors."""

    def run(*arguments):
        monkeypatch.setattr("sys.argv", ["rigwise", "data", *arguments])
        status = 0
        try:
            main()
        except SystemExit as stop:
            status = stop.code
        captured = capsysbinary.readouterr()
        return status, captured.out.decode("utf-8"), captured.err.decode("utf-8")

    return run


def test_export_writes_json_lines(state, data):
    status, out, _ = data("export", "page:a")
    rows = [json.loads(line) for line in out.splitlines()]
    assert status == 0
    assert [row["kind"] for row in rows] == ["conversation", "feedback"]
    assert [exchange["question"] for exchange in rows[0]["exchanges"]] == [
        "e1? “é” \ufffd",
        "e2? “é” \ufffd",
    ]
    assert rows[0]["exchanges"][0]["answer"]["question"] == "e1? “é” \ud83d"


def test_export_to_a_file_is_for_its_owner_alone(state, data, tmp_path):
    out = tmp_path / "mine.jsonl"
    assert data("export", "page:a", "--out", str(out)) == (0, "", "")
    assert len(out.read_bytes().splitlines()) == 2
    assert stat.S_IMODE(out.stat().st_mode) == 0o600


@pytest.mark.parametrize("arguments", [("export", "page:x"), ("delete", "page:x", "--yes")])
def test_an_owner_of_nothing_is_one_line(state, data, arguments):
    status, out, err = data(*arguments)
    assert (status, out) == (2, "")
    assert err == "rigwise: Nothing is kept about 'page:x'.\n"


def test_delete_asks_first(state, data, monkeypatch):
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _: "n")
    status, out, _ = data("delete", "page:a")
    assert (status, out) == (130, "")
    assert len(state.conversations.listed("page:a")) == 1
    assert data("delete", "page:a", "--yes") == (0, "Deleted: 2 conversations and verdicts.\n", "")
    assert state.conversations.listed("page:a") == ()


def test_feedback_becomes_questions_once_it_is_reviewed(state, data, tmp_path):
    out = tmp_path / "feedback.jsonl"
    assert data("feedback", "--out", str(out))[0] == 0
    questions, (broken,) = read_questions(out)
    assert questions == [] and "kind" in broken.reason

    row = json.loads(out.read_text("utf-8"))
    assert (row["verdict"], row["reason"], row["lines"]) == ("down", "too short", [[40, 41]])
    row |= {"kind": "fact", "accepted": row["lines"]}
    out.write_text(json.dumps(row), "utf-8")
    (question,), broken = read_questions(out)
    assert broken == []
    assert (question.accepted, len(question.history)) == ((Lines(40, 41),), 2)


def test_forget_takes_the_days_or_the_setting(state, data, monkeypatch):
    with state.database.writing() as session:
        then = datetime.now(UTC) - timedelta(days=10)
        session.execute(update(ConversationRow).values(updated_at=then))
    assert "RIGWISE_RETENTION_DAYS" in data("forget")[2]
    assert data("forget", "--days", "11")[1] == "Deleted: 0 conversations.\n"
    assert data("forget", "--days", "0")[0] == 2
    monkeypatch.setenv("RIGWISE_RETENTION_DAYS", "9")
    load_settings.cache_clear()
    assert data("forget")[1] == "Deleted: 1 conversations.\n"


def test_a_damaged_database_is_one_line(state, data):
    state.close()
    (load_settings().data_dir / "rigwise.db").write_bytes(b"something else " * 500)
    status, out, err = data("export", "page:a")
    assert (status, out) == (2, "")
    assert err.startswith("rigwise: The database ") and err.count("\n") == 1
