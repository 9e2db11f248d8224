"""The words that a follow-up is recognised by, and what is done to a topic and a question in words alone."""

import re

from bot.conversation import ASKING, closed_up
from bot.rewording import LAST_YEAR

LEAD = re.compile(
    r"^(?:那么?(?![个些块条家座所种里边])|然后|好的?|嗯|哦|行|所以"
    r"|也就是说|换句话说|这么说|这样说来|再看看?|至于|说到|关于(?=.{2,}呢)"
    r"|还有(?!什么|哪|吗|谁|多少|几|没|$)|另外|此外|再问|还想问|顺便)[，, ]*"
)
# 「跟上年比涨了多少」 asks for the growth that the report tells, not for the year before.
GROWN_FROM = re.compile(
    rf"{LAST_YEAR}(?=(?:同比)?(?:涨|增长|增加|上升|提高|提升|下降|降|减少|跌)了?(?:多少|百分之几|百分之多少|几个(?:百分)?点))"
    r"|(?:跟|和|与|同|较|比)上一?[届期](?:相比|比较|比)?[，,]?(?:多|少|高|低)了?(?=多少|百分之|几)"
)
PART_OF = re.compile(r"^(?:其中|里面|当中|这里面|这其中)(?:的|包括|有)?|(?<=的)其中")
POINTER = re.compile(
    r"(?:对|关于)?(?:刚才|刚刚|上面|前面|之前)?(?:说|提到|讲)?的?"
    r"(?:它们?|(?<![其吉])[他她]们?(?!乡|山)|这里|那里|那边|这边|这些|那些|这个|那个"
    r"|(?<![应不])该(?![不怎有])|其(?![中他余它实次])|此(?![外前后]))(?!月)"
    r"|[这那](?:[一二两三四五六七八九十几]?[个家条座所块项种位处名])"
)
OPEN_END = re.compile(r"(?:呢|的部分|部分)[？?。]?$")
# How each measure stands in a topic, and how a follow-up asks for it. The aim first: it stands behind the others.
MEASURES = (
    ("aim", re.compile(r"的?(?:(?:目标|年度)任务|目标值?|计划|打算|预期|力争)(?:是)?")),
    (
        "growth",
        re.compile(
            r"的?(?:同比|环比|[比较](?:上一?[年届期]|去年|年初|前一年)|实际)*"
            r"(?:增长(?:率|幅度)?|增幅|增速|涨幅|降幅|涨了?|下降)了?(?![\u3400-\u9fff]{2,})"
        ),
    ),
    ("share", re.compile(r"的?(?:占(?:全市|全区|全国|全部|总量)?的?(?:比重?|比例)?|比重|份额)$|占比")),
    ("rank", re.compile(r"的?(?:全市|全国|全区)?(?:排名|名次|(?<![安编])排在?|位次|(?<=[位名并])列)(?:情况)?$")),
    ("total", re.compile(r"累计(?:达到)?|总量")),
    ("new", re.compile(r"(?:当年)?新增了?|(?<![创高更最])新(?:增|[\u3400-\u9fff]{2})$")),
)
ASKED_MEASURES = (
    (
        "growth",
        re.compile(
            r"同比|环比|增长|增幅|增速|涨幅|降幅|(?:提高|提升|上升|减少|降低)了?(?:多少|几|百分之)|[涨跌升]了?(?:多少|几|百分之)|[比较](?:上一?[届期]|年初)"
            r"|下降|降了?(?:多少|几|百分之)|(?:多少|几)个?(?:百分)?点|(?:比上一?年|较上年|比去年)增"
        ),
    ),
    ("share", re.compile(r"占比|比重|份额|占(?:全[市国区]?|总量?|市|多少|几|了|到)的?(?:多少|几成|比重|比例)?")),
    (
        "rank",
        re.compile(
            r"(?:在?(?:全[市国区省]|城区)里?的?|^(?:位居|排在|位列|[居排列位])[\u3400-\u9fff]{2,8}?)?(?:[排列居位]?第几[名位]?|排名|名次|排多少|排在|位次|位列|位居)"
        ),
    ),
    ("total", re.compile(r"累计|总量|总数|总共|一共")),
    ("new", re.compile(r"新增|多了")),
    ("aim", re.compile(r"目标|计划|打算|预期|力争")),
)
AIM = re.compile(r"目标|计划|打算|预期|力争|准备|安排|底线|下限|上限")
GENERIC = re.compile(
    r"^(?:还|再|又|会|要|想|能|将|准备|打算|计划|目标|底线|下限|上限|预期|力争|预计|实际|定在?|定为|定|是|有|为|达到?|到|做到?|装|加|建成?"
    r"|弄|搞|开|办|招|设|推|增加|新增|提高|完成|实现|安排|大概|大约|一共|总共|的|了|个|具体|情况|怎么样|如何|什么|水平"
    r"|指标|数字?|数据|全[市国区]|本[市区])*$"
)
MEASURE_WORD = re.compile(
    r"^(?:总|平均|人均|均|单|实际)*"
    r"(?:额|价格?|金额|面积|数量|人数|费用?|成本|投资额?|规模|里程|长度|产值|收入|[件户家座条个次人场]数)$"
)
# What a thing is is the same in every year.
DEFINES = re.compile(
    r"是(?:个|一个|一种)?(?:什么|啥)(?:东西|地方|意思|机构|组织|概念)?[呀啊呢？?]*$|(?:干|做)(?:什么|啥|嘛)的|什么意思"
)
COUNT_NOUN = re.compile(
    r"的?(?:座数|个数|家数|户数|条数|人数|数量|数目|总数|面积|浓度|(?:成交|投资|销售|出口)(?:总额|金额|额)|金额|规模|比例|长度)$"
)
COUNTED_AFTER = re.compile(r"(?<=[多少几])[个家条座所项位处名套台件张片公里人次亩]+")


