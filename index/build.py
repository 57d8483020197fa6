"""Make the files of an index in an empty folder."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path

import numpy as np

from corpus.load import Corpus
from corpus.reader import DATA
from index.dense import DenseIndex
from index.encoder import OnnxEncoder, Vectors
from index.export import export_encoder
from index.known import KnownTexts
from index.lexical import LexicalIndex
from index.passages import build_passages
from index.search import Manifest, known_rows, read_views, write_passages, write_views
from index.views import build_views, words_of

FORMAT = 2
CODE = ("dense.py", "encoder.py", "known.py", "lexical.py", "passages.py", "views.py")
ENCODING = ("encoder.py", "export.py", "network.py")  # what makes a vector of a text
TEXTS = (
    "guide.txt",
    "sections.json",
    "comments.jsonl",
    "cards.jsonl",
    "gaps.jsonl",
    "unanswered.jsonl",
)

Progress = Callable[[str, float], None]


def silent(step: str, share: float) -> None:
    """Report nothing."""


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def fingerprint(paths: Iterable[Path]) -> str:
    """Return one SHA-256 over the names and contents of files."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode())
        digest.update(bytes.fromhex(digest_of(path)))
    return digest.hexdigest()


def text_fingerprint() -> str:
    """Return the fingerprint of the corpus files that the index is made from."""
    return fingerprint(DATA / name for name in TEXTS)


def code_fingerprint() -> str:
    """Return the fingerprint of the code that shapes an index."""
    return fingerprint(Path(__file__).parent / name for name in CODE)


def encoding_fingerprint(encoder_name: str) -> str:
    """Return what stands for the model and the code that make a vector of a text."""
    code = fingerprint(Path(__file__).parent / name for name in ENCODING)
    return hashlib.sha256(f"{encoder_name} {code}".encode()).hexdigest()


def write_index(
    corpus: Corpus, work: Path, encoder_name: str, older: Path | None, progress: Progress
) -> Manifest:
    """Write an index into the empty folder `work`, its manifest last.

    older is the folder of an index with the same encoding: its network, and its vectors of texts
    that are unchanged, are taken over.
    """
    progress("Preparing the encoder", 0.0)
    (work / "encoder").mkdir()
    if older:
        shutil.copytree(older / "encoder", work / "encoder", dirs_exist_ok=True)
    else:
        export_encoder(encoder_name, work / "encoder")
    encoder = OnnxEncoder(work / "encoder")
    passages = build_passages(corpus)
    views = build_views(corpus, passages, encoder.count_pieces)
    # What is missing at a gap, and what the guide does not answer, is compared with questions.
    texts = [view.text for view in views] + [gap.missing for gap in corpus.gaps]
    texts += [row.question for row in corpus.unanswered]
    known = KnownTexts.of(texts)
    vectors = _vectors(texts, known, encoder, older, progress)
    dense = DenseIndex.build(vectors[: len(views)], views)
    write_views(work, dense, known, vectors[len(views) :])
    progress("Indexing words", 0.95)
    LexicalIndex.build([words_of(corpus, passage) for passage in passages]).save(work / "words")
    write_passages(work / "passages.json", passages)
    files = sorted(path for path in work.rglob("*") if path.is_file())
    manifest = Manifest(
        format=FORMAT,
        text=text_fingerprint(),
        code=code_fingerprint(),
        encoder=encoder_name,
        encoding=encoding_fingerprint(encoder_name),
        passages=len(passages),
        views=len(views),
        search=dense.search_kind,
        files={path.relative_to(work).as_posix(): digest_of(path) for path in files},
    )
    (work / "manifest.json").write_text(json.dumps(asdict(manifest), indent=1), encoding="utf-8")
    progress("Done", 1.0)
    return manifest


def _vectors(
    texts: list[str],
    known: KnownTexts,
    encoder: OnnxEncoder,
    older: Path | None,
    progress: Progress,
) -> Vectors:
    """Return one vector a text; equal texts are encoded once, those of the older index never."""
    distinct = [texts[n] for n in known.numbers]
    found = _older_vectors(older, distinct) if older else {}
    new = [n for n in range(len(distinct)) if n not in found]
    encoded = encoder.encode_many(
        [distinct[n] for n in new],
        lambda share: progress("Encoding passages", 0.1 + 0.85 * share),
    )
    found.update(zip(new, encoded, strict=True))
    unique = np.stack([found[n] for n in range(len(distinct))])
    places = np.empty(len(texts), np.int64)  # of each first text among the distinct ones
    places[known.numbers] = np.arange(len(distinct))
    vectors: Vectors = unique[places[known.find(texts)]]
    return vectors


def _older_vectors(older: Path, texts: list[str]) -> dict[int, Vectors]:
    dense, known, extra = read_views(older)
    if dense.search_kind != "flat":
        return {}  # its vectors are rounded
    numbers = known.find(texts)
    there = np.flatnonzero(numbers >= 0)
    if not len(there):
        return {}
    rows = known_rows(dense, extra, numbers[there])
    return dict(zip(there.tolist(), rows, strict=True))
