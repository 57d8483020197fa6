from __future__ import annotations

import pytest

from assistant.errors import SettingsError
from assistant.settings import Settings, load_settings
from tests.assistant.front.serving import KEY, OTHER_KEY, client_of


def calls(client, number, **headers):
    found = [client.get("/api/v1/source/62", headers=headers) for _ in range(number)]
    return [response.status_code for response in found], found[-1]


def test_a_client_is_limited_by_its_key(assistant, tmp_path):
    keys = f"ci:{KEY},me:{OTHER_KEY}"
    with client_of(assistant, tmp_path, api_keys=keys, rate_limit="3/minute") as client:
        seen, last = calls(client, 5, authorization=f"Bearer {KEY}")
        assert seen == [200] * 3 + [429] * 2
        assert last.json()["type"] == "urn:rigwise:problem:rate-limited"
        assert 1 <= int(last.headers["retry-after"]) <= 60
        assert calls(client, 3, authorization=f"Bearer {OTHER_KEY}")[0] == [200] * 3
        assert client.get("/health").status_code == 200


def test_without_keys_an_address_behind_a_proxy_is_limited(assistant, tmp_path):
    with client_of(assistant, tmp_path, rate_limit="2/minute") as client:
        assert calls(client, 3, **{"x-forwarded-for": "198.51.100.1"})[0] == [200, 200, 429]
        assert calls(client, 2, **{"x-forwarded-for": "198.51.100.2"})[0] == [200, 200]
        # What the client claims in front of what the proxy has seen does not count.
        claimed = {"x-forwarded-for": "198.51.100.9, 198.51.100.1"}
        assert calls(client, 1, **claimed)[0] == [429]


def test_a_stranger_cannot_claim_another_address(assistant, tmp_path):
    with client_of(assistant, tmp_path, "192.0.2.7", rate_limit="2/minute") as client:
        for n in range(2):
            calls(client, 1, **{"x-forwarded-for": f"198.51.100.{n}"})
        assert calls(client, 1, **{"x-forwarded-for": "127.0.0.1"})[0] == [429]


@pytest.mark.parametrize(("address", "rate"), [("127.0.0.1", "2/minute"), ("192.0.2.7", "")])
def test_this_machine_and_no_limit_are_not_limited(assistant, tmp_path, address, rate):
    with client_of(assistant, tmp_path, address, rate_limit=rate) as client:
        assert calls(client, 6)[0] == [200] * 6


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("RATE_LIMIT", "often"),
        ("ROOT_PATH", "rig wise"),
        ("TRUST_PROXY_USER", "X User"),
        ("LOG_LEVEL", "chatty"),
        ("ANSWER_TIMEOUT", "0"),
    ],
)
def test_settings_that_cannot_be_used_are_named(monkeypatch, name, value):
    monkeypatch.setenv(f"RIGWISE_{name}", value)
    load_settings.cache_clear()
    with pytest.raises(SettingsError, match=f"RIGWISE_{name}: "):
        load_settings()
    load_settings.cache_clear()


def test_the_limit_can_be_left_empty():
    assert Settings(rate_limit=" ").rate_limit == ""
