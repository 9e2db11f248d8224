"""Figures that a sentence computes: the code computes them again from the sentence's own cited figures."""

import re
from collections.abc import Iterator, Sequence
from itertools import permutations

from bot.quantities import Quantity, same, scaled

_DIFFERS = re.compile(r"相差|差距|差额|之差|差了|[多高低少]出|[比较].{1,30}[多少高低增减升降]|[−-]")
_TOGETHER = re.compile(r"合计|总共|加起来|相加|总和|之和|两者共|两项共|[＋+]")
_TIMES = re.compile(r"倍|占|相当于|[÷/]")
_DECIMALS = re.compile(r"\d[\d,]*(?:\.(\d+))?")
_BEHIND = 2  # characters behind a figure that can say so (「的3倍」)
_FLOAT = 1e-9
_PERCENT, _POINTS, _FOLD = "%", "个百分点", "倍"


def recomputed(said: Quantity, operands: Sequence[Quantity], sentence: str) -> bool:
    """Whether `said` is the difference, sum, ratio or share of the sentence's grounded figures, rightly rounded.

    Its own clause must say that it is computed: two figures side by side have a difference by chance.
    """
    start = max(sentence.rfind(mark, 0, said.start) for mark in "，,；;。：\n") + 1
    clause = sentence[start : said.end + _BEHIND]
    return any(same(said, one) or _rounds_to(said, one) for one in _results(operands, clause))


def _results(operands: Sequence[Quantity], clause: str) -> Iterator[Quantity]:
    if _DIFFERS.search(clause):
        yield from _differences(operands)
    if _TOGETHER.search(clause):
        units = {scaled(one)[1] for one in operands}
        if len(units) == 1 and len(operands) > 1:
            yield _made(sum(scaled(one)[0] for one in operands), units.pop(), operands[0])
    if _TIMES.search(clause):
        yield from _ratios(operands)


def _differences(operands: Sequence[Quantity]) -> Iterator[Quantity]:
    for a, b in permutations(operands, 2):
        (x, x_unit), (y, y_unit) = scaled(a), scaled(b)
        if x_unit != y_unit or x <= y:
            continue
        yield _made((x - y) * 100, _POINTS, a) if a.unit == _PERCENT else _made(x - y, x_unit, a)


def _ratios(operands: Sequence[Quantity]) -> Iterator[Quantity]:
    for a, b in permutations(operands, 2):
        (x, x_unit), (y, y_unit) = scaled(a), scaled(b)
        if x_unit == y_unit and y and a.unit != _PERCENT:
            yield _made(x / y, _FOLD, a)
            yield _made(100 * x / y, _PERCENT, a)


def _made(value: float, unit: str, like: Quantity) -> Quantity:
    return Quantity(0, 0, "", value, value, unit, like.bound)


def _rounds_to(said: Quantity, exact: Quantity) -> bool:
    """Whether the exact number, rounded to as many places as are written, is the one said."""
    value, unit = scaled(said)
    result, result_unit = scaled(exact)
    written = _DECIMALS.search(said.text)
    if unit != result_unit or not written or said.low != said.high:
        return False
    number = float(written.group().replace(",", ""))
    if not number:
        return False
    is_ratio = exact.unit in (_FOLD, _PERCENT)
    places = len(written[1] or "") if is_ratio else 9  # differences and sums are exact
    unit_of_place = value / number / 10.0**places
    return abs(value - result) <= unit_of_place / 2 + _FLOAT * abs(value)
