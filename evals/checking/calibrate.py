"""Learns from the dev drafts how facts are matched: `python -m evals.checking.calibrate` prints the weights.

A logistic model of a fact's features says whether it is what a figure of a draft is about. Right are the facts in the
gold evidence with the gold value, wrong all others of the same kind; test drafts are never read. The weights are
copied into `bot/checking/matching.py` where the evaluation says that they are better.
"""

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.checking.checker import Checker
from bot.checking.claims import Claim
from bot.checking.judging import same_kind, words_of
from bot.checking.matching import FEATURES, Match
from bot.checking.measures import agrees
from bot.types import Verdict
from evals.checking.sets import Draft, Stated, Way, find_draft_sets, load_drafts
from evals.normalise import among_shorts, as_quote

_PULL = 1.0  # towards 0, as the squared weights count
_STEPS = 60  # of Newton's method; it settles in about ten
# The report has the indicator, for another year or another place: its facts are no wrong ones.
_NOT_LEARNED = (Way.OTHER_PLACE, Way.OTHER_YEAR)

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """A fact's features, whether it is the one that a figure is about, and what it counts."""

    features: tuple[float, ...]
    right: bool
    weight: float


def examples_of(checker: Checker, drafts: Iterable[Draft]) -> Iterator[Example]:
    """The facts matched to each labelled figure, those that are right sharing the weight of one."""
    for draft in drafts:
        matched = checker.matched(draft.text)
        for stated in draft.stated:
            found = next((one for one in matched if _overlap(one[0], stated)), None)
            if found is not None:
                yield from _examples(stated, *found)


def learn(examples: Sequence[Example]) -> Values:
    """The weights of `FEATURES`, by logistic regression (Newton); the first, the constant, is not pulled."""
    features = np.array([one.features for one in examples])
    right = np.array([one.right for one in examples], dtype=np.float64)
    weight = np.array([one.weight for one in examples])
    pull = _PULL * np.eye(features.shape[1])
    learned = np.zeros(features.shape[1])
    for _ in range(_STEPS):
        odds = 1 / (1 + np.exp(-features @ learned))
        slope = features.T @ (weight * (odds - right)) + _PULL * np.r_[0.0, learned[1:]]
        bend = (features * (weight * odds * (1 - odds))[:, None]).T @ features + pull
        learned -= np.linalg.solve(bend, slope)
    return learned


def _overlap(claim: Claim, stated: Stated) -> bool:
    return claim.start < stated.span[1] and stated.span[0] < claim.end


def _examples(stated: Stated, claim: Claim, matches: Sequence[Match]) -> Iterator[Example]:
    alike = [match for match in matches if same_kind(claim, match.known.fact)]
    if stated.way in _NOT_LEARNED:
        return
    fitting = [match for match in alike if _has_value(stated, claim, match)]
    right = [match for match in fitting if _is_evidence(stated, match)]
    subjects = {match.known.fact.subject for match in right}
    for match in right:
        yield Example(match.features, True, 1 / len(right))
    for match in alike:
        # The same indicator of another year is no wrong one, nor is the same value told elsewhere.
        if match not in fitting and match.known.fact.subject not in subjects:
            yield Example(match.features, False, 1.0)


def _has_value(stated: Stated, claim: Claim, match: Match) -> bool:
    if stated.verdict is Verdict.SUPPORTED:
        return agrees(claim.measure, match.known.measure)
    return any(among_shorts(form, (words_of(match.known),)) for form in stated.correct)


def _is_evidence(stated: Stated, match: Match) -> bool:
    return any(as_quote(words) in as_quote(match.known.passage.text) for words in stated.evidence)


def main() -> int:
    """Print the weights learned from all dev drafts, a line each."""
    drafts = [draft for name, path in find_draft_sets().items() if "dev" in name for draft in load_drafts(path)]
    learned = learn(list(examples_of(Checker.open(), drafts)))
    for name, value in zip(FEATURES, learned, strict=True):
        sys.stdout.write(f"{value:8.2f}  {name}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
