import json
import threading
from dataclasses import replace

import pytest

from assistant.errors import InvalidInput
from assistant.settings import Settings
from evals.compare import differences, outcome_of, read_release, release_of
from evals.data import QUESTIONS, read_questions
from evals.report import write_report
from evals.run import failures, run_questions, trec_run, write_result
from evals.whole_guide import whole_guide
from tests.assistant.model.scripted import Say, Script, Server


@pytest.fixture(scope="module")
def questions():
    found = read_questions(QUESTIONS / "questions-article.jsonl")[0]
    return [question for question in found if question.kind != "calc"][:8]


@pytest.fixture(scope="module")
def result(assistant, questions):
    return run_questions(assistant, questions, lambda _: None, with_baselines=False)


def test_every_question_has_a_row_and_nothing_is_wrong(result, questions):
    assert [row.id for row in result.rows] == [question.id for question in questions]
    assert failures(result) == []
    assert result.summary["tune"]["retrieval"]["rigwise"]["hit@5"]["count"] > 0


def test_a_run_is_written_and_read_again(result, tmp_path):
    path = write_result(result, tmp_path)
    again = read_release(path)
    assert [row["id"] for row in again["rows"]] == [row.id for row in result.rows]
    lines = trec_run(result.rows).splitlines()
    assert len(lines) == 10 * len(result.rows)
    assert lines[0].split()[1:2] == ["Q0"]


def test_a_run_is_like_itself_and_a_worse_one_is_noticed(result):
    now = release_of(result, "now")
    assert all(d.won == d.lost == 0 and not d.dropped for d in differences(now, now))
    worse = json.loads(json.dumps(now))
    for row in worse["rows"]:
        row["scores"]["hit@5"] = 0.0
    fallen = [d for d in differences(now, worse) if d.measure == "hit@5"]
    assert all(d.lost > 0 and d.after < d.before for d in fallen)
    assert outcome_of(now["rows"][0], worse["rows"][0]["scores"]) in ("lost", "same")


def test_the_report_loads_nothing_and_holds_both_answers(result, tmp_path):
    before = release_of(result, "0.0.1")
    before["rows"][0]["answer"] = "the answer of old"
    write_report(result, tmp_path / "report.html", before)
    page = (tmp_path / "report.html").read_text("utf-8")
    assert "the answer of old" in page
    assert "Against 0.0.1" in page
    assert "src=" not in page and "@import" not in page and "<link" not in page


def test_what_is_no_result_is_refused(tmp_path):
    path = tmp_path / "x.json"
    path.write_text("{}")
    with pytest.raises(InvalidInput, match=r"x\.json is no result"):
        read_release(path)


def test_the_whole_guide_in_the_prompt_is_scored_beside_ours(assistant, questions, monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    script = Script([Say("Mistakes that waste the most money come first [5].")])
    server = Server(script)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        settings = Settings(model="openai:scripted", model_base_url=server.address)
        answerer = whole_guide(settings, assistant.corpus)
        asked = [replace(questions[0], history=())]
        found = run_questions(assistant, asked, lambda _: None, False, {"whole": answerer})
    finally:
        script.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()
    assert found.rows[0].others["whole"]["right line cited"] == 1.0
    assert "[1245]" in script.requests[0]["messages"][0]["content"]
