"""BM25 by Lucene's formula, with each term's share of each text computed when the index is built."""

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

K1 = 1.2  # how soon more of the same term stops counting; Lucene's default
B = 0.75  # how much a long text is held back; Lucene's default

Scores = NDArray[np.float32]


class BM25:
    """Scores every text for a question's terms.

    Term number t stands in the texts `texts[starts[t]:starts[t + 1]]`, with `weights` in the same places.
    """

    def __init__(
        self,
        terms: Sequence[str],
        starts: NDArray[np.int64],
        texts: NDArray[np.int32],
        weights: Scores,
        size: int,
    ) -> None:
        """Takes the arrays as they are kept; arrays that do not fit each other raise ValueError."""
        self.terms, self.starts, self.texts, self.weights, self.size = tuple(terms), starts, texts, weights, size
        self._check()
        bounds = starts.tolist()
        self._places = {term: slice(bounds[t], bounds[t + 1]) for t, term in enumerate(self.terms)}

    @classmethod
    def of(cls, texts: Sequence[Sequence[str]], k1: float = K1, b: float = B) -> "BM25":
        """Counts the terms of the texts."""
        counts = [Counter(text) for text in texts]
        mean = sum(map(len, texts)) / max(1, len(texts)) or 1.0
        postings: dict[str, list[tuple[int, int]]] = {}
        for number, count in enumerate(counts):
            for term, times in count.items():
                postings.setdefault(term, []).append((number, times))
        terms = sorted(postings)
        starts = np.cumsum([0, *(len(postings[term]) for term in terms)], dtype=np.int64)
        flat = [posting for term in terms for posting in postings[term]]
        held = [k1 * (1 - b + b * len(text) / mean) for text in texts]
        rarity = [_idf(len(texts), len(postings[term])) for term in terms for _ in postings[term]]
        weights = [idf * times / (times + held[number]) for idf, (number, times) in zip(rarity, flat, strict=True)]
        places = np.array([number for number, _ in flat], dtype=np.int32)
        return cls(terms, starts, places, np.array(weights, dtype=np.float32), len(texts))

    def scores(self, terms: Iterable[str]) -> Scores:
        """The score of each text; a term asked twice counts twice."""
        scores = np.zeros(self.size, dtype=np.float32)
        for term in terms:
            if place := self._places.get(term):
                scores[self.texts[place]] += self.weights[place]
        return scores

    def save(self, arrays: Path, terms: Path) -> None:
        """Writes the arrays as npz and the terms as JSON; the same texts give the same bytes."""
        with arrays.open("wb") as file:
            np.savez(file, starts=self.starts, texts=self.texts, weights=self.weights, size=np.int64(self.size))
        terms.write_text(json.dumps(self.terms, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")

    @classmethod
    def load(cls, arrays: Path, terms: Path) -> "BM25":
        """Reads what `save` wrote; raises ValueError, KeyError or OSError where it is not that."""
        # numpy leaves a file that it opened itself open where the archive is torn.
        with arrays.open("rb") as file, np.load(file, allow_pickle=False) as kept:
            found: Mapping[str, NDArray[np.generic]] = {name: kept[name] for name in kept.files}
        words = json.loads(terms.read_text(encoding="utf-8"))
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            raise ValueError("the terms are not a list of texts")
        return cls(
            words,
            found["starts"].astype(np.int64, casting="safe"),
            found["texts"].astype(np.int32, casting="safe"),
            found["weights"].astype(np.float32, casting="safe"),
            int(found["size"]),
        )

    def _check(self) -> None:
        fits = (
            self.size >= 0
            and len(self.starts) == len(self.terms) + 1
            and len(set(self.terms)) == len(self.terms)
            and self.starts[0] == 0
            and self.starts[-1] == len(self.texts) == len(self.weights)
            and bool(np.all(np.diff(self.starts) > 0))
            and bool(np.all((self.texts >= 0) & (self.texts < self.size)))
            and bool(np.all(np.isfinite(self.weights)))
        )
        if not fits:
            raise ValueError("the arrays of a BM25 index do not fit each other")


def _idf(texts: int, holding: int) -> float:
    return math.log(1 + (texts - holding + 0.5) / (holding + 0.5))
