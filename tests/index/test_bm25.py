"""BM25: Lucene's formula by hand, bm25s as the oracle, and what is kept."""

import math
import random
from pathlib import Path

import bm25s
import numpy as np
import pytest

from index.bm25 import BM25, K1, B


def _texts(seed: int, number: int = 40) -> list[list[str]]:
    dice = random.Random(seed)
    return [[dice.choice("甲乙丙丁戊己庚辛") for _ in range(dice.randint(0, 25))] for _ in range(number)]


def test_score_is_lucenes_formula() -> None:
    """One term's score is idf · tf / (tf + k1 · (1 - b + b · length / mean length))."""
    scores = BM25.of([["甲", "甲", "乙"], ["乙"], ["丙", "丁"]]).scores(["甲"])
    idf = math.log(1 + (3 - 1 + 0.5) / (1 + 0.5))
    assert scores.tolist() == pytest.approx([idf * 2 / (2 + K1 * (1 - B + B * 3 / 2)), 0, 0])


@pytest.mark.parametrize("seed", range(5))
def test_equals_bm25s(seed: int) -> None:
    """The scores are those of bm25s with method="lucene"."""
    texts = [text or ["空"] for text in _texts(seed)]
    oracle = bm25s.BM25(method="lucene", k1=K1, b=B)
    oracle.index(texts, show_progress=False)
    question = ["甲", "丙", "甲", "无"]
    known = [term for term in question if term in oracle.vocab_dict]
    np.testing.assert_allclose(BM25.of(texts).scores(question), oracle.get_scores(known), rtol=1e-4, atol=1e-5)


def test_unknown_terms_and_no_texts_score_nothing() -> None:
    """A term of no text adds nothing, and no texts give no scores."""
    assert BM25.of([["甲"]]).scores(["乙"]).tolist() == [0]
    assert BM25.of([]).scores(["甲"]).tolist() == []
    assert BM25.of([[], []]).scores(["甲"]).tolist() == [0, 0]


def test_saved_and_loaded_is_the_same_and_the_bytes_are_too(tmp_path: Path) -> None:
    """What is loaded scores alike, and saving twice writes the same bytes."""
    made = BM25.of(_texts(3))
    made.save(tmp_path / "a.npz", tmp_path / "a.json")
    made.save(tmp_path / "b.npz", tmp_path / "b.json")
    loaded = BM25.load(tmp_path / "a.npz", tmp_path / "a.json")
    assert np.array_equal(loaded.scores(["甲", "己"]), made.scores(["甲", "己"]))
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("starts", np.array([0, 1, 1, 3])),
        ("starts", np.array([0, 1, 3])),
        ("texts", np.array([0, 1, 9], dtype=np.int32)),
        ("texts", np.array([0, -1, 1], dtype=np.int32)),
        ("weights", np.array([1, np.nan, 1], dtype=np.float32)),
        ("weights", np.array([1, 1], dtype=np.float32)),
    ],
    ids=["empty term", "too few terms", "text too high", "text below 0", "NaN", "too few weights"],
)
def test_arrays_that_do_not_fit_are_refused(name: str, value: np.ndarray) -> None:
    """Every law of the arrays is checked, not only their hash."""
    arrays = {
        "starts": np.array([0, 1, 2, 3]),
        "texts": np.array([0, 1, 1], dtype=np.int32),
        "weights": np.ones(3, dtype=np.float32),
    }
    BM25(["甲", "乙", "丙"], size=2, **arrays)
    with pytest.raises(ValueError, match="do not fit"):
        BM25(["甲", "乙", "丙"], size=2, **{**arrays, name: value})


def test_pickled_arrays_are_refused(tmp_path: Path) -> None:
    """An npz that holds a pickled object is not read."""
    np.savez(tmp_path / "a.npz", starts=np.array([{}], dtype=object), texts=[0], weights=[0], size=1)
    (tmp_path / "a.json").write_text("[]", encoding="utf-8")
    with pytest.raises(ValueError, match="pickle"):
        BM25.load(tmp_path / "a.npz", tmp_path / "a.json")
