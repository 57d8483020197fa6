"""The real server in a process of its own: under a path, behind a proxy, and told to stop."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.assistant.front.serving import free_port, until
from tests.assistant.model.scripted import Say, Script, Server

RIGWISE = str(Path(sys.executable).parent / "rigwise")
QUESTION = {"question": "Is an external GPU over Thunderbolt any good?"}
JSON = {"content-type": "application/json"}
CLOSED = (
    "gradio_api/upload",
    "gradio_api/proxy=http://x",
    "gradio_api/vibe-edit",
    "gradio_api/file/x",
    "gradio_api/openapi.json",
    "monitoring",
    "login",
)


@contextmanager
def process(tmp_path, *options, **settings):
    """Give the address of a server and its process."""
    port = free_port()
    env = {name: value for name, value in os.environ.items() if not name.endswith("_proxy")}
    env |= {f"RIGWISE_{name.upper()}": str(value) for name, value in settings.items()}
    env |= {"RIGWISE_DATA_DIR": str(tmp_path / "data"), "NO_PROXY": "127.0.0.1"}
    command = [RIGWISE, "serve", "--port", str(port), *options]
    with (
        (tmp_path / "log").open("w") as log,
        subprocess.Popen(command, stderr=log, env=env, cwd=tmp_path) as server,
    ):
        try:
            until(lambda: server.poll() is not None or "is ready" in read_log(tmp_path), 240)
            assert server.poll() is None, read_log(tmp_path)
            yield f"http://127.0.0.1:{port}", server
        finally:
            server.kill()


def read_log(tmp_path):
    return (tmp_path / "log").read_text()


def get(url, body=None, headers=None):
    data = json.dumps(body).encode() if body is not None else None
    request = urllib.request.Request(url, data, {**JSON, **(headers or {})})
    try:
        with urllib.request.urlopen(request, timeout=60) as found:
            return found.status, found.headers, found.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read().decode()


@contextmanager
def proxy(target, prefix, strip):
    """Give the address of a small reverse proxy that serves a target below a path."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.forward(None)

        def do_POST(self):
            self.forward(self.rfile.read(int(self.headers["content-length"])))

        def forward(self, body):
            if not self.path.startswith(prefix):
                self.send_error(404)
                return
            path = self.path.removeprefix(prefix) if strip else self.path
            headers = {k: v for k, v in self.headers.items() if k.lower() != "accept-encoding"}
            headers |= {"X-Forwarded-Host": self.headers["host"], "X-Forwarded-Proto": "http"}
            request = urllib.request.Request(target + path, body, headers)
            try:
                with urllib.request.urlopen(request, timeout=60) as found:
                    self.reply(found.status, found.headers, found.read())
            except urllib.error.HTTPError as error:
                self.reply(error.code, error.headers, error.read())

        def reply(self, status, headers, body):
            self.send_response(status)
            for name, value in headers.items():
                if name.lower() not in ("transfer-encoding", "content-length", "date", "server"):
                    self.send_header(name, value)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{prefix}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="module")
def under_path(tmp_path_factory):
    with process(tmp_path_factory.mktemp("path"), root_path="/lab/rigwise/") as (url, _):
        yield url


@pytest.mark.parametrize("strip", [True, False], ids=["path taken off", "path left on"])
def test_all_of_it_works_under_a_path(under_path, strip):
    with proxy(under_path, "/lab/rigwise", strip) as url:
        assert get(f"{url}/health")[0] == 200
        assert get(f"{url}/api/v1/ask", QUESTION)[0] == 200
        assert get(f"{url}/api/v1/nope")[0] == 404
        document = json.loads(get(f"{url}/api/openapi.json")[2])
        assert document["servers"] == [{"url": "/lab/rigwise"}]
        docs = get(f"{url}/api/docs")[2]
        assert 'href="/lab/rigwise/api/openapi.json"' in docs
        assert "7860/lab/rigwise/api/v1/ask" in docs
        status, headers, page = get(f"{url}/", headers={"accept": "text/html"})
        assert status == 200
        root = re.search(r'"root":"([^"]*)"', page)[1]
        assert root == url
        assert f"'nonce-{re.search('nonce=.([^ >]+).>', page)[1]}'" in str(
            headers["content-security-policy"]
        )
        assets = re.findall(r'(?:src|href)="(\./[^"]+|/[^"]+)"', page)
        assert any(asset.endswith(".js") for asset in assets)
        for asset in assets:
            assert asset.startswith("./")
            assert get(f"{url}/{asset[2:]}")[0] == 200
        assert get(f"{root}/gradio_api/startup-events")[0] == 200


def test_the_page_is_one_of_the_guarded(under_path):
    status, headers, _ = get(under_path, headers={"accept": "text/html"})
    assert status == 200
    assert headers["x-content-type-options"] == "nosniff"
    assert "access-control-allow-origin" not in headers
    origin = {"origin": "https://evil.example", "accept": "text/html"}
    assert "access-control-allow-origin" not in get(under_path, headers=origin)[1]
    for closed in CLOSED:
        found = get(f"{under_path}/{closed}")
        assert (found[0], found[1]["content-type"]) == (404, "application/problem+json"), closed
    for file in ("/etc/passwd", "pyproject.toml", str(Path(__file__))):
        assert get(f"{under_path}/gradio_api/file={file}")[0] in (403, 404)


@contextmanager
def slow_model(seconds, text):
    """Give the address of a model that thinks for some seconds, and what it was asked."""

    def think(_):
        time.sleep(seconds)
        return Say(text)

    script = Script([think])
    server = Server(script)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield server.address, script
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_told_to_stop_it_finishes_its_answers(tmp_path):
    with (
        slow_model(2.5, "It is blue.") as (address, script),
        process(tmp_path, model="openai:scripted", model_base_url=address) as (url, server),
    ):
        found = []
        asking = threading.Thread(
            target=lambda: found.append(
                get(f"{url}/api/v1/ask", QUESTION, {"accept": "text/event-stream"})
            )
        )
        idle = urllib.request.urlopen(f"{url}/gradio_api/heartbeat/abcdefgh", timeout=60)
        asking.start()
        until(lambda: script.requests)
        told = time.monotonic()
        server.send_signal(signal.SIGTERM)
        asking.join()
        server.wait(timeout=30)
        idle.close()
        assert time.monotonic() - told < 14  # the page that stays open does not hold it up
    [(status, _, events)] = found
    assert status == 200
    assert "event: answer" in events
    assert server.returncode in (0, -signal.SIGTERM)
    assert "Traceback" not in read_log(tmp_path)
