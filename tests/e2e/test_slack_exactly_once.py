"""Two server processes on one PostgreSQL: every question in Slack is answered exactly once."""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from queue import Queue

import psycopg
import pytest

from tests.assistant.front.slack.mock_slack import APP_TOKEN, BOT_TOKEN, BOT_USER, MockSlack
from tests.assistant.front.slack.payloads import PSU, SECRET, mention, message, signed
from tests.postgres import postgres_cluster, postgres_url

__all__ = ["postgres_cluster", "postgres_url"]  # fixtures

EVENTS = 500
LEASE = 10.0  # seconds
PATIENCE = 90.0  # seconds: the machine may be busy with other things
SENDERS = 8
QUESTIONS = (
    "Is x8 enough for two cards?",
    "Should I buy ECC RAM?",
    "Is an external GPU over Thunderbolt any good?",
    "Blower or open-air cards for a four GPU box?",
    "How much RAM should I buy for a GPU with 24 GB?",
    "best pizza in Rome",
)


@dataclass
class Server:
    """A server process; killed, it can be started again on its port."""

    environment: dict[str, str]
    log: Path
    port: int = 0
    process: subprocess.Popen | None = field(default=None, repr=False)

    def start(self) -> None:
        self.port = self.port or free_port()
        command = [sys.executable, "-m", "tests.e2e.slack_server", str(self.port), str(LEASE)]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, env=self.environment, stderr=log, cwd=Path(__file__).parents[2]
            )

    def wait(self) -> None:
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                break
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.1)
        pytest.fail(f"the server did not come up: {self.log.read_text()[-2000:]}")

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        if self.is_running:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()

    def deliver(self, event: dict, retry: int = 0) -> int:
        """Deliver an event as Slack does; the status, or 0 where the server is gone."""
        request = signed(event)
        if retry:
            request["headers"]["x-slack-retry-num"] = str(retry)
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("POST", "/slack/events", request["content"], request["headers"])
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            connection.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def mock_process():
    mock = MockSlack()
    yield mock
    mock.close()


@pytest.fixture
def mock_slack(mock_process):
    mock_process.tell("reset")
    return mock_process


@pytest.fixture(scope="module")
def two_servers(mock_process, postgres_url, tmp_path_factory):
    environment = {
        **os.environ,
        "RIGWISE_DATABASE_URL": postgres_url,
        "RIGWISE_SLACK_BOT_TOKEN": BOT_TOKEN,
        "RIGWISE_SLACK_SIGNING_SECRET": SECRET,
        "RIGWISE_SLACK_API_URL": mock_process.api_url,
    }
    folder = tmp_path_factory.mktemp("servers")
    both = [Server(environment, folder / f"server-{n}.log") for n in (1, 2)]
    yield both
    for server in both:
        server.stop()


@pytest.fixture
def servers(two_servers, mock_slack, postgres_url):
    """Two servers that run, on one database that holds no event of another test."""
    killed = [server for server in two_servers if not server.is_running]
    for server in killed:
        server.start()
    for server in killed:
        server.wait()
    with psycopg.connect(postgres_url) as connection:
        for table in ("events", "conversations"):
            connection.execute(f"TRUNCATE {table} CASCADE")
    return two_servers


def test_the_same_event_at_once_on_two_processes_is_answered_once(servers, mock_slack):
    with ThreadPoolExecutor(6) as senders:
        statuses = list(senders.map(lambda n: servers[n % 2].deliver(message()), range(6)))
    assert statuses == [200] * 6
    assert len(mock_slack.wait_for(1, seconds=PATIENCE)) == 1
    time.sleep(1)
    assert len(mock_slack.messages()) == 1


def test_questions_during_a_restart_are_answered_after_it(servers, mock_slack):
    first, second = servers
    second.kill()
    mock_slack.fail("assistant.threads.setStatus", {"seconds": 1.5, "status": 500})
    assert first.deliver(message(PSU)) == 200
    first.kill()  # before it has answered
    unheard = message("Is x8 enough for two cards?", ts="1700000001.1")
    assert first.deliver(unheard) == 0  # nobody is there; Slack comes again in a minute
    first.start()
    first.wait()
    assert first.deliver(unheard, retry=1) == 200
    answers = {told["thread_ts"]: told["text"] for told in mock_slack.wait_for(2, seconds=PATIENCE)}
    assert sorted(answers) == ["1700000000.000100", "1700000001.1"]
    assert "1,400 W" in answers["1700000000.000100"]
    assert len(mock_slack.messages()) == 2


