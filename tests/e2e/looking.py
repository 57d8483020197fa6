"""Whole-page screenshots and accessibility scans, for the tests of forms and reports."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe

SERIOUS = ("serious", "critical")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def keep_whole(page, keep, name):
    """Keep a screenshot of all of a view, as tall as it is."""
    width = page.viewport_size["width"]
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": min(int(height), 6000)})
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_timeout(200)
    keep(page, name)


def serious_findings(page, root):
    """Return what an axe scan of a part of the page finds serious, one line each."""
    page.evaluate("scrollTo(0, 0)")  # what the header covers while scrolling is not out of reach
    options = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": RULES}}
    found = Axe().run(page, context=root, options=options).response["violations"]
    return [
        f"{fault['id']}: {node['target']} {node.get('failureSummary', '')[:200]}"
        for fault in found
        if fault["impact"] in SERIOUS
        for node in fault["nodes"]
    ]


def overflow(page):
    """Return by how many pixels the page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")
