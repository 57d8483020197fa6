"""Make the files of an index in an empty folder."""

from __future__ import annotations

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path

import numpy as np

from corpus.load import Corpus
from index.classifier import CardClassifier
from index.dense import DenseIndex
from index.encoder import OnnxEncoder, Vectors
from index.export import export_encoder
from index.known import KnownTexts
from index.lexical import LexicalIndex
from index.manifest import (
    FORMAT,
    Manifest,
    Progress,
    code_fingerprint,
    digest_of,
    encoding_fingerprint,
    text_fingerprint,
)
from index.passages import build_passages
from index.search import known_rows, read_views, write_passages, write_views
from index.views import build_views, words_of
from index.wording import in_one_wording


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
    encoder = OnnxEncoder(work / "encoder", cores=1)
    passages = build_passages(corpus)
    views = build_views(corpus, passages, encoder.count_pieces)
    # What is missing at a gap, and what the guide does not answer, is compared with questions.
    texts = [view.text for view in views] + [gap.missing for gap in corpus.gaps]
    texts += corpus.without_answer
    worded = [in_one_wording(text) for text in texts]
    known = KnownTexts.of(worded)
    vectors = _vectors(worded, known, encoder, older, progress)
    dense = DenseIndex.build(vectors[: len(views)], views)
    write_views(work, dense, known.also(texts), vectors[len(views) :])
    progress("Indexing words, learning what questions mean", 0.95)
    with ThreadPoolExecutor(1) as beside:
        learning = beside.submit(CardClassifier.fit, dense)
        LexicalIndex.build([words_of(corpus, passage) for passage in passages]).save(work / "words")
    learning.result().save(work / "classifier.npz")
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
