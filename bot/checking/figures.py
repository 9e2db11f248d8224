"""The figures of a line of a draft, with the words around them that only people use (「不到5%」, 「将近五成」)."""

import re
from dataclasses import replace

from corpus.figures import Figure, find_figures

# What people say for it -> the word that reports use.
_BEFORE = (
    (re.compile(r"(?:还)?(?:不到|不足|未到|未满|不满)$"), "近"),
    (re.compile(r"(?:将近|接近|逼近|临近)$"), "近"),
    (re.compile(r"近$"), "近"),
    (re.compile(r"(?<![签合节制预履违])约$"), "约"),
    (re.compile(r"(?:超过?|逾)$"), "超"),
    (re.compile(r"(?:大约|大概|约为|约占|约有|大致|差不多)$"), "约"),
    (re.compile(r"(?:超出|大于|多于|不止|高出|跨过|迈过|站上|冲破|突破了|超过了)$"), "超"),
    (re.compile(r"(?:控制在|不高于|不多于|至多|最多)$"), "不超过"),
    (re.compile(r"(?:最少|不小于)$"), "不少于"),
)
_AFTER = (
    (re.compile(r"(?:左右|上下|前后)"), "左右"),
    (re.compile(r"(?:以内|之内)"), "不超过"),
    (re.compile(r"(?:以上|之上)"), "以上"),
    (re.compile(r"(?:开外|有余|多(?![个家元样种])|余)"), "余"),
)
_BREAKS = "。；;！？!?\n "
_POINT = re.compile(r"第[一二三四五六七八九十]{1,2}(?:[，,、：:]|是|要)")
_REACH = 4


def figures_of(text: str) -> list[Figure]:
    """The figures of `text` in order, as of a report; a word before or after that limits one is in its qualifier."""
    return [_limited(text, figure) for figure in find_figures(text) if not _counts_points(text, figure)]


def _counts_points(text: str, figure: Figure) -> bool:
    """Whether a rank only numbers what is said (「第一，经济稳。第二，民生实」)."""
    opens = figure.start == 0 or text[figure.start - 1] in _BREAKS
    return figure.is_rank and opens and bool(_POINT.match(text, figure.start))


def _limited(text: str, figure: Figure) -> Figure:
    if figure.is_rank:
        return figure
    before, after = text[max(0, figure.start - _REACH) : figure.start], text[figure.end : figure.end + 2]
    words = [word for pattern, word in _BEFORE if pattern.search(before)]
    words += [word for pattern, word in _AFTER if pattern.match(after)]
    return replace(figure, qualifier="".join((figure.qualifier or "", *words))) if words else figure
