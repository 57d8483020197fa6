import pytest

from tests.assistant.front.serving import client_of


@pytest.fixture(scope="module")
def client(assistant, tmp_path_factory):
    with client_of(assistant, tmp_path_factory.mktemp("http")) as opened:
        yield opened