def asked_measures(text: str) -> tuple[str, ...]:
    """The measures that a follow-up asks for."""
    return tuple(name for name, pattern in ASKED_MEASURES if pattern.search(text))


def asks(text: str) -> bool:
    """Whether `text` holds an asking word or ends as a question for yes or no."""
    return bool(ASKING.search(text)) or text.endswith(("吗", "么"))


def without(topic: str, measures: tuple[str, ...]) -> str:
    """The topic without the named measures."""
    for name, pattern in MEASURES:
        if name in measures:
            shorter = pattern.sub("", topic)
            topic = shorter if len(shorter) > 1 else topic
    return re.sub(r"[的了]+$", "", topic)


def plain(topic: str) -> str:
    """The topic without the measure that was asked of it."""
    return without(topic, ("growth", "share", "rank", "aim"))


def question(years: tuple[int, ...], topic: str, ask: str) -> str:
    """A question in the order in which Chinese says it: year, topic, what is asked."""
    year = "和".join(f"{one}年" for one in years[:2])
    text = closed_up(f"{year}{topic}{ask}").rstrip("？?。，, ")
    for pair in ("“”", "《》", "（）"):
        if text.count(pair[0]) != text.count(pair[1]):
            text = re.sub(f"[{pair}]", "", text)
    return f"{text}？"


def asking_last(text: str) -> str:
    """Translated key words with the asking word at the end, where a Chinese question has it."""
    match = re.match(r"(多少[个家台条张座项名人]?|几[个家台条张座项名]|哪些|什么|哪个|哪里|何时)(.+)$", closed_up(text))
    if not match:
        return closed_up(text)
    return match[2] if match[1] == "什么" else f"{match[2]}{match[1]}"


def dropped(measures: tuple[str, ...]) -> tuple[str, ...]:
    """Which measures of the topic give way to those that the follow-up asks for."""
    names = ["aim"] if "aim" not in measures else []
    if {"growth", "share", "rank"} & set(measures):
        names += ["growth", "share", "rank"]
    if "total" in measures:
        names += ["new", "growth"]
    if "new" in measures:
        names += ["total"]
    return tuple(names)
