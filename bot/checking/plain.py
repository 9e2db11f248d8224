"""A draft in plain characters, each of which knows where it stands in the draft as written.

Width, 繁體, unseen characters, Markdown's stars and numbers in words (「百分之四点八」, 「三千九百亿元」, 「一半」) are
made one way of writing, so that one set of rules reads them all.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from bot.border import printable, simplified
from bot.quantities import narrowed
from corpus.figures import UNIT
from corpus.numerals import DIGITS, MYRIADS, TENS, chinese_number

_KEPT = frozenset("，。？！：；（）～…—\n")  # NFKC would turn these into their ASCII look-alikes
_DROPPED = frozenset("*`\u200b")  # Markdown's marks stand for no words
_WIDE_COMMA = re.compile(r"(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")  # parts thousands
_RUN = rf"[{DIGITS}{TENS}{MYRIADS}]+(?:点[{DIGITS}]+[{MYRIADS}]{{0,2}})?"
_MEASURE_UNIT = (
    "平方|立方|公里|公顷|公斤|千米|千瓦|小时|分钟|美元|元|吨|亩|米(?!其)|万|亿"  # one numeral before them is a number
)
_NO_COUNT_UNIT = "大|级|线|层|段|道|点|度|年|周年|方面|位|期|册|届|天|类|成|口|名|列|步|部|节|只"
_PER_HUNDRED = re.compile(rf"(?P<below>百|千)分之(?P<number>{_RUN}|\d++(?:\.\d++)?)")
_MEASURED = re.compile(
    rf"(?<![第{DIGITS}{TENS}{MYRIADS}.\d])(?<![{DIGITS}\d]点)(?P<number>{_RUN})(?P<over>[余多])?(?=(?!{_NO_COUNT_UNIT})(?:{UNIT}))"
)
_NO_NUMERAL = re.compile(rf"(?<!点)(?<!零)[{DIGITS}](?<!零)[{DIGITS}]")  # 「十四五」 and 「三五」 name something
_TWO_PARTS = re.compile(r"(?<!\d)(?P<big>\d++(?:\.\d++)?)\s?亿(?P<small>\d{1,4}(?:\.\d++)?)\s?万")
_TENTHS = re.compile(rf"(?P<whole>[{DIGITS}\d])成(?P<half>半|[一二三四五六七八九](?![一二三四五六七八九十百千万亿]))")
_WORDS = (
    (re.compile(r"超过?一半|过半数?|半数以上"), "超50%"),
    (re.compile(r"(?<![一二三四五六七八九十\d大])一半|(?<=[近约占达])半数"), "50%"),
    (re.compile(r"(?<=[长降少加占约近超达高低到升])一成(?![不为立就功员年果本长])"), "10%"),
    (re.compile(r"(?<![个\d])半(?:个)?小时"), "30分钟"),
    (re.compile(r"翻了?(?:一番|一倍)|(?<=[\u3400-\u9fff])翻番"), "增长100%"),
    (re.compile(r"翻了?两番"), "增长300%"),
)
_ROUND = re.compile(rf"(?<=[超逾近约过达破上])(?P<number>十万|百万|千万|[十百千万])(?=[余多]?(?!元|级)(?:{UNIT}))")
_RISE = re.compile(r"(?<![新增年递净])[增涨](?=[约超近达了]{0,2}\d[\d.]*\s?(?:%|个百分点))")
_FALL = re.compile(r"(?<!下)[降跌](?=[约超近达了]{0,2}\d[\d.]*\s?(?:%|个百分点))")
_SPARE = re.compile(r"(?<=[一二两三四五六七八九十\d])个(?=方面|部分的|小时)")
_LETTERS = re.compile(r"(?<=[A-Z])[A-Z](?=\d[\d.,]*\s?(?:[万亿%]|[平公]|[家个件项元]))")  # 「GDP3931亿元」


@dataclass(frozen=True, slots=True)
class Plain:
    """A text and, for each of its characters, `[start, end)` of what it stands for in the draft."""

    text: str
    origins: tuple[tuple[int, int], ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """`[start, end)` in the draft of the plain characters `[start, end)`, which are not none."""
        return self.origins[start][0], self.origins[end - 1][1]


def plain(draft: str) -> Plain:
    """The draft made plain; line breaks stay, so that its lines do."""
    chars: list[str] = []
    origins: list[tuple[int, int]] = []
    for place, char in enumerate(_WIDE_COMMA.sub(",", draft)):
        for one in _plain_characters(char):
            chars.append(one)
            origins.append((place, place + 1))
    made = _in_simplified(Plain("".join(chars), tuple(origins)))
    made = _rewritten(made, _PER_HUNDRED, _percent)
    made = _rewritten(made, _TENTHS, _tenths)
    for pattern, words in _WORDS:
        made = _rewritten(made, pattern, lambda _, words=words: words)  # type: ignore[misc]
    made = _rewritten(made, _MEASURED, _in_digits)
    made = _rewritten(made, _RISE, lambda _: "增长")
    made = _rewritten(made, _FALL, lambda _: "下降")
    made = _rewritten(made, _ROUND, lambda match: f"{chinese_number(match['number']):.0f}")
    made = _rewritten(made, _TWO_PARTS, _joined)
    made = _rewritten(made, _SPARE, lambda _: "")
    return _rewritten(made, _LETTERS, lambda match: f"{match.group()} ")


def _plain_characters(char: str) -> str:
    if char in _KEPT or "\u4e00" <= char <= "\u9fff" or " " < char <= ")":
        return char
    if char in _DROPPED:
        return ""
    if char.isspace():
        return "\n" if char in "\r\x0b\x0c\x85\u2028\u2029" else " "
    if char in "|｜":
        return "，"
    made = unicodedata.normalize("NFKC", printable(char))
    return " " if made == char and unicodedata.category(char) == "So" else made


def _in_simplified(made: Plain) -> Plain:
    text = simplified(made.text)
    if len(text) != len(made.text):
        text = "".join(new if len(new := simplified(old)) == 1 else old for old in made.text)
    return Plain(narrowed(text), made.origins)


def _rewritten(made: Plain, pattern: re.Pattern[str], write: Callable[[re.Match[str]], str | None]) -> Plain:
    """`made` with what `pattern` finds written anew; where `write` gives None it stays."""
    chars: list[str] = []
    origins: list[tuple[int, int]] = []
    position = 0
    for match in pattern.finditer(made.text):
        words = write(match)
        if words is None:
            continue
        chars.append(made.text[position : match.start()])
        origins.extend(made.origins[position : match.start()])
        chars.append(words)
        origins.extend([made.span(*match.span())] * len(words))
        position = match.end()
    if not position:
        return made
    return Plain("".join((*chars, made.text[position:])), (*origins, *made.origins[position:]))


def _percent(match: re.Match[str]) -> str | None:
    number = _digits(match["number"])
    return None if number is None else f"{number}{'%' if match['below'] == '百' else '‰'}"


def _tenths(match: re.Match[str]) -> str | None:
    whole, part = _digits(match["whole"]), 5.0 if match["half"] == "半" else chinese_number(match["half"])
    return None if whole is None or part is None else f"{whole}{part:.0f}%"


def _joined(match: re.Match[str]) -> str:
    """「3亿4400万元」 is 「34400万元」."""
    return f"{float(match['big']) * 10**4 + float(match['small']):.10g}万"


def _in_digits(match: re.Match[str]) -> str | None:
    """A number in words before a unit, in digits: 「三千九百三十一点二亿」 is 「3931.2亿」, 「十二」 is 「12」."""
    words = match["number"]
    alone = len(words) == 1 and not re.match(_MEASURE_UNIT, match.string[match.end() :])
    if alone or words[0] in MYRIADS or not re.search(rf"[{DIGITS}十]", words):
        return None
    number = _digits(words)
    return None if number is None else f"{number}{match['over'] or ''}"


def _digits(words: str) -> str | None:
    """The number as digits, keeping a last 万 or 亿 as it is written."""
    if words[0].isdigit():
        return words
    tail = words[len(words.rstrip(MYRIADS)) :]
    number = chinese_number(words[: len(words) - len(tail)])
    if number is None or _NO_NUMERAL.search(words.partition("点")[0]):
        return None
    whole = chinese_number(words)
    if not any(char in words[: len(words) - len(tail)] for char in MYRIADS):
        return f"{number:.10g}{tail}"
    return None if whole is None else f"{whole:.15g}"
