"""Figures in Chinese text: where they stand, what number, what unit, how exact.

「约577亿元」 is the number 57700000000 in the plain unit 元 with the qualifier 约; 「1/4以上」 is 0.25 with 以上;
the value of a range (「2-3个」) is its lower bound, its text the whole range.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.numerals import DIGITS, MYRIADS, TENS, chinese_number, plain_value
from corpus.script import simplified

_MEASURES = (
    "微克/立方米 毫克/升 千瓦时 兆瓦时 千瓦 兆瓦 千伏 平方公里 平方米 立方米 平方千米 公里 千米 "
    "公顷 亩 吨 千升 升 公斤 千克 斤 美元 欧元 港元 元 个百分点 百分点 个月 小时 分钟 天 周年 年 周岁 岁 度 米 "
    "倍 成 % ％ ‰ ‱"
).split()
_COUNTS = (
    "套（间） 套(间) 台（套） 台(套) 项（人） 项(人) "
    "家次 户次 人次 场次 班次 架次 车次 批次 件次 大项 大类(?!型) 标准箱 标箱 "
    "家 个 项 件 台(?!阶) 套 张 条 座 处 户 人 名 幢 栋 块 支 笔 场 次 款 门 节 片 幅 证 份 口 类 方面 位 枚 册 期 所 "
    "间 辆 艘 架 只 头 株 棵 本 部 对 组 批 宗 例 届 站 点 床 步 单 罐 羽 匹 样 卷 篇 道 段 线 级 层 轮 列 大"
).split()
_LATIN = "(?:[TGMk]Wh|[GMk]W|kV|[EP](?:flops|FLOPS)|[PTG]B|P)(?![A-Za-z])"
_MEDAL = "[金银铜](?![融额行])"
UNIT = "|".join(
    (
        *sorted(
            (
                unit.replace("(间)", r"\(间\)").replace("(人)", r"\(人\)").replace("(套)", r"\(套\)")
                for unit in (*_MEASURES, *_COUNTS)
            ),
            key=lambda unit: len(unit.partition("(?")[0]),
        )[::-1],
        _LATIN,
        _MEDAL,
    )
)
_NUMBER = r"\d{1,3}(?:,\d{3})++(?:\.\d++)?|\d++(?:\.\d++)?"
_TIMES = r"万亿|千万(?![瓦克米伏升])|百万|亿|万|千(?![瓦克米伏升])|百(?!分)"
_BEFORE = r"约为|约|接近|近|超过|超|逾|突破|不少于|不低于|低于|高于|小于|大于|至少|不超过|[<>＜＞≥≤]"
_AFTER = r"以上|以下|以内|左右|上下"
_GAP = r"\s{0,3}"  # scans put spaces around numbers; a longer gap parts words

_EACH = r"(?<=元)/(?:月|年|日|天|人|户|亩|吨|平方米|立方米|千瓦时|度)"  # 「740元/月」 is an amount for each month

_FIGURE = re.compile(
    rf"(?:(?P<before>{_BEFORE}){_GAP})?"
    rf"(?:(?P<low>{_NUMBER})(?P<low_times>万亿|亿|万|%|％)?{_GAP}[-—~～至到]{_GAP}(?=\d++(?:\.\d++)?{_GAP}(?:[万亿]|{UNIT})))?"
    rf"(?P<number>{_NUMBER})(?P<over>余|多)?(?:/(?P<below>\d++)(?!/))?"
    rf"(?:{_GAP}(?P<times>{_TIMES}))?(?P<over2>余|多)?(?:{_GAP}(?P<unit>{UNIT})(?:{_EACH})?)?(?P<after>{_AFTER})?"
)
_RANK = re.compile(
    r"(?P<where>(?:全国|全市|全省|全区|中心城区|全球|世界|亚洲|中部|西部|东部|东北|西北|西南|沿海)?(?:各[区市省])?)"
    r"(?P<text>第(?P<rank>[一二三四五六七八九十]{1,3}|\d{1,4})(?:位|名)?|首位|榜首)"
)
_RUN = rf"(?<![{DIGITS}{TENS}{MYRIADS}点])[{DIGITS}{TENS}{MYRIADS}]++"
_CHINESE = re.compile(
    rf"(?P<before>{_BEFORE})?(?P<number>{_RUN})(?P<over>余|多)?"
    r"(?P<unit>个百分点|个|项|大类(?!型)|大|方面|张|家|座|条|次|倍|成|位数|所|批次|批|处|类|名|件|场|套|支|幅|户|元|人次|人|亩|吨)"
    rf"(?P<tenth>(?<=成)[一二三四五六七八九半](?=[的了以吗呢多，,。；;？?\s]|$))?(?P<after>{_AFTER})?"
)
_ROUND_SUM = re.compile(
    r"(?P<before>超过|超|近|逾|突破|破|达)(?P<times>万亿|千亿|百亿|十亿|亿|千万|百万)(?P<unit>美元|元|斤|吨|人次)?(?!级)"
)
_FRACTION = re.compile(rf"(?P<below>{_RUN})分之(?P<number>[{DIGITS}{TENS}]++)")
_QUOTED = re.compile(r"[“《「『][^“”《》「」『』]{0,40}[”》」』]")
_DATE = re.compile(
    rf"\d{{4}}{_GAP}年(?:{_GAP}\d{{1,2}}{_GAP}月(?:{_GAP}\d{{1,2}}{_GAP}日)?)?|\d{{1,2}}{_GAP}月{_GAP}\d{{1,2}}{_GAP}日"
)

# A number before or after these names something: a line, a house, a version, a hotline, a meeting.
_NAME_AFTER = re.compile(r"\s?(?:号|弄|街坊|版|热线|年|月|日|世界|全球|数字|时代|[+＋\-—#A-Za-z]|[／/]\d)")
_NAME_BEFORE = re.compile(r"(?:[A-Za-z+＋#.\-—－/]|第|[表图]\s?|轨交\s?)$")
_NO_RANK = re.compile(r"[一二三四五六七八九十\d]|[次届期批轮个季产住级阶]|人民|课堂|时间|书记|医院|战略|度")
_OF_A_ROW = re.compile(r"[、和]第?[二三四五]")  # 「第一、第三产业」 ranks nothing
_CLAUSE_END = re.compile(r"[\s，。；、：）)的并”,;]|$")
_COUNTS_SOMETHING = re.compile(r"[二两三四五六七八九十]|一[百千万亿]")
_JOINT = re.compile(r"[、和与及，]")
_LONGEST = 20  # digits; a longer run of them is no number
_REACH = 8  # characters before a number that can make it a name


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a text: `[start, end)` with its qualifiers, the words as written, the number and plain unit.

    `text` is what stands at `[start, end)`, `core` the same without qualifiers before and after it.
    """

    start: int
    end: int
    text: str
    core: str
    value: float
    unit: str
    qualifier: str | None
    is_rank: bool = False
    is_word: bool = False


