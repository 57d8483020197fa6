"""Kill the index build at random moments: the old index or the new one, never neither."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

from evals.torture.folders import copied_index, probe
from evals.torture.types import Trial
from index.errors import IndexFailure
from index.store import IndexStore

# Tells when everything is imported, so that the moments fall into the build itself.
BUILDER = """
import pathlib, sys
from corpus.load import load_corpus
from index.store import IndexStore
store, corpus = IndexStore(pathlib.Path(sys.argv[1]), sys.argv[2]), load_corpus()
sys.stdout.write("ready\\n"); sys.stdout.flush()
for _ in range(int(sys.argv[3])):
    store.build(corpus)
"""
KIB = 1024


def kill_builds(times: int, seed: int = 0) -> Trial:
    """Kill builds of an index at moments spread over the time that one takes."""
    trial = Trial("index build killed (SIGKILL) at random moments")
    draw = random.Random(seed)
    with copied_index() as store:
        wanted = probe(store.load())
        took = _build(store)
        builds: set[str] = set()
        for n in range(times):
            # Spread evenly, a little past the end; the order is mixed.
            _killed_after(store, took * 1.1 * (n + draw.random()) / times)
            trial.tried += 1
            try:
                if probe(store.load()) != wanted:
                    trial.lose(f"build {n}: the index finds something else")
            except IndexFailure as error:
                trial.lose(f"build {n}: {error}")
            builds.add(store.pointer.read_text())
        _build(store)
        left = [path.name for path in store.folder.glob("building-*")]
        left += [path.name for path in store.folder.glob("build-*")][1:]
        if left:
            trial.lose(f"folders of killed builds are left: {left}")
        trial.notes.append(
            f"a build takes {took:.1f} s here; {len(builds) - 1} of the killed ones had already "
            "swapped in the new index"
        )
    return trial


def _start(store: IndexStore, builds: int) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", BUILDER, str(store.folder), store.encoder_name, str(builds)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    if process.stdout is None or process.stdout.readline() != "ready\n":
        raise RuntimeError("the builder did not start")
    return process


def _build(store: IndexStore) -> float:
    """Build undisturbed; return how many seconds it took."""
    with _start(store, 1) as process:
        start = time.perf_counter()
        if process.wait():
            raise RuntimeError("the undisturbed build failed")
        return time.perf_counter() - start


def _killed_after(store: IndexStore, seconds: float) -> None:
    with _start(store, 2) as process:
        time.sleep(seconds)
        process.kill()
