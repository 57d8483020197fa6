"""Whole processes: how long they take and how much memory they have at their peak."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

MIB = 1024 * 1024
RIGWISE = str(Path(sys.executable).parent / "rigwise")


@dataclass(frozen=True, slots=True)
class Ran:
    """A process that has ended: seconds on the clock, peak memory in MiB, what it printed."""

    seconds: float
    peak: float
    output: str


def run(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Ran:
    """Run a command to its end.

    :raises RuntimeError: it fails.
    """
    start = time.perf_counter()
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, **(environment or {})},
    )
    output = process.stdout.read() if process.stdout else ""
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.stdout:
        process.stdout.close()
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{output[-2000:]}")
    kib = usage.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    return Ran(seconds, kib / 1024, output)
