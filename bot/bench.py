"""Measures time, and finding beside LangChain's recipe, in one run: `python -m bot.bench [QUESTIONS]`.

QUESTIONS is a file of the evals' format; without it the development questions of the checkout. Three things: a cold
`youju ask` beside the mere import of sentence_transformers; answers in a warm process; and finding alone, beside
LangChain's EnsembleRetriever over the same passages with the same embedding.
"""

import argparse
import json
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from bot.assistant import Assistant
from bot.conversation import Conversation
from bot.indexing import ensure_index
from bot.settings import Settings
from corpus.types import Passage
from index.embedding import Embedder, load_embedder
from index.retriever import ReportRetriever
from index.tokens import full_dictionary

QUESTIONS = Path(__file__).resolve().parents[1] / "evals" / "questions" / "xuhui-dev.jsonl"
COLD_QUESTION = "2024年徐汇区GDP是多少？"
COLD_RUNS = 5
WARM_UP = 10  # questions asked before the clock counts: the first one loads dictionaries
TOP = 4  # what LangChain's retrievers give unless told otherwise


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, its conversation if it is part of one, and the words that tell a right passage, part by part."""

    text: str
    session: str | None
    evidence: tuple[tuple[str, ...], ...]


def read_questions(file: Path) -> list[Asked]:
    """The questions of a file, in its order."""
    lines = (json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip())
    return [
        Asked(one["question"], one["session"], tuple(tuple(map(_bare, part["evidence"])) for part in one["answers"]))
        for one in lines
    ]


def cold_starts(runs: int = COLD_RUNS) -> tuple[float, float]:
    """Median seconds of `youju ask` and of importing sentence_transformers, each in fresh processes, by turns."""
    asking = [sys.executable, "-m", "bot.cli", "ask", COLD_QUESTION]
    importing = [sys.executable, "-c", "import sentence_transformers"]
    taken = [(_seconds(asking), _seconds(importing)) for _ in range(runs)]
    return median(ask for ask, _ in taken), median(imported for _, imported in taken)


def warm_answers(assistant: Assistant, questions: Sequence[Asked]) -> list[float]:
    """Milliseconds of each answer in one warm process; the turns of a conversation follow one another."""
    for asked in questions[:WARM_UP]:
        assistant.ask(asked.text)
    talks: defaultdict[str, Conversation] = defaultdict(Conversation)
    taken: list[float] = []
    for asked in questions:
        talk = talks[asked.session] if asked.session else None
        started = perf_counter()
        assistant.ask(asked.text, talk)
        taken.append((perf_counter() - started) * 1000)
    return taken


class WordRetriever(BaseRetriever):
    """LangChain's usual BM25 retriever, over jieba's words."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    documents: list[Document]
    scorer: Any
    cut: Callable[[str], list[str]]

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        found: list[Document] = self.scorer.get_top_n(self.cut(query), self.documents, n=TOP)
        return found


class VectorRetriever(BaseRetriever):
    """LangChain's usual FAISS retriever: exact, by Euclidean distance."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    documents: list[Document]
    searched: Any
    embedder: Any

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        _, places = self.searched.search(self.embedder.encode([query]), TOP)
        return [self.documents[place] for place in places[0].tolist()]


def ensemble(passages: Sequence[Passage], embedder: Embedder) -> BaseRetriever:
    """LangChain's EnsembleRetriever of the two above, over the passages, with its own weights and constant."""
    import faiss
    from langchain_classic.retrievers import EnsembleRetriever
    from rank_bm25 import BM25Okapi

    documents = [Document(id=passage.id, page_content=passage.text) for passage in passages]
    cut = full_dictionary().lcut
    vectors = embedder.encode([passage.text for passage in passages])
    searched = faiss.IndexFlatL2(vectors.shape[1])
    searched.add(vectors)
    words = WordRetriever(documents=documents, scorer=BM25Okapi([cut(one.page_content) for one in documents]), cut=cut)
    near = VectorRetriever(documents=documents, searched=searched, embedder=embedder)
    return EnsembleRetriever(retrievers=[words, near], weights=[0.5, 0.5])


def finding(find: Callable[[str], list[str]], questions: Sequence[Asked]) -> tuple[list[float], float]:
    """Milliseconds of each search, and the share of questions with evidence of every part in what it found."""
    for asked in questions[:WARM_UP]:
        find(asked.text)
    taken: list[float] = []
    whole = 0
    for asked in questions:
        started = perf_counter()
        texts = find(asked.text)
        taken.append((perf_counter() - started) * 1000)
        found = [_bare(text) for text in texts[:TOP]]
        whole += all(any(words in text for text in found for words in part) for part in asked.evidence)
    return taken, whole / len(questions)


def percentile(taken: Sequence[float], share: float) -> float:
    """The smallest time within which at least `share` of all stayed."""
    ordered = sorted(taken)
    return ordered[max(0, -int(-len(ordered) * share // 1) - 1)]


def report(settings: Settings, questions: Sequence[Asked]) -> Iterator[str]:
    """The measurements as lines, each as soon as it is known."""
    index, embedder = ensure_index(settings, lambda told: None), load_embedder(settings.embedding)
    yield f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start"
    asking, importing = cold_starts()
    yield f"cold `youju ask`: {asking:.2f} s; `import sentence_transformers`: {importing:.2f} s (median of {COLD_RUNS})"
    yield f"  {asking / importing:.2f} of it"
    taken = warm_answers(Assistant.open(settings, index), questions)
    yield f"warm answers to {len(taken)} questions: {_spread(taken)}"

    searcher = index.searcher(embedder)
    retriever, recipe = ReportRetriever(searcher=searcher, k=TOP), ensemble(index.passages, embedder)
    ways: dict[str, Callable[[str], list[str]]] = {
        "search": lambda query: [hit.passage.text for hit in searcher.search(query, TOP)],
        "search as a LangChain retriever": lambda query: _texts(retriever.invoke(query)),
        "LangChain's EnsembleRetriever": lambda query: _texts(recipe.invoke(query)),
    }
    alone = [asked for asked in questions if asked.evidence and not asked.session]
    yield f"finding for {len(alone)} questions outside conversations, {len(index.passages)} passages, the first {TOP}:"
    for name, find in ways.items():
        taken, whole = finding(find, alone)
        yield f"  {name}: {_spread(taken)}; all evidence found for {whole:.1%}"


def main() -> None:
    """Reads the command line and prints the measurements."""
    parser = argparse.ArgumentParser(description="Measures time, and finding beside LangChain's recipe.")
    parser.add_argument("questions", nargs="?", type=Path, default=QUESTIONS, help="a file of questions, JSON lines")
    for line in report(Settings.load(), read_questions(parser.parse_args().questions)):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


def _seconds(command: Sequence[str]) -> float:
    started = perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return perf_counter() - started


def _spread(taken: Sequence[float]) -> str:
    return f"median {median(taken):.2f} ms, 99 % within {percentile(taken, 0.99):.2f} ms"


def _texts(documents: Sequence[Document]) -> list[str]:
    return [document.page_content for document in documents]


def _bare(text: str) -> str:
    """The text without white space: evidence and passages differ in nothing else."""
    return "".join(text.split())


if __name__ == "__main__":
    main()
