"""When a figure of a draft says what a figure of the report says: in one unit, rounded as it is written."""

import re
from dataclasses import dataclass

from bot.quantities import Bound, Quantity, bound_of, scaled, span_of
from bot.units import like_units
from corpus.figures import Figure
from corpus.types import Fact

_ANY = "?"
_LEAST_BARE = 1_000  # a number without a unit that is a sum or a count; a fraction is far less
_COUNT, _RANK = "个", "位"
# Units that measure; the others count whatever there is, and a draft may say 个 where the report says 家.
_MEASURED = frozenset(
    "元 美元 欧元 港元 平方米 立方米 米 千克 千瓦 千瓦时 千伏 标准箱 微克/立方米 毫克/升 度 人次 户次 家次 "
    "车次 架次 班次 步 天 个月 年 岁 分钟 位数 倍 个百分点 金 银 铜".split()
) | {""}
# Units that drafts mix up: a figure in the one is held against a figure in the other, and never equals it.
_MIXED_UP = (
    frozenset({"", "个百分点", "倍"}),
    frozenset({"人次", "户次", "家次", _COUNT}),
    frozenset({"元", "美元"}),
    frozenset({"平方米", "米", "立方米"}),
)
_RATIOS = ("", "个百分点", "倍")
_UNLIKE = 0.85  # how comparable figures in such units are
_INCLUSIVE = re.compile(r"以上|不少于|不低于|至少|[≥≤]|以下|以内|不超过|达")
_ABOUT_IT, _BEYOND_IT = 0.05, 0.1  # so far off may 「约」 be, and 「超」 or 「近」
_ROUNDED = 0.005  # the same for a figure that does not say that it is rounded
_WORDED = 0.1  # the step of a fraction in words, as a share of it (「三分之一」)
_EXACT_TO = 1e-9


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure in the plainest unit of its kind, and the step to which it is written (「577亿元」: 一亿).

    `high` is the upper end of a range, else the number itself; `words` are its qualifiers, `unit` is as written.
    """

    dimension: str
    unit: str
    value: float
    high: float
    step: float
    words: str = ""
    is_rank: bool = False

    @property
    def bound(self) -> Bound:
        """What its qualifiers make of it."""
        return bound_of(self.words)


def measure_of_figure(figure: Figure) -> Measure:
    """The measure of a figure of a draft."""
    return _measure(figure.value, figure.unit, figure.qualifier or "", figure.core, is_rank=figure.is_rank)


def measure_of_fact(fact: Fact) -> Measure:
    """The measure of a figure of the report."""
    return _measure(fact.value, fact.unit, fact.qualifier or "", fact.text, is_rank=fact.change == "排名")


def _measure(value: float, unit: str, words: str, core: str, *, is_rank: bool) -> Measure:
    if is_rank:
        return Measure(_RANK, unit, value, value, 1.0, "", is_rank=True)
    _, end = span_of(value, core)
    low, plain = scaled(Quantity(0, 0, core, value, end, unit, bound_of(words)))
    times = low / value if value else 1.0
    dimension = plain if plain in _MEASURED else _COUNT
    if not plain and value >= _LEAST_BARE:
        dimension = _ANY  # 「迈上3900亿台阶」
    return Measure(dimension, unit, low, end * times, _step(value, core) * times, words)


def _step(value: float, core: str) -> float:
    """What the last written digit counts: 1e8 for 「577亿元」, 0.1 for 「4.8%」; the number itself for words."""
    number = re.match(r"[\d,]++(?:\.(\d++))?(?!/\d)", core)
    if number is None:
        return value * _WORDED
    written = float(number.group().replace(",", "")) or 1.0
    return float(10.0 ** -len(number.group(1) or "") * (value / written if value else 1.0))


def comparable(one: Measure, other: Measure) -> float:
    """1 where both are of one unit, less where people mix the units up, 0 where nobody would."""
    if one.is_rank or other.is_rank:
        return float(one.is_rank and other.is_rank)
    if one.dimension == other.dimension:
        return 1.0 if one.dimension != _COUNT or like_units(one.unit, other.unit) else _UNLIKE
    pair = {one.dimension, other.dimension}
    if _ANY in pair:
        return float(pair.isdisjoint(_RATIOS))
    return _UNLIKE if any(pair <= group for group in _MIXED_UP) else 0.0


def agrees(claim: Measure, fact: Measure, *, loosely: bool = True) -> bool:
    """Whether a claimed figure is the report's, as written or (`loosely`) rounded as its own words allow."""
    if comparable(claim, fact) < 1.0:
        return False
    if _close(claim.value, fact.value) and _close(claim.high, fact.high):
        return _same_side(claim, fact)
    return loosely and not claim.is_rank and _rounded(claim, fact)


def _close(one: float, other: float) -> bool:
    return abs(one - other) <= _EXACT_TO * max(abs(one), abs(other))


def _same_side(claim: Measure, fact: Measure) -> bool:
    """Whether 「超2万」 of a draft goes with what the report says of 2万."""
    if claim.bound in (Bound.EXACT, Bound.ABOUT):
        return True
    if fact.bound in (Bound.EXACT, Bound.ABOUT):
        return _INCLUSIVE.search(claim.words) is not None
    upward = (Bound.ABOVE,)
    return (claim.bound in upward) == (fact.bound in upward)


def _rounded(claim: Measure, fact: Measure) -> bool:
    """Whether the claim is the fact's number with fewer digits."""
    off, coarse = claim.value - fact.value, _coarse_step(claim)
    share = abs(off) / max(abs(fact.value), _EXACT_TO)
    if share > (_ABOUT_IT if claim.bound is Bound.ABOUT else _BEYOND_IT) or coarse <= fact.step * (1 - _EXACT_TO):
        return False
    match claim.bound:
        case Bound.ABOVE:
            beyond = fact.bound is Bound.ABOVE and not _INCLUSIVE.search(claim.words)  # 「2100余万」 is over 2000万
            return -coarse < off < 0 and (beyond or fact.bound in (Bound.EXACT, Bound.ABOUT))
        case Bound.NEAR | Bound.BELOW:
            return 0 < off < coarse and fact.bound in (Bound.EXACT, Bound.ABOUT)
        case Bound.ABOUT:
            return abs(off) <= coarse / 2
        case _:
            fewer = claim.step > fact.step * (1 + _EXACT_TO)
            return fewer and share <= _ROUNDED and abs(off) <= claim.step / 2 * (1 + 1e-6)


def _coarse_step(claim: Measure) -> float:
    """What the last digit other than 0 counts: 100 for 3900, which is written to the unit."""
    step = claim.step
    digits = round(claim.value / step) if step else 0
    while digits and digits % 10 == 0:
        digits //= 10
        step *= 10
    return step
