"""The benchmark's own arithmetic."""

import json
from pathlib import Path

import pytest

from index.bench_cmrc import Benchmark, measure, quality, read
from tests.index.factories import TEXTS, HashedEmbedder


def test_quality_counts_ranks() -> None:
    """Ranks 1, 2 and 6 give R@1 1/3, R@5 2/3 and their mean reciprocal; of equals the first paragraph goes first."""
    benchmark = Benchmark(("a", "b", "c"), (0, 1, 5), tuple("123456"))
    scores = {"a": [1, 1, 0, 0, 0, 0], "b": [1, 1, 0, 0, 0, 0], "c": [0, 0, 0, 0, 0, 0]}
    found = quality(benchmark, lambda question: [float(score) for score in scores[question]])
    assert (found.first, found.five, found.mrr) == pytest.approx((1 / 3, 2 / 3, (1 + 1 / 2 + 1 / 6) / 3))


def test_every_way_finds_a_paragraph_by_its_own_words(tmp_path: Path) -> None:
    """Asked with the paragraphs themselves, every way puts each first."""
    paragraphs = [{"context": text, "qas": [{"question": text}]} for text in TEXTS]
    file = tmp_path / "cmrc.json"
    file.write_text(json.dumps({"data": [{"paragraphs": paragraphs}]}), encoding="utf-8")
    ways = measure(read(file), HashedEmbedder())
    assert len(ways) == 5
    assert {name: found.mrr for name, found in ways.items()} == dict.fromkeys(ways, 1.0)
