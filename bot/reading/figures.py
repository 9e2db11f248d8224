"""How well a place fits a question: the features it is rated by, and the rating with learned weights.

The features are shares of the question's words in ever wider zones, the search score, the likeness of meaning, and
how unit, kind, year and status agree. Their weights are learned from the dev questions by `evals/calibrate.py`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp
from operator import mul

from bot.matching import Asked, Coverage, found
from bot.question import Question
from bot.reading.heads import head_of
from bot.reading.places import NEAR, Group, Place, PlaceKind
from bot.reading.weights import FIT, SURE
from bot.units import DIMENSIONS, Kind, asked_unit
from corpus.types import BlockKind, Fact, Passage, Status

_ZONE = (1.0, 0.82, 0.68, 0.68, 0.4)  # what a term counts in each zone, for the share that people are told of
_TELLING = 0.7  # the weight of a word that says by itself what is asked


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that may answer: how well it fits, what it says of the question, and how sure an answer it is.

    `said` tells of each zone of the place how surely it says each term of the question.
    """

    place: Place
    score: float
    asked: Asked
    said: tuple[Sequence[float], ...]
    features: tuple[float, ...]

    @property
    def coverage(self) -> Coverage:
        """What the place says of the question, nearer zones counting more."""
        values = tuple(max(map(mul, column, _ZONE)) for column in zip(*self.said, strict=True))
        return Coverage(self.asked.share(values), values)

    @property
    def fact(self) -> Fact:
        """The figure at the place."""
        assert self.place.fact is not None
        return self.place.fact

    @property
    def passage(self) -> Passage:
        """The passage of the place."""
        return self.place.passage

    @property
    def window(self) -> tuple[int, int]:
        """`[start, end)` of the place in its passage."""
        return self.place.start, self.place.end

    @property
    def sure(self) -> float:
        """How probable it is that this answers the question (0 to 1), as calibrated on the dev questions."""
        return 1 / (1 + exp(-sum(map(mul, SURE[self.place.kind], (1.0, *self.features)))))


@dataclass(frozen=True, slots=True)
class Found:
    """How the search found a passage: its score over the best one's, its rank from 0, and, for the first, its lead."""

    score: float
    rank: int
    lead: float


_Agreement = tuple[tuple[float, ...], tuple[float, ...], float, tuple[float, ...]]

FEATURES = (
    "own",
    "sentence",
    "passage",
    "row",
    "section",
    "all_squared",
    "missing",
    "missing_telling",
    "search",
    "first",
    "meaning",
    "unit_same",
    "unit_like",
    "unit_other",
    "kind_same",
    "kind_other",
    "status_other",
    "unasked",
    "running_text",
    "total_asked",
    "total_unasked",
    "context",
    "like_units",
    "head",
    "length",
    "few_words",
    "pairs",
    "lead",
    "borrowed",
    "own_nothing",
)


class Rating:
    """Rates places for one question: what is the same for all its places is worked out once."""

    def __init__(self, question: Question) -> None:
        """Takes the question as understood."""
        self._question = question
        self._asked, self._around = Asked.of(question.terms), Asked.of(question.context)
        self._head = head_of(question)
        self._pairs = [pair for run in question.body.split() for pair in map("".join, zip(run, run[1:], strict=False))]
        self._words = question.body + "".join(variant for term in question.terms for variant in term.variants)
        self._term_weights = [term.weight for term in question.terms]
        self._few_words = float(sum(self._term_weights) < 1.0)
        self._outer_said: dict[str, dict[int, float]] = {}
        self._agreeing: dict[tuple[str | None, str | None, Status | None], _Agreement] = {}

    def rate(self, passage: Passage, group: Group, hit: Found, meanings: Iterator[float]) -> list[Candidate]:
        """One found passage's places as candidates; `meanings` gives how like each is in meaning to the question."""
        reach = self._asked.values(group.wide)
        if not any(reach):
            for _ in group.places:
                next(meanings)
            return []
        outer = [self._outer(zone, reach) for zone in group.outer]
        context = self._around.share(self._around.values(group.wide)) if self._around.terms else 0.0
        search = (hit.score, float(hit.rank == 0))
        tail = (self._few_words, self._share_of_pairs(group.wide), hit.lead)
        # A row that the question names in full stands for its items: they need not say its name again.
        row = passage.row
        named_row = f" {row}" if row and len(row) > 3 and row in self._question.text else ""
        said: dict[str, list[float]] = {}  # places of one sentence share their zones
        rated = []
        for place in group.places:
            for zone in place.zones[:NEAR]:
                if zone not in said:
                    said[zone] = self._asked.values(zone + named_row, reach)
            rows = (said[place.zones[0]], said[place.zones[1]], *outer)
            features = self._features(place, rows, (*search, next(meanings)), context, tail)
            rated.append(Candidate(place, sum(map(mul, FIT[place.kind], features)), self._asked, rows, features))
        return rated

    def _outer(self, zone: str, reach: Sequence[float]) -> list[float]:
        """What a zone that many passages share says of each term within reach, looked for once."""
        said = self._outer_said.setdefault(zone, {})
        for i, (term, wide) in enumerate(zip(self._asked.terms, reach, strict=True)):
            if wide and i not in said:
                said[i] = found(term, zone)
        return [said[i] if wide else 0.0 for i, wide in enumerate(reach)]

    def _features(
        self,
        place: Place,
        rows: Sequence[Sequence[float]],
        search: tuple[float, float, float],
        context: float,
        tail: tuple[float, float, float],
    ) -> tuple[float, ...]:
        fact = place.fact
        nearest, shares = rows[0], [self._asked.share(rows[0])]
        for row in rows[1:]:
            wider = list(map(max, nearest, row))
            shares.append(self._asked.share(wider) if wider != nearest else shares[-1])
            nearest = wider
        missing = [weight for weight, value in zip(self._term_weights, nearest, strict=True) if value < 0.3]
        unasked = self._unasked(place)
        unit, kind, status, total = self._agreement(place)
        return (
            *shares,
            shares[-1] * shares[-1],
            sum(missing) / 3,
            float(max(missing, default=0.0) >= _TELLING),
            *search,
            *unit,
            *kind,
            status,
            unasked,
            float(place.passage.kind is BlockKind.PARAGRAPH),
            *total,
            context,
            float(fact is not None and fact.unit in self._question.like_units),
            float(bool(self._head) and _has_head(self._head, place.zones[0])),
            (place.end - place.start) / 100,
            *tail,
            # Words that stand in the sentence, but of another subject than the figure's.
            (shares[1] - shares[0]) * unasked,
            float(shares[0] < 0.15),
        )

    def _agreement(self, place: Place) -> _Agreement:
        """How unit, kind, status and total of the place agree with what is asked; many places share theirs."""
        fact, status = place.fact, place.passage.status
        key = (fact.unit, fact.change, fact.status) if fact else (None, None, status)
        if key not in self._agreeing:
            asked = self._question
            self._agreeing[key] = (
                _unit(asked, fact) if fact else (0.0, 0.0, 0.0),
                _kind(asked, fact) if fact else (0.0, 0.0),
                float(_status_other(asked, key[2])),
                _total(asked, fact) if fact else (0.0, 0.0),
            )
        return self._agreeing[key]

    def _unasked(self, place: Place) -> float:
        """The share of the words of the place's subject that the question does not name."""
        total = sum(weight for _, weight in place.own)
        return sum(weight for word, weight in place.own if word not in self._words) / total if total else 0.0

    def _share_of_pairs(self, text: str) -> float:
        """The share of the question's pairs of neighbouring characters that the passage has."""
        return sum(pair in text for pair in self._pairs) / len(self._pairs) if self._pairs else 0.0


