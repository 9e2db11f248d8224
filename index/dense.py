"""The passages' vectors, searched exactly with FAISS."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

_SLACK = 1e-3  # how far a vector's length may be from 1: what float32 and a model's rounding leave


class Dense:
    """Scores every passage by the cosine of its vector and the question's."""

    def __init__(self, vectors: Vectors) -> None:
        """Takes unit (or zero) rows; others raise ValueError."""
        import faiss

        _check(vectors)
        faiss.omp_set_num_threads(1)  # at this size threads cost more than they save
        self.vectors, self._faiss = vectors, faiss.IndexFlatIP(vectors.shape[1])
        self._faiss.add(vectors)

    def scores(self, vector: Vectors) -> Vectors:
        """The cosine of each passage, in the passages' order."""
        scores = np.zeros(len(self.vectors), dtype=np.float32)
        if len(scores):
            cosines, passages = self._faiss.search(vector.reshape(1, -1), len(scores))
            scores[passages[0]] = cosines[0]
        return scores

    def save(self, vectors: Path, searched: Path) -> None:
        """Writes the vectors as npy and the FAISS index."""
        import faiss

        np.save(vectors, self.vectors, allow_pickle=False)
        faiss.write_index(self._faiss, str(searched))

    @classmethod
    def load(cls, vectors: Path, searched: Path) -> "Dense":
        """Reads what `save` wrote; raises ValueError or OSError where it is not that."""
        import faiss

        with vectors.open("rb") as file:
            found = cls(np.load(file, allow_pickle=False))
        # Read by FAISS, a damaged file makes it reserve whatever it claims to hold; and it must hold these rows.
        if searched.read_bytes() != faiss.serialize_index(found._faiss).tobytes():
            raise ValueError("the FAISS index holds other vectors")
        return found


def _check(vectors: Vectors) -> None:
    if vectors.ndim != 2 or vectors.dtype != np.float32:
        raise ValueError("the vectors are not rows of float32")
    lengths = np.linalg.norm(vectors, axis=1)
    if not np.all((np.abs(lengths - 1) < _SLACK) | (lengths == 0)):
        raise ValueError("some vector has not length 1")