def test_a_question_taken_by_a_process_that_is_killed_is_answered_by_the_other(servers, mock_slack):
    first, second = servers
    mock_slack.fail("assistant.threads.setStatus", {"seconds": 1.5, "status": 500})
    assert first.deliver(message()) == 200
    first.kill()
    assert mock_slack.messages() == []
    assert len(mock_slack.wait_for(1, seconds=LEASE + PATIENCE)) == 1
    assert second.process.poll() is None


def test_a_database_that_is_gone_makes_slack_come_again(servers, mock_slack, postgres_cluster):
    postgres_cluster.stop()
    try:
        assert servers[0].deliver(message()) == 503
    finally:
        postgres_cluster.start()
    deadline = time.monotonic() + PATIENCE
    while servers[0].deliver(message(), retry=1) != 200:
        assert time.monotonic() < deadline
    assert len(mock_slack.wait_for(1, seconds=PATIENCE)) == 1


def test_a_database_that_goes_while_a_question_is_answered(servers, mock_slack, postgres_cluster):
    mock_slack.fail("assistant.threads.setStatus", {"seconds": 1.5, "status": 500})
    assert servers[0].deliver(message()) == 200
    postgres_cluster.stop()
    try:
        time.sleep(2.5)
        assert mock_slack.messages() == []  # unrecorded, nothing is posted
    finally:
        postgres_cluster.start()
    assert len(mock_slack.wait_for(1, seconds=LEASE + PATIENCE)) == 1
    time.sleep(1)
    assert len(mock_slack.messages()) == 1


