"""Slack's Web API on loopback, in a process of its own: the real slack_sdk talks to it.

It keeps messages with their metadata, so that a thread can be read; checks blocks as Slack does;
answers with 429, 500 or late when told to; and opens a websocket for Socket Mode.
"""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections import defaultdict, deque
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import serve

from tests.assistant.front.slack.slack_limits import refused, refused_view

BOT_TOKEN = "xoxb-test"
APP_TOKEN = "xapp-test"
TEAM, BOT_USER, BOT = "T1", "UBOT", "BBOT"
SCOPES = (
    "app_mentions:read,channels:history,chat:write,commands,groups:history,im:history,mpim:history"
)
IDENTITY = {"url": "https://lab.slack.com/", "team": "Lab", "user": "rigwise", "team_id": TEAM,
            "user_id": BOT_USER, "bot_id": BOT}  # fmt: skip


class Kept:
    """What the mock knows and has been told."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.reset()

    def reset(self) -> None:
        self.calls: list[dict] = []
        self.messages: dict[str, list[dict]] = defaultdict(list)
        self.views: list[dict] = []
        self.ephemeral: list[dict] = []
        self.responses: list[dict] = []
        self.acknowledged: list[dict] = []
        self.faults: dict[str, deque] = defaultdict(deque)
        self.scopes = SCOPES
        self.number = 0

    def state(self) -> dict:
        return {
            "calls": self.calls,
            "messages": self.messages,
            "views": self.views,
            "ephemeral": self.ephemeral,
            "responses": self.responses,
            "acknowledged": self.acknowledged,
        }


KEPT = Kept()
SOCKETS: list = []


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    websocket_port = 0

    def log_message(self, *arguments: object) -> None:
        pass

    def do_GET(self) -> None:
        with KEPT.lock:
            told = KEPT.state()
        self._send(200, told)

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("content-length") or 0))
        path = urlsplit(self.path).path
        if path.startswith("/control/"):
            self._control(path.removeprefix("/control/"), json.loads(raw or b"{}"))
            return
        if self.headers.get("content-type", "").startswith("application/json"):
            given = json.loads(raw or b"{}")
        else:
            given = {name: values[0] for name, values in parse_qs(raw.decode()).items()}
        method = "response_url" if path.startswith("/hooks/") else path.removeprefix("/api/")
        with KEPT.lock:
            fault = KEPT.faults[method].popleft() if KEPT.faults[method] else None
            KEPT.calls.append({"method": method, "at": time.time(), "fault": fault})
        if fault and fault.get("seconds"):
            time.sleep(fault["seconds"])
        if fault and fault.get("status") == 429:
            self._send(429, {"ok": False, "error": "ratelimited"},
                       {"Retry-After": str(fault.get("retry_after", 1))})  # fmt: skip
            return
        if fault and not fault.get("done"):  # done: it took effect and the answer is lost
            self._fail(fault)
            return
        answer = self._answer(method, given, path)
        if fault and {"status", "error", "hang"} & set(fault):
            self._fail(fault)
        else:
            self._send(200, answer, {"X-OAuth-Scopes": KEPT.scopes})

    def _fail(self, fault: dict) -> None:
        if fault.get("error"):
            self._send(200, {"ok": False, "error": fault["error"]})
        elif fault.get("status"):
            self._send(fault["status"], {"ok": False, "error": "internal_error"})
        else:
            self.close_connection = True  # hangs up without a word

    def _control(self, what: str, given: dict) -> None:
        with KEPT.lock:
            if what == "reset":
                KEPT.reset()
            elif what == "faults":
                KEPT.faults[given["method"]].extend(given["faults"])
            elif what == "scopes":
                KEPT.scopes = given["scopes"]
            elif what == "socket":
                for connection in list(SOCKETS):
                    connection.send(json.dumps(given))
                    break
        self._send(200, {"ok": True, "sockets": len(SOCKETS)})

    def _answer(self, method: str, given: dict, path: str) -> dict:
        if method == "response_url":
            with KEPT.lock:
                KEPT.responses.append({"path": path, **given})
            return {"ok": True}
        token = self.headers.get("authorization", "").removeprefix("Bearer ")
        wanted = APP_TOKEN if method == "apps.connections.open" else BOT_TOKEN
        if token != wanted:
            return {"ok": False, "error": "invalid_auth"}
        handle = METHODS.get(method)
        if handle is None:
            return {"ok": False, "error": "unknown_method"}
        with KEPT.lock:
            return handle(given)

    def _send(self, status: int, told: object, headers: dict[str, str] | None = None) -> None:
        body = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        try:
            self.end_headers()
            self.wfile.write(body)
        except OSError:  # who asked is gone: it was killed
            self.close_connection = True


def auth_test(given: dict) -> dict:
    return {"ok": True, **IDENTITY}


def post_message(given: dict) -> dict:
    given = {**given}
    for name in ("blocks", "metadata"):
        if isinstance(given.get(name), str):
            given[name] = json.loads(given[name])
    fault = refused(given.get("blocks") or [])
    if fault:
        return {"ok": False, "error": fault}
    KEPT.number += 1
    ts = f"{int(time.time())}.{KEPT.number:06d}"
    message = {**given, "ts": ts, "user": BOT_USER, "bot_id": BOT, "type": "message"}
    KEPT.messages[given["channel"]].append(message)
    return {"ok": True, "ts": ts, "channel": given["channel"], "message": message}


def post_ephemeral(given: dict) -> dict:
    KEPT.ephemeral.append(given)
    return {"ok": True, "message_ts": "1.1"}


def replies(given: dict) -> dict:
    """Return a page of a thread; metadata only to who asks for it."""
    found = [m for m in KEPT.messages[given["channel"]] if m.get("thread_ts") == given["ts"]]
    start, limit = int(given.get("cursor") or 0), int(given.get("limit") or 100)
    page = found[start : start + limit]
    if str(given.get("include_all_metadata")).lower() not in ("true", "1"):
        page = [{k: v for k, v in message.items() if k != "metadata"} for message in page]
    further = str(start + limit) if start + limit < len(found) else ""
    return {"ok": True, "messages": page, "response_metadata": {"next_cursor": further}}


def set_status(given: dict) -> dict:
    return {"ok": True}


def open_view(given: dict) -> dict:
    view = given["view"] if isinstance(given["view"], dict) else json.loads(given["view"])
    fault = refused_view(view)
    if fault:
        return {"ok": False, "error": fault}
    KEPT.views.append({"trigger_id": given["trigger_id"], "view": view})
    return {"ok": True, "view": {**view, "id": "V1"}}


def push_view(given: dict) -> dict:
    return {**open_view(given), "pushed": True}


def open_connection(given: dict) -> dict:
    return {"ok": True, "url": f"ws://127.0.0.1:{Handler.websocket_port}/"}


METHODS = {
    "auth.test": auth_test,
    "chat.postMessage": post_message,
    "chat.postEphemeral": post_ephemeral,
    "conversations.replies": replies,
    "assistant.threads.setStatus": set_status,
    "views.open": open_view,
    "views.push": push_view,
    "apps.connections.open": open_connection,
}


def talk(connection) -> None:
    """Speak Socket Mode: greet, then keep what is acknowledged."""
    connection.send(json.dumps({"type": "hello", "num_connections": 1}))
    SOCKETS.append(connection)
    try:
        for told in connection:
            with KEPT.lock:
                KEPT.acknowledged.append(json.loads(told))
    except (ConnectionClosed, ValueError):
        pass
    finally:
        SOCKETS.remove(connection)


def main() -> None:
    sockets = serve(talk, "127.0.0.1", 0, ping_interval=None)
    Handler.websocket_port = sockets.socket.getsockname()[1]
    threading.Thread(target=sockets.serve_forever, daemon=True).start()
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler)
    server.daemon_threads = True
    server.request_queue_size = 128
    server.serve_forever()


class MockSlack:
    """The mock as tests hold it: starts the process, tells it what to do, reads what it kept."""

    def __init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        self.api_url = f"{self.address}/api/"
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__, str(port)], cwd=Path(__file__).parents[4]
        )
        deadline = time.monotonic() + 30
        while True:
            try:
                self.state()
                return
            except OSError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)

    def close(self) -> None:
        self._process.kill()
        self._process.wait()

    def state(self) -> dict:
        with urllib.request.urlopen(f"{self.address}/control/state", timeout=30) as answer:
            return json.load(answer)

    def tell(self, what: str, **given: object) -> dict:
        request = urllib.request.Request(
            f"{self.address}/control/{what}", json.dumps(given).encode(), method="POST"
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def fail(self, method: str, *faults: dict) -> None:
        """Answer the next calls of a method so: status, error, retry_after, seconds, done."""
        self.tell("faults", method=method, faults=list(faults))

    def messages(self, channel: str = "") -> list[dict]:
        kept = self.state()["messages"]
        return [m for name, told in kept.items() for m in told if channel in ("", name)]

    def calls(self, method: str) -> list[dict]:
        return [call for call in self.state()["calls"] if call["method"] == method]

    def wait_for(self, count: int, what: str = "messages", seconds: float = 20) -> list[dict]:
        """Wait until so many messages, views or responses are there, and a moment for more."""
        deadline = time.monotonic() + seconds
        while True:
            kept = self.messages() if what == "messages" else self.state()[what]
            if len(kept) >= count:
                time.sleep(0.3)
                return self.messages() if what == "messages" else self.state()[what]
            if time.monotonic() > deadline:
                raise AssertionError(f"{len(kept)} {what}, not {count}: {self.state()['calls']}")
            time.sleep(0.02)


if __name__ == "__main__":
    main()
