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
_IRREGULAR = {
    "built": "build", "spent": "spend", "began": "begin", "begun": "begin", "held": "hold", "grew": "grow", "grown": "grow",
    "rose": "rise", "risen": "rise", "fell": "fall", "fallen": "fall", "won": "win", "gave": "give", "given": "give", "became": "become",
    "brought": "bring", "paid": "pay", "made": "make", "took": "take", "taken": "take", "ran": "run", "sold": "sell", "bought": "buy",
    "drew": "draw", "drawn": "draw", "taught": "teach", "left": "leave", "led": "lead", "met": "meet", "saw": "see", "seen": "see",
    "went": "go", "gone": "go", "children": "child", "people": "person", "persons": "person", "men": "man", "women": "woman", "chosen": "choose", "chose": "choose",
    "kept": "keep", "lent": "lend", "lost": "lose", "set": "set", "sent": "send", "shown": "show", "written": "write", "wrote": "write",
    "says": "say", "said": "say", "undertook": "undertake", "undertaken": "undertake", "overtook": "overtake", "companies": "company", "caught": "catch", "dealt": "deal", "found": "find", "dug": "dig", "laid": "lay",
}  # fmt: skip


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