def find_figures(text: str) -> list[Figure]:
    """The figures of `text` in order, none overlapping: numbers with a unit, fractions, ranks, counts in words.

    Numbers that are part of a name (「12345热线」, 「7.0版」, 「19号线」), years and dates are left out.
    """
    taken = bytearray(len(text))
    figures: list[Figure] = []
    plain = simplified(text)
    for figure in (*_digits(plain), *_ranks(plain), *_words(plain), *_round_sums(plain)):
        if not any(taken[figure.start : figure.end]):
            figures.append(figure)
            taken[figure.start : figure.end] = b"\1" * (figure.end - figure.start)
    _share_points(figures, plain)
    if plain is not text:
        figures = [_as_written(figure, text) for figure in figures]
    return sorted(figures, key=lambda figure: figure.start)


def _share_points(figures: list[Figure], text: str) -> None:
    """「高于全省2.2个和3.7个百分点」: the first figure is one of points as well."""
    points = {figure.start for figure in figures if figure.unit == "个百分点"}
    for i, figure in enumerate(figures):
        joint = _JOINT.match(text, figure.end)
        if figure.unit == "个" and joint and joint.end() in points:
            figures[i] = replace(figure, unit="个百分点")


def _as_written(figure: Figure, text: str) -> Figure:
    core = figure.start + figure.text.find(figure.core)
    return replace(figure, text=text[figure.start : figure.end], core=text[core : core + len(figure.core)])


def find_dates(text: str) -> list[tuple[int, int]]:
    """`[start, end)` of every year, year and month, full date, and month and day in `text`, in order."""
    return [match.span() for match in _DATE.finditer(text)]


def _marked(text: str, spans: Iterator[tuple[int, int]]) -> bytearray:
    """A map of `text`: 1 strictly inside one of the spans or at its start."""
    inside = bytearray(len(text))
    for start, end in spans:
        inside[start:end] = b"\1" * (end - start)
    return inside


def _digits(text: str) -> Iterator[Figure]:
    dates = _marked(text, iter(find_dates(text)))
    quoted = _marked(text, (match.span() for match in _QUOTED.finditer(text)))
    for match in _FIGURE.finditer(text):
        first = match.start("low") if match["low"] else match.start("number")
        if not dates[first] and not _is_name(text, match, first, quoted=bool(quoted[first])):
            yield _digit_figure(text, match, first)


