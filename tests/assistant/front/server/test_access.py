from __future__ import annotations

import base64
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.errors import SettingsError
from assistant.front.server.credentials import Credentials, is_loopback
from assistant.settings import Settings
from tests.assistant.front.serving import KEY, OTHER_KEY, PASSWORD, client_of

ASK = {"question": "Is x8 enough for two cards?"}
KEYS = f"ci:{KEY},me:{OTHER_KEY}"


def bearer(key):
    return {"authorization": f"Bearer {key}"}


def basic(name, password):
    encoded = base64.b64encode(f"{name}:{password}".encode()).decode()
    return {"authorization": f"Basic {encoded}"}


@pytest.fixture
def client(assistant, tmp_path):
    with client_of(
        assistant, tmp_path, "192.0.2.7", api_keys=KEYS, users=f"anna:{PASSWORD}"
    ) as opened:
        yield opened


@pytest.mark.parametrize("headers", [bearer(KEY), bearer(OTHER_KEY), basic("anna", PASSWORD)])
@pytest.mark.parametrize("path", ["/metrics", "/api/v1/calculators", "/api/docs"])
def test_who_is_known_may(client, headers, path):
    assert client.get(path, headers=headers).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        bearer(""),
        bearer("wrong"),
        bearer(PASSWORD),
        bearer(KEY + "x"),
        {"authorization": b"Bearer \xe9\xff"},
        basic("anna", "wrong"),
        basic("nobody", ""),
        basic("ci", KEY),
        {"authorization": "Basic !!!"},
        {"authorization": f"Digest {KEY}"},
        {"authorization": KEY},
        {"x-forwarded-user": "anna"},
    ],
)
@pytest.mark.parametrize("path", ["/metrics", "/api/v1/calculators", "/api/docs", "/api/nothing"])
def test_who_is_not_known_may_not(client, headers, path):
    found = client.get(path, headers=headers)
    assert found.status_code == 401
    assert found.headers["content-type"] == "application/problem+json"
    assert found.headers["www-authenticate"].startswith('Basic realm="Rigwise"')
    assert not any(secret in found.text for secret in (KEY, OTHER_KEY, PASSWORD))


def test_the_health_check_and_slack_are_open(client):
    assert client.get("/health").status_code == 200
    # Nothing is configured for Slack here: there is no such route, but no key is asked for.
    assert client.post("/slack/events").status_code == 404


def test_guessing_is_slowed_down_by_address(assistant, tmp_path):
    with client_of(assistant, tmp_path, "192.0.2.9", api_keys=KEYS) as client:
        seen = [client.get("/metrics", headers=bearer(f"guess-{n}")) for n in range(12)]
        assert [found.status_code for found in seen] == [401] * 10 + [429] * 2
        assert 1 <= int(seen[-1].headers["retry-after"]) <= 60
        assert client.get("/metrics", headers=bearer(KEY)).status_code == 429
        assert client.get("/metrics").status_code == 401  # without a guess, nothing is learned


def test_each_key_sees_its_own_conversations_only(client):
    id = client.post("/api/v1/conversations", headers=bearer(KEY)).json()["id"]
    assert client.state.conversations.get(id).owner == "http:ci"
    path = f"/api/v1/conversations/{id}"
    assert client.get(path, headers=bearer(KEY)).status_code == 200
    body = {**ASK, "conversation": id}
    for headers in (bearer(OTHER_KEY), basic("anna", PASSWORD)):
        assert client.get(path, headers=headers).status_code == 404
        assert client.delete(path, headers=headers).status_code == 404
        assert client.post("/api/v1/ask", json=body, headers=headers).status_code == 404
    asked = client.post("/api/v1/ask", json=body, headers=bearer(KEY))
    assert asked.json()["conversation"] == id


@pytest.mark.parametrize(
    ("peer", "header", "status"),
    [
        ("127.0.0.1", "X-Remote-User", 200),
        ("192.0.2.7", "X-Remote-User", 401),  # somebody who is not the proxy
        ("127.0.0.1", "X-Other", 401),
    ],
)
def test_a_trusted_proxy_may_vouch_for_people(assistant, tmp_path, peer, header, status):
    with client_of(assistant, tmp_path, peer, trust_proxy_user="X-Remote-User") as client:
        found = client.post("/api/v1/conversations", headers={header: "anna"})
        assert found.status_code == (201 if status == 200 else status)
        if status == 200:
            owner = client.state.conversations.get(found.json()["id"]).owner
            assert owner == "http:user:anna"


def test_what_another_website_sends_in_your_name_is_refused(client, assistant, tmp_path):
    crossing = {"sec-fetch-site": "cross-site"}
    found = client.post("/api/v1/ask", json=ASK, headers=basic("anna", PASSWORD) | crossing)
    assert (found.status_code, found.json()["type"][-9:]) == (403, "forbidden")
    same = {"sec-fetch-site": "same-origin"}
    found = client.post("/api/v1/ask", json=ASK, headers=basic("anna", PASSWORD) | same)
    assert found.status_code == 200


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"api_keys": "ci:short"}, "RIGWISE_API_KEYS: the secret of ci"),
        ({"api_keys": KEY}, "RIGWISE_API_KEYS: entry 1"),
        ({"api_keys": f"ci:{KEY},ci:{KEY}"}, "ci stands there twice"),
        ({"users": "anna:short"}, "RIGWISE_USERS: the secret of anna"),
        ({"users_file": Path("/nowhere/users")}, "RIGWISE_USERS_FILE: /nowhere/users"),
    ],
)
def test_secrets_that_protect_nothing_are_refused_by_name(settings, named):
    with pytest.raises(SettingsError, match=named) as refused:
        Credentials.read(Settings(**settings))
    assert KEY not in str(refused.value)


def test_secrets_are_read_from_files_and_never_shown(tmp_path):
    file = tmp_path / "keys"
    file.write_text(f"# programs\nci:{KEY}\n\nme:a,b:{OTHER_KEY}\n")
    settings = Settings(api_keys_file=file, users=f"anna:{PASSWORD}")
    found = Credentials.read(settings)
    assert found.name_of_key(KEY) == "ci"
    assert found.name_of_key(f"a,b:{OTHER_KEY}") == "me"
    assert found.name_of_key("") is None
    assert not any(secret in f"{settings!r}{found!r}" for secret in (KEY, OTHER_KEY, PASSWORD))


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("[::1]", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.168.1.2", False),
        ("example.org", False),
        ("localhost.example.org", False),
    ],
)
def test_only_this_machine_reaches_a_loopback_address(host, loopback):
    assert is_loopback(host) == loopback


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_other_machines_are_not_served_without_authentication(host):
    rigwise = str(Path(sys.executable).parent / "rigwise")
    done = subprocess.run(
        [rigwise, "serve", "--host", host, "--port", "7799"], capture_output=True, text=True
    )
    assert done.returncode == 2
    [line] = done.stderr.strip().splitlines()
    for name in (host, "RIGWISE_API_KEYS", "RIGWISE_USERS", "RIGWISE_TRUST_PROXY_USER"):
        assert name in line
