"""How short answers and quotes are compared: what is written differently and means the same is made the same."""

import re
import unicodedata
from collections.abc import Iterable

from corpus.markup import plain

_MARK = re.compile(r"\[\d+\]")
_STARS = re.compile(r"\*\*|➤")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_BEFORE = re.compile(r"^(?:大约|约为|约|近|超过|超|逾|达到|达|至少|不低于|不少于|仅为|为|共|累计|预计)+(?=[<>\d])")
_AFTER = re.compile(r"(?:左右|以上|以下|以内|上下)$")
_ODD = re.compile(r"(?<=\d)余|(?<=[万亿千百十])余")
_EDGE = " .,;:!?\"'“”‘’()《》〈〉「」『』、。·…-—"
_BARE = re.compile(r"[\d.]+")
_YES = re.compile(r"是(?!否)")
_NO = re.compile(r"否|不")


def as_quote(text: str) -> str:
    """`text` for comparing quotes: one width, no tags, stars, bullets and white space."""
    return plain(unicodedata.normalize("NFKC", _STARS.sub("", text)))


def as_short(text: str) -> str:
    """`text` for comparing short answers: as a quote, without marks [n], qualifiers and outer punctuation."""
    before, tidy = None, text
    while tidy != before:  # taking one thing off may lay another bare
        before, tidy = tidy, _tidied(tidy)
    return tidy


def _tidied(text: str) -> str:
    tidy = _THOUSANDS.sub("", as_quote(_MARK.sub("", text))).strip(_EDGE)
    return _ODD.sub("", _AFTER.sub("", _BEFORE.sub("", tidy))).strip(_EDGE).lower()


def holds_whole(text: str, wanted: str) -> bool:
    """Whether `wanted` stands in `text` as a whole: no digit and no decimal point goes on beside its own digits."""
    if not wanted:
        return False
    before = r"(?<![\d.])" if wanted[0].isdigit() else ""
    after = r"(?![\d]|\.\d)" if wanted[-1].isdigit() else ""
    return re.search(before + re.escape(wanted) + after, text) is not None


def among_shorts(wanted: str, shorts: Iterable[str]) -> bool:
    """Whether the gold's short answer `wanted` equals one of `shorts` or stands in one as a whole."""
    gold = as_short(wanted)
    if gold in ("是", "否"):
        first = next(iter(shorts), "")
        return says(gold, first)
    return any(gold == short or holds_whole(short, gold) for short in map(as_short, shorts))


def in_text(wanted: str, text: str) -> bool:
    """Whether the gold's short answer `wanted` stands in the answer's prose; a bare figure is too little for that."""
    gold = as_short(wanted)
    if gold in ("是", "否"):
        return says(gold, text)
    if _BARE.fullmatch(gold):
        return False
    body = _ODD.sub("", _THOUSANDS.sub("", as_quote(_MARK.sub("", text)))).lower()
    return holds_whole(body, gold)


def says(verdict: str, text: str) -> bool:
    """Whether `text` opens with the verdict 是 or 否."""
    opening = as_quote(text).strip(_EDGE)
    return (_YES if verdict == "是" else _NO).match(opening) is not None
