"""Quantities in Chinese text and when two of them are the same: 3.44亿 and 34400万, 四成 and 40%, 2公里 and 2000米."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from corpus.figures import Figure, find_figures
from corpus.numerals import DIGITS, MYRIADS, TENS, chinese_number, plain_value


class Bound(StrEnum):
    """What the words around a number make of it."""

    EXACT = "exact"
    ABOUT = "about"  # 约, 左右
    NEAR = "near"  # 近, 接近
    ABOVE = "above"  # 超过, 余, 以上
    BELOW = "below"  # 不超过, 以内


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity of a text at `[start, end)`: from `low` to `high` (equal but for a range) of a plain `unit`."""

    start: int
    end: int
    text: str
    low: float
    high: float
    unit: str
    bound: Bound
    is_rank: bool = False


_WIDE = str.maketrans(
    {chr(0xFEE0 + code): chr(code) for code in (*b"0123456789%.+-/", *range(65, 91), *range(97, 123))} | {"﹪": "%"}
)
_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟萬億貳參陸", "一二三四五六七八九十百千万亿二三六")
_FORMAL_RUN = re.compile("[零壹贰叁肆伍陆柒捌玖拾佰仟萬億貳參陸]{2,}")  # alone they are words: 队伍, 大陆, 收拾
_BOUNDS = (
    (Bound.BELOW, re.compile(r"不超过|以下|以内|(?<!不)[低少]于|小于|[<＜≤]")),
    (Bound.ABOVE, re.compile(r"超|逾|破|余|多|以上|不[少低]于|高于|大于|至少|[>＞≥]")),
    (Bound.NEAR, re.compile(r"近")),
    (Bound.ABOUT, re.compile(r"约|左右|上下")),
)
# Each unit in a plainer one of its kind; what is not here is only ever itself.
_PLAIN = {
    "平方公里": ("平方米", 1e6),
    "平方千米": ("平方米", 1e6),
    "公顷": ("平方米", 1e4),
    "亩": ("平方米", 2000 / 3),
    "公里": ("米", 1e3),
    "千米": ("米", 1e3),
    "吨": ("千克", 1e3),
    "公斤": ("千克", 1.0),
    "斤": ("千克", 0.5),
    "兆瓦": ("千瓦", 1e3),
    "兆瓦时": ("千瓦时", 1e3),
    "小时": ("分钟", 60.0),
    "%": ("", 1e-2),
    "‰": ("", 1e-3),
    "‱": ("", 1e-4),
    "名": ("人", 1.0),
    "周岁": ("岁", 1.0),
    "周年": ("年", 1.0),
    "标箱": ("标准箱", 1.0),
}
_EXACT_TO = 1e-12  # floats of the same number differ by less, numbers as reports write them by more
_MYRIAD_RUN = rf"[{DIGITS}{TENS}{MYRIADS}]"
_CHINESE_DECIMAL = re.compile(
    rf"(?:(?P<hundred>百分之)|(?<!{_MYRIAD_RUN}))(?P<number>{_MYRIAD_RUN}++(?:点[{DIGITS}]++[{MYRIADS}]{{0,2}})?)"
    r"(?P<unit>平方公里|平方米|立方米|公里|公顷|美元|个百分点|百分点|小时|分钟|元|吨|亩|米|人次|户|人|名|家|个|倍|成)?"
)
_COMPOUND = re.compile(r"(?P<big>\d+(?:\.\d+)?)\s?亿(?P<small>\d{1,4}(?:\.\d+)?)\s?万")
_HIGH = re.compile(r"[-—~～至到]\s{0,3}(\d)")


def narrowed(text: str) -> str:
    """`text` with full-width digits, letters and signs in half width and 壹贰 as 一二, character for character."""
    return _FORMAL_RUN.sub(lambda match: match.group().translate(_FORMAL), text.translate(_WIDE))


def bound_of(qualifier: str | None) -> Bound:
    """What a figure's qualifier (「超」, 「约」, 「余」) says of its number."""
    return next((bound for bound, words in _BOUNDS if qualifier and words.search(qualifier)), Bound.EXACT)


