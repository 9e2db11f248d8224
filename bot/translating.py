"""Turns an English question into a Chinese one with the glossary, in the words that the reports use."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from bot import stemming
from bot.lexicon import english

_MOSTLY = 0.5
_FEW = 8  # a text with fewer letters is a name or an abbreviation, not an English question
_LONGEST = 10
_SOUNDS_LIKE_A_NAME = 5  # letters; a shorter name in pinyin is too easily another
_WORD = re.compile(r"<[a-z]+>|\d+(?:,\d{3})*(?:\.\d+)?%?(?![a-z])|[a-z0-9][a-z0-9.'&]*|[\u3400-\u9fff“”《》]+|[,;](?=\s)", re.IGNORECASE)
_ARTICLES = frozenset({"a", "an", "the"})
_AUXILIARY = r"did|do|does|is|are|was|were|has|have|had|will|would|can|could"
_ASKING = r"how|what|which|who|when|where|why"

# What an English way of asking becomes: a marker that is written out in Chinese where it stands, or at the end.
_FRAMES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), marker)
    for pattern, marker in (
        (r"\b(?:(?:can|could|would|will) you (?:please )?|please )?(?:tell|show|explain to) (?:me|us)\b(?: about)?|^\W*(?:(?:can|could|would|will) you|please|kindly)\b(?: please)?|\b(?:do you know|(?:i|we)(?:'d| would) like to know|(?:i|we) want(?:ed)? to know|(?:i|we)(?:'m| am| are)? wonder(?:ing)?|(?:i|we) need to know|just curious)\b", " "),
        (r"\b(?:what|how) (?:do|would) you (?:think|feel|rate|see|say)\b(?: (?:of|about))?|\b(?:in your (?:view|opinion|judge?ment)|do you (?:think|believe|feel|expect|reckon))\b", " <opinion> "),
        (r"\b(?:who|what) are you\b|\bwhat can you do\b|\bwhat is your name\b", " <self> "),
        (r"\bwhich (?:\w+ ){0,4}?(?:is|are) (?:the )?(?:better|best|nicer)\b", " <better> "),
        (r"^\W*(?:(?:and|so|but)\s+)?(?:what|how) about\b", " <then> "),
        (r"(?:,\s*)?(?:\b(?:and|or)\s+)(?=(?:by |in |for |at |to )?(?:how|what|which|who|when|where|why)\b)|,\s*(?=(?:by |in |for |to )?(?:how|what|which|who)\b)", " , "),
        (r",?\s*(?:is (?:that|this|it) (?:right|true|correct|so)|right|correct|true or false)\s*\?", " <yesno> ?"),
        (r"^\W*is it (?:true|correct|right|the case) that\b", " <yesno> "),
        (rf"^\W*(?:(?:and|so|but|then)\s+)?(?:{_AUXILIARY})(?:n't|\s+not)?\b(?=.)", " <yesno> "),
        (r"\bhow many times\b", " <times> "),
        (r"\b(?:by )?how (?:many|much) (?:more|greater|higher|larger|bigger|longer)\b|\bhow many (?:\w+ ){0,3}?more\b(?=.*\bthan\b)", " <more> "),
        (r"\b(?:by )?how (?:many|much) (?:fewer|less|lower|smaller|shorter)\b", " <less> "),
        (r"\bwhat(?:'s| is| was| are| were)? the (?:difference|gap)(?: in)?(?: between)?\b|\bdifference between\b", " <differ> "),
        (r"\b(?:combined|put together|taken together|added together|add up to|sum of)\b", " <sum> "),
        (r"\b(?:which|what)(?: one)?(?: of (?:the )?(?:two|these|them))? (?:is|was|were|are|had|has|have|got|saw) (?:the )?(?:more|larger|bigger|greater|higher|largest|biggest|highest|most|longer)\b", " <larger> "),
        (r"\b(?:which|what)(?: one)?(?: of (?:the )?(?:two|these|them))? (?:is|was|were|are|had|has|have|got|saw) (?:the )?(?:fewer|less|lower|smaller|smallest|lowest|fewest|least)\b", " <smaller> "),
        (r"\b(?:by )?(?:how many|what) (?:percentage points?|percent|per cent)\b|\bby (?:how much|what percentage|what percent)\b|\bhow (?:fast|rapidly|quickly)\b|\b(?:at )?what (?:annual |growth )?rate did\b", " <grow> "),
        (r"\bwhat (?:is |was )?(?:the )?(?:percentage|percent|per cent|proportion|share|fraction)(?: of)?\b|\bhow many percent\b", " <percent> "),
        (r"\bhow many\b|\bhow large a number of\b", " <many> "),
        (r"\bhow much\b|\bhow (?:large|big|high|long|great)\b|\bwhat (?:amount|number|level)(?: of)?\b", " <much> "),
        (r"\bwhat(?:'s|\s+(?:is|was|are|were|will be|has been))\b", " <whatis> "),
        (r"\bwhat (?:kinds?|types?|sorts?) of\b", " <what> "),
        (r"\bat what (?:rate|level)\b", " <much> "),
        (r"\bin which (?:year|month)\b|\b(?:what|which) (?:year|month|date|day)\b|\bwhen\b", " <when> "),
        (r"\bwho(?:m|se)?\b", " <who> "),
        (r"\bwhere\b|\bin (?:which|what) place\b", " <where> "),
        (r"\bwhy\b|\bfor what reasons?\b|\bwhat (?:is|was) the reason\b|\bhow come\b", " <why> "),
        (r"\bhow\b", " <how> "),
        (r"^\W*(?:please\s+)?(?:name|list|give|identify)(?: me)?(?: all)?(?: of)?\b", " <which> "),
        (r"\bwhich(?: of (?:the|these|those|them))?\b", " <which> "),
        (r"\bwhat\b", " <what> "),
        (r"^\W*(?:and|so|but)\b", " <then> "),
        (r"\b(?:of|among) (?:them|these|those|which)\b", " <them> "),
    )
)
_AT_END = {
    "<more>": "多多少",
    "<less>": "少多少",
    "<differ>": "相差多少",
    "<sum>": "合计多少",
    "<times>": "几倍",
    "<larger>": "，哪个更大",
    "<smaller>": "，哪个更小",
}
_IN_PLACE = {
    "<yesno>": "是否",
    "<grow>": "增长多少",
    "<percent>": "占百分之几",
    "<when>": "什么时候",
    "<who>": "谁",
    "<where>": "哪里",
    "<why>": "为什么",
    "<how>": "如何",
    "<then>": "那",
    "<them>": "其中",
    "<opinion>": "你认为",
    "<self>": "你是谁",
    "<better>": "哪个更好",
}
_PAIRED = frozenset({"<more>", "<less>", "<differ>", "<sum>", "<larger>", "<smaller>", "<times>"})
_NUMBERS = dict(zip("two three four five six seven eight nine ten".split(), "两三四五六七八九十", strict=True))
_FIGURE = re.compile(
    r"(?:(?P<before>rmb|cny|yuan|\$|usd|us\$) ?)?(?P<number>\d[\d,]*(?:\.\d+)?)(?: ?(?P<scale>thousand|million|billion|trillion))?"
    r"(?: (?P<unit>yuan|rmb|cny|renminbi|us dollars?|dollars?|usd|percentage points?|percent|per cent|pp|"
    r"square met(?:er|re)s?|sqm|hectares?|mu|kilomet(?:er|re)s?|km|people|persons?|companies|enterprises|firms|households|beds|units|elevators|lifts))?(?= |$)"
)
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
    (re.compile(r"(?:人|人口|人员|学生|居民|毕业生|学员|游客|教师|人才|儿童|运动员|志愿者)$"), "人"),
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
_PLACE_ENDINGS = {
    "road": "路", "street": "街 街道", "avenue": "路 大道", "lane": "弄 巷", "subdistrict": "街道", "park": "公园", "village": "村 新村",
    "river": "河 港 江 塘", "creek": "港 浜", "bridge": "桥 大桥", "station": "站", "town": "镇 小镇", "square": "广场", "hospital": "医院", "school": "学校 中学 小学",
    "university": "大学", "district": "区", "county": "县", "city": "市", "museum": "博物馆", "tunnel": "隧道", "airport": "机场", "building": "大厦 楼", "plaza": "广场", "temple": "寺",
    "island": "岛", "lake": "湖", "mountain": "山", "port": "港", "province": "省", "plot": "地块", "area": "片区 地区", "community": "社区 小区", "project": "项目",
}  # fmt: skip

_Glossary = dict[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of the question: what it may be in Chinese, or the marker of a way of asking."""

    english: str
    choices: tuple[str, ...]

    @property
    def marker(self) -> bool:
        return self.english.startswith("<")


