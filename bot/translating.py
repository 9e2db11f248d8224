"""Turns an English question into a Chinese one with the glossary, in the words that the reports use."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.framing import framed
from bot.glossary import choices_of
from bot.spelling import name_at

_MOSTLY = 0.5
_FEW = 8  # a text with fewer letters is a name or an abbreviation, not an English question
_LONGEST = 10
_WORD = re.compile(
    r"<[a-z]+>|\d+(?:,\d{3})*(?:\.\d+)?%?(?![a-z])|[a-z0-9][a-z0-9.'&]*|[\u3400-\u9fff“”《》]+|[,;](?=\s)",
    re.IGNORECASE,
)
_ARTICLES = frozenset({"a", "an", "the"})
_NAMES_TIME = re.compile(r"20\d\d|年|目标|计划|^那|其中|累计")
_PAST = re.compile(
    r"\b(?:was|were|did)\b|\b(?:has|have)\b(?! to\b)"
    r"|^\W*(?:which|what|who|how many)\b(?:(?!\b(?:is|are|will|would|can|to be|plans?|planned|target|expected)\b).)*"
    r"\b(?:started|began|completed|finished|opened|won|landed|joined|received|held|built|launched|entered|moved|got|made)\b",
    re.IGNORECASE,
)
_FUTURE = re.compile(r"\b(?:will|going to|plans? to|(?:is|are) to be)\b", re.IGNORECASE)

_AT_END = {
    "<more>": "多多少",
    "<less>": "少多少",
    "<differ>": "相差多少",
    "<sum>": "合计多少",
    "<times>": "几倍",
    "<larger>": "，哪个更大",
    "<smaller>": "，哪个更小",
    "<highest>": "，哪个最高",
    "<lowest>": "，哪个最低",
    "<fastest>": "，哪个增长最快",
    "<slowest>": "，哪个增长最慢",
}
_IN_PLACE = {
    "<yesno>": "是否",
    "<grow>": "增长多少",
    "<percent>": "占百分之几",
    "<when>": "什么时候",
    "<who>": "谁",
    "<with>": "与哪些单位",
    "<where>": "哪里",
    "<why>": "为什么",
    "<how>": "如何",
    "<then>": "那",
    "<them>": "其中",
    "<opinion>": "你认为",
    "<self>": "你是谁",
    "<better>": "哪个更好",
    "<under>": "写在哪个领域",
    "<measures>": "采取哪些措施",
}
_COUNTING = frozenset({"<many>", "<much>", "<whatis>"})
_PAIRED = frozenset({"<more>", "<less>", "<differ>", "<sum>", "<larger>", "<smaller>", "<times>"})
_NUMBERS = dict(zip("two three four five six seven eight nine ten".split(), "两三四五六七八九十", strict=True))
_FIGURE = re.compile(
    r"(?:(?P<before>rmb|cny|yuan|\$|usd|us\$) ?)?(?P<number>\d[\d,]*(?:\.\d+)?)"
    r"(?: ?(?P<scale>thousand|million|billion|trillion))?"
    r"(?: (?P<unit>yuan|rmb|cny|renminbi|us dollars?|dollars?|usd|percentage points?|percent|per cent|pp|"
    r"square met(?:er|re)s?|sqm|hectares?|mu|kilomet(?:er|re)s?|km|people|persons?|companies|enterprises|firms|"
    r"households|beds|units|elevators|lifts))?(?= |$)"
)
_NOUN = re.compile(r"elevator|lift|compan|enterprise|firm|household|bed")
_BARE = re.compile(r"\d[\d.]*[万亿]?")
_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_UNITS = (
    (("yuan", "rmb", "cny", "renminbi"), "元"),
    (("us dollar", "dollar", "usd", "$", "us$"), "美元"),
    (("percentage point", "pp"), "个百分点"),
    (("percent", "per cent"), "%"),
    (("square met", "sqm"), "平方米"),
    (("hectare",), "公顷"),
    (("mu",), "亩"),
    (("kilomet", "km"), "公里"),
    (("people", "person"), "人"),
    (("compan", "enterprise", "firm"), "家"),
    (("household",), "户"),
    (("bed",), "张"),
    (("elevator", "lift"), "台"),
    (("unit",), "套"),
)
_MEASURES = (
    (re.compile(r"(?:企业|公司|机构|医院|律所|食堂|首店|商店|门店|孵化器|总部|银行|中心)$"), "家"),
    (re.compile(r"(?:(?<!巨)人|人口|人员|学生|居民|毕业生|学员|游客|教师|人才|儿童|运动员|志愿者)$"), "人"),
    (re.compile(r"(?:床位|消费券|许可证)$"), "张"),
    (re.compile(r"电梯$"), "台"),
    (re.compile(r"(?:道路|街区|步道)$"), "条"),
    (re.compile(r"(?:学校|中小学|幼儿园|中学|小学|大学)$"), "所"),
    (re.compile(r"(?:活动|赛事|招聘会|演出)$"), "场"),
    (re.compile(r"课程$"), "门"),
    (re.compile(r"(?:公寓|住房|房源)$"), "套"),
    (re.compile(r"(?:家庭|住户|用户)$"), "户"),
    (re.compile(r"(?:公园|公厕)$"), "座"),
    (re.compile(r"(?:项目|地块|小区|街镇|岗位|大模型)$"), "个"),
    (re.compile(r"(?:任务|隐患|措施|举措|政策)$"), "项"),
)
_OWN_UNIT = re.compile(r"(?:平方米|公顷|公里|亩|立方米|人次|户次|元|个百分点|%|户)$")
_QUANTITY = re.compile(
    r"(?:率|收入|总值|金额|投资|面积|浓度|[数总限]?[量额]|产出|产值|占比|比重|比例|比率|人数|总数|目标|支出|租金|工资|外资|增长|增速|增幅|价格|人口|预算|价值|长度|里程|水平|规模|降幅|资金|利润|债务|排名)$"
)
_MONEY = re.compile(r"金额|资金|支出|拨付|贷款|补贴|投资|成本|花|奖金|救助金")
_PRICE = re.compile(r"(?:租金|工资|薪水|房价|价格|费用|成本|造价|金额)$")

_IN_A_ROW = frozenset("届 批 批次 次 期 轮 版".split())  # 「which edition」 asks for its number
_DEED = re.compile(r"\b(?:is|are|was|were|be)\b|ed$")  # with it the noun phrase that is counted ends
_LIMITS = frozenset({"under", "below", "over", "above"})  # before anything but a number these say no bound


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of the question: what it may be in Chinese, or the marker of a way of asking."""

    english: str
    choices: tuple[str, ...]

    @property
    def marker(self) -> bool:
        return self.english.startswith("<")