def _digit_figure(text: str, match: re.Match[str], first: int) -> Figure:
    number = float((match["low"] or match["number"]).replace(",", ""))
    times, unit, end, after = match["times"] or "", match["unit"] or "", match.end(), match["after"]
    if match["below"]:
        number /= max(1, int(match["below"]))
    if times and unit in ("大", "级", "点", "线", "层", "段", "道"):
        unit, end, after = "", match.start("unit"), None  # 「2千级台阶」 has no such unit
    low_times = match["low_times"] if match["low_times"] not in ("%", "％") else None
    value, plain = plain_value(number, low_times or times, unit)
    words = (match["before"], match["over"] or match["over2"], after)
    start = match.start("before") if match["before"] else first
    core = text[first : match.start("after") if after else end]
    return Figure(start, end, text[start:end], core.rstrip(), value, plain, "".join(filter(None, words)) or None)


def _is_name(text: str, match: re.Match[str], first: int, *, quoted: bool) -> bool:
    if not (match["before"] or match["low"]) and _NAME_BEFORE.search(text[max(0, first - _REACH) : first]):
        return True
    if max(map(len, (match["number"], match["low"] or "", match["below"] or ""))) > _LONGEST:
        return True
    if match["below"]:
        return False
    if not (match["unit"] or match["times"]):
        return True
    if match["unit"] == "年" and not match["times"]:
        return len(match["number"]) == 4 or text.startswith(("来", "前", "后", "内", "间"), match.end())
    if not match["times"] and not match["unit"][0].isascii():
        return bool(_NAME_AFTER.match(text, match.end("number"))) or (quoted and match["unit"] in ("分钟", "大"))
    return False


def _ranks(text: str) -> Iterator[Figure]:
    for match in _RANK.finditer(text):
        rank = 1.0 if match["rank"] is None else _rank_value(match["rank"])
        if rank is None or _NO_RANK.match(text, match.end()) or _OF_A_ROW.match(text, match.end()):
            continue
        if match["rank"] and match["text"][-1] not in "位名" and not _CLAUSE_END.match(text, match.end()):
            continue
        yield Figure(*match.span(), match.group(), match["text"], rank, "位", None, is_rank=True)


def _rank_value(text: str) -> float | None:
    return float(text) if text.isdigit() else chinese_number(text)


def _words(text: str) -> Iterator[Figure]:
    quoted = _marked(text, (match.span() for match in _QUOTED.finditer(text)))
    for match in _FRACTION.finditer(text):
        number, below = chinese_number(match["number"]), chinese_number(match["below"])
        if number is not None and below and not quoted[match.start()]:
            value, unit = (number, "%") if match["below"] == "百" else (number / below, "")
            yield Figure(*match.span(), match.group(), match.group(), value, unit, None, is_word=True)
    for match in _CHINESE.finditer(text):
        number = chinese_number(match["number"])
        if number is None or quoted[match.start()] or _is_no_count(text, match):
            continue
        tenth = match["tenth"]  # 「九成五」 is 95%, 「六成半」 65%
        more = 0.1 * ((chinese_number(tenth) or 0) if tenth != "半" else 5) if tenth else 0.0
        value, unit = plain_value(number + more, "", match["unit"])
        words = "".join(match[name] or "" for name in ("before", "over", "after")) or None
        core = text[match.start("number") : match.end("tenth" if tenth else "unit")]
        yield Figure(*match.span(), match.group(), core, value, unit, words, is_word=True)


def _is_no_count(text: str, match: re.Match[str]) -> bool:
    """「二十大」, 「六次全会」 and 「二次供水」 count nothing, nor does 「第三个」 or 「一个」."""
    number, unit = match["number"], match["unit"]
    start, following = match.start("number"), text[match.end() : match.end() + 2]
    return (
        not _COUNTS_SOMETHING.search(number)
        or number[0] in MYRIADS
        or (number == "二" and unit != "成")  # two things are 「两」
        or (unit == "大" and len(number) > 1)
        or (unit == "次" and following in ("全会", "全体", "会议", "代表", "党代"))
        or (start > 0 and text[start - 1] in "第届.．点0123456789")
        or (unit == "人" and following[:1] in "民才口均工")
    )


def _round_sums(text: str) -> Iterator[Figure]:
    for match in _ROUND_SUM.finditer(text):
        value, unit = plain_value(1, match["times"], match["unit"] or "")
        core = text[match.start("times") : match.end()]
        yield Figure(*match.span(), match.group(), core, value, unit, match["before"], is_word=True)
