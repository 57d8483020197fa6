"""The headers of replies, and what the page's policy lets in."""

from __future__ import annotations

import pytest

from assistant.front.server.headers import ALWAYS, API_POLICY, PAGE_POLICY, page_policy
from tests.assistant.front.serving import client_of


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
