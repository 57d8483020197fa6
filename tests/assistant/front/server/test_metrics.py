from __future__ import annotations

from prometheus_client.parser import text_string_to_metric_families

from assistant.front.server.metrics import count_slack_event
from assistant.types import Answer
from tests.assistant.front.serving import Changed, client_of


def read(client):
    found = client.get("/metrics")
    assert found.headers["content-type"].startswith("text/plain")
    return {
        (sample.name, *sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(found.text)
        for sample in family.samples
    }


def test_requests_answers_and_calculations_are_counted(assistant, tmp_path):
    def ask(question, *_):
        return Answer(question, "model", "answered", "text", unsupported=2)

    with client_of(Changed(assistant, ask), tmp_path) as client:
        before = read(client)
        for _ in range(3):
            client.post("/api/v1/ask", json={"question": "words that stay here"})
        client.post("/api/v1/calculate/psu", json={"gpu": "RTX 2080 Ti", "cpu_watts": 150})
        client.get("/api/words/that/stay/here")
        count_slack_event("answered")
        after = read(client)
    grown = {key: value - before.get(key, 0) for key, value in after.items()}
    ok = (("method", "POST"), ("route", "/api/v1/ask"), ("status", "200"))
    assert grown[("rigwise_requests_total", *ok)] == 3
    assert grown[("rigwise_request_seconds_count", ("route", "/api/v1/ask"))] == 3
    assert grown[("rigwise_answers_total", ("mode", "model"), ("outcome", "answered"))] == 3
    assert grown[("rigwise_removed_sentences_total",)] == 6
    assert grown[("rigwise_calculations_total", ("calculator", "psu"))] == 1
    assert grown[("rigwise_slack_events_total", ("outcome", "answered"))] == 1
    assert not any("stay" in str(key) for key in after)
