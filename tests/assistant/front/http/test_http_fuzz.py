"""Whatever is sent: never a fault of ours, and always what the OpenAPI document promises."""

from __future__ import annotations

import json

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.checks import CHECKS, load_all_checks

from assistant.front.http.problems import PREFIX, PROBLEMS
from tests.assistant.front.serving import client_of

load_all_checks()
PROMISES = CHECKS.get_by_names(
    [
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_headers_conformance",
        "response_schema_conformance",
    ]
)
BOUNDED = settings(
    max_examples=25,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def fuzzed(assistant, tmp_path_factory):
    folder = tmp_path_factory.mktemp("fuzz")
    with client_of(assistant, folder, rate_limit="") as opened:
        yield opened


@pytest.fixture(scope="module")
def schema(fuzzed):
    return schemathesis.openapi.from_asgi("/api/openapi.json", fuzzed.app)


OPERATIONS = [
    ("GET", "/health"),
    ("POST", "/api/v1/ask"),
    ("GET", "/api/v1/source/{line}"),
    ("GET", "/api/v1/calculators"),
    ("POST", "/api/v1/calculate/{name}"),
    ("POST", "/api/v1/check"),
    ("POST", "/api/v1/conversations"),
    ("GET", "/api/v1/conversations/{id}"),
    ("DELETE", "/api/v1/conversations/{id}"),
    ("POST", "/api/v1/feedback"),
]


def test_all_operations_are_fuzzed(schema):
    listed = {(o.ok().method.upper(), o.ok().path) for o in schema.get_all_operations()}
    assert listed == set(OPERATIONS)


WITHOUT_INPUT = ("/health", "/api/v1/calculators", "/api/v1/conversations")
CASES = [
    (method, path, mode)
    for method, path in OPERATIONS
    for mode in schemathesis.GenerationMode
    if mode.is_positive or path not in WITHOUT_INPUT
]


@pytest.mark.parametrize(("method", "path", "mode"), CASES)
def test_every_operation_keeps_its_promises(schema, method, path, mode):
    operation = schema[path][method]

    @seed(20261123)
    @BOUNDED
    @given(case=operation.as_strategy(generation_mode=mode))
    def check(case):
        case.call_and_validate(checks=PROMISES)

    check()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
NAMES = ["psu", "ram", "pcie_transfer", "model_memory", "buy_or_rent", "disk_read"]


@given(st.binary(max_size=2000) | JSON.map(lambda value: json.dumps(value).encode()))
@settings(parent=BOUNDED, max_examples=60)
def test_raw_bytes_are_answered_or_refused(fuzzed, sent):
    for path in ("/api/v1/ask", "/api/v1/check", "/api/v1/calculate/psu", "/api/v1/feedback"):
        found = fuzzed.post(path, content=sent, headers={"content-type": "application/json"})
        assert found.status_code < 500
        if found.status_code >= 400:
            kind = found.json()["type"].removeprefix(PREFIX)
            assert PROBLEMS[kind].status == found.status_code


@given(st.data())
@settings(parent=BOUNDED, max_examples=80)
def test_any_input_of_a_calculator_is_answered_or_refused(fuzzed, data):
    name = data.draw(st.sampled_from(NAMES))
    fields = fuzzed.app_fields[name]
    inputs = data.draw(
        st.dictionaries(
            st.sampled_from(fields), JSON | st.text("0123456789.,-eEx kMGTBWh%€$/"), max_size=4
        )
    )
    sent = json.dumps(inputs).encode()
    headers = {"content-type": "application/json"}
    found = fuzzed.post(f"/api/v1/calculate/{name}", content=sent, headers=headers)
    assert found.status_code in (200, 409, 422)


@pytest.fixture(scope="module", autouse=True)
def _fields(fuzzed):
    described = fuzzed.get("/api/v1/calculators").json()
    fuzzed.app_fields = {
        name: sorted(about["inputs"]["properties"]) for name, about in described.items()
    }
