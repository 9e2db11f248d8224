"""Sums shown with an answer, in the scale in which the report writes its figures and without rounding noise."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

_WRITTEN = re.compile(r"(\d[\d,]*(?:\.\d+)?)(?:余|多)?\s*(万亿|亿|千万|百万|万)?")
_POWERS = {"": 0, "万": 4, "百万": 6, "千万": 7, "亿": 8, "万亿": 12}
_SHOWN = ("", "万", "亿", "万亿")
_HUNDREDTH = Decimal("0.01")
_TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure as a decimal: `number` in the `scale` in which it is written, of a plain `unit`."""

    number: Decimal
    scale: str
    unit: str

    @property
    def value(self) -> Decimal:
        """The number in the plain unit."""
        return self.number.scaleb(_POWERS[self.scale])

    def into(self, scale: str) -> Decimal:
        """The number in another scale."""
        return self.value.scaleb(-_POWERS[scale])


@dataclass(frozen=True, slots=True)
class Sum:
    """What a calculation gives: `shown` with its operands, `result` with its unit alone."""

    shown: str
    result: str


def amount(text: str, value: float, unit: str) -> Amount:
    """The figure written as `text`, which is known to be `value` in the plain `unit`."""
    match = _WRITTEN.search(text)
    if match:
        number, scale = Decimal(match.group(1).replace(",", "")), match.group(2) or ""
        read = float(number.scaleb(_POWERS[scale]))
        if abs(read - value) <= _TOLERANCE * max(1.0, abs(value)):
            scale = scale if scale in _SHOWN else "万"
            return Amount(Decimal(str(number)).scaleb(_POWERS[match.group(2) or ""] - _POWERS[scale]), scale, unit)
    exact = Decimal(repr(value))
    scale = next((word for word in ("万亿", "亿", "万") if word in text), "")
    return Amount(exact.scaleb(-_POWERS[scale]), scale, unit)


def difference(a: Amount, b: Amount) -> Sum:
    """The larger of two amounts less the smaller; per cent less per cent are points."""
    larger, smaller = (a, b) if a.value >= b.value else (b, a)
    scale = _common((a, b))
    result = larger.into(scale) - smaller.into(scale)
    unit = "个百分点" if a.unit == "%" else f"{scale}{a.unit}"
    return _sum(f"{plain(larger.into(scale))}−{plain(smaller.into(scale))}", result, unit)


def total(amounts: Sequence[Amount]) -> Sum:
    """All amounts together."""
    scale = _common(amounts)
    parts = [one.into(scale) for one in amounts]
    return _sum("＋".join(map(plain, parts)), sum(parts, Decimal(0)), f"{scale}{amounts[0].unit}")


def times(a: Amount, b: Amount) -> Sum | None:
    """How many times `b` goes into `a`; None where `b` is nothing."""
    return _quotient(a, b, 1, "倍")


def per(a: Amount, b: Amount) -> Sum | None:
    """What of `a` falls to each of `b`, in `a`'s own unit; None where `b` is nothing."""
    if not b.value:
        return None
    exact = a.value / b.value
    scale = next((word for word in ("亿", "万") if exact >= Decimal(1).scaleb(_POWERS[word])), "")
    rounded = exact.scaleb(-_POWERS[scale]).quantize(_HUNDREDTH, ROUND_HALF_UP)
    sign = "=" if rounded.scaleb(_POWERS[scale]) == exact else "≈"
    result = f"{plain(rounded)}{scale}{a.unit}"
    return Sum(f"{plain(a.number)}{a.scale}{a.unit}÷{plain(b.number)}{b.scale}{b.unit}{sign}{result}", result)


def part(a: Amount, b: Amount) -> Sum | None:
    """What per cent of `b` is `a`; None where `b` is nothing."""
    return _quotient(a, b, 100, "%")


def before(level: Amount, change: Amount, *, rising: bool) -> Sum:
    """What a level was before it rose (or fell) by `change`."""
    scale = _common((level, change))
    first, second = level.into(scale), change.into(scale)
    result, sign = (first - second, "−") if rising else (first + second, "＋")
    return _sum(f"{plain(first)}{sign}{plain(second)}", result, f"{scale}{level.unit}")


def plain(number: Decimal) -> str:
    """`number` without an exponent and without zeros at its end."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _sum(left: str, result: Decimal, unit: str) -> Sum:
    return Sum(f"{left}={plain(result)}{unit}", f"{plain(result)}{unit}")


def _quotient(a: Amount, b: Amount, factor: int, unit: str) -> Sum | None:
    if not b.value:
        return None
    scale = _common((a, b))
    exact = a.value / b.value * factor
    rounded = exact.quantize(_HUNDREDTH, ROUND_HALF_UP)
    sign = "=" if rounded == exact else "≈"
    result = f"{plain(rounded)}{unit}"
    return Sum(f"{plain(a.into(scale))}÷{plain(b.into(scale))}{sign}{result}", result)


def _common(amounts: Sequence[Amount]) -> str:
    """The smallest of their scales: in it all of them are written without a fraction more than they have."""
    return min((one.scale for one in amounts), key=_POWERS.__getitem__)
