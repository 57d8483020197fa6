import re
from importlib.metadata import version
from pathlib import Path

import pytest
from click.testing import CliRunner
from packaging.requirements import Requirement
from packaging.version import Version

from evals import audit
from evals.audit import Audit, read_audit

ROOT = Path(__file__).parents[2]
# Below these there are known holes; docs/SECURITY.md names them.
FLOORS = {"gradio": "6.20", "langchain-core": "1.3.3", "langgraph-checkpoint": "4"}


def pinned() -> dict[str, str]:
    rows = (ROOT / "constraints.txt").read_text().splitlines()
    return dict(row.split("==") for row in rows if re.fullmatch(r"[\w.-]+==[\w.+!-]+", row))


@pytest.mark.parametrize(("name", "floor"), FLOORS.items())
def test_no_version_with_a_known_hole_is_asked_for_pinned_or_installed(name, floor):
    text = (ROOT / "pyproject.toml").read_text()
    asked = Requirement(re.search(rf'"({name}[^"]*)"', text)[1])
    below = Version(f"{floor}.dev0")
    assert not asked.specifier.contains(below, prereleases=True)
    assert Version(pinned()[name]) >= Version(floor)
    assert Version(version(name)) >= Version(floor)


def test_a_hole_is_named_with_the_version_that_closes_it():
    hole = {"id": "CVE-2026-1", "fix_versions": ["2.0"]}
    found = read_audit({"dependencies": [{"name": "a", "version": "1.0", "vulns": [hole]}]})
    assert found == Audit(1, ("a 1.0: CVE-2026-1, fixed in 2.0",))


def test_what_was_skipped_does_not_count_as_looked_up():
    assert read_audit({"dependencies": [{"name": "a", "skip_reason": "unknown"}]}) == Audit(0, ())


@pytest.mark.parametrize(
    ("found", "status", "said"),
    [
        (Audit(0, ()), 0, "NOT AUDITED"),
        (Audit(5, ()), 0, "5 packages looked up, 0 known holes"),
        (Audit(5, ("a 1.0: CVE-2026-1, fixed in 2.0",)), 1, "CVE-2026-1"),
    ],
)
def test_a_found_hole_fails_and_a_service_out_of_reach_is_said(monkeypatch, found, status, said):
    monkeypatch.setattr(audit, "run_audit", lambda service: found)
    done = CliRunner().invoke(audit.main)
    assert done.exit_code == status
    assert said in done.output
