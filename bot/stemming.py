"""The stem of an English word: one form for its plural, its tenses and its British and American spellings."""

import re
from functools import lru_cache

_VOWEL = re.compile(r"[aeiouy]")
_DOUBLED = re.compile(r"([bdfgklmnprt])\1$")
_KEPT = re.compile(r"(?:ss|us|is|news|series|species|eed)$")
_SPELLINGS = (
    (re.compile(r"is(?=(?:e|ed|es|ing|ation|ations)$)"), "iz"),
    (re.compile(r"yse(?=[ds]?$)"), "yze"),
    (re.compile(r"(?<=[a-z]{2})our(?=s|ed|ing|hood|ite|$)"), "or"),
    (re.compile(r"(cent|met|theat|fib|lit|kilomet)re(?=s?$)"), r"\1er"),
    (re.compile(r"amme(?=s?$)"), "am"),
    (re.compile(r"(?<=licen|defen)ce(?=s?$)"), "se"),
    (re.compile(r"ogue(?=s?$)"), "og"),
)
# A word, and its forms that no rule gives.
_FORMS = (
    "be is are was were been being, have has had, "
    "build built, spend spent, begin began begun, hold held, grow grew grown, rise rose risen, "
    "fall fell fallen, win won, give gave given, become became, bring brought, pay paid, make made, "
    "take took taken, run ran, sell sold, buy bought, draw drew drawn, teach taught, leave left, "
    "lead led, meet met, see saw seen, go went gone, child children, person people persons, man men, "
    "woman women, choose chosen chose, keep kept, lend lent, lose lost, send sent, show shown, "
    "write written wrote, say says said, undertake undertook undertaken, overtake overtook, "
    "company companies, catch caught, deal dealt, find found, dig dug, lay laid"
).split(", ")
_IRREGULAR = {form: entry.split()[0] for entry in _FORMS for form in entry.split()[1:]}


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The form that `word`, in lower case, shares with its other forms; what is no plain word comes back as it is."""
    word = word.removesuffix("'s").removesuffix("'")
    if not word.isalpha() or not word.isascii() or len(word) < 4:
        return _IRREGULAR.get(word, word)
    word = _IRREGULAR.get(word, word)
    for pattern, spelling in _SPELLINGS:
        word = pattern.sub(spelling, word)
    return _IRREGULAR.get(word) or _bare(singular(word))


def singular(word: str) -> str:
    """`word`, in lower case, without the ending of a plural or a possessive."""
    word = word.removesuffix("'s").removesuffix("'")
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if re.search(r"(?:ss|x|ch|sh|z)es$", word):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not _KEPT.search(word) else word


def _bare(word: str) -> str:
    for ending in ("ing", "ed"):
        base = word.removesuffix(ending)
        if base != word and len(base) > 2 and _VOWEL.search(base) and not _KEPT.search(word):
            word = _DOUBLED.sub(r"\1", base)
            break
    if word.endswith("y") and len(word) > 3 and word[-2] not in "aeiou":
        word = word[:-1] + "i"
    return word.removesuffix("e") if len(word) > 3 else word
