"""The words of the domain as files a person can read and add to: everyday words, English, places, set phrases."""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


def lines_of(name: str) -> list[str]:
    """The entries of a lexicon file, without comments and blank lines."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]


@cache
def everyday() -> dict[str, tuple[str, ...]]:
    """Everyday word -> the words that reports use for it, from `everyday.txt`."""
    found: dict[str, list[str]] = {}
    for line in lines_of("everyday.txt"):
        official, _, words = line.partition("=")
        for word in words.split():
            for term in official.split("、"):
                if term.strip() and term.strip() != word:
                    found.setdefault(word, []).append(term.strip())
    return {word: tuple(dict.fromkeys(terms)) for word, terms in found.items()}


@cache
def singles() -> dict[str, tuple[str, ...]]:
    """Verbs of one character -> the words that reports use for them, from `singles.txt`."""
    pairs = (line.partition("=") for line in lines_of("singles.txt"))
    return {verb.strip(): tuple(words.split()) for verb, _, words in pairs}


@cache
def english() -> dict[str, str]:
    """English phrase in lower case -> Chinese words, from `english.txt`; a phrase without meaning gives ''."""
    found: dict[str, str] = {}
    for line in lines_of("english.txt"):
        if line.startswith("- "):
            found.update(dict.fromkeys(line[2:].lower().split(), ""))
            continue
        phrase, _, words = line.partition("=")
        found[phrase.strip().lower()] = words.strip()
    return found


@cache
def alike() -> tuple[tuple[str, ...], ...]:
    """English words that mean the same, group by group, from `alike.txt`; a phrase has blanks."""
    return tuple(tuple(word.replace("-", " ") for word in line.split()) for line in lines_of("alike.txt"))


@cache
def places() -> tuple[str, ...]:
    """Districts, cities and provinces that a question may be about, longest first, from `places.txt`."""
    names = {name for line in lines_of("places.txt") for name in line.split()}
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


@cache
def countries() -> tuple[str, ...]:
    """The names of countries other than China, from `countries.txt`."""
    return tuple(name for line in lines_of("countries.txt") for name in line.split())


@cache
def common() -> frozenset[str]:
    """Common Chinese nouns, from `common.txt`: they cut a question into words and are no typing slips."""
    return frozenset(word for line in lines_of("common.txt") for word in line.split())


@cache
def actions() -> frozenset[str]:
    """Common verbs, adjectives and adverbs, from `actions.txt`: like common nouns, but they name no thing."""
    return frozenset(word for line in lines_of("actions.txt") for word in line.split())


@cache
def indicators() -> frozenset[str]:
    """Names of statistics that people ask for, from `indicators.txt`: each is one word, whatever it is made of."""
    return frozenset(word for line in lines_of("indicators.txt") for word in line.split())


@cache
def opposed() -> dict[str, tuple[tuple[tuple[str, ...], ...], ...]]:
    """Section -> groups of things that exclude each other, each with its several wordings, from `opposed.txt`."""
    found: dict[str, list[tuple[tuple[str, ...], ...]]] = {}
    section = ""
    for line in lines_of("opposed.txt"):
        if line.startswith("["):
            section = line.strip("[]")
            continue
        found.setdefault(section, []).append(tuple(tuple(one.split("/")) for one in line.split()))
    return {name: tuple(groups) for name, groups in found.items()}


@cache
def light() -> frozenset[str]:
    """Words that say little about what a question is about, from `light.txt`."""
    return frozenset(word for line in lines_of("light.txt") for word in line.split())
