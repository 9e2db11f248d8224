"""LangChain's usual recipe for question answering over documents, as its guides show it, with the same embedding.

A recursive splitter of 500 characters, FAISS and BM25 over jieba words joined by weighted reciprocal ranks, the
top 4. The splitter is LangChain's own; the two retrievers and the ensemble are written here after its classic
package, which is not needed for anything else: 4 results of each, weights one half, the constant 60. It finds and
does not read, so it is compared by its retrieval alone.
"""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from bot.types import Answer, AnswerStatus
from corpus.library import ReadReport
from corpus.types import BlockKind, Passage, Report, Span
from evals.sources import Sources

if TYPE_CHECKING:
    from index.embedding import Embedder

CHUNK = 500
OVERLAP = 50
TOP = 4
_RANK_CONSTANT = 60
_WEIGHT = 0.5


class Recipe:
    """Finds chunks for a question; as an assistant it answers with what it found and nothing else."""

    def __init__(self, reports: Sequence[Report], embedder: "Embedder") -> None:
        import faiss
        from rank_bm25 import BM25Okapi

        from index.tokens import full_dictionary

        self._words = full_dictionary().lcut
        self._embedder = embedder
        self.chunks = [chunk for report in reports for chunk in _split(report)]
        texts = [chunk.text for chunk in self.chunks]
        self._bm25: Any = BM25Okapi([self._words(text) for text in texts])
        vectors = embedder.encode(texts)
        self._faiss: Any = faiss.IndexFlatL2(vectors.shape[1])
        self._faiss.add(vectors)
        self._reports = reports

    def sources(self) -> Sources:
        """The chunks as what the gold is looked for in."""
        return Sources.of(
            ReadReport(report, (), tuple(chunk for chunk in self.chunks if chunk.report == report.name), ())
            for report in self._reports
        )

    def size(self) -> int:
        """How many bytes it keeps: texts, vectors and BM25's counts, these as JSON."""
        texts = sum(len(chunk.text.encode()) for chunk in self.chunks)
        counts = len(json.dumps(self._bm25.doc_freqs, ensure_ascii=False).encode())
        return texts + 4 * int(self._faiss.d) * len(self.chunks) + counts

    def ask(self, question: str, conversation: Any | None = None, *, id: str = "") -> Answer:  # noqa: ANN401
        """The chunks found for the question as it stands: the recipe keeps no conversation."""
        del conversation
        found = [self.chunks[place].id for place in self.find(question)]
        return Answer(id, question, question, AnswerStatus.ANSWERED, "", steps={"found": found})

    def find(self, question: str) -> list[int]:
        """The places of the top chunks, best first."""
        _, near = self._faiss.search(self._embedder.encode([question]), TOP)
        by_words = np.argsort(-self._bm25.get_scores(self._words(question)), kind="stable")[:TOP]
        scores: dict[int, float] = {}
        for ranked in (by_words, near[0]):
            for rank, place in enumerate(map(int, ranked), 1):
                scores[place] = scores.get(place, 0.0) + _WEIGHT / (_RANK_CONSTANT + rank)
        return sorted(scores, key=lambda place: (-scores[place], place))[:TOP]


def _split(report: Report) -> list[Passage]:
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(chunk_size=CHUNK, chunk_overlap=OVERLAP, add_start_index=True)
    chunks = splitter.create_documents([report.text])
    return [
        Passage(
            id=f"{report.name}/chunk-{number:04d}",
            report=report.name,
            ordinal=number,
            kind=BlockKind.PARAGRAPH,
            text=chunk.page_content,
            spans=(_span(chunk.metadata["start_index"], chunk.page_content),),
            section=(),
            table=None,
            row=None,
            cells=(),
            year=None,
            status=None,
        )
        for number, chunk in enumerate(chunks, 1)
    ]


def _span(start: int, text: str) -> Span:
    return Span(start, start + len(text))
