"""How well a place fits a question: the features it is rated by, and the rating with learned weights.

The features are shares of the question's words in ever wider zones, the search score, the likeness of meaning, and
how unit, kind, year and status agree. Their weights are learned from the dev questions by `evals/calibrate.py`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp
from operator import mul

from bot.matching import Asked, Coverage
from bot.question import Question
from bot.reading.names import head_of
from bot.reading.places import Place, PlaceKind
from bot.reading.weights import FIT, SURE
from bot.units import DIMENSIONS, Kind, asked_unit
from corpus.types import BlockKind, Fact, Passage, Status

_ZONE = (1.0, 0.82, 0.68, 0.68, 0.4)  # what a term counts in each zone, for the share that people are told of
_TELLING = 0.7  # the weight of a word that says by itself what is asked


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that may answer: how well it fits, what it says of the question, and how sure an answer it is."""

    place: Place
    score: float
    coverage: Coverage
    features: tuple[float, ...]

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


def rate(
    question: Question, passage: Passage, places: Sequence[Place], hit: Found, meanings: Sequence[float]
) -> list[Candidate]:
    """The `places` of one found passage as candidates, each with the likeness of its meaning to the question's."""
    asked, around = Asked.of(question.terms), Asked.of(question.context)
    wide = " ".join((passage.context, *places[0].zones[2:], *(place.zones[0] for place in places if place.fact)))
    reach = asked.values(wide)
    outer = [asked.values(zone, reach) for zone in places[0].zones[2:]]
    context = around.share(around.values(wide)) if around.terms else 0.0
    head = head_of(question)
    around_it = (hit.score, float(hit.rank == 0), hit.lead, _pairs(question.body, wide))
    # A row that the question names in full stands for its items: they need not say its name again.
    named_row = f" {passage.row}" if passage.row and len(passage.row) > 3 and passage.row in question.text else ""
    rated = []
    for place, meaning in zip(places, meanings, strict=True):
        rows = [asked.values(zone + named_row, reach) for zone in place.zones[:2]] + outer
        features = _features(question, asked, place, rows, around_it, meaning, context, head)
        values = tuple(max(map(mul, column, _ZONE)) for column in zip(*rows, strict=True))
        score = sum(map(mul, FIT[place.kind], features))
        rated.append(Candidate(place, score, Coverage(asked.share(values), values), features))
    return rated


def _features(
    question: Question,
    asked: Asked,
    place: Place,
    rows: Sequence[Sequence[float]],
    hit: tuple[float, float, float, float],
    meaning: float,
    context: float,
    head: str,
) -> tuple[float, ...]:
    fact = place.fact
    nearest: Sequence[float] = (0.0,) * len(asked.terms)
    shares = []
    for row in rows:
        nearest = list(map(max, nearest, row))
        shares.append(asked.share(nearest))
    missing = [term.weight for term, value in zip(asked.terms, nearest, strict=True) if value < 0.3]
    return (
        *shares,
        shares[-1] * shares[-1],
        sum(missing) / 3,
        float(max(missing, default=0.0) >= _TELLING),
        hit[0],
        hit[1],
        meaning,
        *(_unit(question, fact) if fact else (0.0, 0.0, 0.0)),
        *(_kind(question, fact) if fact else (0.0, 0.0)),
        float(_status_other(question, fact.status if fact else place.passage.status)),
        _unasked(question, place),
        float(place.passage.kind is BlockKind.PARAGRAPH),
        *(_total(question, fact) if fact else (0.0, 0.0)),
        context,
        float(fact is not None and fact.unit in question.like_units),
        float(bool(head) and _has_head(head, place.zones[0])),
        len(place.text) / 100,
        float(sum(term.weight for term in asked.terms) < 1.0),
        hit[3],
        hit[2],
        # Words that stand in the sentence, but of another subject than the figure's.
        (shares[1] - shares[0]) * _unasked(question, place),
        float(shares[0] < 0.15),
    )


def _pairs(body: str, text: str) -> float:
    """The share of the question's pairs of neighbouring characters that the passage has."""
    pairs = [pair for run in body.split() for pair in map("".join, zip(run, run[1:], strict=False))]
    return sum(pair in text for pair in pairs) / len(pairs) if pairs else 0.0


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
    if fact.change == "排名" and question.kind is not Kind.RANK and question.units:
        return True
    if fact.change == "累计" and _ASKS_NEW.search(question.text):
        return True
    if fact.change != "累计" and fact.subject.startswith("新增") and _ASKS_ALL.search(question.text):
        return True
    if question.units in DIMENSIONS and fact.unit not in question.units:
        return True
    if question.units and fact.unit not in question.units and (fact.unit in _PERCENT or question.units <= _PERCENT):
        return True
    if question.kind in _CHANGES and question.kind is not Kind.SHARE:
        return fact.change not in _CHANGES[question.kind] and fact.unit not in question.units
    return asked_unit(question.asks) is not None and bool(question.units) and fact.unit not in question.units


_ASKS_ALL = re.compile(r"^(?!.*新).*(?:累计|总[数量])")  # of all there are, what came new is another figure
_ASKS_NEW = re.compile(r"^(?!.*(?:累计|共|总)).*新(?:增|招|来|进|引|开|建|设|添|加|入|认|落|获|搬|冒|弄|装|办)")
_ASKS_TOTAL = re.compile(r"累计|共|总[数计量共]")


def _total(question: Question, fact: Fact) -> tuple[float, float]:
    asks = bool(_ASKS_TOTAL.search(question.text))
    is_total = fact.change == "累计"
    return float(asks and is_total), float(is_total and not asks)


def _status_other(question: Question, status: Status | None) -> bool:
    if question.status is None or status is None:
        return False
    return (question.status is Status.TARGET) != (status is Status.TARGET)


def _unasked(question: Question, place: Place) -> float:
    total = sum(weight for _, weight in place.own)
    if not total:
        return 0.0
    asked = question.body + "".join(variant for term in question.terms for variant in term.variants)
    return sum(weight for word, weight in place.own if word not in asked) / total


__all__ = ["FEATURES", "Candidate", "PlaceKind", "excluded", "rate"]
