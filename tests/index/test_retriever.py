from index.retriever import GuideRetriever


def test_the_index_is_a_langchain_retriever(assistant):
    documents = GuideRetriever(index=assistant.index, limit=3).invoke("Are external GPUs any good?")
    assert len(documents) == 3
    assert [1222, 1222] in [document.metadata["lines"] for document in documents]
    assert any("Thunderbolt 3" in document.page_content for document in documents)
    assert documents[0].metadata["score"] >= documents[1].metadata["score"]
