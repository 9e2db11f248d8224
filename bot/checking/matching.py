"""Which facts of the report speak of what a figure of a draft is about."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import mul

import numpy as np

from bot.checking.claims import Claim
from bot.checking.known import Known, KnownFacts, Values
from bot.checking.measures import agrees
from bot.matching import found
from bot.terms import Term
from corpus.types import Fact, Report

FEATURES = (
    "one",
    "own",  # the share of the claim's own words that the fact's place says
    "clause",
    "sentence",
    "meaning",
    "unsaid",  # the most telling of its own words that the fact does not say
    "back",  # the share of the fact's own words that the claim's clause says
    "back_wide",  # or its sentence, line and headings
    "back_unsaid",
    "same",  # how alike both subjects are written
    "next",  # the same words follow the figure
    "before",  # the same words stand before it
    "both",  # own and back, where neither is little
    "unlike_unit",
    "same_unit",
    "same_kind",  # 占比, 排名 or neither, as the fact
    "other_sum",  # only one of both counts what was added
    "together",  # other figures of the sentence stand in the same passage
)
# Learned from the dev drafts: python -m evals.checking.calibrate prints them anew.
_WEIGHTS = (
    -11.1,
    2.04,
    0.92,
    1.24,
    3.02,
    -0.69,
    1.53,
    -0.59,
    0.36,
    2.12,
    2.07,
    0.97,
    1.5,
    -0.33,
    1.38,
    0.87,
    -1.52,
    0.69,
)
_NEW = re.compile(r"新增|净增|新[认引培开建设上签登注]")
_NEAR = 2  # characters beside a figure
_FLOOR, _CLOSELY = 0.3, 30  # how promising a fact must be to be looked at closely, and how many are at most
_SURE = 0.0  # so well must a fact fit to say in which passage the sentence is at home


@dataclass(frozen=True, slots=True)
class Match:
    """A fact that may be what a claim is about: the logarithm of its odds, and the features that it rests on."""

    known: Known
    fit: float
    features: tuple[float, ...]


def matches_of(claims: Sequence[Claim], known: KnownFacts) -> list[list[Match]]:
    """For each claim the facts of a comparable unit that may be meant, best first."""
    if not claims:
        return []
    likeness = known.world.embedder.encode([f"{one.subject} {one.clause}" for one in claims]) @ known.meanings.T
    alone = [list(_matches(claim, known, likeness[row])) for row, claim in enumerate(claims)]
    homes = [_home(claim, matches) for claim, matches in zip(claims, alone, strict=True)]
    found_together = []
    for row, (claim, matches) in enumerate(zip(claims, alone, strict=True)):
        beside = {
            homes[other]
            for other in range(max(0, row - _NEIGHBOURS), min(len(claims), row + _NEIGHBOURS + 1))
            if other != row and (claims[other].line, claims[other].number) == (claim.line, claim.number)
        }
        found_together.append(sorted((_beside(match, beside) for match in matches), key=lambda match: -match.fit))
    return found_together


_NEIGHBOURS = 6


def _matches(claim: Claim, known: KnownFacts, likeness: Values) -> Iterator[Match]:
    usable = known.comparable(claim.measure)
    if not usable.any():
        return
    report = known.world.report
    own = _terms(claim.subject, known, report)
    clause = _terms(claim.clause, known, report)
    sentence = _terms(claim.sentence, known, report)
    shares = [known.share(terms) for terms in (own or clause, clause, sentence)]
    unsaid = known.unsaid(own or clause)
    near = _said(f"{claim.subject} {claim.clause}", (*own, *clause))
    wide = f"{near} {_said(f'{claim.sentence} {claim.around}', sentence)}"
    after = claim.clause[claim.at + len(claim.figure.text) :][:_NEAR]
    before = claim.clause[: claim.at][-_NEAR:]
    promising = (usable > 0) * (2 * shares[0] + shares[1] + 2 * likeness)
    for number in np.argsort(-promising, kind="stable")[:_CLOSELY].tolist():
        if promising[number] <= _FLOOR:
            break
        one = known.known[number]
        said = (*(float(share[number]) for share in shares), float(likeness[number]), float(unsaid[number]))
        back = _back(one, near, wide)
        units = (float(usable[number] < 1), float(_bare(claim.measure.unit) == _bare(one.measure.unit)))
        kind = (float(_kind(claim) == _kind(one.fact)), float(is_new(claim) != is_new(one.fact)))
        features = (
            1.0,
            *said,
            *back,
            _same(claim.subject, own, one),
            *_beside_it(before, after, one),
            said[0] * back[0],
            *units,
            *kind,
            0.0,
        )
        yield Match(one, fit_of(features), features)


def is_new(told: Claim | Fact) -> bool:
    """Whether only what was added is counted (「新认定201家」), not all there is."""
    return told.change != "累计" and _NEW.search(told.subject) is not None


def _kind(told: Claim | Fact) -> str | None:
    return None if told.change == "累计" else told.change


def _bare(unit: str) -> str:
    return unit.partition("(")[0].partition("（")[0]


def fit_of(features: Sequence[float]) -> float:
    """How surely the fact is what the claim is about: the logarithm of its odds."""
    return float(sum(map(mul, _WEIGHTS, features)))


def _home(claim: Claim, matches: Sequence[Match]) -> str | None:
    """The passage where the claim's own figure stands, as far as its words tell."""
    agreeing = [match for match in matches if match.fit >= _SURE and agrees(claim.measure, match.known.measure)]
    best = max(agreeing or [match for match in matches if match.fit >= _SURE], key=lambda one: one.fit, default=None)
    return best.known.passage.id if best else None


