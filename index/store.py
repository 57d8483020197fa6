"""The index on disk: built beside the old one, swapped in whole, checked when loaded."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from filelock import FileLock, Timeout

from corpus.load import Corpus
from corpus.reader import DATA
from corpus.sentences import sentences_of
from corpus.types import Lines, Years
from index.encoder import Encoder, OnnxEncoder, Vectors
from index.errors import IndexFailure, StaleIndex
from index.export import PACKAGED, export_encoder
from index.lexical import LexicalIndex
from index.passages import build_passages
from index.ranking import Ranking, best_views, distinct, fuse
from index.types import Hit, Passage, View, ViewKind
from index.views import build_views, words_of

FORMAT = 1
NEAREST_VIEWS = 1000  # views looked at for one question; a passage has about ten
BATCH = 64
CODE = ("encoder.py", "lexical.py", "passages.py", "views.py")  # what shapes an index
TEXTS = ("guide.txt", "sections.json", "comments.jsonl", "cards.jsonl")

NO_VECTORS: Vectors = np.zeros((0, 0), np.float32)

Progress = Callable[[str, float], None]


def silent(step: str, share: float) -> None:
    """Report nothing."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index was built from, and the checksums of its files."""

    format: int
    text: str
    code: str
    encoder: str
    passages: int
    views: int
    files: dict[str, str]


def fingerprint(paths: Iterator[Path] | list[Path]) -> str:
    """Return one SHA-256 over the names and contents of files."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def text_fingerprint() -> str:
    """Return the fingerprint of the corpus files that the index is made from."""
    return fingerprint([DATA / name for name in TEXTS])


def code_fingerprint() -> str:
    """Return the fingerprint of the code that shapes an index."""
    return fingerprint([Path(__file__).parent / name for name in CODE])


class Index:
    """A loaded index. Searching it changes nothing, so threads may share it."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.manifest = manifest
        rows = json.loads((folder / "passages.json").read_text("utf-8"))
        self.passages = tuple(_passage_from(row) for row in rows["passages"])
        self.views = tuple(View(number, kind, "") for number, kind in rows["views"])
        self._dense = faiss.read_index(str(folder / "views.faiss"))
        self.lexical = LexicalIndex.load(folder / "words")
        self.encoder_folder = folder / "encoder"
        self._first_view = {view.passage: n for n, view in reversed(list(enumerate(self.views)))}

    @cached_property
    def encoder(self) -> Encoder:
        """The encoder that the views were encoded with, loaded when first needed."""
        return OnnxEncoder(self.encoder_folder)

    def sentence_vectors(self, passage: Passage) -> Vectors:
        """Return the vectors of a passage's sentences, in order, shape (sentences, dimensions)."""
        count = len(sentences_of(passage.lines))
        return np.asarray(self._dense.reconstruct_n(self._first_view[passage.number], count))

    def view_vectors(self, passage: Passage, kind: ViewKind) -> Vectors:
        """Return the vectors of a passage's views of one kind, shape (views, dimensions)."""
        number, chosen = self._first_view[passage.number], []
        while number < len(self.views) and self.views[number].passage == passage.number:
            if self.views[number].kind == kind:
                chosen.append(number)
            number += 1
        return np.stack([self._dense.reconstruct(n) for n in chosen]) if chosen else NO_VECTORS

    def gist_vector(self, passage: Passage) -> Vectors | None:
        """Return the vector of the gist of a passage's card, shape (dimensions,)."""
        vectors = self.view_vectors(passage, "gist")
        return vectors[0] if len(vectors) else None

    def search(
        self,
        question: str,
        limit: int = 10,
        ranking: Ranking | None = None,
        vector: Vectors | None = None,
    ) -> list[Hit]:
        """Return the passages that best match a question, best first, none twice.

        vector is the encoded question, shape (dimensions,), where the caller has it already.
        """
        ranking = ranking or Ranking()
        query = self.encoder.encode([question]) if vector is None else vector[None, :]
        cosines, found = self._dense.search(query, min(NEAREST_VIEWS, self._dense.ntotal))
        dense = best_views(cosines[0], found[0], self.views, ranking)
        hits = fuse(self.passages, dense, self.lexical.scores(question), ranking)
        return distinct(hits, limit)


