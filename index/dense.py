"""The passages' vectors, searched exactly with FAISS."""

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import faiss

Vectors = NDArray[np.float32]

_SLACK = 1e-3  # how far a vector's length may be from 1: what float32 and a model's rounding leave


class Dense:
    """Scores every passage by the cosine of its vector and the question's."""

    def __init__(self, vectors: Vectors, searched: "faiss.Index | None" = None) -> None:
        """Takes unit (or zero) rows, and the FAISS index where it is already made; a misfit raises ValueError."""
        import faiss

        faiss.omp_set_num_threads(1)  # at this size threads cost more than they save
        if searched is None:
            searched = faiss.IndexFlatIP(vectors.shape[1])
            searched.add(vectors)
        self.vectors, self._faiss = vectors, searched
        self._check()

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
        """Reads what `save` wrote; raises ValueError, OSError or RuntimeError where it is not that."""
        import faiss

        with vectors.open("rb") as file:
            return cls(np.load(file, allow_pickle=False), faiss.read_index(str(searched)))

    def _check(self) -> None:
        import faiss

        if self.vectors.ndim != 2 or self.vectors.dtype != np.float32:
            raise ValueError("the vectors are not rows of float32")
        lengths = np.linalg.norm(self.vectors, axis=1)
        if not np.all((np.abs(lengths - 1) < _SLACK) | (lengths == 0)):
            raise ValueError("some vector has not length 1")
        if self._faiss.metric_type != faiss.METRIC_INNER_PRODUCT:
            raise ValueError("the FAISS index does not search by inner product")
        if (self._faiss.ntotal, self._faiss.d) != self.vectors.shape:
            raise ValueError("the FAISS index has another size than the vectors")
        if len(self.vectors) and not np.array_equal(self._faiss.reconstruct_n(0, len(self.vectors)), self.vectors):
            raise ValueError("the FAISS index holds other vectors")
