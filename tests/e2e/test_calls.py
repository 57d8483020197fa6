"""The functions that the served page offers its script, given what no script of ours sends."""

import json
import urllib.error
import urllib.request

import pytest

OURS = {"call", "follow", "calculate", "check", "read_guide", "list_subjects", "read_history",
        "find_near"}  # fmt: skip
OWNER = "a" * 32


def fetch(url, body=None):
    """Return the status and the text of a reply."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"content-type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=30) as reply:
            return reply.status, reply.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


@pytest.fixture(scope="module")
def components(address):
    """The components that offer functions, by the functions' names."""
    found = json.loads(fetch(f"{address}/config")[1])["components"]
    return {
        name: component["id"]
        for component in found
        for name in component["props"].get("server_fns") or ()
    }


@pytest.fixture
def send(address, components):
    """Call a function of the server by its name, as the page's script does."""

    def sent(name, data):
        body = {"data": data, "component_id": components[name], "fn_name": name,
                "session_hash": "s"}  # fmt: skip
        return fetch(f"{address}/gradio_api/component_server/", body)

    return sent


def test_the_page_offers_no_other_functions(components):
    assert set(components) == OURS


@pytest.mark.parametrize("name", sorted(OURS))
@pytest.mark.parametrize("data", [None, "history", 3, True, [], ["call"], {}, {"x": {}}])
def test_what_is_no_call_of_ours_is_never_a_fault_of_the_server(send, name, data):
    assert send(name, data)[0] == 200


@pytest.mark.parametrize("name", ["call", "follow"])
@pytest.mark.parametrize("data", [None, "history", 3, []])
def test_what_is_no_object_gets_a_sentence_that_says_what_to_send(send, name, data):
    told = 'Send an object with an action, such as {"action": "history"}.'
    assert json.loads(send(name, data)[1]) == {"problem": told}


def test_an_object_of_another_kind_gets_a_sentence_too(send):
    def told(**sent):
        return json.loads(send("call", sent)[1])

    assert "Allow site data" in told(owner=3)["problem"]
    assert told(owner=OWNER, action=["ask"])["problem"].startswith("The page is older")
    assert told(owner=OWNER, action="history") == {"titles": []}