def to_chinese(text: str, known: str) -> str:
    """`text` with its English words in Chinese where it is mostly English; Chinese text comes back as it is.

    Of several Chinese words for one phrase, that is taken which stands in `known`, the reports' text, in the place
    that holds most of the other words.
    """
    letters = sum(char.isascii() and char.isalpha() for char in text)
    chinese = sum("\u3400" <= char <= "\u9fff" for char in text)
    if letters < _FEW or chinese > _MOSTLY * letters:
        return text
    parts = _parts(_words(_framed(text)), known)
    said = _written(parts, _chosen(parts, known))
    return said + ("？" if text.rstrip().endswith("?") else "")


# --- reading the English ----------------------------------------------------------------------------------


def _framed(text: str) -> str:
    """`text` with its ways of asking as markers; capitals of names stay."""
    text = text.replace("’", "'").replace("“", '"').replace("”", '"').replace("‑", "-")
    for pattern, marker in _FRAMES:
        if marker == " <yesno> " and re.search(rf"^\W*(?:\w+\W+){{0,4}}?(?:{_ASKING})\b", text, re.IGNORECASE):
            continue
        text = re.sub(pattern.pattern, marker, text, flags=re.IGNORECASE)
    return text


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
    if pairs and lower in ("than", "and", "or", "to", "versus", "vs"):
        return _Part(lower, ("比",) if lower == "than" else ("和",) if lower != "to" else ("",)), 1
    figure = _figure(words, at)
    if figure and claims:
        return figure
    phrase = _phrase(words, at)
    if phrase and (not figure or phrase[1] > figure[1] or not word[0].isdigit()):
        named = _named(words, at, known) if not phrase[0].choices[0] and word[0].isupper() else None
        return named or phrase
    return figure or _named(words, at, known) or (_Part(word, (_foreign(word),)), 1)


