"""Coverage-guided fuzzing with atheris, one target a process, where atheris is installed.

python -m evals.torture.fuzz understand 5000
"""

from __future__ import annotations

import importlib.util
import subprocess
import sys

from evals.torture.types import Trial

FUZZED = ("understand", "calculate", "check_build", "render", "slack", "http")
LONGEST = 400  # bytes of a text
RAN_THROUGH = "Done "  # what libFuzzer says at the end


def fuzz(runs: int) -> list[Trial]:
    """Fuzz each target for so many runs."""
    if importlib.util.find_spec("atheris") is None:
        trial = Trial("coverage-guided fuzzing")
        trial.notes.append("atheris is not installed: not tried")
        return [trial]
    return [_fuzz(name, runs) for name in FUZZED]


def _fuzz(name: str, runs: int) -> Trial:
    trial = Trial(f"coverage-guided fuzzing: {name}")
    done = subprocess.run(
        [sys.executable, "-m", "evals.torture.fuzz", name, str(runs)],
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    trial.tried = runs
    if done.returncode or RAN_THROUGH not in done.stderr:
        trial.lose(f"status {done.returncode}: {done.stderr[-1500:]}")
    return trial


def main() -> None:
    """Fuzz one target in this process; libFuzzer ends the process."""
    import atheris

    name, runs = sys.argv[1:]
    with atheris.instrument_imports(include=["assistant", "corpus"]):
        from evals.torture.targets import TARGETS

        target = TARGETS[name]
        target("4x RTX 2080 Ti, i9-9900K, 32 GB RAM, 1600 W PSU")

    def attack(content: bytes) -> None:
        target(atheris.FuzzedDataProvider(content).ConsumeUnicode(LONGEST))

    options = [
        sys.argv[0],
        f"-runs={runs}",
        f"-max_len={LONGEST}",
        "-timeout=20",
        "-artifact_prefix=/tmp/",
    ]
    atheris.Setup(options, attack)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
