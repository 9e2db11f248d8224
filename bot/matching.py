"""How much of a question the words of a place say: the share of its terms found, nearer words counting more."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import mul

from bot.terms import Term

_VARIANT = 0.92  # another word for the same thing
_SHORTENED = 0.55  # two characters of a longer phrase
_PART = 0.85  # a long word of which most characters stand there
_GAP = 2  # so many characters may stand between the parts of a word
_LONGEST = 40  # characters; what is longer is no word
_ROMAN = frozenset("IVX")
_ENOUGH = 0.6  # so much of a long word must stand there


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which terms of a question a place says: their share by weight, and each term's own value in order."""

    share: float
    values: tuple[float, ...]

    def missing(self, terms: Sequence[Term], floor: float = 0.3) -> list[Term]:
        """The terms that are not found, or hardly."""
        return [term for term, value in zip(terms, self.values, strict=True) if value < floor]


def found(term: Term, text: str) -> float:
    """How surely `text` says `term`: 1 for the word itself, less for another word for it or for most of it.

    A single character is found by its words alone: it stands in too many others (税 in 「非税收入」).
    """
    if (
        len(term.text) > 1
        and term.text in text
        and (not _ROMAN.issuperset(term.text) or _alone(term.text).search(text))
    ):
        return 1.0
    for variant in term.variants:
        if variant in text:
            return _VARIANT
    if term.whole:
        return 0.0
    if len(term.text) == 2:
        if not _ROMAN.issuperset(term.text) and _abbreviates(term.text, text):
            return _SHORTENED
        if not term.variants:
            return 0.0
    return max(
        (_PART * share for word in (term.text, *term.variants) if (share := _share(word, text)) > _ENOUGH), default=0.0
    )


@lru_cache(maxsize=256)
def _alone(word: str) -> re.Pattern[str]:
    """`word`, a Roman number, where it is no part of a longer one (II in 「II类」, not in 「III类」)."""
    return re.compile(rf"(?<![A-Za-z]){re.escape(word)}(?![A-Za-z])")


def _abbreviates(word: str, text: str) -> bool:
    """Whether two characters shorten a phrase of the text (「营收」 for 「营业收入」)."""
    first = text.find(word[0])
    while first >= 0:
        if word[1] in text[first + 2 : first + 4]:
            return True
        first = text.find(word[0], first + 1)
    return False


def _share(word: str, text: str) -> float:
    """The share of a word's pairs of characters that stand near each other in the text."""
    if not 3 <= len(word) <= _LONGEST:
        return 0.0
    pairs = _pairs(word)
    present = [pair for pair in pairs if pair in text]
    if len(present) / len(pairs) <= _ENOUGH:
        return 0.0
    reach = len(word) + _GAP
    best = 0.0
    for pair in present:
        start = text.find(pair)
        while start >= 0 and best < 1:
            near = text[max(0, start - reach) : start + reach]
            best = max(best, sum(other in near for other in pairs) / len(pairs))
            start = text.find(pair, start + 1)
    return best


@lru_cache(maxsize=4_096)
def _pairs(word: str) -> tuple[str, ...]:
    return tuple(word[i : i + 2] for i in range(len(word) - 1))


@dataclass(frozen=True, slots=True)
class Asked:
    """The terms of a question with their weights over the weight of all."""

    terms: tuple[Term, ...]
    weights: tuple[float, ...]

    @classmethod
    def of(cls, terms: Sequence[Term]) -> "Asked":
        """Takes the terms in order."""
        total = sum(term.weight for term in terms) or 1.0
        return cls(tuple(terms), tuple(term.weight / total for term in terms))

    def values(self, text: str, reach: Sequence[float] | None = None) -> list[float]:
        """How surely `text` says each term; what a wider text (`reach`) leaves at 0 is not looked for."""
        if reach is None:
            return [found(term, text) for term in self.terms]
        return [found(term, text) if wide else 0.0 for term, wide in zip(self.terms, reach, strict=True)]

    def share(self, values: Sequence[float]) -> float:
        """The part of all terms' weight that `values` say; 0 where there is no term."""
        return float(sum(map(mul, self.weights, values)))
