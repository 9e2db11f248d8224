"""Everything that a reader needs to know of one report: its places read in advance, the search, the vocabulary."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.lexicon import everyday
from bot.question import Question
from bot.reading.figures import Candidate, Found, Rating
from bot.reading.places import Group, Place, PlaceKind, places_of
from bot.reading.reading import Reading
from bot.terms import Vocabulary
from corpus.types import Fact, Passage, Report
from index.embedding import Embedder, load_embedder, text_vector
from index.search import Searcher
from index.store import Index

_POOL = 40  # passages that are read closely; the rest hardly share a word with the question


@dataclass(frozen=True, slots=True)
class World:
    """One report, read in advance."""

    report: Report
    passages: tuple[Passage, ...]
    facts: dict[str, tuple[Fact, ...]]
    places: dict[str, tuple[tuple[Place, int], ...]]
    groups: dict[PlaceKind, dict[str, Group]]
    meanings: NDArray[np.float32]
    embedder: Embedder
    searcher: Searcher
    vocabulary: Vocabulary

    @classmethod
    def of(
        cls,
        report: Report,
        passages: Sequence[Passage],
        facts: Sequence[Fact],
        searcher: Searcher,
        embedder: Embedder,
        vocabulary: Vocabulary,
    ) -> "World":
        """Reads the passages of `report` in advance."""
        own = tuple(passage for passage in passages if passage.report == report.name)
        by_passage: dict[str, list[Fact]] = {}
        for fact in facts:
            by_passage.setdefault(fact.passage, []).append(fact)
        places: dict[str, tuple[tuple[Place, int], ...]] = {}
        groups: dict[PlaceKind, dict[str, Group]] = {kind: {} for kind in PlaceKind}
        texts: list[str] = []
        for passage in own:
            numbered = []
            for place in places_of(passage, by_passage.get(passage.id, ()), vocabulary):
                numbered.append((place, len(texts)))
                texts.append(place.zones[0])
            places[passage.id] = tuple(numbered)
            for kind in PlaceKind:
                of_kind = [(place, at) for place, at in numbered if place.kind is kind]
                if of_kind:
                    groups[kind][passage.id] = Group.of(passage, of_kind)
        return cls(
            report,
            own,
            {name: tuple(group) for name, group in by_passage.items()},
            places,
            groups,
            embedder.encode(texts),
            embedder,
            searcher,
            vocabulary,
        )

    def figures_of(self, reading: Reading) -> list[Fact]:
        """The figures that a reading answers with."""
        return [
            fact
            for piece in reading.pieces
            for fact in self.facts.get(piece.passage.id, ())
            if piece.start <= fact.local[0] < piece.end and any(fact.text in short for short in piece.short)
        ]

    def find(self, query: str) -> list[tuple[Passage, float]]:
        """The passages that `query` finds, best first, each with its score over the best one's."""
        hits = self.searcher.search(query, _POOL, self.report.name)
        best = hits[0].score if hits else 1.0
        return [(hit.passage, hit.score / best) for hit in hits]

    def candidates(self, question: Question, query: str, kind: PlaceKind) -> list[Candidate]:
        """The places of one kind in the passages that `query` finds, rated, best first."""
        hits, groups = self.find(query), self.groups[kind]
        lead = 1.0 - hits[1][1] if len(hits) > 1 else 1.0
        pool = [
            (Found(search, rank, lead if rank == 0 else 0.0), passage, groups[passage.id])
            for rank, (passage, search) in enumerate(hits)
            if passage.id in groups
        ]
        numbers = [at for *_, group in pool for at in group.numbers]
        meaning = text_vector(self.embedder, question.body or question.text)
        likeness = iter((self.meanings[numbers] @ meaning).tolist())
        rating = Rating(question)
        rated = [one for hit, passage, group in pool for one in rating.rate(passage, group, hit, likeness)]
        return sorted(rated, key=lambda one: (-one.score, one.passage.ordinal, one.place.start))


def worlds_of(index: Index, embedding: str | None) -> dict[str, World]:
    """The reports of `index`, read in advance, by name; `embedding` is the setting that the index was built with.

    Raises:
        StaleIndex: another model made the index.
    """
    embedder = load_embedder(embedding)
    searcher = index.searcher(embedder)
    vocabulary = Vocabulary(index.fields.words.frequencies, index.passages, everyday())
    return {
        one.name: World.of(one, index.passages, index.facts, searcher, embedder, vocabulary) for one in index.reports
    }
