"""Everything that a reader needs to know of one report: its passages and facts, the search, the vocabulary."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.terms import Vocabulary
from corpus.types import Fact, Passage, Report
from index.search import Searcher

_POOL = 60  # passages that are read closely; the rest hardly share a word with the question


@dataclass(frozen=True, slots=True)
class World:
    """One report, read in advance."""

    report: Report
    passages: tuple[Passage, ...]
    facts: dict[str, tuple[Fact, ...]]
    searcher: Searcher
    vocabulary: Vocabulary

    @classmethod
    def of(cls, report: Report, passages: Sequence[Passage], facts: Sequence[Fact], searcher: Searcher, vocabulary: Vocabulary) -> "World":
        """Gathers what belongs to `report`."""
        own = tuple(passage for passage in passages if passage.report == report.name)
        by_passage: dict[str, list[Fact]] = {}
        for fact in facts:
            by_passage.setdefault(fact.passage, []).append(fact)
        return cls(report, own, {name: tuple(group) for name, group in by_passage.items()}, searcher, vocabulary)

    def find(self, query: str) -> list[tuple[Passage, float]]:
        """The passages that `query` finds, best first, each with its score over the best one's."""
        hits = self.searcher.search(query, _POOL, self.report.name)
        best = hits[0].score if hits else 1.0
        return [(hit.passage, hit.score / best) for hit in hits]
