"""A scripted server that speaks OpenAI's chat completions, streamed or whole, on loopback."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Say:
    """Text in deltas of a few characters; cut closes the connection after so many deltas."""

    text: str
    cut: int | None = None


@dataclass(frozen=True)
class Call:
    """Tool calls at once: pairs of a name and its arguments, a dict or raw text."""

    calls: Sequence[tuple[str, dict | str]]


@dataclass(frozen=True)
class Fail:
    """An HTTP error."""

    status: int
    body: str = '{"error": {"message": "no", "type": "t", "code": "c"}}'


@dataclass(frozen=True)
class Stall:
    """Nothing for some seconds; or, dripping, comments that keep the connection busy."""

    seconds: float
    drip: bool = False


@dataclass(frozen=True)
class Raw:
    """A body that is no completion at all."""

    body: str
    type: str = "text/html"


Reply = Say | Call | Fail | Stall | Raw
Step = Reply | Callable[[dict], Reply]


@dataclass
class Script:
    """The replies in order, the last one for ever; requests keeps what was asked."""

    steps: list[Step]
    requests: list[dict] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)

    def reply(self, body: dict) -> Reply:
        step = self.steps[min(len(self.requests), len(self.steps) - 1)]
        self.requests.append(body)
        return step(body) if callable(step) else step


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        reply = self.server.script.reply(body)
        try:
            self._answer(reply, bool(body.get("stream")))
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # the client had enough

    def log_message(self, *_):
        pass

    def _answer(self, reply, streamed):
        if isinstance(reply, Fail):
            self._whole(reply.status, "application/json", reply.body)
        elif isinstance(reply, Raw):
            self._whole(200, reply.type, reply.body)
        elif isinstance(reply, Stall):
            self._stall(reply)
        elif streamed:
            self._stream(reply)
        else:
            self._whole(200, "application/json", json.dumps(completion(reply)))

    def _whole(self, status, kind, text):
        content = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _start_stream(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()

    def _chunk(self, text):
        content = text.encode()
        self.wfile.write(f"{len(content):x}\r\n".encode() + content + b"\r\n")
        self.wfile.flush()

    def _stall(self, reply):
        end = time.monotonic() + reply.seconds
        if reply.drip:
            self._start_stream()
        while time.monotonic() < end and not self.server.script.closing.is_set():
            if reply.drip:
                self._chunk(": still thinking\n\n")
            time.sleep(0.05)
        self.close_connection = True

    def _stream(self, reply):
        self._start_stream()
        for number, delta in enumerate(deltas(reply)):
            if isinstance(reply, Say) and number == reply.cut:
                self.close_connection = True
                return  # without the last chunk: the stream is cut off
            self._chunk(f"data: {json.dumps(chunk(delta))}\n\n")
        reason = "tool_calls" if isinstance(reply, Call) else "stop"
        self._chunk(f"data: {json.dumps(chunk({}, reason))}\n\n")
        self._chunk("data: [DONE]\n\n")
        self._chunk("")


class Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, script: Script) -> None:
        self.script = script
        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"


def deltas(reply):
    if isinstance(reply, Say):
        yield {"role": "assistant", "content": ""}
        for start in range(0, len(reply.text), 7):
            yield {"content": reply.text[start : start + 7]}
        return
    for index, (name, arguments) in enumerate(reply.calls):
        written = arguments if isinstance(arguments, str) else json.dumps(arguments)
        yield {"tool_calls": [{"index": index, "id": f"call_{index}_{name}", "type": "function",
                               "function": {"name": name, "arguments": ""}}]}  # fmt: skip
        size = max(9, len(written) // 50)
        for start in range(0, len(written), size):
            function = {"arguments": written[start : start + size]}
            yield {"tool_calls": [{"index": index, "function": function}]}


def chunk(delta, reason=None):
    return {"id": "c", "object": "chat.completion.chunk", "created": 0, "model": "scripted",
            "choices": [{"index": 0, "delta": delta, "finish_reason": reason}]}  # fmt: skip


def completion(reply):
    message = {"role": "assistant", "content": reply.text if isinstance(reply, Say) else None}
    if isinstance(reply, Call):
        message["tool_calls"] = [
            {"id": f"call_{n}_{name}", "type": "function",
             "function": {"name": name, "arguments": a if isinstance(a, str) else json.dumps(a)}}
            for n, (name, a) in enumerate(reply.calls)
        ]  # fmt: skip
    reason = "tool_calls" if isinstance(reply, Call) else "stop"
    return {"id": "c", "object": "chat.completion", "created": 0, "model": "scripted",
            "choices": [{"index": 0, "message": message, "finish_reason": reason}],
            "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}}  # fmt: skip


def number_at(body: dict, line: int) -> int:
    """Return the number of the passage that the request shows for a line of the guide."""
    for found in re.finditer(
        r'<passage n="(\d+)" by="[^"]*" lines="(\d+)(?:-(\d+))?"', shown(body)
    ):
        first, last = int(found[2]), int(found[3] or found[2])
        if first <= line <= last:
            return int(found[1])
    raise AssertionError(f"line {line} was not shown")


def shown(body: dict) -> str:
    """Return all that the tools have given so far."""
    return "\n".join(str(m["content"]) for m in body["messages"] if m["role"] in ("tool", "user"))
