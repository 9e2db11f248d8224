"""Measures finding the right paragraph on CMRC 2018: python -m index.bench_cmrc FILE.

The questions are measured on only: no weight and no constant was fitted to them. LangChain's usual recipe runs over
the same paragraphs with the same embedding, fused by rank as its EnsembleRetriever does.
"""

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.types import BlockKind, Passage, Span
from index.bench_recipe import places_of, usual_recipe
from index.bm25 import BM25
from index.embedding import Embedder, load_embedder
from index.search import Fields, Searcher
from index.tokens import bigrams, full_dictionary

Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Benchmark:
    """Questions, paragraphs, and the number of each question's paragraph."""

    questions: tuple[str, ...]
    right: tuple[int, ...]
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quality:
    """How often the right paragraph comes first and among five, and its mean reciprocal rank."""

    first: float
    five: float
    mrr: float


def read(file: Path) -> Benchmark:
    """The benchmark in a file of SQuAD's format."""
    questions: list[str] = []
    right: list[int] = []
    paragraphs: list[str] = []
    for article in json.loads(file.read_text(encoding="utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            questions.extend(qa["question"] for qa in paragraph["qas"])
            right.extend(len(paragraphs) for _ in paragraph["qas"])
            paragraphs.append(paragraph["context"])
    return Benchmark(tuple(questions), tuple(right), tuple(paragraphs))


def quality(benchmark: Benchmark, scores: Callable[[str], Sequence[float] | NDArray[np.floating]]) -> Quality:
    """How well the scores rank; of equals the first paragraph goes first."""
    ranks = []
    for question, right in zip(benchmark.questions, benchmark.right, strict=True):
        found = np.asarray(scores(question))
        before = (found > found[right]) | ((found == found[right]) & (np.arange(len(found)) < right))
        ranks.append(1 + int(before.sum()))
    placed = np.array(ranks)
    return Quality(float(np.mean(placed == 1)), float(np.mean(placed <= 5)), float(np.mean(1 / placed)))


def measure(benchmark: Benchmark, embedder: Embedder) -> dict[str, Quality]:
    """Every way of searching, by its name."""
    words = full_dictionary().lcut
    by_words = BM25.of([words(text) for text in benchmark.paragraphs])
    fields = Fields.of([_passage(number, text) for number, text in enumerate(benchmark.paragraphs)], embedder)
    searcher = Searcher(fields, embedder)
    vectors = fields.by_embedding
    ways: dict[str, Callable[[str], Sequence[float] | NDArray[np.floating]]] = {
        "BM25, jieba words": lambda question: by_words.scores(words(question)),
        "BM25, character bigrams": lambda question: fields.by_bigrams.scores(bigrams(question)),
        "bundled embedding alone": lambda question: vectors.scores(embedder.encode([question])[0]),
        "fused": searcher.scores,
        "LangChain's usual recipe (words and embedding, by rank)": _by_recipe(benchmark.paragraphs, embedder),
    }
    return {name: quality(benchmark, scores) for name, scores in ways.items()}


def _by_recipe(texts: Sequence[str], embedder: Embedder) -> Callable[[str], Scores]:
    """LangChain's usual recipe ranking all paragraphs: the first scores 0, each after it one less."""
    recipe = usual_recipe(texts, embedder, len(texts))

    def scores(question: str) -> Scores:
        ranked = np.empty(len(texts))
        ranked[places_of(recipe.invoke(question))] = -np.arange(len(texts))
        return ranked

    return scores


def _passage(number: int, text: str) -> Passage:
    return Passage(str(number), "cmrc", number, BlockKind.PARAGRAPH, text, (Span(0, len(text)),))


def main() -> None:
    """Reads the command line and prints the table."""
    parser = argparse.ArgumentParser(description="Measures finding the right paragraph on CMRC 2018.")
    parser.add_argument("file", type=Path, help="cmrc2018_dev.json, in SQuAD's format")
    parser.add_argument("--embedding", help="another sentence-transformers model, by name or folder")
    given = parser.parse_args()
    benchmark = read(given.file)
    lines = [
        f"{len(benchmark.questions)} questions, {len(benchmark.paragraphs)} paragraphs",
        "",
        "| | R@1 | R@5 | MRR |",
    ]
    lines.append("| --- | --- | --- | --- |")
    for name, found in measure(benchmark, load_embedder(given.embedding)).items():
        lines.append(f"| {name} | {found.first:.3f} | {found.five:.3f} | {found.mrr:.4f} |")
    print("\n".join(lines))  # noqa: T201


if __name__ == "__main__":
    main()