def to_chinese(text: str, known: str, year: int | None = None) -> str:
    """`text` with its English words in Chinese where it is mostly English; Chinese text comes back as it is.

    Where `year` is given, the year that the report tells of, a question that names no year has that of its tense.
    Of several Chinese words for one phrase, that is taken which stands in `known`, the reports' text, in the place
    that holds most of the other words.
    """
    letters = sum(char.isascii() and char.isalpha() for char in text)
    chinese = sum("\u3400" <= char <= "\u9fff" for char in text)
    if letters < _FEW or chinese > _MOSTLY * letters:
        return text
    parts = _parts(_words(framed(text)), known)
    said = _written(parts, _chosen(parts, known))
    if year and not _NAMES_TIME.search(said):
        said = f"{year}年 {said}" if _PAST.search(text) else f"{year + 1}年 {said}" if _FUTURE.search(text) else said
    return said + ("？" if text.rstrip().endswith("?") else "")


# --- reading the English ----------------------------------------------------------------------------------


def _words(text: str) -> list[str]:
    words = []
    for match in _WORD.finditer(re.sub(r"(?<=\w)-(?=\w)", " ", text)):
        word = match.group()
        if word.count(".") == 1 and not word[0].isdigit():
            word = word.rstrip(".")
        if word.lower() not in _ARTICLES:
            words.append(word.strip("'"))
    return [word for word in words if word]


def _parts(words: Sequence[str], known: str) -> list[_Part]:
    pairs = any(word in _PAIRED for word in words)
    claims = "<yesno>" in words
    parts: list[_Part] = []
    at = 0
    while at < len(words):
        part, length = _part(words, at, known, claims=claims, pairs=pairs)
        parts.append(part)
        at += length
    return parts


