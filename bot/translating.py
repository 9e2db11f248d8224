"""Turns an English question into Chinese key words with the glossary of the domain, by longest match."""

import re

from bot.lexicon import english

_WORD = re.compile(r"[a-z0-9][a-z0-9.'&%-]*|[\u3400-\u9fff“”《》]+", re.IGNORECASE)
_MOSTLY = 0.5
_LONGEST = 8


def to_chinese(text: str, known: str) -> str:
    """`text` with its English words in Chinese where it is mostly English; Chinese text comes back as it is.

    Of several Chinese words for one phrase, the first that stands in `known`, the reports' text, is taken.
    """
    letters = sum(char.isascii() and char.isalpha() for char in text)
    chinese = sum("\u3400" <= char <= "\u9fff" for char in text)
    if letters < 8 or chinese > _MOSTLY * letters:
        return text
    glossary = english()
    words = [match.group() for match in _WORD.finditer(text.replace("’", "'"))]
    said: list[str] = []
    at = 0
    while at < len(words):
        for length in range(min(_LONGEST, len(words) - at), 0, -1):
            phrase = " ".join(words[at : at + length]).lower()
            chinese_words = next((glossary[form] for form in _forms(phrase) if form in glossary), None)
            if chinese_words is not None:
                said.append(_choice(chinese_words, known))
                at += length
                break
        else:
            word = words[at]
            year = re.fullmatch(r"(20\d\d)(?:'s)?", word)
            said.append(f"{year.group(1)}年" if year else word)
            at += 1
    return " ".join(part for part in said if part) + ("？" if text.rstrip().endswith("?") else "")


def _choice(words: str, known: str) -> str:
    choices = words.split()
    return next((word for word in choices if word in known), choices[0] if choices else "")


def _forms(phrase: str) -> list[str]:
    forms = [phrase, phrase.removesuffix("'s"), phrase.removesuffix("s"), phrase.removesuffix("es")]
    if phrase.endswith("ies"):
        forms.append(phrase[:-3] + "y")
    if phrase.endswith("."):
        forms.append(phrase[:-1])
    return forms
