"""The units that an asked figure may have, as far as a question's words tell."""

import re
from enum import StrEnum


class Kind(StrEnum):
    """The kind of figure that a question asks for."""

    LEVEL = "level"
    GROWTH = "growth"
    SHARE = "share"
    RANK = "rank"


_UNIT_GROUPS: tuple[frozenset[str], ...] = tuple(
    frozenset(group.split())
    for group in (
        "元 美元",
        "平方米 公顷 亩 平方公里",
        "公里 米 千米",
        "人 名 位 人次 户次 家次",
        "家 户 所 间 个 家次 户次 处",
        "台 部 个 台（套） 台(套) 套",
        "套 套（间） 套(间) 间",
        "座 处 个 所",
        "处 个 座 点 家",
        "条 项",
        "场 场次 次 个",
        "件 项 个",
        "项 个 条 大项 件 项(人) 项（人）",
        "块 幅 个",
        "幢 栋",
        "支 只 个",
        "笔 个",
        "片 块 个",
        "款 种 个",
        "% 个百分点 成",
        "分钟 小时 天 年 个月",
        "金 银 枚 块 铜",
        "方面 个 项",
        "份 件 个",
        "张 个",
        "门 节 个",
        "批 个",
        "级 个",
        "大类 大 类 方面",
    )
)


def like_units(one: str, other: str) -> bool:
    """Whether a draft may write the one unit where a report writes the other (「167家」, 「167个」)."""
    one, other = one.replace("（", "(").replace("）", ")"), other.replace("（", "(").replace("）", ")")
    if one == other or "" in (one, other):
        return one == other
    pair = {one, other}
    return (pair & {"个", "大"} != set() and pair <= _COUNTED) or any(pair <= group for group in _ALIKE)


