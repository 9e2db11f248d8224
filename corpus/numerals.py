"""Numbers as Chinese writes them, and their plain units."""

import re

DIGITS = "零〇一二两三四五六七八九"
TENS = "十百千"
MYRIADS = "万亿"

_DIGIT = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TEN = {"十": 10, "百": 100, "千": 1_000}
_MYRIAD = {"万": 10**4, "亿": 10**8}
_TIMES = {"万亿": 1e12, "千亿": 1e11, "百亿": 1e10, "十亿": 1e9, "亿": 1e8, "千万": 1e7, "百万": 1e6, "十万": 1e5}
_TIMES |= {"万": 1e4, "千": 1e3, "百": 1e2, "": 1.0}
_YEAR = re.compile(r"[二两][〇零○Oo0]([〇零○一二三四五六七八九])([〇零○一二三四五六七八九])(?=年|\s|$)")
_PLAIN_UNIT = {"％": "%", "百分点": "个百分点"}
_LONGEST = 30  # numerals; a longer run of them is no number
_PLACES = 6  # decimals kept: 2.1 times 1e4 must not come out as 21000.000000000004


def chinese_number(text: str) -> float | None:
    """The number that Chinese numerals write (「三百二十一」 is 321, 「一点二万亿」 is 1.2e12), or None."""
    if len(text) > _LONGEST:
        return None
    whole, point, rest = text.partition("点")
    if point:
        return _with_decimals(whole, rest)
    number = _whole(text)
    return None if number is None else float(number)


def plain_years(text: str) -> str:
    """`text` with years in Chinese numerals (二〇二四年) written in digits."""
    return _YEAR.sub(lambda match: f"20{_DIGIT.get(match[1], 0)}{_DIGIT.get(match[2], 0)}", text)


def plain_value(number: float, times: str, unit: str) -> tuple[float, str]:
    """`number` times its multiplier in the plain unit: (2100, 万, 元) is (21000000, 元), (3, "", 成) is (30, %)."""
    value = number * _TIMES[times]
    if unit == "成":
        return round(value * 10, _PLACES), "%"
    return round(value, _PLACES), _PLAIN_UNIT.get(unit, unit)


def _with_decimals(whole: str, rest: str) -> float | None:
    decimals = rest.rstrip(MYRIADS)
    before = _whole(whole)
    if before is None or not decimals or any(char not in _DIGIT for char in decimals):
        return None
    times = 1
    for char in rest[len(decimals) :]:
        times *= _MYRIAD[char]
    return float(f"{before}.{''.join(str(_DIGIT[char]) for char in decimals)}") * times


def _whole(text: str) -> int | None:
    if not text:
        return None
    if len(text) > 1 and all(char in _DIGIT for char in text):
        return int("".join(str(_DIGIT[char]) for char in text))
    total = section = digit = 0
    for char in text:
        if char in _DIGIT:
            digit = _DIGIT[char]
        elif char in _TEN:
            section += (digit or 1) * _TEN[char]
            digit = 0
        elif char in _MYRIAD:
            # 「三万亿」: the second multiplier takes all that stands before it.
            total = (
                (total + section + digit or 1) * _MYRIAD[char]
                if char == "亿"
                else total + (section + digit or 1) * 10**4
            )
            section = digit = 0
        else:
            return None
    return total + section + digit
