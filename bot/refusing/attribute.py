"""Whether an answer gives what was asked of a thing, or only something else about it."""

import re

from bot.question import Question, Want
from bot.reading.reader import shorts_of
from bot.reading.reading import Reading
from bot.splitting import split_asks
from bot.units import Kind, asked_unit
from corpus.figures import find_figures

_CHANGES = re.compile(r"增长|增加|提高|提升|上升|增至|下降|降低|减少|扩大|翻|同步|持平|%|倍|[增减涨升降]")
_GREW = re.compile(r"(?:增长|提高|增幅|增速|上升|下降|降低)[^，,；;\d]{0,3}$")
_NAME = 3  # so many characters name a thing by themselves
_NUMBER = re.compile(r"\d+(?:[,，]\d{3})*(?:\.\d+)?")
_MONEY = frozenset({"元", "美元", "欧元", "港元"})
_TIME = frozenset("分钟 小时 天 年 个月 岁 周岁 周年".split())
_LENGTH = frozenset({"公里", "米", "千米"})
_AREA = frozenset({"平方米", "公顷", "亩", "平方公里"})
_SHARE = frozenset({"%", "个百分点", "", "成", "‰", "倍"})
_WEIGHT = frozenset("吨 公斤 千克 斤 克".split())
_PEOPLE = frozenset("人 名 位 人次 户 个".split())
_MEASURED: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = (
    (
        re.compile(
            r"多少[万亿]?元|多少(?:营业收入|营收|收入|资金|经费|税|利润|补贴|补助|工资|租金|费用)|多少钱|几块钱|几[毛万千百]?元|(?:资金|经费|租金|月租|出让金|保证金|房租|费用?|造价|票价|价格|价钱|"
            r"单价|均价|学费|成本|投资额?|预算|工资|薪水|月薪|年薪|时薪|薪资|薪酬|收入|营收|营业额|销售额|流水|收益|利润|税|面额|面值|"
            r"补贴|补助|奖金|损失)(?:总额|金额|标准|水平|额)?(?:[一总合]共|[共合总]计)?(?:是|为|有|要|达|给|发|拿)?(?:多少|几|多高|多大)|"
            r"(?:花了?|投了?|赚了?|交|缴|付|耗资|掏|投资|投入了?)(?:[一总合]共|[共合总]计)?多少(?![人家户台套项个所处座条])"
            r"|补(?:贴|助)?多少(?=[？?呢啊\s]|$)|多少亿(?=[？?呢啊\s]|$)"
            r"|(?:能|可以?)(?:领|拿|补|报销)(?:到)?多少(?![人家户台套项个名位条张])|(?:款|补偿|赔偿)[^，,]{0,4}?(?:付|给|发)了?多少"
        ),
        _MONEY,
    ),
    (re.compile(r"多少(?:名|个|位)?(?:工人|员工|职工|医生|护士|教师|学生|住户)|人数(?:是|有|为)?(?:多少|几)"), _PEOPLE),
    (
        re.compile(r"几点(?!建议)|(?<!哪)几号(?!的|房|楼|线|地)|几点钟|年龄(?:是|有|为)?多[大少]|几岁|多少岁"),
        _TIME,
    ),
    (re.compile(r"(?:全长|总长|长度|多长|里程|限速)[^，,时]{0,3}(?:多少|几|$|[？?])|多少公里|多少米"), _LENGTH),
    (re.compile(r"(?:占地|面积)[^，,]{0,3}(?:多大|多少|几)|多少(?:平方米|公顷|亩|平方公里)|几亩"), _AREA),
    (
        re.compile(
            r"(?:资本|资产|市值|估值|负债|债务|存款)(?:总额|规模|额)?(?:[一总合]共|[共合总]计)?(?:是|为|有|达)?(?:多少|几|多[高大])"
        ),
        _MONEY,
    ),
    (re.compile(r"(?:工期|时长|车程|寿命|学制)(?:[一总]共)?(?:是|为|有)?(?:多少|几|多[长久])"), _TIME),
    (
        re.compile(
            r"(?:高度|深度|宽度|厚度|海拔|水深|层高|距离)(?:是|为|有)?(?:多少|几|多)|有多[深宽远厚](?:[？?呀啊]|$)"
        ),
        _LENGTH,
    ),
    (
        re.compile(
            r"(?:多少|几)(?:吨|公斤|斤)|(?:重量|垃圾量|清运量)(?:是|为|有)?(?:多少|几|多[大重])|(?:^|\s)吨(?=\s|$)"
        ),
        _WEIGHT,
    ),
    (
        re.compile(r"(?:^|\s)\S*(?:租金|房租|票价|造价|价格|均价|工资|月薪|学费|市值|注册资本|总投资|投资额)(?=\s|$)"),
        _MONEY,
    ),
    (re.compile(r"占比(?:是|为|有)?(?:多少|几)|占(?:了|到)?(?:几成|多大比[例重]|百分之几)|比例是多少|几成$"), _SHARE),
)
_MEASURED_ENGLISH: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = (
    (
        re.compile(
            r"\bhow much (?:does|did|will|do|would) (?:it|they|the|a|an|each)\b.{0,40}\b(?:cost|pay|charge|earn)"
            r"|what (?:is|was|are) the (?:[a-z]+ ){0,3}"
            r"(?:cost|price|rent|fee|salary|wage|ticket price|budget)\b"
            r"|how much (?:money|tax|rent|salary)|how much\b.{0,60}\b(?:rent for|cost|costs|earn|charge)\b",
            re.IGNORECASE,
        ),
        _MONEY,
    ),
    (re.compile(r"\baverage age\b|\bhow old\b", re.IGNORECASE), _TIME),
    (
        re.compile(r"\bhow (?:long|wide|deep) (?:is|are|was)\b(?!.{0,30}(?:take|period))", re.IGNORECASE),
        _LENGTH | _TIME,
    ),
)
_HOW_MANY = re.compile(
    r"\bhow many\b(?!.{0,40}(?:yuan|dollar|metre|meter|hectare|acre|\bmu\b|\bkm\b|points?|percent))", re.I
)
_NO_COUNT = _MONEY | _AREA | _LENGTH | {"%", "个百分点", "微克/立方米"}
_COUNTED_PEOPLE = {
    "户": frozenset({"户", "户次", "家", "人"}),
    **dict.fromkeys(("人", "名"), frozenset({"人", "名", "位", "人次", "户", "户次", "项(人)", "项（人）", "个"})),
}
_EACH = re.compile(
    r"每(?:家|张|台|部|个|人|位|名|户|套|间|场|年|月|天|小时|公里|平方米|亩|辆|只|所|座)"
    r"|人均|户均|亩均|地均|(?:单位|万元)(?:GDP|地区|生产总值|增加值|产值|面积)|平均|时薪|月薪|年薪|单价|一顿|一张票|一个月|每月"
)
_PART = re.compile(
    r"(?:(?:里面?|中)[，,]?的?(?P<part>[\u3400-\u9fff]{2,8}?)占|(?:当中|其中)的?(?P<one>[\u3400-\u9fff]{2,8}?)(?:占|有))了?(?:多少|几)"
)
_RATE = re.compile(r"每(?!万|千|百)(?:一?[\u3400-\u9fff])[^，,。？?]{0,8}?(?:多少|几)")
_FIRMS_BY_NAME = re.compile(r"哪几家|哪些(?:公司|企业|单位|机构)|(?:公司|企业|单位|机构)(?:有|是|都是)哪些")
_COUNTED_ITSELF = re.compile(r"\d+余?[家个支条座处项台套片场种件只所](?![\u3400-\u9fff]*[号弄])")
_WHERE = re.compile(r"在哪(?!些|[个一]年)|哪里|哪儿|什么地方")
_ONLY_A_COUNT = re.compile(r"(?:[\u3400-\u9fff]{2})?[约近超]?\d[\d.]*余?[\u3400-\u9fff]{1,2}")
_FIRMS_COUNTED = re.compile(r"\d余?家")
_MOST = re.compile(r"最[高低多少大小快慢贵]的[^，,]{0,4}?(?:哪|谁)|哪[^，,]{1,6}最[高低多少大小快慢贵]")
_EACH_SAID = re.compile(r"每|均|/|人均|单价|月|一个")
_ENGLISH_EACH = re.compile(
    r"\b(?:per (?:person|head|capita|month|hour|day|year|ticket|household|visit|class)|average"
    r"|monthly|hourly|a month)\b",
    re.IGNORECASE,
)


