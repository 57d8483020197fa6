"""Shared parts: the real assistant, loaded once; state forced into temporary folders."""

from __future__ import annotations

import os

import pytest

from assistant.assistant import Assistant
from assistant.settings import Settings
from corpus.load import Corpus, load_corpus

IN_CI = os.environ.get("CI") == "true"


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    return load_corpus()


@pytest.fixture(scope="session")
def assistant() -> Assistant:
    return Assistant.load(Settings())


@pytest.fixture(autouse=True)
def _state_goes_to_a_temporary_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("RIGWISE_DATA_DIR", str(tmp_path / "data"))


def unable(reason: str) -> None:
    """Skip a test that cannot run here; where everything is promised to be there, fail."""
    if IN_CI:
        pytest.fail(reason)
    pytest.skip(reason)
