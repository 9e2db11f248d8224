"""The words of a sentence: whether its names stand in the source, and whether the source speaks of the same at all."""

import re

from bot.grounding.source import pairs_of

_QUOTED = re.compile(r"[“「『《〈\"‘]([^“”「」『』《》〈〉\"‘’]{1,60})[”」』》〉\"’]")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9.&\-]*")
_ADDRESS = re.compile(r"https?:|www\.|://|@|[A-Za-z0-9-]+\.(?:com|cn|net|org|io)\b", re.IGNORECASE)
_MARKUP = re.compile(r"</?[A-Za-z!]|[{}]|\]\(|```|!\[|\|")
_SAID_BY_ALL = frozenset("报告 告写 写到 其中 主要 包括 同时 此外 方面 以及 通过 进行 实现 完成 达到 推进 推动".split())
_LEAST_IDEOGRAPHS = 4
_LATIN_SHARE = 0.4  # of the letters; above it the sentence is not Chinese


def is_chinese(text: str) -> bool:
    """Whether a sentence is Chinese: some ideographs, and not too many Latin letters beside them."""
    ideographs = sum("\u3400" <= char <= "\u9fff" for char in text)
    latin = sum(char.isascii() and char.isalpha() for char in text)
    return ideographs >= _LEAST_IDEOGRAPHS and latin <= _LATIN_SHARE * (ideographs + latin)


def is_clean(text: str) -> bool:
    """Whether a sentence holds no address and no markup: a report's sentence has none."""
    return not (_ADDRESS.search(text) or _MARKUP.search(text))


def unfounded_name(text: str, words: str, known: str) -> str:
    """The first name in quotation marks that is not in `words`, or Latin word in neither `words` nor `known`; else ''.

    Case and white space do not count.
    """
    within = _bare(words)
    for match in _QUOTED.finditer(text):
        if _bare(match[1]) not in within:
            return match[1]
    either = f"{words}\n{known}".lower()
    return next((word for word in _LATIN.findall(text) if word.lower() not in either), "")


def quoted_names(text: str) -> list[tuple[int, int]]:
    """`[start, end)` of each name in quotation marks."""
    return [match.span(1) for match in _QUOTED.finditer(text)]


def telling_pairs(text: str) -> frozenset[str]:
    """The pairs of characters by which a stretch says what it is about."""
    return frozenset(pairs_of(text)) - _SAID_BY_ALL


def support(pairs: frozenset[str], known: frozenset[str]) -> float:
    """How much of what a stretch says stands in a source: the share of its pairs of characters."""
    return len(pairs & known) / len(pairs) if pairs else 1.0


def _bare(text: str) -> str:
    return re.sub(r"[\s“”「」『』《》〈〉\"‘’]", "", text).lower()