_ALIKE = tuple(
    frozenset(group.split())
    for group in (
        "家 户 所 间",
        "座 处 所",
        "处 点 座 家",
        "人 名 位",
        "件 项 条",
        "项 大项 件 项(人)",
        "块 幅",
        "幢 栋",
        "台 部",
        "套 间 套(间)",
        "场 次 场次",
        "片 块",
        "款 种",
        "类 大类",
        "门 节",
        "张 份",
    )
)
# 「多少个」 may stand for any classifier, but for no measure.
_COUNTED = frozenset(
    (
        "个 家 户 所 间 处 座 项 台 部 张 条 件 块 幅 幢 栋 支 只 笔 片 款 种 "
        "门 节 场 次 点 大项 名 人 位 方面 大类 份 套 批 类 级 "
        "站 枚 口 层 大 项(人) 项（人）"
    ).split()
)
_ASKED_UNIT = re.compile(
    r"(?<!百分之)(?:多少|几|多大|哪)\s*(?:万亿|亿|万|千|百)?(?:个)?\s*"
    r"(大类|大项|班次|架次|人次|户次|家次|场次|平方米|平方公里|立方米|公顷|亩|公里|美元|元|块钱|钱|套(?!餐)|家(?!庭|长|具)|个百分点|"
    r"个点|个|项|件|台(?!风|账)|张|条(?!件|例|款)|座(?!位|椅|谈)|处(?!方)|户(?!外|籍|型)|人(?![工才均口民大家物力社气流体文居])|名(?!额|单|称|义)|"
    r"位(?!置|子|数|于)|部(?!门|分|队|长|委|署)|桩|样(?!板|式)|幢|栋|块|支(?!出|持)|笔|场(?!所|地|馆)|次(?!数)|款|门|节|片|幅|证(?!书|件)|份(?!额)|"
    r"所|间|辆|成(?![套果员就品立功本都交片年人长型])|倍|微克|千瓦时|千瓦|米|枚|吨|年(?![轻青老])|天|分钟|对(?![口外接象标比])|起|例|宗|艘|架(?![空构])|册|本|只|头|度|岁|"
    r"分|元钱|斤|株|棵|趟|班|辆次|车次|标箱|标准箱|列(?![车为入出]))"
)
_LOAN = re.compile(r"[贷借捐筹][到了出得]{0,2}(?:多少|几)(?:万|亿)?款")
_HUNDREDS_OF_MILLIONS = re.compile(r"(?:多少|几)个?亿(?![人次元级美平斤亩吨千瓦立标公株度件户台枚只羽条册张份])")
_MOVES = re.compile(r"[涨增降升高低跌快慢占率比]|多[收出赚了]|(?:收入|进项|进账|税|经济).*多几个点")
_UNIT_SAID = {
    "桩": "项",
    "样": "项",
    "钱": "元",
    "块钱": "元",
    "元钱": "元",
    "个点": "%",
    "亿元": "元",
    "微克": "微克/立方米",
}
_UNIT_WORD = re.compile(
    r"(?:^|\s)(人次|户次|家次|场次|平方米|立方米|公顷|亩|公里|亿元|套|家|个|项|件|台|张|"
    r"条|座|处|户|幢|场|所|片|幅|证|份)(?=\s|$|[？?])"
    r"|(套|家|项|件|台|张|条|座|处|(?<![用客])户|幢|场|所|片|幅|证|份|个|人)数(?=\s|$|[？?是为有])"
)
WEIGHT = frozenset({"吨", "斤", "公斤", "千克"})
DIMENSIONS = (
    WEIGHT,
    frozenset({"元", "美元"}),
    frozenset({"平方米", "公顷", "亩", "平方公里"}),
)  # no count is ever one of these
MEASURES = frozenset(
    (
        "面积 金额 资金 数量 总数 人数 户数 台数 个数 件数 条数 总额 总量 规模 长度 "
        "里程 比例 占比 比重 数目 价值 公里数"
    ).split()
)
_PEOPLE = re.compile(
    r"(?<!每[百千万])(?<!每十万)人口(?!数据|信息|服务|.{0,3}(?:率|占|比|密度)).{0,4}(?:多少|几|数量|总数|$)|(?:多少|几)(?:万|千|"
    r"百)?(?:个|位|名)?(?:老人|老年人|人(?!家|民|工|才公|均)|学生|孩子|居民|市民|青年|学员|"
    r"职工|毕业生|残疾人|人才|老师|教师)"
    r"|(?:多少|几)(?:个|位|名)?[\u3400-\u9fff]{1,4}(?<![器巨])人(?=[？?，,\s呀啊呢]|$)"
    r"|(?:人[才员]|青年|学员|居民|老[年]?人|职工|毕业生|残疾人|学生|家长|市民)[，,]?(?:一?共|总共|合计)?(?:是|有)(?:多少|几)(?=[？?呀啊呢\s]|$)"
    r"|(?:多少|几)(?:个|位|名)?[\u3400-\u9fff]{0,4}(?:厨师|医师|律师(?!楼|行|事务所)|工程师|师傅|[人党队职演程运]员(?!会)|[员社护技民]工"
    r"|医生|护士|游客|旅客|乘客|观众|读者|顾客|博士(?!后)|院士|专家(?!号|库|门诊)|干部|志愿者|司机|厨子|保安|保姆)"
)
_LEVEL_WORDS: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = (
    (re.compile(r"倍差|系数|指数|排名"), frozenset()),
    (
        re.compile(
            r"几成|百分之几|百分之多少|百分比|比例|比率|占比|比重|覆盖(?:程度|面(?!积))|程度有?多[高大]|率(?=是|为|有|达|到|多|目|提|"
            r"$|\s)|百分点"
        ),
        frozenset({"%", "个百分点", ""}),
    ),
    (
        re.compile(
            r"多少钱|多[大少]的?一?笔|金额|花了|花费|花销|消费(?=(?:有|是|了)?多少|额)|资金|多少税|营收|总产出|总额|产值|收入(?!水平)|(?<!高)价值(?!观|链)|投资额|贷款|补贴款|"
            r"(?:多少|几)(?:外资|投资|资本)(?![企总研项机公者人商])|(?:多少|几)(?:[\u3400-\u9fff]{1,3}(?:款|金(?![融牌])|费)|[\u3400-\u9fff]{0,3}津贴)(?![\u3400-\u9fff])|"
            r"造价|价格|价钱|费用|花费|成本|租金|房价|房租|工资|薪水|薪资|收费|票价|出让金|奖金|"
            r"补助标准|均价|单价|学费"
        ),
        frozenset({"元", "美元"}),
    ),
    (
        re.compile(r"(?<!(?<!多)大)面积(?!比例|占比|比重)|多大(?:地方|一片)|平方"),
        frozenset({"平方米", "公顷", "亩", "平方公里"}),
    ),
    (re.compile(r"(?<![多少几])(?:人次|户次|家次)"), frozenset({"人", "名", "位", "人次", "户次", "家次"})),
    (
        re.compile(r"(?:[收打产](?:了|到|下)?(?:多少|几)|多少)[\u3400-\u9fff]{0,2}粮(?!食?(?:企|基|仓|站|种|面))"),
        WEIGHT,
    ),
    (re.compile(r"浓度"), frozenset({"微克/立方米"})),
    (re.compile(r"多长|里程|公里数|长度"), frozenset({"公里", "米"})),
)


def units_of(text: str, kind: Kind | None) -> frozenset[str]:
    """The units that the asked figure may have; empty where the question leaves it open."""
    if kind is Kind.GROWTH:
        return frozenset({"%", "个百分点", "倍", "位数"})
    if kind is Kind.SHARE:
        return frozenset({"%", "", "成"})
    if kind is Kind.RANK:
        return frozenset({"位"})
    if _PEOPLE.search(text):
        return frozenset({"人", "名", "位", "人次", "户"})
    unit = asked_unit(text)
    if unit == "个":
        return _COUNTED
    if unit:
        return frozenset({unit}).union(*(group for group in _UNIT_GROUPS if unit in group))
    for pattern, units in _LEVEL_WORDS:
        if pattern.search(text):
            return units
    return frozenset()


def asked_unit(text: str) -> str | None:
    """The very unit that a question names (「多少家」 names 家, the key word 「户数」 户), or None."""
    if _LOAN.search(text) or _HUNDREDS_OF_MILLIONS.search(text):
        return "元"
    match = _ASKED_UNIT.search(text) or _UNIT_WORD.search(text)
    if not match:
        return None
    unit = next(group for group in match.groups() if group)
    if unit == "个点" and not _MOVES.search(text):
        return "个"  # 「夜校开几个点」 counts places
    return _UNIT_SAID.get(unit, unit)
