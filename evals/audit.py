"""Look up the pinned versions among published vulnerabilities: python -m evals.audit.

A hole that is found fails. A service that cannot be reached does not, but is said plainly: then
nothing is known, good or bad.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

CONSTRAINTS = Path(__file__).parents[1] / "constraints.txt"
SERVICES = ("pypi", "osv")  # the second is asked where the first cannot be reached
PATIENCE = 180  # seconds


@dataclass(frozen=True, slots=True)
class Audit:
    """What a look-up found: how many packages were looked up, and each hole as a line."""

    looked_up: int
    holes: tuple[str, ...]


def read_audit(report: Any) -> Audit:  # noqa: ANN401 - JSON
    """Read pip-audit's report; a package that the service does not know was not looked up."""
    packages = [one for one in report["dependencies"] if "skip_reason" not in one]
    holes = tuple(
        f"{one['name']} {one['version']}: {hole['id']}, fixed in "
        f"{', '.join(hole['fix_versions']) or 'no version yet'}"
        for one in packages
        for hole in one["vulns"]
    )
    return Audit(len(packages), holes)


def run_audit(service: str, constraints: Path = CONSTRAINTS) -> Audit:
    """Ask a service about every pinned version; nothing looked up where it is out of reach."""
    command: Sequence[str] = (
        *(sys.executable, "-m", "pip_audit", "--requirement", str(constraints), "--no-deps"),
        *("--disable-pip", "--format", "json", "--progress-spinner", "off"),
        *("--vulnerability-service", service),
    )
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=PATIENCE
        )
        return read_audit(json.loads(done.stdout))
    except (subprocess.TimeoutExpired, ValueError, KeyError, TypeError):
        return Audit(0, ())


@click.command()
def main() -> None:
    """Audit constraints.txt; the status is 1 where a hole is known."""
    for service in SERVICES:
        audit = run_audit(service)
        if audit.looked_up:
            break
    if not audit.looked_up:
        click.echo(
            "NOT AUDITED: no vulnerability service can be reached from here. Run "
            "`python -m evals.audit` where the network allows it."
        )
        return
    click.echo(f"{audit.looked_up} packages looked up, {len(audit.holes)} known holes.")
    for hole in audit.holes:
        click.echo(f"  {hole}")
    sys.exit(1 if audit.holes else 0)


if __name__ == "__main__":
    main()
