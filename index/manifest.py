"""What an index was built from: checksums and fingerprints, without loading any library."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from corpus.reader import DATA

SearchKind = Literal["flat", "cells"]
Progress = Callable[[str, float], None]

PACKAGED = "all-MiniLM-L6-v2"
FORMAT = 3
CODE = (
    "classifier.py",
    "dense.py",
    "encoder.py",
    "known.py",
    "lexical.py",
    "passages.py",
    "views.py",
    "wording.py",
)
ENCODING = ("encoder.py", "export.py", "network.py", "wording.py")  # what makes a vector of a text
TEXTS = (
    "guide.txt",
    "sections.json",
    "comments.jsonl",
    "cards.jsonl",
    "gaps.jsonl",
    "unanswered.jsonl",
)


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


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index was built from, and the checksums of its files.

    encoding stands for the model and the code that make a vector of a text: where it is the same
    in an older index, its vectors can be taken over. search tells how views are searched.
    """

    format: int
    text: str
    code: str
    encoder: str
    encoding: str
    passages: int
    views: int
    search: SearchKind
    files: dict[str, str]


def damaged_files(folder: Path, files: Mapping[str, str]) -> Iterator[str]:
    """Yield the names of the files that are missing or do not have the checksum they should."""
    for name, expected in files.items():
        path = folder / name
        try:
            if digest_of(path) != expected:
                yield name
        except OSError:
            yield name