def _part(words: Sequence[str], at: int, known: str, *, claims: bool, pairs: bool) -> tuple[_Part, int]:
    word = words[at]
    lower = word.lower()
    if word.startswith("<") or word in ",;":
        return _Part(word, ()), 1
    if lower == "and" and not pairs and _COUNTING.intersection(words):
        return _Part(lower, ("和",)), 1
    if pairs and lower in ("than", "and", "or", "to", "versus", "vs"):
        return _Part(lower, ("比",) if lower == "than" else ("和",) if lower != "to" else ("",)), 1
    figure = _figure(words, at)
    if figure and claims:
        return figure
    phrase = _phrase(words, at)
    if lower in _LIMITS and phrase and phrase[1] == 1 and not _figure(words, at + 1 if at + 1 < len(words) else at):
        return _Part(lower, ("",)), 1
    if phrase and (not figure or phrase[1] > figure[1] or not word[0].isdigit()):
        return (_named(words, at, known) if not phrase[0].choices[0] else None) or phrase
    return figure or _named(words, at, known) or (_Part(word, (_foreign(word),)), 1)


def _named(words: Sequence[str], at: int, known: str) -> tuple[_Part, int] | None:
    name, length = name_at(words, at, known)
    return (_Part(" ".join(words[at : at + length]), (name,)), length) if name else None


def _phrase(words: Sequence[str], at: int) -> tuple[_Part, int] | None:
    for length in range(min(_LONGEST, len(words) - at), 0, -1):
        choices = choices_of(words[at : at + length], _words)
        if choices is not None:
            return _Part(" ".join(words[at : at + length]).lower(), choices), length
    return None


def _figure(words: Sequence[str], at: int) -> tuple[_Part, int] | None:
    """A year or a figure with its unit, as Chinese writes it (「30 billion yuan」: 300亿元)."""
    year = re.fullmatch(r"(20\d\d)(?:'s)?", words[at])
    if year:
        return _Part(words[at], (f"{year.group(1)}年",)), 1
    if words[at].lower() in _NUMBERS:
        return _Part(words[at], (_NUMBERS[words[at].lower()],)), 1
    match = _FIGURE.match(" ".join(words[at : at + 5]).lower())
    if not match:
        return (_Part(words[at], (words[at],)), 1) if words[at][0].isdigit() else None
    # The noun that is counted says what the figure is of (「300 elevators」: 300台电梯); a measure says nothing.
    length = len(match.group().split()) - bool(_NOUN.match(match["unit"] or ""))
    value = float(match["number"].replace(",", "")) * _SCALES.get(match["scale"] or "", 1)
    said = match["unit"] or match["before"] or ""
    unit = next((chinese for starts, chinese in _UNITS if said and said.startswith(starts)), "")
    return _Part(match.group(), (_number(value) + unit,)), length


def _number(value: float) -> str:
    for size, word in ((1e8, "亿"), (1e4, "万")):
        if value >= size:
            return f"{value / size:.10g}{word}"
    return f"{value:.10g}"


def _foreign(word: str) -> str:
    """A word that the glossary lacks: names stay, adverbs say too little."""
    return "" if word.islower() and word.endswith("ly") else word


# --- choosing and writing the Chinese ---------------------------------------------------------------------


def _chosen(parts: Sequence[_Part], known: str) -> list[str]:
    """One Chinese word for each part: where several stand in the reports, the one nearest the other words."""
    standing = [tuple(word for word in part.choices if word and word in known) for part in parts]
    open_parts = [i for i, words in enumerate(standing) if len(words) > 1]
    said = [(words or part.choices or ("",))[0] for words, part in zip(standing, parts, strict=True)]
    if not open_parts:
        return said
    lines = known.split("\n")
    sure = {words[0] for i, words in enumerate(standing) if len(words) == 1 and len(words[0]) > 1}
    tells = {word: math.log(1 + len(lines) / max(1, sum(word in line for line in lines))) for word in sure}
    worth = [sum(weight for word, weight in tells.items() if word in line) for line in lines]
    for i in open_parts:
        said[i] = max(
            standing[i],
            key=lambda word: (
                round(max((value for value, line in zip(worth, lines, strict=True) if word in line), default=0.0), 6),
                -standing[i].index(word),
            ),
        )
    return said


