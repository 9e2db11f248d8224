"""The vectors' index: its laws are checked whatever the hash says."""

from pathlib import Path

import faiss
import numpy as np
import pytest

from index.dense import Dense, Vectors
from index.embedding import unit_rows

ROWS: Vectors = unit_rows(np.random.default_rng(5).standard_normal((7, 4)).astype(np.float32))


def test_scores_are_cosines_in_the_passages_order() -> None:
    """FAISS finds by rank; the scores come back by passage, as the plain product gives them."""
    np.testing.assert_allclose(Dense(ROWS).scores(ROWS[2]), ROWS @ ROWS[2], atol=1e-6)


def test_saved_and_loaded_is_the_same(tmp_path: Path) -> None:
    """What is loaded holds the same vectors and scores alike."""
    Dense(ROWS).save(tmp_path / "a.npy", tmp_path / "a.faiss")
    loaded = Dense.load(tmp_path / "a.npy", tmp_path / "a.faiss")
    assert np.array_equal(loaded.vectors, ROWS)
    assert np.array_equal(loaded.scores(ROWS[0]), Dense(ROWS).scores(ROWS[0]))


@pytest.mark.parametrize(
    ("rows", "law"),
    [
        (ROWS * 2, "length 1"),
        (np.where(np.arange(7)[:, None] == 3, np.nan, ROWS).astype(np.float32), "length 1"),
        (ROWS.astype(np.float64), "float32"),
        (ROWS[0], "float32"),
    ],
    ids=["long rows", "NaN", "float64", "one row"],
)
def test_odd_vectors_are_refused(rows: Vectors, law: str) -> None:
    """Rows are float32, of length 1 or 0, and hold no NaN."""
    with pytest.raises(ValueError, match=law):
        Dense(rows)


def test_zero_rows_are_allowed() -> None:
    """A passage without any known piece has a zero vector and scores 0."""
    rows = ROWS.copy()
    rows[3] = 0
    assert Dense(rows).scores(ROWS[0])[3] == 0


@pytest.mark.parametrize("fault", ["fewer", "other", "distance"])
def test_a_faiss_index_that_does_not_fit_is_refused(fault: str, tmp_path: Path) -> None:
    """The FAISS index holds exactly the vectors and searches by inner product."""
    index = faiss.IndexFlatL2(4) if fault == "distance" else faiss.IndexFlatIP(4)
    index.add({"fewer": ROWS[:-1], "other": ROWS[::-1].copy(), "distance": ROWS}[fault])
    np.save(tmp_path / "a.npy", ROWS)
    faiss.write_index(index, str(tmp_path / "a.faiss"))
    with pytest.raises(ValueError, match="FAISS"):
        Dense.load(tmp_path / "a.npy", tmp_path / "a.faiss")
