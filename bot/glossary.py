"""The glossary of English phrases: found as written, in the singular, by stems, or in words that mean the same."""

from collections.abc import Callable, Sequence
from functools import cache

from bot import stemming
from bot.lexicon import alike, english

Choices = tuple[str, ...]
Words = tuple[str, ...]


def choices_of(words: Sequence[str], parted: Callable[[str], Sequence[str]]) -> Choices | None:
    """The Chinese words for a phrase, '' for one without meaning, None for one that the glossary lacks.

    `parted` cuts a phrase of the glossary into words as questions are cut.
    """
    phrase = tuple(word.lower() for word in words)
    for index, (form, entries) in enumerate(zip(_FORMS, _entries(parted), strict=True)):
        found = entries.get(form(phrase))
        # A single word means the same as another only where the glossary has no word of its own for it.
        if found is not None and not (index == len(_FORMS) - 1 and found == ("",)):
            return found
    return None


@cache
def _entries(parted: Callable[[str], Sequence[str]]) -> tuple[dict[Words, Choices], ...]:
    found: tuple[dict[Words, Choices], ...] = tuple({} for _ in _FORMS)
    for phrase, chinese in english().items():
        words = tuple(parted(phrase)) or (phrase,)
        for form, entries in zip(_FORMS, found, strict=True):
            entries.setdefault(form(words), tuple(chinese.split()) or ("",))
    return found


def _as_written(words: Words) -> Words:
    return words


def _singular(words: Words) -> Words:
    return (*words[:-1], stemming.singular(words[-1]))


def _stemmed(words: Words) -> Words:
    return tuple(map(stemming.stem, words))


def _alike(words: Words) -> Words:
    return tuple(_first(stemming.stem(word)) for word in words)


def _first(stem: str) -> str:
    return _groups().get(stem, stem)


@cache
def _groups() -> dict[str, str]:
    """The stem of a word -> the stem of the first word of its group."""
    return {stemming.stem(word): stemming.stem(group[0]) for group in alike() for word in group if " " not in word}


_FORMS: tuple[Callable[[Words], Words], ...] = (_as_written, _singular, _stemmed, _alike)
