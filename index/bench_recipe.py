"""LangChain's usual recipe for finding: its EnsembleRetriever over BM25 by jieba's words and FAISS by the embedding.

What the benches of finding compare with: equal weights, the ensemble's own constant, the same embedding as here.
"""

from collections.abc import Callable, Sequence
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from index.embedding import Embedder
from index.tokens import full_dictionary

TOP = 4  # what LangChain's retrievers give unless told otherwise


class WordRetriever(BaseRetriever):
    """LangChain's usual BM25 retriever, over jieba's words."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    documents: list[Document]
    scorer: Any
    cut: Callable[[str], list[str]]
    k: int

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        found: list[Document] = self.scorer.get_top_n(self.cut(query), self.documents, n=self.k)
        return found


class VectorRetriever(BaseRetriever):
    """LangChain's usual FAISS retriever: exact, by Euclidean distance."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    documents: list[Document]
    searched: Any
    embedder: Any
    k: int

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        _, places = self.searched.search(self.embedder.encode([query]), self.k)
        return [self.documents[place] for place in places[0].tolist() if place >= 0]


def usual_recipe(texts: Sequence[str], embedder: Embedder, k: int = TOP) -> BaseRetriever:
    """The recipe over `texts`, each retriever giving its `k` best; a document's id is its text's number."""
    import faiss
    from langchain_classic.retrievers import EnsembleRetriever
    from rank_bm25 import BM25Okapi

    documents = [Document(id=str(at), page_content=text, metadata={"at": at}) for at, text in enumerate(texts)]
    cut = full_dictionary().lcut
    vectors = embedder.encode(texts)
    searched = faiss.IndexFlatL2(vectors.shape[1])
    searched.add(vectors)
    words = WordRetriever(documents=documents, scorer=BM25Okapi([cut(text) for text in texts]), cut=cut, k=k)
    near = VectorRetriever(documents=documents, searched=searched, embedder=embedder, k=k)
    return EnsembleRetriever(retrievers=[words, near], weights=[0.5, 0.5], id_key="at")


def places_of(found: Sequence[Document]) -> list[int]:
    """The numbers of the texts found, best first."""
    return [int(document.metadata["at"]) for document in found]
