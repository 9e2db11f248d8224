"""Dates and numbers in an order (「第二十三次会议」, 「12月25日」): no amounts, but a draft can have them wrong too."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.numerals import chinese_number

_NUMERAL = r"[零〇一二三四五六七八九十百]{1,6}|\d{1,3}"
_ORDINAL = re.compile(
    rf"(?:第(?P<number>{_NUMERAL})(?P<unit>[次届批例期轮版个家季]|季度)|(?<![第\d一二三四五六七八九十])(?P<bare>{_NUMERAL})(?P<session>届))"
    r"(?P<noun>[\u3400-\u9fff]{0,4})"
)
_DATE = re.compile(r"(?:(?P<year>20\d\d)\s?年\s?)?(?P<month>\d{1,2})\s?月(?:\s?(?P<day>\d{1,2})\s?[日号])?(?!\d)")
_NOUN = 2  # characters of the noun after a number in an order that must be the same


@dataclass(frozen=True, slots=True)
class Numbered:
    """A date or a number in an order at `[start, end)`; `kind` is what is dated or counted, `value` its number.

    A date's value is (year or 0, month, day or 0).
    """

    start: int
    end: int
    kind: str
    noun: str
    value: tuple[int, ...]


def find_numbered(text: str) -> Iterator[Numbered]:
    """The dates with a month and the numbers in an order of `text`."""
    for match in _DATE.finditer(text):
        value = tuple(int(match[name] or 0) for name in ("year", "month", "day"))
        if 1 <= value[1] <= 12 and value[2] <= 31:
            yield Numbered(*match.span(), "日期", "", value)
    for match in _ORDINAL.finditer(text):
        words, unit = match["number"] or match["bare"], match["unit"] or match["session"]
        number = float(words) if words.isdigit() else chinese_number(words)
        if number is not None:
            end = match.start("noun")
            yield Numbered(match.start(), end, unit, match["noun"], (int(number),))


def same(one: Numbered, other: Numbered) -> bool:
    """Whether both are the same number of the same order, or the same day."""
    if one.kind != other.kind:
        return False
    if one.kind == "日期":
        return all(a == b or not a or not b for a, b in zip(one.value, other.value, strict=True))
    return one.value == other.value


def alike(one: Numbered, others: Sequence[Numbered]) -> list[Numbered]:
    """Those of `others` that number what `one` does: the noun after the number is the same."""
    return [other for other in others if other.kind == one.kind and one.noun and other.noun[:_NOUN] == one.noun[:_NOUN]]
