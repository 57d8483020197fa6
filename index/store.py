"""The index on disk: built beside the old one, swapped in whole, checked when loaded."""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filelock import FileLock, Timeout

from index.errors import IndexFailure, StaleIndex
from index.manifest import (
    FORMAT,
    PACKAGED,
    Manifest,
    Progress,
    code_fingerprint,
    damaged_files,
    digest_of,
    encoding_fingerprint,
    silent,
    text_fingerprint,
)

if TYPE_CHECKING:
    from corpus.load import Corpus
    from index.search import Index

__all__ = ["Index", "IndexStore", "Manifest", "Progress", "silent"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module's attributes are of any type
    """Load Index, and FAISS with it, when it is first asked for: looking at the status need not."""
    if name == "Index":
        from index.search import Index

        return Index
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


POINTER = re.compile(r"(build-[\w-]+) ([0-9a-f]{64})\n")
LOCKED = 300  # seconds to wait for another build
# What reading a file can raise that passed its checksum and still is not what it should be.
UNREADABLE = (OSError, ValueError, KeyError, TypeError, AttributeError, RuntimeError, IndexError)


class IndexStore:
    """The folder that holds the current index: a subfolder each build, and a pointer to one."""

    def __init__(self, folder: Path, encoder_name: str = PACKAGED) -> None:
        self.folder = folder
        self.encoder_name = encoder_name

    @property
    def pointer(self) -> Path:
        """The file that names the current build and the checksum of its manifest."""
        return self.folder / "CURRENT"

    def load(self) -> Index:
        """Load the current index.

        :raises StaleIndex: there is none, it was built from another text, model or code, or a
            file is damaged.
        """
        while True:
            pointed = self._pointed()
            try:
                return self._load()
            except StaleIndex:
                # Another process may have swapped in a new build and removed this one meanwhile.
                if self._pointed() == pointed:
                    raise

    def _load(self) -> Index:
        from index.search import Index

        folder, manifest = self._current()
        if self._is_stale(manifest):
            raise StaleIndex("The index was built from another text, model or code.")
        for name in damaged_files(folder, manifest.files):
            raise StaleIndex(f"The index file {name} is missing or damaged.")
        try:
            return Index.load(folder, manifest)
        except UNREADABLE as error:
            raise StaleIndex(f"The index cannot be read: {error}.") from error

    def load_or_build(self, corpus: Corpus, progress: Progress = silent) -> Index:
        """Load the current index; build it first where it is missing, stale or damaged.

        :raises IndexFailure: it cannot be built either.
        """
        try:
            return self.load()
        except StaleIndex as reason:
            progress(f"{reason} Building it", 0.0)
            self.build(corpus, progress, force=False)
            return self.load()

    def status(self) -> dict[str, Any]:
        """Tell what the current index holds and whether it is up to date.

        :raises StaleIndex: there is no index at all.
        """
        folder, manifest = self._current()
        damaged = list(damaged_files(folder, manifest.files))
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        return {
            "folder": str(folder),
            "encoder": manifest.encoder,
            "passages": manifest.passages,
            "views": manifest.views,
            "search": manifest.search,
            "bytes": size,
            "damaged": damaged,
            "up_to_date": not damaged and not self._is_stale(manifest),
        }

    def build(self, corpus: Corpus, progress: Progress = silent, force: bool = True) -> None:
        """Build a new index beside the old one and swap it in at the end.

        Without force, an index that another process finished meanwhile is left as it is.

        :raises IndexFailure: the folder cannot be written, or the encoder cannot be loaded.
        """
        from index.build import write_index

        try:
            with self._lock():
                if not force and self._is_up_to_date():
                    return
                with self._workspace() as work:
                    write_index(corpus, work, self.encoder_name, self._reusable(), progress)
                    self._swap_in(work)
        except (OSError, RuntimeError) as error:  # FAISS and ONNX Runtime report a full disk so
            reason = getattr(error, "strerror", None) or str(error).splitlines()[0]
            raise IndexFailure(
                f"The index cannot be written to {self.folder} ({reason}). "
                "Set RIGWISE_INDEX_DIR to a folder that can be written and has 250 MB free."
            ) from error

    @contextmanager
    def _lock(self) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(self.folder / "build.lock", timeout=LOCKED):
                yield
        except Timeout as error:
            raise IndexFailure(
                f"Another process has been building the index for {LOCKED // 60} minutes. "
                "Wait for it, or end it and try again."
            ) from error

    @contextmanager
    def _workspace(self) -> Iterator[Path]:
        for left_over in self.folder.glob("building-*"):  # of a build that was killed
            shutil.rmtree(left_over, ignore_errors=True)
        work = Path(tempfile.mkdtemp(prefix="building-", dir=self.folder))
        try:
            yield work
        finally:
            shutil.rmtree(work, ignore_errors=True)

    def _swap_in(self, work: Path) -> None:
        name = f"build-{work.name.removeprefix('building-')}"
        _flush(work)  # the power may fail, too
        work.rename(self.folder / name)
        temporary = self.folder / "CURRENT.new"
        temporary.write_text(f"{name} {digest_of(self.folder / name / 'manifest.json')}\n")
        _flush(temporary)
        temporary.replace(self.pointer)  # the one step that makes the new index current
        _flush(self.folder)
        for old in self.folder.glob("build-*"):
            if old.name != name:
                shutil.rmtree(old, ignore_errors=True)

    def _pointed(self) -> bytes:
        try:
            return self.pointer.read_bytes()
        except OSError:
            return b""

    def _current(self) -> tuple[Path, Manifest]:
        try:
            pointed = POINTER.fullmatch(self.pointer.read_text("utf-8"))
            if pointed is None:
                raise StaleIndex("The file that names the current index is damaged or old.")
            folder = self.folder / pointed[1]
            content = (folder / "manifest.json").read_bytes()
            if sha256(content).hexdigest() != pointed[2]:
                raise StaleIndex("The index file manifest.json is missing or damaged.")
            return folder, Manifest(**json.loads(content))
        except FileNotFoundError as error:
            raise StaleIndex("There is no index yet.") from error
        except (OSError, ValueError, TypeError) as error:
            raise StaleIndex(f"The index cannot be read: {error}.") from error

    def _is_stale(self, manifest: Manifest) -> bool:
        return (manifest.format, manifest.text, manifest.code, manifest.encoding) != (
            FORMAT,
            text_fingerprint(),
            code_fingerprint(),
            encoding_fingerprint(self.encoder_name),
        )

    def _is_up_to_date(self) -> bool:
        try:
            return bool(self.status()["up_to_date"])
        except StaleIndex:
            return False

    def _reusable(self) -> Path | None:
        """The current build, if its vectors are whole and it makes them in the same way."""
        try:
            folder, manifest = self._current()
        except StaleIndex:
            return None
        same = manifest.encoding == encoding_fingerprint(self.encoder_name)
        if not same or manifest.format != FORMAT:
            return None
        needed = {
            name: digest
            for name, digest in manifest.files.items()
            if name.startswith(("encoder/", "views."))
        }
        return None if any(damaged_files(folder, needed)) else folder


def _flush(path: Path) -> None:
    """Have the operating system write a file, or all in a folder, to the disk."""
    for part in [*path.rglob("*"), path] if path.is_dir() else [path]:
        handle = os.open(part, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