def test_500_events_with_a_process_killed_are_each_answered_once(
    servers, mock_slack, postgres_url, capsys
):
    seed = int(os.environ.get("RIGWISE_TEST_SEED") or 20261123)
    with capsys.disabled():
        sys.stdout.write(f"\nseed {seed} (RIGWISE_TEST_SEED)\n")
    chance = random.Random(seed)
    asked = {}
    deliveries = []
    for number in range(EVENTS):
        event = made_event(chance, number)
        asked[event["event"]["channel"], event["event"]["ts"]] = event
        deliveries += [
            event if copy == 0 or chance.random() < 0.5 else twin_of(event)
            for copy in range(chance.randint(1, 3))
        ]
    chance.shuffle(deliveries)
    troubles = [
        {"status": 429, "retry_after": 1},
        {"status": 500, "done": True},
        {"hang": 1, "done": True},
        {"status": 500},
    ]
    mock_slack.fail("chat.postMessage", *chance.choices([{"seconds": 0.01}, *troubles],
                                                        [95, 2, 1, 1, 1], k=EVENTS))  # fmt: skip
    refused = deliver_all(servers, deliveries, chance, kill_after=len(deliveries) // 2)
    wait_until_all_is_done(postgres_url, LEASE + 2 * PATIENCE)

    answers = Counter((m["channel"], m["thread_ts"]) for m in mock_slack.messages())
    keys = Counter(m["metadata"]["event_payload"]["event"] for m in mock_slack.messages())
    with capsys.disabled():
        told = f"{len(deliveries)} deliveries, {refused} to a dead process, sent again"
        sys.stdout.write(f"{EVENTS} questions, {told}; {sum(answers.values())} answers\n")
    unanswered = [where for where in asked if answers[where] == 0]
    twice = [where for where, count in answers.items() if count > 1]
    assert (unanswered, twice) == ([], [])
    assert len(keys) == len(asked) == sum(answers.values()) == EVENTS
    assert refused > 0


def made_event(chance: random.Random, number: int) -> dict:
    """A direct message, or a mention in one of twenty channels."""
    question = chance.choice(QUESTIONS)
    ts = f"17{number:08d}.000100"
    if chance.random() < 0.5:
        return message(question, f"D{chance.randrange(20)}", ts=ts)
    return mention(f"<@{BOT_USER}> {question}", f"C{chance.randrange(20)}", ts=ts)


def twin_of(event: dict) -> dict:
    """The other event that tells of the same message, for a mention."""
    told = event["event"]
    if told["type"] != "app_mention":
        return event
    return message(told["text"], told["channel"], ts=told["ts"])


def deliver_all(
    servers: list[Server], deliveries: list[dict], chance: random.Random, kill_after: int
) -> int:
    """Deliver in order from several threads; kill one server on the way. What is not
    acknowledged is sent again, as Slack does. Return how many deliveries were not.
    """
    waiting: Queue = Queue()
    for event in deliveries:
        waiting.put((event, chance.randrange(2), 0))
    refused = []
    sent = []
    lock = threading.Lock()

    def send() -> None:
        while not waiting.empty():
            try:
                event, where, retry = waiting.get(timeout=0.1)
            except Exception:
                return
            status = servers[where].deliver(event, retry)
            if status != 200:
                refused.append(status)
                waiting.put((event, 1 - where, retry + 1))
            with lock:
                sent.append(status)
                if len(sent) == kill_after:
                    servers[0].kill()

    with ThreadPoolExecutor(SENDERS) as senders:
        for sender in [senders.submit(send) for _ in range(SENDERS)]:
            sender.result()
    assert waiting.empty()
    return len(refused)


def wait_until_all_is_done(url: str, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    states: list[tuple] = []
    while time.monotonic() < deadline:
        with psycopg.connect(url) as connection:
            states = connection.execute("SELECT state, count(*) FROM events GROUP BY 1").fetchall()
        if [state for state, _ in states] == ["done"]:
            return
        time.sleep(0.5)
    pytest.fail(f"not all is done: {states}")


@contextmanager
def running(command: str, mock_slack: MockSlack, tmp_path: Path, **settings: str):
    """A server as people start it: rigwise serve, rigwise slack."""
    environment = {
        **os.environ,
        "RIGWISE_DATA_DIR": str(tmp_path),
        "RIGWISE_LOG_FORMAT": "json",
        "RIGWISE_SLACK_BOT_TOKEN": BOT_TOKEN,
        "RIGWISE_SLACK_API_URL": mock_slack.api_url,
        **settings,
    }
    server = Server(environment, tmp_path / "server.log", free_port())
    environment["RIGWISE_PORT"] = str(server.port)
    program = str(Path(sys.executable).parent / "rigwise")
    with server.log.open("wb") as log:
        server.process = subprocess.Popen([program, command], env=environment, stderr=log)
    try:
        yield server
    finally:
        server.stop()


def test_rigwise_serve_takes_what_slack_sends(mock_slack, tmp_path):
    secret = {"RIGWISE_SLACK_SIGNING_SECRET": SECRET}
    with running("serve", mock_slack, tmp_path, **secret) as server:
        server.wait()
        assert server.deliver(message(PSU)) == 200
        assert "1,400 W" in mock_slack.wait_for(1, seconds=PATIENCE)[0]["text"]
        with urllib.request.urlopen(f"http://127.0.0.1:{server.port}/metrics") as answer:
            counts = answer.read().decode()
    assert 'rigwise_slack_events_total{outcome="answered"} 1.0' in counts


def test_rigwise_slack_answers_by_socket_mode(mock_slack, tmp_path):
    settings = {"RIGWISE_SLACK_APP_TOKEN": APP_TOKEN, "RIGWISE_RETENTION_DAYS": "30"}
    with running("slack", mock_slack, tmp_path, **settings) as server:
        deadline = time.monotonic() + PATIENCE
        while not mock_slack.tell("look")["sockets"]:
            assert server.process.poll() is None, server.log.read_text()
            assert time.monotonic() < deadline
            time.sleep(0.1)
        mock_slack.tell("socket", envelope_id="E1", type="events_api", payload=message(PSU))
        assert "1,400 W" in mock_slack.wait_for(1, seconds=PATIENCE)[0]["text"]
        server.process.terminate()
        assert server.process.wait(20) == 0
    told = [json.loads(line) for line in server.log.read_text().splitlines() if line[:1] == "{"]
    events = [line["event"] for line in told]
    assert any(event.startswith("slack question answered") for event in events)
    assert "forgotten" in events  # what is older than it may be kept
    assert "watts" not in server.log.read_text()
