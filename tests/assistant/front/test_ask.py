import json
import socket

import pytest
from click.testing import CliRunner

from assistant.assistant import Assistant
from assistant.front.terminal import ask as ask_module
from assistant.front.terminal.main import main, rigwise

FIELDS = {
    "id", "question", "mode", "outcome", "answer", "citations", "passages", "calculations",
    "notes", "timings_ms",
}  # fmt: skip


@pytest.fixture
def run(assistant, monkeypatch):
    """The command with the assistant that the tests share; returns the click result."""
    monkeypatch.setattr(Assistant, "load", lambda *_, **__: assistant)
    runner = CliRunner()

    def call(*arguments, **options):
        return runner.invoke(ask_module.ask_command, list(arguments), **options)

    return call


def run_main(monkeypatch, capsys, *arguments):
    """Run the command as its entry point does; return status, output and errors."""
    monkeypatch.setattr("sys.argv", ["rigwise", *arguments])
    status = 0
    try:
        main()
    except SystemExit as stop:
        status = stop.code
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def test_json_holds_every_field_of_the_contract(run):
    result = run("--json", "Is x8 enough for two cards?")
    row = json.loads(result.output)
    assert set(row) >= FIELDS
    assert set(row["citations"][0]) == {"n", "lines", "quote", "role", "section", "years"}
    assert set(row["passages"][0]) == {"lines", "score"}
    assert row["timings_ms"].keys() >= {"understand", "retrieve", "total"}


def test_the_terminal_shows_the_answer_and_its_sources(run):
    result = run("Is an external GPU over Thunderbolt any good?")
    assert result.exit_code == 0
    assert "10%" in result.output
    assert "line 1222" in result.output


def test_a_question_comes_from_standard_input(run):
    assert "line 1222" in run("-", input="external gpu over thunderbolt?").output


def test_a_file_of_questions_is_answered_line_by_line(run, tmp_path):
    questions = tmp_path / "in.jsonl"
    rows = [
        {"id": 1, "question": "Is x8 enough?"},
        {
            "id": "b",
            "question": "and with four?",
            "history": [{"role": "user", "content": "Is x8 enough for two cards?"}],
        },
    ]
    questions.write_text("\n".join(map(json.dumps, rows)) + "\n\n")
    out = tmp_path / "out.jsonl"
    assert run("--jsonl", str(questions), "--out", str(out)).exit_code == 0
    answers = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [answer["id"] for answer in answers] == [1, "b"]
    assert all(answer["outcome"] == "answered" for answer in answers)


@pytest.mark.parametrize(
    ("line", "id_"),
    [
        (b"{", None),
        (b"[1]", None),
        (b'{"id": 7}', 7),
        (b'{"id": 8, "question": ""}', 8),
        (b'{"id": 9, "question": "a b", "history": [{"role": "pope", "content": ""}]}', 9),
        (b'{"id": 10, "question": "a b", "history": "yes"}', 10),
        (b"\xff\xfe", None),
        (b"[" * 100_000, None),
    ],
)
def test_a_broken_line_gets_a_row_and_the_rest_goes_on(run, tmp_path, line, id_):
    questions, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    questions.write_bytes(line + b'\n{"id": "next", "question": "Is x8 enough?"}\n')
    result = run("--jsonl", str(questions), "--out", str(out))
    answers = [json.loads(row) for row in out.read_text("utf-8").splitlines()]
    assert [answer["id"] for answer in answers] == [id_, "next"]
    assert [answer["outcome"] for answer in answers] == ["invalid_input", "answered"]
    assert result.exit_code != 0


def test_invalid_utf8_on_standard_input_is_one_line(run):
    result = run("-", input=b"is \xff\xfe enough")
    assert "not UTF-8" in str(result.exception)


@pytest.mark.parametrize("question", ["", "x" * 100_000, "\x00\x01"])
def test_a_bad_question_ends_in_one_line(assistant, monkeypatch, capsys, question):
    monkeypatch.setattr(Assistant, "load", lambda *_, **__: assistant)
    status, out, err = run_main(monkeypatch, capsys, "ask", question)
    assert status == 2
    assert out == ""
    assert err.startswith("rigwise: ") and err.count("\n") == 1


def test_questions_and_file_together_are_refused(run):
    assert run("question", "--jsonl", __file__, "--out", "x").exit_code == 2
    assert run("--jsonl", __file__).exit_code == 2


def test_an_unwritable_index_folder_ends_in_one_line(monkeypatch, capsys, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setenv("RIGWISE_INDEX_DIR", str(blocked / "index"))
    from assistant.settings import load_settings

    load_settings.cache_clear()
    status, _, err = run_main(monkeypatch, capsys, "ask", "Is x8 enough?")
    load_settings.cache_clear()
    assert status == 2
    assert "RIGWISE_INDEX_DIR" in err
    assert "Traceback" not in err


def test_a_port_in_use_ends_in_one_line(monkeypatch, capsys):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        status, _, err = run_main(monkeypatch, capsys, "serve", "--port", port)
    assert status == 2
    assert f"127.0.0.1:{port}" in err and err.count("\n") == 1


def test_an_unknown_command_is_refused(monkeypatch, capsys):
    status, _, err = run_main(monkeypatch, capsys, "frobnicate")
    assert status == 2
    assert "No such command" in err


def test_help_names_every_command():
    output = CliRunner().invoke(rigwise, ["--help"]).output
    for name in ("ask", "serve", "index", "corpus", "calc", "check", "eval"):
        assert f"  {name} " in output
