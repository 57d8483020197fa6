"""Damage files at random: noticed by checksum, rebuilt or refused in one line, never wrong."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import CorpusError
from corpus.load import load_corpus
from corpus.reader import DATA
from evals.bench.processes import RIGWISE
from evals.torture.folders import QUESTION, copied_index, probe
from evals.torture.types import Trial
from index.errors import StaleIndex
from index.store import IndexStore

WAYS = ("flip", "flip", "flip", "cut", "empty", "zero", "grow", "delete")


@contextmanager
def damaged(path: Path, draw: random.Random) -> Iterator[str]:
    """Damage a file in one way, and mend it afterwards."""
    content = path.read_bytes()
    way = draw.choice(WAYS)
    broken = bytearray(content)
    if way == "flip":
        for _ in range(draw.choice((1, 1, 3, 50))):
            broken[draw.randrange(len(broken))] ^= draw.randrange(1, 256)
    elif way == "cut":
        del broken[draw.randrange(len(broken)) :]
    elif way == "zero":
        start = draw.randrange(len(broken))
        broken[start : start + 4096] = bytes(len(broken[start : start + 4096]))
    elif way == "grow":
        broken += draw.randbytes(10)
    elif way == "empty":
        broken.clear()
    if way == "delete":
        path.unlink()
    else:
        path.write_bytes(broken)
    same = way != "delete" and bytes(broken) == content
    try:
        yield "same" if same else way
    finally:
        path.write_bytes(content)


def damage_index(times: int, seed: int = 0) -> Trial:
    """Damage the files of an index one after the other, the pointer and the network too."""
    trial = Trial("index files damaged (flipped, cut, emptied, zeroed, grown, deleted)")
    draw = random.Random(seed)
    with copied_index() as store:
        wanted = probe(store.load())
        files = _files_of(store)
        for n in range(times):
            path = files[n % len(files)]
            name = path.relative_to(store.folder).as_posix().partition("/")[2] or path.name
            with damaged(path, draw) as way:
                trial.tried += 1
                try:
                    index = store.load()
                except StaleIndex as error:
                    if "\n" in str(error):
                        trial.lose(f"{name} ({way}): the refusal has several lines")
                    if way == "same":
                        trial.lose(f"{name}: refused although it is whole")
                    continue
                except Exception as error:  # anything else is what we look for
                    trial.lose(f"{name} ({way}): {type(error).__name__}: {error}")
                    continue
                if way != "same" or probe(index) != wanted:
                    trial.lose(f"{name} ({way}): loaded as if nothing were wrong")
        trial.notes.append(f"{len(files)} different files, the pointer and the network among them")
    return trial


def _files_of(store: IndexStore) -> list[Path]:
    build = store.folder / store.pointer.read_text().split()[0]
    return [store.pointer, *sorted(path for path in build.rglob("*") if path.is_file())]


def damage_and_ask(times: int, seed: int = 1) -> Trial:
    """Damage a file, then ask: the index is rebuilt by itself and the answer is the same."""
    trial = Trial("`rigwise ask` over a damaged index")
    draw = random.Random(seed)
    with copied_index() as store:
        wanted = _ask(store).stdout
        for n in range(times):
            # Small files first: what is whole of the vectors and the network is used again.
            files = sorted(_files_of(store), key=lambda path: path.stat().st_size)
            path = files[n % len(files)]
            broken = bytearray(path.read_bytes())
            broken[draw.randrange(len(broken))] ^= 0xFF
            path.write_bytes(broken)
            trial.tried += 1
            done = _ask(store)
            if done.returncode or done.stdout != wanted or "Traceback" in done.stderr:
                trial.lose(f"{path.name}: status {done.returncode}, {done.stderr[-300:]!r}")
    return trial


def _ask(store: IndexStore) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [RIGWISE, "ask", QUESTION],
        env={**os.environ, "RIGWISE_INDEX_DIR": str(store.folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def damage_corpus(times: int, seed: int = 2) -> Trial:
    """Damage a copy of the corpus data: refused in one line, never loaded as something else."""
    trial = Trial("corpus data damaged")
    draw = random.Random(seed)
    whole = load_corpus()
    names = [path.name for path in sorted(DATA.iterdir()) if path.is_file() and _is_read(path)]
    with tempfile.TemporaryDirectory(prefix="rigwise-torture-") as folder:
        for n in range(times):
            copy = Path(folder) / str(n)
            shutil.copytree(DATA, copy)
            name = names[n % len(names)]
            with damaged(copy / name, draw) as way:
                trial.tried += 1
                try:
                    loaded = load_corpus(copy)
                except CorpusError as error:
                    if "\n" in str(error):
                        trial.lose(f"{name} ({way}): the refusal has several lines")
                    continue
                except Exception as error:  # anything else is what we look for
                    trial.lose(f"{name} ({way}): {type(error).__name__}: {error}")
                    continue
                if loaded != whole:
                    trial.lose(f"{name} ({way}): loaded, and says something else")
            shutil.rmtree(copy)
    return trial


def _is_read(path: Path) -> bool:
    """Tell whether answering reads this file; the rest documents how the data came about."""
    return path.suffix != ".md" and path.stem not in ("blind", "second")
