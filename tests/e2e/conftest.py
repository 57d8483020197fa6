"""A real server in a process of its own, and a real headless Chromium."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.conftest import unable

ARTEFACTS = Path(__file__).parents[2] / "artefacts"
WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 360, "height": 740}
# Without these Chromium looks up its maker's hosts at every start.
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
expect.set_options(timeout=20_000)  # a busy machine is slow, and nothing here is about speed


class Server:
    """`rigwise serve` on a port of its own; it can be ended and started again.

    command makes another command line of the port.
    """

    def __init__(self, folder, command=None, **settings):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.folder = folder
        rigwise = str(Path(sys.executable).parent / "rigwise")
        self._command = (
            command(self.port) if command else [rigwise, "serve", "--port", str(self.port)]
        )
        self._log = folder / "server.log"
        self._settings = {"RIGWISE_DATA_DIR": str(folder), "RIGWISE_RATE_LIMIT": "", **settings}
        self._process = None

    def start(self):
        env = {**os.environ, "NO_PROXY": "127.0.0.1", **self._settings}
        with self._log.open("a") as log:
            self._process = subprocess.Popen(self._command, stdout=log, stderr=log, env=env)
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                pytest.fail(f"the server ended: {self._log.read_text()}")
            try:
                urllib.request.urlopen(self.address, timeout=5).close()
                return
            except OSError:
                time.sleep(0.2)
        pytest.fail("the server did not come up in two minutes")

    def stop(self, hard=False):
        if self._process and self._process.poll() is None:
            self._process.send_signal(signal.SIGKILL if hard else signal.SIGTERM)
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                self._process.kill()
        if self._process:
            self._process.wait()


@pytest.fixture(scope="session")
def address(tmp_path_factory):
    """The address of a served page."""
    server = Server(tmp_path_factory.mktemp("served"))
    try:
        server.start()
        yield server.address
    finally:
        server.stop()


@pytest.fixture
def own_server(tmp_path):
    """Start servers of a test's own, with settings."""
    started = []

    def start(**settings):
        server = Server(tmp_path, **settings)
        started.append(server)
        server.start()
        return server

    yield start
    for server in started:
        server.stop()


@pytest.fixture(scope="module")
def browser():
    """A browser for one file: while it is there, no event loop of another test could run."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        unable("Chromium is not installed (Debian's package is called chromium)")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield running
        running.close()


@pytest.fixture
def visit(browser, request):
    """Open pages, each as a browser of its own; requests elsewhere are kept in page.strangers."""
    contexts = []

    def opened(url=None, viewport=WIDE, **options):
        url = url or request.getfixturevalue("address")
        context = browser.new_context(viewport=viewport, **options)
        contexts.append(context)
        return tab_in(context, url)

    yield opened
    for context in contexts:
        context.close()


def tab_in(context, url):
    """Open a page in a browser context that is there already, as a second tab would."""
    page = context.new_page()
    page.strangers, page.faults = [], []
    host = "/".join(url.split("/")[:3])
    page.on(
        "request",
        lambda sent: (
            None
            if sent.url.startswith((host, "data:", "blob:"))
            else page.strangers.append(sent.url)
        ),
    )
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.goto(url)
    page.wait_for_function("window.rwServer && document.querySelector('#rw-question')")
    return page


@pytest.fixture
def page(visit):
    """A fresh page on the served address."""
    return visit()


@pytest.fixture
def keep():
    """Keep a screenshot as a build artefact, to be looked at."""

    def save(page, name):
        ARTEFACTS.mkdir(exist_ok=True)
        page.screenshot(path=ARTEFACTS / f"{name}.png")

    return save