def _phrase(words: Sequence[str], at: int) -> tuple[_Part, int] | None:
    exact, singular, stemmed = _glossary()
    for length in range(min(_LONGEST, len(words) - at), 0, -1):
        phrase = tuple(word.lower() for word in words[at : at + length])
        choices = exact.get(phrase)
        if choices is None:
            choices = singular.get((*phrase[:-1], stemming.singular(phrase[-1])))
        if choices is None:
            choices = stemmed.get(tuple(map(stemming.stem, phrase)))
        if choices is not None:
            return _Part(" ".join(phrase), choices), length
    return None


@cache
def _glossary() -> tuple[_Glossary, _Glossary, _Glossary]:
    """The glossary by the words of its phrases: as written, in the singular, by their stems."""
    exact: _Glossary = {}
    singular: _Glossary = {}
    stemmed: _Glossary = {}
    for phrase, chinese in english().items():
        words = tuple(_words(phrase)) or (phrase,)
        choices = tuple(chinese.split()) or ("",)
        exact.setdefault(words, choices)
        singular.setdefault((*words[:-1], stemming.singular(words[-1])), choices)
        stemmed.setdefault(tuple(map(stemming.stem, words)), choices)
    return exact, singular, stemmed


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
    length = len(match.group().split())
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


# --- names in pinyin --------------------------------------------------------------------------------------


def _named(words: Sequence[str], at: int, known: str) -> tuple[_Part, int] | None:
    """A name of the reports that the capitalised words spell in pinyin (「Yude Road」: 裕德路)."""
    for length in (3, 2, 1):
        spelled = words[at : at + length]
        letters = "".join(spelled).lower().removesuffix("'s").replace("'", "")
        if len(spelled) < length or len(letters) < _SOUNDS_LIKE_A_NAME or not all(word[0].isupper() for word in spelled):
            continue
        if not letters.isalpha():
            continue
        names = _sounding(letters, known)
        if names:
            ending = words[at + length].lower() if at + length < len(words) else ""
            for name in names:
                for end in _PLACE_ENDINGS.get(ending, "").split():
                    if name + end in known:
                        return _Part(" ".join(spelled), (name + end,)), length + 1
            return _Part(" ".join(spelled), names[:1]), length
    return None


