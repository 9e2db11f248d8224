"""Which facts of the report speak of what a figure of a draft is about."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.checking.claims import Claim
from bot.checking.known import Known, KnownFacts, Values
from bot.checking.measures import comparable
from bot.matching import found
from bot.terms import Term
from corpus.types import Report

_OWN, _CLAUSE, _SENTENCE, _BACK, _MEANING = 0.42, 0.13, 0.1, 0.25, 0.1
_FLOOR = 0.2  # what says less is no match


@dataclass(frozen=True, slots=True)
class Match:
    """A fact that may be what a claim is about: how well it fits, from 0 to 1."""

    known: Known
    fit: float


def matches_of(claims: Sequence[Claim], table: KnownFacts) -> list[list[Match]]:
    """For each claim the facts of a comparable unit that fit, best first."""
    if not claims:
        return []
    likeness = table.world.embedder.encode([f"{one.subject} {one.clause}" for one in claims]) @ table.meanings.T
    return [_matches(claim, table, likeness[row]) for row, claim in enumerate(claims)]


def _matches(claim: Claim, table: KnownFacts, likeness: Values) -> list[Match]:
    usable = np.array([comparable(claim.measure, one.measure) for one in table.known], dtype=np.float32)
    if not usable.any():
        return []
    report = table.world.report
    own = _terms(claim.subject, table, report)
    clause = _terms(claim.clause, table, report)
    sentence = _terms(claim.sentence, table, report)
    fit = (
        _OWN * table.share(own or clause)
        + _CLAUSE * table.share(clause)
        + _SENTENCE * table.share(sentence)
        + _MEANING * likeness
    )
    candidates = np.flatnonzero(usable * (fit > _FLOOR / 2))
    near = _said(claim.subject + " " + claim.clause, (*own, *clause))
    wide = near + " " + _said(claim.sentence + " " + claim.around, sentence)
    matches = []
    for number in candidates.tolist():
        known = table.known[number]
        value = (fit[number] + _BACK * _back(known, near, wide)) * usable[number]
        if value > _FLOOR:
            matches.append(Match(known, float(value)))
    return sorted(matches, key=lambda match: -match.fit)


def _terms(text: str, table: KnownFacts, report: Report) -> tuple[Term, ...]:
    place = report.place
    terms = table.world.vocabulary.terms(text.replace(place, " ") if place else text)
    return tuple(term for term in terms if not term.text[0].isdigit())


def _said(text: str, terms: Sequence[Term]) -> str:
    """`text` with the official words that its everyday words stand for."""
    return " ".join((text, *(variant for term in terms for variant in term.variants)))


def _back(known: Known, near: str, wide: str) -> float:
    """The share of the fact's own subject that the draft says, words of its clause counting most."""
    total = said = 0.0
    for word, weight in known.place.own:
        total += weight
        term = Term(word, weight, True)
        said += weight * max(found(term, near), 0.6 * found(term, wide))
    return said / total if total else 0.5