def lacks(question: Question, text: str, original: str, reading: Reading, reported: str) -> bool:
    """Whether the answer is of another measure than asked, or only repeats the question's own number.

    `text` is the question in Chinese, `original` as typed; `reported` is all that the reports say.
    """
    if question.want is not Want.YESNO and _of_a_part(text, reading):
        return True
    shorts = shorts_of(reading)
    if question.want is not Want.YESNO and _topmost(text, shorts, reading):
        return True
    if question.want in (Want.YESNO, Want.CHOICE) or len(split_asks(text)) > 1:
        return False
    if shorts and question.want in (Want.FIGURE, Want.DIFFERENCE) and _repeats(shorts, text, original):
        return True
    if any(
        way(question, shorts, reading)
        for way in (_only_the_level, _no_share, _no_people, _no_place, _only_their_number)
    ):
        return True
    if _counts_nothing(original, shorts, reading) or (_at_rate(question, text, reading) and "÷" not in reading.lead):
        return True
    asked = _measure(text, original)
    if asked is None or question.want is Want.DIFFERENCE:
        return False
    thing, units = asked
    places = _places(reading)
    if not any(_is_of(short, units) for short in shorts):
        return not any(_is_of(piece.passage.text, units) for piece in reading.pieces)
    if units is _LENGTH and len(thing) >= _NAME and thing in reported and not any(thing in place for place in places):
        return True
    each = _EACH.search(text) or _ENGLISH_EACH.search(original)
    return bool(each) and "÷" not in reading.lead and not any(_EACH_SAID.search(place) for place in places)


