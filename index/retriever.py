"""The index as a LangChain retriever, for those who build their own chain."""

from __future__ import annotations

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from corpus.reader import text_of
from index.store import Index
from index.types import Hit


class GuideRetriever(BaseRetriever):
    """Returns passages of the guide as documents, best first.

    The metadata of a document: lines, role, section, years, score.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    index: Index
    limit: int = 10

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        return [as_document(hit) for hit in self.index.search(query, self.limit)]


def as_document(hit: Hit) -> Document:
    """Return a hit as a LangChain document."""
    passage = hit.passage
    return Document(
        page_content=text_of(passage.lines),
        metadata={
            "lines": list(passage.lines),
            "role": passage.role,
            "section": passage.context or None,
            "years": list(passage.years),
            "score": hit.score,
        },
    )
