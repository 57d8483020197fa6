"""The peer: LangChain's tutorial as a script, over the same text and model, its vectors kept."""

import sys
from pathlib import Path

from langchain_core.vectorstores import InMemoryVectorStore
from langchain_text_splitters import RecursiveCharacterTextSplitter

from evals.bench.torch_encoder import TorchEncoder
from evals.encoding import LangChainEmbeddings

text, kept, question = sys.argv[1:]
embeddings = LangChainEmbeddings(TorchEncoder())
if Path(kept).exists():
    store = InMemoryVectorStore.load(kept, embeddings)
else:
    store = InMemoryVectorStore(embeddings)
    splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
    store.add_documents(splitter.create_documents([Path(text).read_text("utf-8")]))
    store.dump(kept)
for found in store.similarity_search(question, k=3):
    sys.stdout.write(f"{found.page_content}\n\n")
