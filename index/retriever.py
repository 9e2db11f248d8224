"""The search as a LangChain retriever, for chains and agents that want one."""

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from index.search import Searcher
from index.types import Hit


class ReportRetriever(BaseRetriever):
    """Finds passages of the reports as LangChain documents; `report` limits it to one report."""

    model_config = ConfigDict(arbitrary_types_allowed=True, frozen=True)

    searcher: Searcher
    k: int = 4
    report: str | None = None

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        return [_document(hit) for hit in self.searcher.search(query, self.k, self.report)]


def _document(hit: Hit) -> Document:
    passage = hit.passage
    metadata: dict[str, Any] = {
        "report": passage.report,
        "section": list(passage.section),
        "table": passage.table,
        "row": passage.row,
        "year": passage.year,
        "status": passage.status.value if passage.status else None,
        "spans": [list(span) for span in passage.spans],
        "score": hit.score,
    }
    return Document(id=passage.id, page_content=passage.text, metadata=metadata)
