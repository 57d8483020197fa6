"""Surroundings that fail: disk full, nothing writable, no HOME, a clock that jumps."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from unittest import mock

from assistant.assistant import Assistant
from evals.bench.processes import RIGWISE
from evals.torture.folders import QUESTION, copied_index, probe
from evals.torture.types import Trial

MIB = 1024 * 1024
FULL_AT = (0, 1, 4, 12, 40, 80)  # MiB that a file may have: each stops the build elsewhere
JUMPS = (-400 * 86_400, -3600, 3600, 400 * 86_400)  # seconds


def run_rigwise(
    arguments: list[str],
    environment: Mapping[str, str] | None = None,
    prepare: Callable[[], None] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run the command in an environment of our choosing."""
    return subprocess.run(
        [RIGWISE, *arguments],
        env=dict(environment) if environment is not None else None,
        preexec_fn=prepare,
        capture_output=True,
        text=True,
        check=False,
    )


def judge(trial: Trial, what: str, done: subprocess.CompletedProcess[str], fails: bool) -> None:
    """Note what is not as it must be: a traceback, several lines of trouble, a wrong status."""
    trial.tried += 1
    told = [line for line in done.stderr.splitlines() if line.startswith("rigwise: ")]
    if "Traceback" in done.stderr:
        trial.lose(f"{what}: a traceback, {done.stderr.splitlines()[-1]!r}")
    elif done.returncode != (2 if fails else 0) or len(told) != int(fails):
        trial.lose(f"{what}: status {done.returncode}, {done.stderr[-200:]!r}")


def fill_disk() -> Trial:
    """Let writing fail at different sizes, as a full disk does, and on a real small disk."""
    trial = Trial("disk full while the index is built")
    with copied_index() as store:
        wanted = probe(store.load())
        there = {**os.environ, "RIGWISE_INDEX_DIR": str(store.folder)}
        for mib in FULL_AT:
            done = run_rigwise(["index", "build", "--force"], there, _limit(mib * MIB))
            judge(trial, f"files end at {mib} MiB", done, fails=True)
            if probe(store.load()) != wanted:
                trial.lose(f"files end at {mib} MiB: the old index is gone")
    _fill_small_disk(trial)
    return trial


def _limit(size: int) -> Callable[[], None]:
    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # then writing fails with an error instead
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


def _fill_small_disk(trial: Trial) -> None:
    with tempfile.TemporaryDirectory(prefix="rigwise-torture-") as folder:
        mount = ["mount", "-t", "tmpfs", "-o", "size=30m", "tmpfs", folder]
        if subprocess.run(mount, capture_output=True, check=False).returncode:
            trial.notes.append("no small disk could be mounted here: only limits were tried")
            return
        try:
            there = {**os.environ, "RIGWISE_INDEX_DIR": f"{folder}/index"}
            judge(trial, "a disk of 30 MiB", run_rigwise(["index", "build"], there), fails=True)
            judge(trial, "asking there", run_rigwise(["ask", QUESTION], there), fails=True)
        finally:
            subprocess.run(["umount", folder], check=False)


def lock_home() -> Trial:
    """Make nothing writable, and take HOME away."""
    trial = Trial("read-only home, no HOME")
    with copied_index() as store, tempfile.TemporaryDirectory() as folder:
        blocked = Path(folder) / "file"
        blocked.write_text("")
        nowhere = {**os.environ, "HOME": str(blocked), "XDG_CACHE_HOME": str(blocked / "cache")}
        nowhere.pop("RIGWISE_INDEX_DIR", None)
        judge(trial, "no index, nowhere to write", run_rigwise(["ask", QUESTION], nowhere), True)
        built = {**nowhere, "RIGWISE_INDEX_DIR": str(store.folder)}
        done = run_rigwise(["ask", QUESTION], built)
        judge(trial, "a built index, home cannot be written", done, fails=False)
        homeless = {k: v for k, v in built.items() if k not in ("HOME", "XDG_CACHE_HOME")}
        judge(trial, "no HOME", run_rigwise(["ask", QUESTION], homeless), fails=False)
        _read_only(trial, store.folder, built)
    return trial


def _read_only(trial: Trial, index: Path, environment: Mapping[str, str]) -> None:
    """Mount the index read-only: even root cannot write there."""
    mount = ["mount", "--bind", str(index), str(index)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        trial.notes.append("nothing could be mounted read-only here")
        return
    try:
        subprocess.run(["mount", "-o", "remount,bind,ro", str(index)], check=True)
        judge(trial, "a read-only index", run_rigwise(["ask", QUESTION], environment), False)
        forced = run_rigwise(["index", "build", "--force"], environment)
        judge(trial, "building into a read-only folder", forced, fails=True)
    finally:
        subprocess.run(["umount", str(index)], check=False)


def jump_clock() -> Trial:
    """Let the clock jump between and within questions, and the files come from the future."""
    trial = Trial("clock jumps")
    with copied_index() as store:
        wanted = probe(store.load())
        assistant = Assistant.load()
        expected = assistant.ask(QUESTION).text
        real = time.time
        for jump in JUMPS:
            for path in store.folder.rglob("*"):
                os.utime(path, (real() + jump, real() + jump))
            moments = iter(range(10**9))

            def jumping(by: int = jump, moments: object = moments) -> float:
                return real() + (by if next(moments) % 2 else 0)  # type: ignore[call-overload, no-any-return]

            with mock.patch("time.time", jumping):
                trial.tried += 2
                if probe(store.load()) != wanted:
                    trial.lose(f"{jump} s: the index finds something else")
                if assistant.ask(QUESTION).text != expected:
                    trial.lose(f"{jump} s: another answer")
    return trial


def import_light() -> Trial:
    """Answer in a fresh process and look at what it imported."""
    trial = Trial("what answering imports")
    heavy = ("torch", "sentence_transformers", "transformers", "gradio", "langchain", "pint")
    command = [sys.executable, "-X", "importtime", RIGWISE, "ask", QUESTION]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    for name in heavy:
        trial.tried += 1
        if name in imported:
            trial.lose(f"{name} is imported to answer")
    return trial