def find_quantities(text: str) -> list[Quantity]:
    """The quantities of `text` in order, none overlapping; dates, years and numbers in names are none."""
    text = narrowed(text)
    taken = bytearray(len(text))
    found: list[Quantity] = []
    for one in (*_compounds(text), *_decimals(text), *map(of_figure, find_figures(text))):
        if not any(taken[one.start : one.end]):
            found.append(one)
            taken[one.start : one.end] = b"\1" * (one.end - one.start)
    return sorted(found, key=lambda one: one.start)


def of_figure(figure: Figure) -> Quantity:
    """A figure of a report or a sentence as a quantity."""
    low, high = span_of(figure.value, figure.core)
    bound = bound_of(figure.qualifier)
    return Quantity(figure.start, figure.end, figure.text, low, high, figure.unit, bound, figure.is_rank)


def span_of(value: float, core: str) -> tuple[float, float]:
    """The lower and the upper end of a figure of lower end `value` that is written as `core`; equal but for a range."""
    ends = _HIGH.search(core)
    high = next((one.value for one in find_figures(core[ends.start(1) :])), value) if ends else value
    return value, high


def same(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities are of one value and one kind of unit, whatever the words around the numbers."""
    return a.is_rank == b.is_rank and _equal(a.low, a.unit, b.low, b.unit) and _equal(a.high, a.unit, b.high, b.unit)


def same_bound(a: Quantity, b: Quantity) -> bool:
    """Whether the words around two numbers leave as much open: 「约」 is no 「超」, but is as open as 「近」."""
    vague = (Bound.ABOUT, Bound.NEAR)
    return a.bound is b.bound or (a.bound in vague and b.bound in vague)


def same_unit(a: str, b: str) -> bool:
    """Whether figures of the two units can be compared."""
    return _plain(1.0, a)[1] == _plain(1.0, b)[1]


def scaled(one: Quantity) -> tuple[float, str]:
    """The quantity's (lower) number in the plainest unit of its kind."""
    return _plain(one.low, one.unit)


def _equal(a: float, a_unit: str, b: float, b_unit: str) -> bool:
    x, x_unit = _plain(a, a_unit)
    y, y_unit = _plain(b, b_unit)
    return x_unit == y_unit and abs(x - y) <= _EXACT_TO * max(abs(x), abs(y))


def _plain(value: float, unit: str) -> tuple[float, str]:
    unit = unit.replace("（", "(").replace("）", ")")
    plain, factor = _PLAIN.get(unit, (unit, 1.0))
    return value * factor, plain


def _compounds(text: str) -> Iterator[Quantity]:
    """「3亿4400万元」 is one number."""
    for match in _COMPOUND.finditer(text):
        total = round(float(match["big"]) * 10**4 + float(match["small"]), 6)
        whole = f"{total:.6f}".rstrip("0").rstrip(".")
        inner = next(iter(find_figures(f"{whole}万{text[match.end() : match.end() + 12]}")), None)
        if inner is not None and inner.start == 0:
            end = match.end() + inner.end - len(whole) - 1
            yield replace(of_figure(inner), start=match.start(), end=end, text=text[match.start() : end])


def _decimals(text: str) -> Iterator[Quantity]:
    """Chinese numerals with a point, of per cent, or with a unit that only digits have in reports (「五公里」)."""
    for match in _CHINESE_DECIMAL.finditer(text):
        written = match["number"]
        if not (match["hundred"] or "点" in written or (match["unit"] in _MEASURED and written[0] not in MYRIADS)):
            continue
        number = chinese_number(written)
        if number is None or text.startswith("一成不变", match.start()):
            continue
        value, unit = (number, "%") if match["hundred"] else plain_value(number, "", match["unit"] or "")
        end = match.end("number") if match["hundred"] else match.end()
        opening = _OPENING.search(text[max(0, match.start() - _LONGEST_OPENING) : match.start()])
        closing = _CLOSING.match(text, end)
        start = match.start() - (len(opening[0]) if opening else 0)
        end += len(closing[0]) if closing else 0
        words = "".join(part[0] for part in (opening, closing) if part)
        yield Quantity(start, end, text[start:end], value, value, unit, bound_of(words))


_MEASURED = frozenset("平方公里 平方米 立方米 公里 公顷 美元 百分点 小时 分钟 米 成 倍".split())
_OPENING = re.compile(r"(?:约为|约|接近|近|超过|超|逾|突破|不少于|不低于|低于|高于|小于|大于|至少|不超过)$")
_CLOSING = re.compile(r"以上|以下|以内|左右|上下")
_LONGEST_OPENING = 3
