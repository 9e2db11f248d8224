"""LangChain's usual recipe for question answering over documents, as its guides show it, with the same embedding.

A recursive splitter of 500 characters, FAISS and BM25 over jieba words joined by its EnsembleRetriever, the top 4.
It finds and does not read, so it is compared by its retrieval alone.
"""

import json
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from bot.types import Answer, AnswerStatus
from corpus.library import ReadReport
from corpus.types import BlockKind, Passage, Report, Span
from evals.sources import Sources
from index.bench_recipe import TOP, places_of, usual_recipe
from index.tokens import full_dictionary

if TYPE_CHECKING:
    from index.embedding import Embedder

CHUNK = 500
OVERLAP = 50
_FLOAT = 4  # bytes


class Recipe:
    """Finds chunks for a question; as an assistant it answers with what it found and nothing else."""

    def __init__(self, reports: Sequence[Report], embedder: "Embedder") -> None:
        self.chunks = [chunk for report in reports for chunk in _split(report)]
        self._reports, self._dim = reports, embedder.dim
        self._retriever = usual_recipe([chunk.text for chunk in self.chunks], embedder)

    def sources(self) -> Sources:
        """The chunks as what the gold is looked for in."""
        return Sources.of(
            ReadReport(report, (), tuple(chunk for chunk in self.chunks if chunk.report == report.name), ())
            for report in self._reports
        )

    def size(self) -> int:
        """How many bytes it keeps: texts, vectors and BM25's counts of words, these as JSON."""
        texts = [chunk.text for chunk in self.chunks]
        counts = [Counter(full_dictionary().lcut(text)) for text in texts]
        kept = len(json.dumps(counts, ensure_ascii=False).encode())
        return sum(len(text.encode()) for text in texts) + _FLOAT * self._dim * len(texts) + kept

    def ask(self, question: str, conversation: Any | None = None, *, id: str = "") -> Answer:  # noqa: ANN401
        """The chunks found for the question as it stands: the recipe keeps no conversation."""
        del conversation
        found = [self.chunks[place].id for place in self.find(question)]
        return Answer(id, question, question, AnswerStatus.ANSWERED, "", steps={"found": found})

    def find(self, question: str) -> list[int]:
        """The places of the top chunks, best first."""
        return places_of(self._retriever.invoke(question))[:TOP]


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
        )
        for number, chunk in enumerate(chunks, 1)
    ]


def _span(start: int, text: str) -> Span:
    return Span(start, start + len(text))
