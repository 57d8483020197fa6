"""What is counted, for Prometheus: one set for the process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    generate_latest,
)
from starlette.responses import Response

from assistant.assistant import Assistant
from assistant.streaming import Watch, unwatched
from assistant.types import Answer, BuildReport, Calculation, Turn

_FAST = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)

# A second time series for each, and nobody asks for it.
disable_created_metrics()  # type: ignore[no-untyped-call]
REQUESTS = Counter("rigwise_requests", "Requests answered.", ["method", "route", "status"])
SECONDS = Histogram("rigwise_request_seconds", "Time of requests.", ["route"], buckets=_FAST)
IN_PROGRESS = Gauge("rigwise_requests_in_progress", "Requests being answered.")
ANSWERS = Counter("rigwise_answers", "Answers, in all front ends.", ["outcome", "mode"])
ANSWER_SECONDS = Histogram("rigwise_answer_seconds", "Time of answers.", ["mode"], buckets=_FAST)
REMOVED = Counter("rigwise_removed_sentences", "Sentences that the check removed.")
CALCULATIONS = Counter("rigwise_calculations", "Calculations.", ["calculator"])
SLACK_EVENTS = Counter(
    "rigwise_slack_events", "Events from Slack, by what became of them.", ["outcome"]
)


def count_slack_event(outcome: str) -> None:
    """Count an event from Slack; outcome is one of a few fixed words."""
    SLACK_EVENTS.labels(outcome).inc()


def metrics_response() -> Response:
    """Return all counts as Prometheus reads them."""
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


class CountedAssistant(Assistant):
    """An assistant that counts what it is asked, whichever front end asks."""

    def __init__(self, assistant: Assistant) -> None:
        super().__init__(assistant.corpus, assistant.index, assistant.model)
        self._counted = assistant

    def ask(self, question: str, history: Sequence[Turn] = (), watch: Watch = unwatched) -> Answer:
        """Answer a question and count the answer."""
        answer = self._counted.ask(question, history, watch)
        ANSWERS.labels(answer.outcome, answer.mode).inc()
        ANSWER_SECONDS.labels(answer.mode).observe(answer.timings_ms.get("total", 0.0) / 1000)
        REMOVED.inc(answer.unsupported)
        for calculation in answer.calculations:
            CALCULATIONS.labels(calculation.calculator).inc()
        return answer

    def calculate(self, name: str, inputs: Mapping[str, Any]) -> Calculation:
        """Run a calculator and count it."""
        calculation = self._counted.calculate(name, inputs)
        CALCULATIONS.labels(calculation.calculator).inc()
        return calculation

    def check(self, text: str) -> BuildReport:
        """Check a build."""
        return self._counted.check(text)
