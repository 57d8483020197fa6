"""Our encoder behind LangChain's interface, so that baselines differ in method, not in model."""

from __future__ import annotations

from langchain_core.embeddings import Embeddings

from index.encoder import Encoder


class LangChainEmbeddings(Embeddings):
    """An encoder as LangChain embeddings."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return one vector a text."""
        vectors: list[list[float]] = self._encoder.encode(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of a question."""
        return self.embed_documents([text])[0]
