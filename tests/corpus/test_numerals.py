"""Chinese numerals read as the numbers they write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.numerals import chinese_number, plain_value, plain_years

DIGITS = "零一二三四五六七八九"


def written(number: int) -> str:
    """`number` in Chinese numerals, as a schoolbook writes it."""
    if number >= 10**8:
        high, low = divmod(number, 10**8)
        return f"{written(high)}亿{_rest(low, 10**7)}"
    if number >= 10**4:
        high, low = divmod(number, 10**4)
        return f"{written(high)}万{_rest(low, 10**3)}"
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十")):
        if number >= unit:
            high, low = divmod(number, unit)
            return f"{DIGITS[high]}{sign}{_rest(low, unit // 10)}"
    return DIGITS[number]


def _rest(low: int, place: int) -> str:
    if not low:
        return ""
    return written(low) if low >= place else f"零{written(low)}"


@given(st.integers(0, 10**11))
def test_round_trip(number: int) -> None:
    """Every number that is written out is read back."""
    assert chinese_number(written(number)) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("十", 10),
        ("十二", 12),
        ("两千", 2000),
        ("二〇二五", 2025),
        ("三百二十一", 321),
        ("一点二万亿", 1.2e12),
        ("三点五", 3.5),
        ("五千万", 5e7),
    ],
)
def test_as_reports_write_them(text: str, number: float) -> None:
    """Short forms, years in digits, decimals and stacked multipliers."""
    assert chinese_number(text) == number


@pytest.mark.parametrize("text", ["", "甲", "二甲", "点五", "三点", "三点十"])
def test_what_is_no_number(text: str) -> None:
    """None, never a guess."""
    assert chinese_number(text) is None


def test_plain_values() -> None:
    """A multiplier goes into the value, 成 into per cent."""
    assert plain_value(2.1, "万", "元") == (21000.0, "元")
    assert plain_value(3, "", "成") == (30.0, "%")
    assert plain_value(1.78, "", "百分点") == (1.78, "个百分点")


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("二〇二四年泵站几座", "2024年泵站几座"),
        ("二零二五年", "2025年"),
        ("二○一九 泵站", "2019 泵站"),
        ("二十四年", "二十四年"),
        ("二〇二四座泵站", "二〇二四座泵站"),
    ],
)
def test_years_in_chinese_numerals_are_written_in_digits(text: str, plain: str) -> None:
    """Only a year is: what counts something stays as it is."""
    assert plain_years(text) == plain
