"""The facts of one report laid out for comparison: their measures, and how well each says a word."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from bot.checking.claims import number_of
from bot.checking.further import further_facts
from bot.checking.measures import Measure, comparable, measure_of_fact
from bot.checking.ordering import Order
from bot.matching import found
from bot.reading.places import Place, places_of
from bot.reading.world import World
from bot.terms import Term
from corpus.types import Fact, Passage

_ZONES = (1.0, 0.8, 0.6, 0.6, 0.35)  # what a word counts in a fact's own clause, sentence, passage, row and section
_EXAMPLES = re.compile(r"^.*、.*?等(?=\S{2})")
_REMEMBERED = 4000  # words whose values are kept

Values = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Known:
    """One fact of the report with its passage, its place, its measure and the words of what it is about."""

    fact: Fact
    passage: Passage
    place: Place
    measure: Measure
    own: tuple[Term, ...]

    @property
    def written(self) -> str:
        """The number as it is written, without times and unit."""
        return number_of(self.fact.text)


def _own(fact: Fact, place: Place) -> tuple[Term, ...]:
    """The words of what the fact is about; the examples of a list (「江南丝竹等11项…」) are not asked of a draft."""
    after = _EXAMPLES.sub("", fact.subject)
    words = [pair for pair in place.own if pair[0] in after] or place.own
    return tuple(Term(word, weight, known=True) for word, weight in words)


@dataclass(frozen=True, slots=True)
class KnownFacts:
    """All facts of a report; row `i` of every array is of fact `i`."""

    world: World
    known: tuple[Known, ...]
    meanings: NDArray[np.float32]
    order: Order
    _zones: tuple[tuple[str, ...], ...]
    _wide: tuple[tuple[str, tuple[int, ...]], ...]
    _values: dict[str, Values] = field(default_factory=dict)
    _comparable: dict[tuple[str, str, bool], Values] = field(default_factory=dict)

    @classmethod
    def of(cls, world: World) -> "KnownFacts":
        """Lays out the facts of `world`."""
        known: list[Known] = []
        wide: list[tuple[str, tuple[int, ...]]] = []
        for passage in world.passages:
            first = len(known)
            facts = world.facts.get(passage.id, ())
            told = (*facts, *further_facts(passage, facts, world.report.text))
            for place in places_of(passage, told, world.vocabulary) if told else ():
                if place.fact is not None:
                    known.append(
                        Known(place.fact, passage, place, measure_of_fact(place.fact), _own(place.fact, place))
                    )
            if len(known) > first:
                own = " ".join(one.place.zones[0] for one in known[first:])
                wide.append((f"{passage.text} {passage.context} {own}", tuple(range(first, len(known)))))
        meanings = world.embedder.encode([one.place.zones[0] for one in known])
        zones = tuple(one.place.zones for one in known)
        return cls(world, tuple(known), meanings, Order.of(world.passages), zones, tuple(wide))

    def comparable(self, claim: Measure) -> Values:
        """How comparable each fact's unit is with the claim's, from 0 to 1."""
        key = (claim.dimension, claim.unit, claim.is_rank)
        if key not in self._comparable:
            values = [comparable(claim, one.measure) for one in self.known]
            self._comparable[key] = np.array(values, dtype=np.float32)
        return self._comparable[key]

    def values(self, term: Term) -> Values:
        """How surely each fact says `term`, from 0 to 1: its own clause counts most."""
        if term.text not in self._values:
            if len(self._values) >= _REMEMBERED:
                self._values.clear()
            self._values[term.text] = self._measured(term)
        return self._values[term.text]

    def _measured(self, term: Term) -> Values:
        values = np.zeros(len(self.known), dtype=np.float32)
        for wide, numbers in self._wide:
            if not found(term, wide):
                continue
            for number in numbers:
                values[number] = max(
                    weight * found(term, zone) for weight, zone in zip(_ZONES, self._zones[number], strict=True)
                )
        return values

    def share(self, terms: Sequence[Term]) -> Values:
        """The share of the terms' weight that each fact says; 0 where there are none."""
        total = sum(term.weight for term in terms)
        if not total:
            return np.zeros(len(self.known), dtype=np.float32)
        stacked = np.stack([self.values(term) for term in terms])
        weights = np.array([term.weight / total for term in terms], dtype=np.float32)
        return np.asarray(weights @ stacked, dtype=np.float32)

    def unsaid(self, terms: Sequence[Term]) -> Values:
        """The weight of the most telling of the terms that each fact does not say."""
        if not terms:
            return np.zeros(len(self.known), dtype=np.float32)
        stacked = np.stack([self.values(term) for term in terms])
        weights = np.array([[term.weight] for term in terms], dtype=np.float32)
        return np.asarray((weights * (1 - stacked)).max(axis=0), dtype=np.float32)
