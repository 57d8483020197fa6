"""What retrieval is compared with: the usual recipe and the single parts, in the same run."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from itertools import accumulate

import numpy as np
from langchain_core.vectorstores import InMemoryVectorStore
from langchain_text_splitters import RecursiveCharacterTextSplitter

from corpus.reader import ARTICLE, COMMENTS, paragraphs, read_lines, text_of
from corpus.types import Lines
from evals.encoding import LangChainEmbeddings
from index.encoder import Encoder
from index.lexical import LexicalIndex

Retriever = Callable[[str], list[Lines]]

CHUNK, OVERLAP = 1000, 200  # characters: the recipe of LangChain's tutorials
RRF = 60  # the usual constant of reciprocal rank fusion
LIMIT = 10


def langchain_recipe(encoder: Encoder) -> Retriever:
    """LangChain's tutorial: the raw text in chunks of 1000 characters, the nearest vectors."""
    lines = read_lines()
    text = "\n".join(lines)
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    splitter = RecursiveCharacterTextSplitter(
        chunk_size=CHUNK, chunk_overlap=OVERLAP, add_start_index=True
    )
    chunks = splitter.create_documents([text])
    store = InMemoryVectorStore(LangChainEmbeddings(encoder))
    store.add_documents(chunks)

    def retrieve(question: str) -> list[Lines]:
        found = store.similarity_search(question, k=LIMIT)
        spans = []
        for chunk in found:
            start = chunk.metadata["start_index"]
            end = start + len(chunk.page_content) - 1
            spans.append(Lines(bisect_right(starts, start), bisect_right(starts, end)))
        return spans

    return retrieve


def _all_paragraphs() -> list[Lines]:
    return [p.lines for span in (ARTICLE, COMMENTS) for p in paragraphs(span)]


def dense_paragraphs(encoder: Encoder) -> Retriever:
    """Every paragraph as it stands, the nearest vectors."""
    spans = _all_paragraphs()
    matrix = encoder.encode([text_of(span) for span in spans])

    def retrieve(question: str) -> list[Lines]:
        scores = matrix @ encoder.encode([question])[0]
        return [spans[i] for i in np.argsort(-scores)[:LIMIT]]

    return retrieve


def bm25_paragraphs() -> Retriever:
    """Every paragraph as it stands, BM25 over stems."""
    spans = _all_paragraphs()
    words = LexicalIndex.build([text_of(span) for span in spans])

    def retrieve(question: str) -> list[Lines]:
        return [spans[i] for i in np.argsort(-words.scores(question))[:LIMIT]]

    return retrieve


def equal_rank_fusion(encoder: Encoder) -> Retriever:
    """Dense paragraphs and BM25, fused by reciprocal rank with equal weights."""
    spans = _all_paragraphs()
    matrix = encoder.encode([text_of(span) for span in spans])
    words = LexicalIndex.build([text_of(span) for span in spans])

    def retrieve(question: str) -> list[Lines]:
        rankings = [matrix @ encoder.encode([question])[0], words.scores(question)]
        fused = sum(1 / (RRF + np.argsort(np.argsort(-scores))) for scores in rankings)
        return [spans[i] for i in np.argsort(-np.asarray(fused))[:LIMIT]]

    return retrieve


def baselines(encoder: Encoder) -> dict[str, Retriever]:
    """Return every baseline by name."""
    return {
        "LangChain recipe": langchain_recipe(encoder),
        "dense paragraphs": dense_paragraphs(encoder),
        "BM25 paragraphs": bm25_paragraphs(),
        "equal rank fusion": equal_rank_fusion(encoder),
    }
