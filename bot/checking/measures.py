"""Figures as amounts that can be compared: one unit for each dimension, and rounding as it is written."""

import re
from dataclasses import dataclass

from corpus.figures import Figure
from corpus.types import Fact

_TIMES: dict[str, tuple[str, float]] = {
    "平方米": ("面积", 1.0),
    "公顷": ("面积", 1e4),
    "亩": ("面积", 1e4 / 15),
    "平方公里": ("面积", 1e6),
    "平方千米": ("面积", 1e6),
    "米": ("长度", 1.0),
    "公里": ("长度", 1e3),
    "千米": ("长度", 1e3),
    "吨": ("重量", 1e3),
    "公斤": ("重量", 1.0),
    "千克": ("重量", 1.0),
    "斤": ("重量", 0.5),
    "小时": ("时间", 60.0),
    "分钟": ("时间", 1.0),
    "年": ("年", 1.0),
    "周年": ("年", 1.0),
    "千瓦": ("功率", 1.0),
    "兆瓦": ("功率", 1e3),
    "千瓦时": ("电量", 1.0),
    "兆瓦时": ("电量", 1e3),
    "%": ("比例", 1.0),
    "‰": ("比例", 0.1),
    "": ("比例", 100.0),  # a fraction: 「1/4」
    "倍": ("倍", 1.0),
    "个百分点": ("百分点", 1.0),
    "人": ("人", 1.0),
    "名": ("人", 1.0),
    "周岁": ("岁", 1.0),
}
_VISITS = frozenset("人次 户次 家次 车次 架次 班次 步".split())
_KEPT = frozenset("元 美元 欧元 港元 立方米 微克/立方米 毫克/升 千伏 度 天 个月 岁 位数 方面 标准箱 标箱".split())
_SESSIONS = frozenset("场 次 场次".split())
_COUNT = "件数"
_PEOPLE_TOO = frozenset("个 位 户".split())
# Dimensions that drafts mix up: a figure of the one is held against a figure of the other, and never equals it.
_MIXED_UP = (
    frozenset({"比例", "百分点", "倍"}),
    frozenset({"人", "人次", "户次", "家次", _COUNT}),
    frozenset({"元", "美元"}),
    frozenset({"面积", "长度", _COUNT}),
)

_OVER = re.compile(r"超|逾|突破|破|余|多|高于|大于|[>＞]|以上|不少于|不低于|至少|≥")
_AT_LEAST = re.compile(r"以上|不少于|不低于|至少|≥")
_UNDER = re.compile(r"近|低于|小于|不足|不到|以下|以内|不超过|[<＜]|≤")
_AT_MOST = re.compile(r"以下|以内|不超过|≤")
_NEARLY = re.compile(r"近")
_ABOUT = re.compile(r"约|左右|上下|大概|达")
_ROUGHLY = 0.05  # so far off may a rounded figure be at most
_ROUNDED = 0.005  # the same for one that does not say that it is rounded


@dataclass(frozen=True, slots=True)
class Measure:
    """A number in its dimension's own unit, and the step to which it is written (「577亿元」: 一亿)."""

    dimension: str
    value: float
    step: float
    qualifier: str
    rank: bool = False


def measure_of_figure(figure: Figure) -> Measure:
    """The measure of a figure of a draft."""
    return _measure(figure.value, figure.unit, figure.qualifier or "", figure.core, rank=figure.is_rank)


def measure_of_fact(fact: Fact) -> Measure:
    """The measure of a figure of the report."""
    return _measure(fact.value, fact.unit, fact.qualifier or "", fact.text, rank=fact.change == "排名")


def _measure(value: float, unit: str, qualifier: str, core: str, *, rank: bool) -> Measure:
    if rank:
        return Measure("排名", value, 1.0, "", rank=True)
    dimension, times = _dimension(unit)
    return Measure(dimension, value * times, _step(value, core) * times, qualifier)


def _dimension(unit: str) -> tuple[str, float]:
    if unit in _TIMES:
        return _TIMES[unit]
    if unit in _VISITS or unit in _KEPT:
        return unit, 1.0
    if unit in _SESSIONS:
        return "场次", 1.0
    return _COUNT, 1.0


def _step(value: float, core: str) -> float:
    """What the last written digit counts: 1e8 for 「577亿元」, 0.1 for 「4.8%」."""
    number = re.match(r"[\d,]+(?:\.(\d+))?", core)
    if number is None:
        return 1.0
    written = float(number.group().replace(",", "")) or 1.0
    scale = value / written if value else 1.0
    return float(10.0 ** -len(number.group(1) or "") * scale)


def comparable(one: Measure, other: Measure) -> float:
    """1 where both are of one dimension, less where people mix the dimensions up, 0 where nobody would."""
    if one.rank or other.rank:
        return float(one.rank and other.rank)
    if one.dimension == other.dimension:
        return 1.0
    if {one.dimension, other.dimension} in ({_COUNT, "场次"}, {_COUNT, "人"}):
        return 0.95
    return 0.85 if any({one.dimension, other.dimension} <= group for group in _MIXED_UP) else 0.0


def agrees(claim: Measure, fact: Measure, *, loosely: bool = True) -> bool:
    """Whether a claimed figure is the report's, as written or rounded as it says (`loosely`)."""
    if comparable(claim, fact) < 0.95:
        return False
    if _close(claim.value, fact.value):
        return _same_side(claim.qualifier, fact.qualifier)
    return loosely and not claim.rank and _rounded(claim, fact)


def _close(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-9 * max(1.0, abs(one), abs(other))


def _same_side(claimed: str, said: str) -> bool:
    """Whether 「超2万」 of a draft goes with what the report says of 2万."""
    if not claimed:
        return True
    if not said or _ABOUT.search(said):
        return bool(_ABOUT.search(claimed) or _AT_LEAST.search(claimed) or _AT_MOST.search(claimed))
    over, under = bool(_OVER.search(claimed)), bool(_UNDER.search(claimed))
    said_over, said_under = bool(_OVER.search(said)), bool(_UNDER.search(said))
    return not (over and said_under) and not (under and said_over)


def _rounded(claim: Measure, fact: Measure) -> bool:
    """Whether the claim is the fact's number with fewer digits, as its own words allow."""
    value, said = claim.value, fact.value
    off = abs(value - said) / max(abs(said), 1e-12)
    coarse = _coarse_step(claim)
    words = claim.qualifier
    if off > _ROUGHLY or coarse <= fact.step * 0.999:
        return False
    if _OVER.search(words):
        return value < said and said - value < coarse and not _UNDER.search(fact.qualifier)
    if _UNDER.search(words):
        return value > said and value - said < coarse and not _OVER.search(fact.qualifier)
    if _ABOUT.search(words):
        return abs(value - said) <= coarse / 2
    return abs(value - said) <= claim.step / 2 * 1.000001 and claim.step > fact.step and off <= _ROUNDED


def _coarse_step(claim: Measure) -> float:
    """What the last digit other than 0 counts: 100 for 3900, where 3,900 is written to the unit."""
    step, digits = claim.step, round(claim.value / claim.step) if claim.step else 0
    while digits and digits % 10 == 0:
        digits //= 10
        step *= 10
    return step
