"""Finds the passages for a question: bigrams, words, embedding and context each score all of them, then one sum.

Each way's scores are divided by its best one first, so that they can be added; fusing by rank instead loses how
much better the best match is. The weights stand in the middle of a wide plateau: on CMRC 2018 and on this project's
development questions nothing from half to twice of each changes the mean reciprocal rank by more than 0.005.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from corpus.types import Passage
from index.bm25 import BM25
from index.dense import Dense
from index.embedding import Embedder, text_vector
from index.tokens import Words, bigrams
from index.types import Hit, Parts

BIGRAMS = 1.0  # the best single way on Chinese: needs no dictionary
WORDS = 0.5  # agrees mostly with bigrams; settles what they leave open
EMBEDDING = 0.4  # finds other words for the same thing; alone it confuses like with like
CONTEXT = 0.3  # section, table and row: many passages share them, so they only tip the balance

_REMEMBERED = 32  # searches: one question asks for the same passages more than once, as figures and as sentences

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Fields:
    """What a search reads: the passages and every way's view of them, all in one order."""

    passages: tuple[Passage, ...]
    words: Words
    by_bigrams: BM25
    by_words: BM25
    by_context: BM25
    by_embedding: Dense

    @classmethod
    def of(cls, passages: Sequence[Passage], embedder: Embedder) -> "Fields":
        """Makes every view of the passages."""
        texts = [passage.text for passage in passages]
        contexts = [passage.context for passage in passages]
        words = Words.of([*texts, *contexts])
        return cls(
            passages=tuple(passages),
            words=words,
            by_bigrams=BM25.of([bigrams(text) for text in texts]),
            by_words=BM25.of([words.cut(text) for text in texts]),
            by_context=BM25.of([bigrams(context) for context in contexts]),
            by_embedding=Dense(embedder.encode(texts)),
        )


class Searcher:
    """Scores passages for questions."""

    def __init__(self, fields: Fields, embedder: Embedder) -> None:
        """Takes the views and the model that made the vectors."""
        self._fields, self._embedder = fields, embedder
        self._reports = np.array([passage.report for passage in fields.passages])
        self._searched = lru_cache(maxsize=_REMEMBERED)(self._search)

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The passages, in the order of the scores."""
        return self._fields.passages

    def scores(self, query: str, report: str | None = None) -> Scores:
        """The fused score of each passage; those of other reports than `report`, if one is given, score 0."""
        return _fused(self._parts(query, report))

    def search(self, query: str, k: int, report: str | None = None) -> list[Hit]:
        """The `k` best passages that match at all, best first; of equals, the one that stands first."""
        return list(self._searched(query, k, report))

    def _search(self, query: str, k: int, report: str | None) -> tuple[Hit, ...]:
        parts = self._parts(query, report)
        scores = _fused(parts)
        best = np.lexsort((np.arange(len(scores)), -scores))[:k]
        return tuple(
            Hit(self.passages[at], float(scores[at]), Parts(*parts[:, at].tolist()))
            for at in best.tolist()
            if scores[at] > 0
        )

    def _parts(self, query: str, report: str | None) -> Scores:
        """One row a way (bigrams, words, embedding, context), one column a passage."""
        fields, pairs = self._fields, bigrams(query)
        by_bigrams, by_context = fields.by_bigrams.scores(pairs), fields.by_context.scores(pairs)
        by_words = fields.by_words.scores(fields.words.cut(query))
        by_embedding = fields.by_embedding.scores(text_vector(self._embedder, query))
        raw = np.stack((by_bigrams, by_words, by_embedding, by_context)).clip(min=0)
        if report is not None:
            raw *= self._reports == report
        best = raw.max(axis=1, initial=0.0, keepdims=True)
        best[3] = max(best[0], best[3])  # a context that hardly matches must not count as the best possible match
        shares: Scores = np.divide(raw, best, out=np.zeros_like(raw), where=best > 0)
        return shares


def _fused(parts: Scores) -> Scores:
    weights = np.array([BIGRAMS, WORDS, EMBEDDING, CONTEXT], dtype=np.float32)
    fused: Scores = weights @ parts
    return fused
