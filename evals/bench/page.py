"""The chat page in a headless Chromium: how soon it shows something, and how soon one can ask."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass

from evals.bench.servers import served
from evals.bench.types import Measured, share_at

# Without these Chromium looks up its maker's hosts at every start.
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--no-first-run")  # fmt: skip
PAINTED = (
    "performance.getEntriesByType('paint')"
    ".find(paint => paint.name === 'first-contentful-paint')?.startTime"
)
USABLE = "window.rwServer && document.querySelector('#rw-question')?.offsetParent"


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit: ms from its start to the first words, and to a box that takes a question."""

    painted: float
    usable: float


def measure_page(visits: int) -> Iterator[Measured]:
    """Measure visits with an empty cache, then by a browser that was there before."""
    cold, warm = _visit(visits)
    for name, found in (("first visit", cold), ("again", warm)):
        painted = [visit.painted for visit in found]
        usable = [visit.usable for visit in found]
        yield Measured(f"page, {name}: first paint, median", share_at(painted, 0.5), "ms", bar=1000)
        yield Measured(f"page, {name}: can be asked, median", share_at(usable, 0.5), "ms")


def _visit(visits: int) -> tuple[list[Visit], list[Visit]]:
    from playwright.sync_api import sync_playwright

    cold: list[Visit] = []
    warm: list[Visit] = []
    with served() as server, sync_playwright() as playwright:
        chromium = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=chromium, args=[*QUIET])
        for _ in range(visits):
            context = browser.new_context(viewport={"width": 1440, "height": 900})
            page = context.new_page()
            for found in (cold, warm):
                page.goto(f"http://127.0.0.1:{server.port}", wait_until="commit")
                page.wait_for_function(USABLE)
                usable = float(page.evaluate("performance.now()"))
                page.wait_for_function(PAINTED)
                found.append(Visit(float(page.evaluate(PAINTED)), usable))
                page.goto("about:blank")
            context.close()
        browser.close()
    return cold, warm
