"""The places that hold the report's own, as its title names them: 上海市 where it is of 上海市徐汇区."""

import re
from functools import lru_cache

from bot.lexicon import places
from corpus.types import Report

_LEVEL = re.compile(r"(?:特别行政区|壮族自治区|回族自治区|维吾尔自治区|自治区|自治州|[省市区县州])$")
_RANKED = (
    r"(?=(?:市|省|里|的|各区|各市|各县){0,3}[^，,]{0,6}(?:第几|第[一二三四五六七八九十]|排名|位次|名次|首位|居首|榜首))"
)


def holding(report: Report) -> tuple[str, ...]:
    """The names of the places that hold the report's, nearest first, each also without its level (上海市, 上海)."""
    return _before(report.title, report.place)


def as_whole(text: str, report: Report) -> str:
    """`text` with the place that holds the report's called 全市 or 全省 where it is what a rank or a share is of."""
    for name in holding(report):
        level = "省" if name.endswith("省") or f"{name}省" in report.title else "市"
        text = re.sub(rf"(?<!全){re.escape(name)}{level}?{_RANKED}", f"全{level}", text)
        text = re.sub(rf"(?<=占){re.escape(name)}{level}?(?=的?(?:多少|几|百分|比))", f"全{level}", text)
    return text


def stem(place: str) -> str:
    """A place's name without its level, where two characters are left (徐汇区: 徐汇)."""
    short = _LEVEL.sub("", place)
    return short if len(short) > 1 else place


@lru_cache(maxsize=64)
def _before(title: str, place: str) -> tuple[str, ...]:
    before = title[: title.find(place)] if place and place in title else ""
    named = tuple(name for name in places() if name in before)
    return tuple(dict.fromkeys((*named, *map(stem, named))))


__all__ = ["as_whole", "holding", "stem"]