def _sounding(letters: str, known: str) -> list[str]:
    """The stretches of `known` that `letters` spell, the commonest first."""
    spelled, starts = _spelled(known)
    counts: dict[str, int] = {}
    place = spelled.find(letters)
    while place >= 0:
        start, end = starts.get(place), starts.get(place + len(letters))
        if start is not None and end is not None and end - start > 1:
            name = known[start:end]
            counts[name] = counts.get(name, 0) + 1
        place = spelled.find(letters, place + 1)
    return sorted(counts, key=lambda name: (-counts[name], name))


@lru_cache(maxsize=4)
def _spelled(known: str) -> tuple[str, dict[int, int]]:
    """`known` in pinyin, and for each place where a syllable begins the place of its character."""
    from pypinyin import Style, lazy_pinyin

    runs = re.findall(r"[\u3400-\u9fff]+|[^\u3400-\u9fff]+", known)
    pieces: list[str] = []
    for run in runs:
        chinese = "\u3400" <= run[0] <= "\u9fff"
        pieces += lazy_pinyin(run, style=Style.NORMAL, v_to_u=False) if chinese else ["|"] * len(run)
    starts, length = {}, 0
    for character, piece in enumerate(pieces):
        starts[length] = character
        length += len(piece)
    starts[length] = len(pieces)
    return "".join(pieces), starts


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
            out.append(said[i])
        elif part.english == "<whatis>" and not _quantity(i, parts, said):
            end = end or ("叫什么" if "名称" in said[i + 1 : i + 3] else "是什么")
        elif part.english == "<grow>" and _PAIRED.intersection(one.english for one in parts):
            out.append("相差多少")
        elif part.english in _AT_END:
            end = end or _AT_END[part.english]
        else:
            out.append(_asked(part.english, i, parts, said))
    out = [word for i, word in enumerate(out) if not (i and word in _NUMBERS.values() and out[i - 1].startswith(f"哪{word}"))]
    if end.endswith("多少"):
        end += next((unit for word in out if (unit := _unit(word))), "")
    if [part.english for part in parts if part.marker] == ["<then>"]:
        end = "呢"
    text = " ".join(word for word in (*out, end) if word)
    return re.sub(r"\0(?: (?=[\u3400-\u9fff]))?", "", text).replace(" ，", "，").replace("， ", "，")


def _asked(marker: str, at: int, parts: Sequence[_Part], said: Sequence[str]) -> str:
    """A way of asking before the noun it asks for; a NUL asks for the noun to follow without a space."""
    if marker in _IN_PLACE:
        return _IN_PLACE[marker]
    nouns = _nouns(at, parts, said)
    first, last = (nouns[0], nouns[-1]) if nouns else ("", "")
    if marker == "<which>":
        if first in _NUMBERS.values():
            return f"哪{first}个\0"
        return "哪些\0" if _plural(at, parts, said) else f"哪{_measure(first) or '个'}\0"
    if marker == "<many>":
        measure = "" if _OWN_UNIT.search(first) else _measure(first) or _measure(last)
        return f"多少{measure}" if measure and measure != first else "多少\0"
    if marker == "<much>":
        return "多少钱" if any(_MONEY.search(word) for word in said[at + 1 :]) else "多少"
    if _PRICE.search(last):
        return "多少钱"
    if marker == "<what>":
        return "多少" if _QUANTITY.search(last) and not last.endswith("目标") else "什么\0"
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


def _measure(noun: str) -> str:
    return next((measure for pattern, measure in _MEASURES if pattern.search(noun)), "")


def _unit(noun: str) -> str:
    own = _OWN_UNIT.search(noun)
    return own.group() if own else _measure(noun)


def _plural(at: int, parts: Sequence[_Part], said: Sequence[str]) -> bool:
    """Whether the noun phrase after the asking words has a noun in the plural."""
    for part, word in zip(parts[at + 1 : at + 5], said[at + 1 : at + 5], strict=False):
        if part.marker or (not word and part is not parts[at + 1]):
            return False
        if re.search(r"(?<![su'])s$|ies$|people$|children$", part.english):
            return True
    return False
