"""LangChain's usual recipe, rebuilt with the same embedding."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from corpus.types import Report
from evals.recipe import CHUNK, Recipe
from evals.runner import run
from index.bench_recipe import TOP
from tests.evals.gold import GDP


class CountingEmbedder:
    """The counts of a few characters, at length one."""

    name, dim, sha256 = "counting", 8, "0" * 64

    def encode(self, texts: Sequence[str]) -> "np.typing.NDArray[np.float32]":
        """One row a text."""
        rows = np.array([[text.count(char) for char in "绿地园产值漕增年"] for text in texts], dtype=np.float32)
        lengths = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1)
        unit: np.typing.NDArray[np.float32] = (rows / lengths).astype(np.float32)
        return unit


@pytest.fixture
def recipe(report: Report) -> Recipe:
    """The recipe over the small report among much other text."""
    filler = "\n\n".join(f"第{number}段写的是别的事情，" + "与此无关。" * 60 for number in range(12))
    return Recipe([replace(report, text=f"{filler}\n\n{report.text}")], CountingEmbedder())


def test_the_chunks_are_those_of_the_splitter(recipe: Recipe) -> None:
    """No chunk is longer than 500 characters, and each is the report's text at its span."""
    sources = recipe.sources()
    text = sources.reports[0].report.text
    assert len(recipe.chunks) > TOP
    for chunk in recipe.chunks:
        assert len(chunk.text) <= CHUNK
        assert text[chunk.spans[0].start : chunk.spans[0].end] == chunk.text


def test_it_finds_at_most_four_and_always_the_same(recipe: Recipe) -> None:
    """Four chunks, each once, in the same order every time."""
    found = recipe.find("新增绿地多少公顷")
    assert len(found) == len(set(found)) == TOP
    assert recipe.find("新增绿地多少公顷") == found


def test_it_is_judged_by_the_gold_in_its_chunks(recipe: Recipe) -> None:
    """The chunk with the evidence is the gold passage."""
    (outcome,) = run(recipe, (GDP,), recipe.sources(), object)
    assert outcome.judgement.parts[0].rank == 1
    assert recipe.size() > sum(len(chunk.text.encode()) for chunk in recipe.chunks)