def _has_head(head: str, text: str) -> bool:
    return head in text or f"{head[-1]}（" in text or head[-2:] in text


def _unit(question: Question, fact: Fact) -> tuple[float, float, float]:
    if not question.units:
        return 0.0, 0.0, 0.0
    if fact.unit in question.units:
        same = asked_unit(question.asks) == fact.unit
        return float(same), float(not same), 0.0
    return 0.0, 0.0, 1.0


_PERCENT = frozenset({"%", "个百分点", "位数", "倍", ""})
_CHANGES = {Kind.GROWTH: ("增长", "下降"), Kind.SHARE: ("占比",), Kind.RANK: ("排名",)}


def _kind(question: Question, fact: Fact) -> tuple[float, float]:
    if question.kind in _CHANGES:
        if fact.change in _CHANGES[question.kind]:
            return 1.0, 0.0
        return 0.0, 0.0 if question.kind is Kind.SHARE and fact.unit == "%" else 1.0
    if fact.change in ("增长", "下降", "排名", "占比"):
        return 0.0, 0.5 if "%" in question.units else 1.0
    return 0.0, 0.0


def excluded(question: Question, fact: Fact) -> bool:
    """Whether the fact's unit or kind rules it out, however well its words fit."""
    if fact.change == "排名" and question.kind is not Kind.RANK and (question.units or "多少" in question.asks):
        return True
    if fact.change == "累计" and _ASKS_NEW.search(question.text):
        return True
    if fact.change != "累计" and _NEWLY.match(fact.subject) and _ASKS_ALL.search(question.text):
        return True
    if question.units in DIMENSIONS and fact.unit not in question.units:
        return True
    if question.units and fact.unit not in question.units and (fact.unit in _PERCENT or question.units <= _PERCENT):
        return True
    if question.kind in _CHANGES and question.kind is not Kind.SHARE:
        return fact.change not in _CHANGES[question.kind] and fact.unit not in question.units
    return asked_unit(question.asks) is not None and bool(question.units) and fact.unit not in question.units


# Of all there are, what came new is another figure.
_ASKS_ALL = re.compile(
    r"^(?!.*新).*(?:累计|总[数量])|^(?!.*(?:新|[今明去前]年|全年)).*(?:(?:现在?|目前|如今)(?:[一总]?共)?有(?:多少|几)|到(?:现在|目前)|至今|迄今)"
)
_ASKS_NEW = re.compile(r"^(?!.*(?:累计|共|总)).*新(?:增|招|来|进|引|开|建|设|添|加|入|认|落|获|搬|冒|弄|装|办)")
_NEWLY = re.compile(r"新(?:增|建|设|结|认定|培育|引|开|获|添|签|落户|创|晋|评|招|成立|登记)")
_ASKS_TOTAL = re.compile(r"累计|共|总[数计量共]")


def _total(question: Question, fact: Fact) -> tuple[float, float]:
    asks = bool(_ASKS_TOTAL.search(question.text))
    is_total = fact.change == "累计"
    return float(asks and is_total), float(is_total and not asks)


def _status_other(question: Question, status: Status | None) -> bool:
    if question.status is None or status is None:
        return False
    return (question.status is Status.TARGET) != (status is Status.TARGET)


__all__ = ["FEATURES", "Candidate", "PlaceKind", "Rating", "excluded"]