def _written(parts: Sequence[_Part], said: Sequence[str]) -> str:
    """The Chinese question: each way of asking where Chinese has it."""
    out: list[str] = []
    end = ""
    for i, part in enumerate(parts):
        if part.english in ",;":
            if i + 1 < len(parts) and parts[i + 1].marker and out:
                out.append("，")
        elif not part.marker:
            out.append(said[i] + (_measure_after(i, parts, said) if _BARE.fullmatch(said[i]) else ""))
        elif part.english == "<whatis>" and not _quantity(i, parts, said):
            several = said[i + 1 : i + 2] and said[i + 1] in _NUMBERS.values()
            end = end or ("分别是什么" if several else "叫什么" if "名称" in said[i + 1 : i + 3] else "是什么")
        elif part.english == "<grow>" and _PAIRED.intersection(one.english for one in parts):
            out.append("相差多少")
        elif part.english in _AT_END:
            end = end or _AT_END[part.english]
        else:
            out.append(_asked(part.english, i, parts, said))
    out = [
        word
        for i, word in enumerate(out)
        if not (i and word in _NUMBERS.values() and out[i - 1].startswith(f"哪{word}"))
    ]
    if end.endswith("多少"):
        end += next((unit for word in out if (unit := _unit(word))), "")
    if [part.english for part in parts if part.marker] == ["<then>"]:
        end = "呢"
    text = " ".join(word for word in (*out, end) if word)
    return (
        re.sub(r"\0(?: (?=[\u3400-\u9fff]))?", "", text).replace(" ，", "，").replace("， ", "，").replace("第 ", "第")
    )


def _asked(marker: str, at: int, parts: Sequence[_Part], said: Sequence[str]) -> str:
    """A way of asking before the noun it asks for; a NUL asks for the noun to follow without a space."""
    if marker in _IN_PLACE:
        return _IN_PLACE[marker]
    nouns = _nouns(at, parts, said)
    first, last = (nouns[0], nouns[-1]) if nouns else ("", "")
    if marker == "<which>":
        if first in _NUMBERS.values():
            return f"哪{first}个\0"
        if first in _IN_A_ROW:
            return "第几\0"
        return "哪些\0" if _plural(at, parts, said) else f"哪{_measure(first) or '个'}\0"
    if marker == "<many>":
        head = _head(at, parts, said)
        measure = "" if _OWN_UNIT.search(first) else _measure(head) if head else _measure(first) or _measure(last)
        return f"多少{measure}" if measure and measure != first else "多少\0"
    if marker == "<much>":
        return "多少钱" if any(_MONEY.search(word) for word in said[at + 1 :]) else "多少"
    if _PRICE.search(last):
        return "多少钱"
    if marker == "<what>":
        if _QUANTITY.search(last) and not last.endswith("目标"):
            return "多少"
        return "哪些\0" if _plural(at, parts, said) else "什么\0"
    return "多少"


def _quantity(at: int, parts: Sequence[_Part], said: Sequence[str]) -> bool:
    """Whether the noun phrase after the asking words names something counted or measured."""
    return any(_QUANTITY.search(word) or _PRICE.search(word) for word in _nouns(at, parts, said))


def _nouns(at: int, parts: Sequence[_Part], said: Sequence[str]) -> list[str]:
    """The Chinese words of the noun phrase that follows the asking words."""
    found: list[str] = []
    for part, word in zip(parts[at + 1 : at + 6], said[at + 1 : at + 6], strict=False):
        if part.marker or (not word and found):
            break
        if word and not re.fullmatch(r"20\d\d年", word):
            found.append(word)
    return found


def _measure_after(at: int, parts: Sequence[_Part], said: Sequence[str]) -> str:
    """The measure word of a number that is claimed of the nouns behind it (「100 companies」: 100家)."""
    claims = any(part.english == "<yesno>" for part in parts)
    return next((unit for noun in reversed(_nouns(at, parts, said)) if (unit := _measure(noun))), "") if claims else ""


def _measure(noun: str) -> str:
    return next((measure for pattern, measure in _MEASURES if pattern.search(noun)), "")


def _unit(noun: str) -> str:
    own = _OWN_UNIT.search(noun)
    return own.group() if own else _measure(noun)


def _head(at: int, parts: Sequence[_Part], said: Sequence[str]) -> str:
    """The Chinese of the first word in the plural behind the asking words: of 「school courses」 the courses."""
    for part, word in zip(parts[at + 1 : at + 5], said[at + 1 : at + 5], strict=False):
        if part.marker:
            break
        if word and re.search(r"(?<![su'])s$|ies$|people$|children$", part.english):
            return word
        if _DEED.search(part.english):
            break
    return ""


def _plural(at: int, parts: Sequence[_Part], said: Sequence[str]) -> bool:
    """Whether the noun phrase after the asking words has a noun in the plural."""
    for part, word in zip(parts[at + 1 : at + 5], said[at + 1 : at + 5], strict=False):
        if part.marker or (not word and part is not parts[at + 1]):
            return False
        if re.search(r"(?<![su'])s$|ies$|people$|children$", part.english):
            return True
    return False
