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

from langchain_core.documents import Document

from bot.assistant import Assistant
from bot.conversation import Conversation
from bot.indexing import ensure_index
from bot.settings import Settings
from index.bench_recipe import TOP, usual_recipe
from index.embedding import load_embedder
from index.retriever import ReportRetriever

QUESTIONS = Path(__file__).resolve().parents[1] / "evals" / "questions" / "xuhui-dev.jsonl"
COLD_QUESTION = "2024年徐汇区GDP是多少？"
COLD_RUNS = 5
WARM_UP = 10  # questions asked before the clock counts: the first one loads dictionaries


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
    retriever = ReportRetriever(searcher=searcher, k=TOP)
    recipe = usual_recipe([passage.text for passage in index.passages], embedder)
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
