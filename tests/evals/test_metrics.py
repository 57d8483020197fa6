import pytest

from assistant.types import Answer, Citation
from corpus.types import Lines, Years
from evals.data import read_questions
from evals.metrics import (
    answer_scores,
    clustered_interval,
    randomisation_p,
    retrieval_scores,
)


@pytest.fixture
def question(tmp_path):
    path = tmp_path / "q.jsonl"
    path.write_text(
        '{"id": "a", "question": "how many lanes?", "kind": "fact", "accepted": [[34, 34]],'
        ' "helpful": [[31, 31]], "facts": [["8 PCIe lanes"], ["32"]]}\n'
    )
    return read_questions(path)[0][0]


def spans(*numbers):
    return [Lines(n, n) for n in numbers]


def test_the_rank_of_the_first_accepted_place_counts(question):
    scores = retrieval_scores(question, spans(5, 34, 7))
    assert scores["hit@1"] == 0.0
    assert scores["hit@3"] == scores["hit@5"] == 1.0
    assert scores["MRR@10"] == pytest.approx(0.5)


def test_a_helpful_place_is_no_hit_but_a_gain(question):
    scores = retrieval_scores(question, spans(31, 5))
    assert scores["hit@10"] == scores["MRR@10"] == 0.0
    assert scores["nDCG@10"] > 0.0


def test_nothing_found_scores_nothing(question):
    assert set(retrieval_scores(question, []).values()) == {0.0}


def test_a_place_behind_a_wall_of_text_is_not_shown_within_the_budget(question):
    scores = retrieval_scores(question, [Lines(990, 996), Lines(34, 34)])
    assert scores["hit@3"] == 1.0
    assert scores["hit in 1500 characters"] == 0.0


def answer(text, quote, outcome="answered"):
    citation = Citation(1, Lines(34, 34), quote, "article", None, Years(2018, 2018))
    return Answer("how many lanes?", "quotes", outcome, text, (citation,))


QUOTE = "With 4 GPUs, I would make sure that I can get a support of 8 PCIe lanes per GPU"


def test_an_answer_is_scored(question):
    scores = answer_scores(question, answer(f"Four: {QUOTE} [1]", QUOTE))
    assert scores["right line cited"] == scores["first citation right"] == 1.0
    assert scores["citation precision"] == 1.0
    assert scores["facts contained"] == 0.5
    assert scores["unsupported numbers"] == scores["quotes not verbatim"] == 0.0


def test_a_number_from_nowhere_is_noticed(question):
    assert (
        answer_scores(question, answer("It takes 17 lanes [1]", QUOTE))["unsupported numbers"]
        == 1.0
    )


def test_a_changed_quote_is_noticed(question):
    changed = QUOTE.replace("8", "16")
    assert answer_scores(question, answer("x [1]", changed))["quotes not verbatim"] == 1.0


def test_a_wrong_refusal_is_noticed(question):
    refused = answer("The guide does not cover this.", QUOTE, outcome="not_covered")
    assert answer_scores(question, refused)["wrong refusal"] == 1.0


def test_an_interval_holds_its_mean_and_widens_with_clusters():
    values = {str(n): float(n % 2) for n in range(100)}
    alone = clustered_interval(values, {id_: id_ for id_ in values})
    together = clustered_interval(values, {id_: str(int(id_) % 2) for id_ in values})
    assert alone.low < alone.mean == 0.5 < alone.high
    assert together.high - together.low > alone.high - alone.low


def test_equal_runs_do_not_differ_and_opposite_ones_do():
    ones = {str(n): 1.0 for n in range(20)}
    zeros = dict.fromkeys(ones, 0.0)
    assert randomisation_p(ones, ones) == 1.0
    assert randomisation_p(ones, zeros) < 0.01
