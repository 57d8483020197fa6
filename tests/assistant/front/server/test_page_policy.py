"""What a real browser says to the page's headers."""

from __future__ import annotations

import pytest

from assistant.front.server.headers import ALWAYS, API_POLICY, PAGE_POLICY, page_policy
from tests.assistant.front.serving import client_of
from tests.e2e.conftest import address, browser  # noqa: F401 - fixtures


@pytest.mark.parametrize(
    "path", ["/health", "/metrics", "/api/docs", "/api/nothing", "/api/v1/ask"]
)
def test_every_reply_has_the_headers(assistant, tmp_path, path):
    with client_of(assistant, tmp_path) as client:
        headers = client.get(path).headers
    assert headers.items() >= {name.lower(): value for name, value in ALWAYS.items()}.items()
    assert headers["content-security-policy"] == API_POLICY
    assert headers["cache-control"] == "no-store"


def test_the_policy_lets_in_no_other_host_and_no_script_without_nonce():
    policy = page_policy("abc")
    assert "script-src 'self' 'nonce-abc' 'unsafe-eval'" in policy
    assert "http" not in PAGE_POLICY
    assert "*" not in PAGE_POLICY
    assert "nonce" not in page_policy(None)


def test_chromium_finds_nothing_against_the_policy(browser, address):  # noqa: F811
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    said, strangers = [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith((address, "data:", "blob:"))
            else strangers.append(request.url)
        ),
    )
    reply = page.goto(address)
    assert "'nonce-" in reply.headers["content-security-policy"]
    box = page.locator("textarea").first
    box.fill("Is x8 enough for two cards?")
    box.press("Enter")
    page.get_by_text("two GTX 1080").first.wait_for()
    for name in ("Calculators", "Check my build"):
        page.get_by_role("tab", name=name).first.click()
    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.hit=1\">')"
    )
    page.wait_for_timeout(500)
    assert page.evaluate("window.hit") is None
    refused = [text for text in said if "Content Security Policy" in text]
    # The handler that was planted just now, and nothing of the page's own.
    assert len(refused) == 1
    assert "inline event handler" in refused[0]
    assert strangers == []
    page.close()
