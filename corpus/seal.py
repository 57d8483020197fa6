"""Checksums of the data files: a changed digit is noticed before it becomes a wrong answer."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from corpus.errors import CorpusError

MANIFEST = "manifest.json"


def read_sealed(folder: Path, name: str) -> str:
    """Return the text of a data file, if it is the one in the manifest.

    :raises CorpusError: the file or the manifest is missing, or the checksum differs.
    """
    try:
        content = (folder / name).read_bytes()
        expected = _manifest(folder)[name]["sha256"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CorpusError(f"{name} cannot be read: {error!r}. Reinstall rigwise.") from error
    if hashlib.sha256(content).hexdigest() != expected:
        raise CorpusError(
            f"{name} is not the file it should be (its checksum differs). Reinstall rigwise; if "
            "you changed it on purpose, run `rigwise corpus seal`."
        )
    return content.decode("utf-8")


def differing(folder: Path) -> list[str]:
    """Return the names of the data files that are not those in the manifest."""
    manifest = _manifest(folder)
    names = sorted({path.name for path in _files(folder)} | set(manifest))
    return [
        name for name in names if manifest.get(name, {}).get("sha256") != _digest(folder / name)
    ]


def seal(folder: Path) -> None:
    """Write the checksums of all data files into the manifest."""
    manifest: dict[str, dict[str, Any]] = {
        path.name: {
            "sha256": _digest(path),
            "lines": path.read_bytes().count(b"\n"),
        }
        for path in _files(folder)
    }
    text = json.dumps(manifest, indent=2) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8")


def _manifest(folder: Path) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text("utf-8"))
    return manifest


def _files(folder: Path) -> list[Path]:
    kinds = {".txt", ".json", ".jsonl", ".csv"}
    return sorted(p for p in folder.iterdir() if p.suffix in kinds and p.name != MANIFEST)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