def _only_the_level(question: Question, shorts: tuple[str, ...], reading: Reading) -> bool:
    """Whether a growth is asked for and only the figure that grew is given."""
    if question.kind is not Kind.GROWTH or question.want is not Want.FIGURE or not shorts or reading.lead:
        return False
    levels = [one for short in shorts for one in find_figures(short) if one.unit not in _SHARE]
    told = any(_CHANGES.search(piece.passage.text[piece.start : piece.end]) for piece in reading.pieces)
    return bool(levels) and not told


def _no_share(question: Question, shorts: tuple[str, ...], reading: Reading) -> bool:
    """Whether a share is asked for and neither a ratio nor a part of a whole is given."""
    if question.kind is not Kind.SHARE or question.want is not Want.FIGURE or reading.lead:
        return False
    places = _places(reading)
    grown = all(_grown(short, places) for short in shorts)
    return not any("占" in place for place in places) and (grown or not any(_is_of(short, _SHARE) for short in shorts))


def _grown(short: str, places: list[str]) -> bool:
    """Whether it is by how much something grew."""
    return any(_GREW.search(place[: place.find(short)]) for place in places if short in place)


def _no_people(question: Question, shorts: tuple[str, ...], reading: Reading) -> bool:
    """Whether people or households are to be counted (「惠及多少户」) and only things are."""
    wanted = _COUNTED_PEOPLE.get(asked_unit(question.asks) or "")
    units = {one.unit for short in shorts for one in find_figures(short)}
    return (
        wanted is not None
        and question.want is Want.FIGURE
        and not reading.lead
        and bool(units - wanted)
        and not units & wanted
    )


def _counts_nothing(original: str, shorts: tuple[str, ...], reading: Reading) -> bool:
    """Whether it is asked in English how many and all that is told is money, an area, a length or a share."""
    if not _HOW_MANY.search(original):
        return False
    units = {one.unit for short in shorts for one in find_figures(short)}
    return bool(units) and units <= _NO_COUNT and not reading.lead


def _measure(text: str, original: str) -> tuple[str, frozenset[str]] | None:
    """What is asked about, as far as it stands before the measure, and the units that its measure may have."""
    unit = asked_unit(text)
    for pattern, units in _MEASURED:
        match = pattern.search(text)
        if match and not (units is _MONEY and unit and unit not in _MONEY):  # 「发放补贴多少万户」
            return re.sub(r"的$", "", text[: match.start()]), units
    return next((("", units) for pattern, units in _MEASURED_ENGLISH if pattern.search(original)), None)