def _beside(match: Match, homes: set[str | None]) -> Match:
    if match.known.passage.id not in homes:
        return match
    features = (*match.features[:-1], 1.0)
    return Match(match.known, fit_of(features), features)


def _terms(text: str, known: KnownFacts, report: Report) -> tuple[Term, ...]:
    place = report.place
    terms = known.world.vocabulary.terms(text.replace(place, " ") if place else text)
    return tuple(term for term in terms if not term.text[0].isdigit())


def _said(text: str, terms: Sequence[Term]) -> str:
    """`text` with the official words that its everyday words stand for."""
    return " ".join((text, *(variant for term in terms for variant in term.variants)))


def _back(known: Known, near: str, wide: str) -> tuple[float, float, float]:
    """The shares of the fact's own subject that the draft says near and around, and its most telling word unsaid."""
    total = close = far = unsaid = 0.0
    for term in known.own:
        here = found(term, near)
        there = here if here == 1.0 else max(here, found(term, wide))
        total, close, far = total + term.weight, close + term.weight * here, far + term.weight * there
        unsaid = max(unsaid, term.weight * (1 - there))
    return (close / total, far / total, unsaid) if total else (0.5, 0.5, 0.3)


def _pairs(words: str) -> Counter[str]:
    return Counter(map("".join, zip(words, words[1:], strict=False)))


def _same(subject: str, own: Sequence[Term], known: Known) -> float:
    """How alike the subjects of claim and fact are written: the share of pairs of characters that both have."""
    theirs = known.fact.subject
    for term in own:
        if term.variants and term.text not in theirs:
            official = next((variant for variant in term.variants if variant in theirs), term.text)
            subject = subject.replace(term.text, official)
    ours, others = _pairs(subject), _pairs(theirs)
    total = ours.total() + others.total()
    return 2 * (ours & others).total() / total if total else 0.0


def _beside_it(before: str, after: str, known: Known) -> tuple[float, float]:
    """Whether the same words follow the figure (「72个事项」), and whether the same stand before it."""
    start, end = known.fact.local
    text = known.passage.text
    follows = len(after) == _NEAR and after.isalpha() and text[end : end + _NEAR] == after
    stands = len(before) == _NEAR and before.isalpha() and text[max(0, start - _NEAR) : start] == before
    return float(follows), float(stands)