class IndexStore:
    """The folder that holds the current index: a subfolder each build, and a pointer to one."""

    def __init__(self, folder: Path, encoder_name: str = PACKAGED) -> None:
        self.folder = folder
        self.encoder_name = encoder_name

    @property
    def pointer(self) -> Path:
        """The file that names the current build."""
        return self.folder / "CURRENT"

    def load(self) -> Index:
        """Load the current index.

        :raises StaleIndex: there is none, or it was built from another text, model or code.
        :raises IndexFailure: a file is damaged.
        """
        folder, manifest = self._current()
        if self._is_stale(manifest):
            raise StaleIndex("The index was built from another text, model or code.")
        for name, expected in manifest.files.items():
            path = folder / name
            if not path.is_file() or _digest(path) != expected:
                raise StaleIndex(f"The index file {name} is missing or damaged.")
        try:
            return Index(folder, manifest)
        except (OSError, ValueError, KeyError, TypeError, RuntimeError) as error:
            raise StaleIndex(f"The index cannot be read: {error}.") from error

    def load_or_build(self, corpus: Corpus, progress: Progress = silent) -> Index:
        """Load the current index; build it first where it is missing, stale or damaged."""
        try:
            return self.load()
        except StaleIndex as reason:
            progress(f"{reason} Building it", 0.0)
            self.build(corpus, progress)
            return self.load()

    def status(self) -> dict[str, Any]:
        """Tell what the current index holds and whether it is up to date.

        :raises StaleIndex: there is no index at all.
        """
        folder, manifest = self._current()
        damaged = [
            name
            for name, expected in manifest.files.items()
            if not (folder / name).is_file() or _digest(folder / name) != expected
        ]
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        return {
            "folder": str(folder),
            "encoder": manifest.encoder,
            "passages": manifest.passages,
            "views": manifest.views,
            "bytes": size,
            "damaged": damaged,
            "up_to_date": not damaged and not self._is_stale(manifest),
        }

    def build(self, corpus: Corpus, progress: Progress = silent) -> None:
        """Build a new index beside the old one and swap it in at the end.

        :raises IndexFailure: the folder cannot be written, or the encoder cannot be loaded.
        """
        try:
            with self._lock(), self._workspace() as work:
                manifest = _write_index(corpus, work, self.encoder_name, self._reusable(), progress)
                (work / "manifest.json").write_text(json.dumps(asdict(manifest), indent=1))
                self._swap_in(work, manifest)
        except OSError as error:
            raise IndexFailure(
                f"The index folder {self.folder} cannot be written ({error.strerror or error}). "
                "Set RIGWISE_INDEX_DIR to a folder that can."
            ) from error

    @contextmanager
    def _lock(self) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(self.folder / "build.lock", timeout=300):
                yield
        except Timeout as error:
            raise IndexFailure("Another process has been building the index for 5 minutes.") from (
                error
            )

    @contextmanager
    def _workspace(self) -> Iterator[Path]:
        for left_over in self.folder.glob("building-*"):  # of a build that was killed
            shutil.rmtree(left_over, ignore_errors=True)
        work = Path(tempfile.mkdtemp(prefix="building-", dir=self.folder))
        try:
            yield work
        finally:
            shutil.rmtree(work, ignore_errors=True)

    def _swap_in(self, work: Path, manifest: Manifest) -> None:
        name = (
            f"build-{manifest.text[:8]}-{manifest.code[:8]}-{work.name.removeprefix('building-')}"
        )
        work.rename(self.folder / name)
        temporary = self.folder / "CURRENT.new"
        temporary.write_text(name)
        temporary.replace(self.pointer)  # the one step that makes the new index current
        for old in self.folder.glob("build-*"):
            if old.name != name:
                shutil.rmtree(old, ignore_errors=True)

    def _current(self) -> tuple[Path, Manifest]:
        try:
            folder = self.folder / self.pointer.read_text("utf-8").strip()
            return folder, Manifest(**json.loads((folder / "manifest.json").read_text("utf-8")))
        except FileNotFoundError as error:
            raise StaleIndex("There is no index yet.") from error
        except (OSError, ValueError, TypeError) as error:
            raise StaleIndex(f"The index cannot be read: {error}.") from error

    def _is_stale(self, manifest: Manifest) -> bool:
        return (manifest.format, manifest.text, manifest.code, manifest.encoder) != (
            FORMAT,
            text_fingerprint(),
            code_fingerprint(),
            self.encoder_name,
        )

    def _reusable(self) -> Path | None:
        """The exported encoder of the current build, if it is whole and of the same model."""
        try:
            folder, manifest = self._current()
        except StaleIndex:
            return None
        whole = all(
            (folder / name).is_file() and _digest(folder / name) == digest
            for name, digest in manifest.files.items()
            if name.startswith("encoder/")
        )
        return folder / "encoder" if whole and manifest.encoder == self.encoder_name else None


def _write_index(
    corpus: Corpus, work: Path, encoder_name: str, exported: Path | None, progress: Progress
) -> Manifest:
    progress("Preparing the encoder", 0.0)
    (work / "encoder").mkdir()
    if exported:
        shutil.copytree(exported, work / "encoder", dirs_exist_ok=True)
    else:
        export_encoder(encoder_name, work / "encoder")
    encoder = OnnxEncoder(work / "encoder")
    passages = build_passages(corpus)
    views = build_views(corpus, passages, encoder.count_pieces)
    _write_dense(encoder, views, work / "views.faiss", progress)
    progress("Indexing words", 0.95)
    LexicalIndex.build([words_of(corpus, passage) for passage in passages]).save(work / "words")
    rows = {
        "passages": [asdict(passage) for passage in passages],
        "views": [(view.passage, view.kind) for view in views],
    }
    (work / "passages.json").write_text(json.dumps(rows), encoding="utf-8")
    progress("Done", 1.0)
    files = sorted(path for path in work.rglob("*") if path.is_file())
    return Manifest(
        format=FORMAT,
        text=text_fingerprint(),
        code=code_fingerprint(),
        encoder=encoder_name,
        passages=len(passages),
        views=len(views),
        files={path.relative_to(work).as_posix(): _digest(path) for path in files},
    )


def _write_dense(encoder: Encoder, views: tuple[View, ...], path: Path, progress: Progress) -> None:
    order = sorted(range(len(views)), key=lambda n: len(views[n].text))
    vectors: list[Any] = [None] * len(views)
    for start in range(0, len(order), BATCH):
        batch = order[start : start + BATCH]
        encoded = encoder.encode([views[n].text for n in batch])
        for n, vector in zip(batch, encoded, strict=True):
            vectors[n] = vector
        progress("Encoding passages", 0.1 + 0.85 * start / len(order))
    matrix = np.stack(vectors)
    flat = faiss.IndexFlatIP(matrix.shape[1])
    flat.add(matrix)
    faiss.write_index(flat, str(path))


def _passage_from(row: dict[str, Any]) -> Passage:
    parent = row["reply_of"]
    return Passage(
        **{
            **row,
            "lines": Lines(*row["lines"]),
            "years": Years(*row["years"]),
            "reply_of": Lines(*parent) if parent else None,
        }
    )


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