def _is_of(short: str, units: frozenset[str]) -> bool:
    figures = find_figures(short)
    return any(one.unit in units for one in figures) or ("" in units and bool(re.search(r"分之|\d/\d|半|成", short)))


def _asking(text: str, original: str) -> str:
    """The clause that asks, in both wordings: a number before it may belong to what the answer stands beside."""
    parts = [
        [one for one in re.split(r"[，；;？?。]|(?<!\d),|,(?!\d)", wording) if one.strip()]
        for wording in (text, original)
    ]
    return " ".join(part[-1] for part in parts if part)


def _repeats(shorts: tuple[str, ...], text: str, original: str) -> bool:
    """Whether every short answer is a number that the question gives itself."""
    given = {match.group().replace(",", "") for match in _NUMBER.finditer(_asking(text, original))}
    told = [_NUMBER.findall(short) for short in shorts]
    return (
        bool(given)
        and all(numbers and set(numbers) <= given for numbers in told)
        and all(len(find_figures(short)) == 1 and len(short) <= 10 for short in shorts)
    )


def _of_a_part(text: str, reading: Reading) -> bool:
    """Whether a part of a whole is asked for (「其中医疗器械占多少」) that the passages do not name."""
    part = _PART.search(text)
    if not part or not reading.pieces:
        return False
    name = part["part"] or part["one"]
    pairs = [name[i : i + 2] for i in range(len(name) - 1)]
    return not any(pair in piece.passage.text for pair in pairs for piece in reading.pieces)


def _at_rate(question: Question, text: str, reading: Reading) -> bool:
    """Whether an amount for each is asked for (「每人每月多少」) and only the amount of all is given."""
    if question.want is not Want.FIGURE or not _RATE.search(text):
        return False
    return not any(re.search(r"每|人均|户均|平均", piece.passage.text) for piece in reading.pieces)


def _only_their_number(question: Question, shorts: tuple[str, ...], reading: Reading) -> bool:
    """Whether firms are asked for by name, and only how many there are of each sort is told (「总部8家、中心2家」)."""
    if question.want in (Want.LIST, Want.NAME) and any(_is_counted_itself(one, question, reading) for one in shorts):
        return True
    names = [short for short in shorts if len(short) >= _NAME]
    if not names or not _FIRMS_BY_NAME.search(question.asks):
        return False
    told = [part for place in _places(reading) for part in re.split(r"[、，；。,;]", place)]
    return all(any(short in part and _FIRMS_COUNTED.search(part) for part in told) for short in names)


def _is_counted_itself(short: str, question: Question, reading: Reading) -> bool:
    """Whether a name given is that of the things asked for, with their count (「基金6支」 for 「基金有哪些」)."""
    name = _COUNTED_ITSELF.sub("", short)
    if len(name) < _NAME or name[-_NAME:] not in question.text:
        return False
    counted = re.compile(rf"{re.escape(name)}{_COUNTED_ITSELF.pattern}")
    found = (match for place in _places(reading) for match in counted.finditer(place))
    return not all(map(_ends_a_list, found))


def _ends_a_list(name: re.Match[str]) -> bool:
    """Whether a name with a number is the last of those that the number counts (「甲、乙2个试点」)."""
    before = name.string[: name.start()]
    return before.endswith("、") and not re.search(rf"{_COUNTED_ITSELF.pattern}$", before[:-1])


def _no_place(question: Question, shorts: tuple[str, ...], reading: Reading) -> bool:
    """Whether it is asked where something is, and only a number is told."""
    asks_where = _WHERE.search(question.asks) and not re.search(r"多少|几", question.asks)
    return bool(shorts and asks_where) and all(map(_ONLY_A_COUNT.fullmatch, shorts))


def _topmost(text: str, shorts: tuple[str, ...], reading: Reading) -> bool:
    """Whether the first of many is asked for, and neither an order nor figures to compare are given."""
    compared = (len(reading.pieces) > 1 or reading.lead) and any(_NUMBER.search(short) for short in shorts)
    if compared or not _MOST.search(text):
        return False
    return not any(re.search(r"最|第一|首", piece.passage.text[piece.start : piece.end]) for piece in reading.pieces)


def _places(reading: Reading) -> list[str]:
    return [piece.passage.text[piece.start : piece.end] for piece in reading.pieces]
