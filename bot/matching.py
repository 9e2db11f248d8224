"""How much of a question the words of a place say: the share of its terms found, nearer words counting more."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.terms import Term

_VARIANT = 0.92  # another word for the same thing
_PART = 0.85  # a long word of which most characters stand there


@dataclass(frozen=True, slots=True)
class Zone:
    """Words at some distance from a figure or a name, and what a term found in them counts."""

    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which terms of a question the zones hold: their share by weight, and each term's own value in order."""

    share: float
    values: tuple[float, ...]

    def missing(self, terms: Sequence[Term], floor: float = 0.3) -> list[Term]:
        """The terms that are not found, or hardly."""
        return [term for term, value in zip(terms, self.values, strict=True) if value < floor]


def found(term: Term, text: str) -> float:
    """How surely `text` says `term`: 1 for the word itself, less for another word for it or for most of it."""
    if term.text in text:
        return 1.0
    if any(variant in text for variant in term.variants):
        return _VARIANT
    return max(
        (_PART * share for word in (term.text, *term.variants) if (share := _share(word, text)) > 0.6), default=0.0
    )


def _share(word: str, text: str) -> float:
    if len(word) < 3:
        return 0.0
    pairs = [word[i : i + 2] for i in range(len(word) - 1)]
    return sum(pair in text for pair in pairs) / len(pairs)


def coverage(terms: Sequence[Term], zones: Sequence[Zone]) -> Coverage:
    """What share of `terms`, by weight, the `zones` say."""
    values = tuple(max((found(term, zone.text) * zone.weight for zone in zones), default=0.0) for term in terms)
    total = sum(term.weight for term in terms)
    said = sum(term.weight * value for term, value in zip(terms, values, strict=True))
    return Coverage(said / total if total else 0.0, values)
