"""What a question wants: the year, the status, the kind of answer and the words that say what it is about."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, lru_cache

from bot.lexicon import everyday
from bot.rewording import comparable
from bot.splitting import COUNTS
from bot.terms import Term, Vocabulary
from bot.units import MEASURES, Kind, units_of
from bot.wider import as_whole, holding
from corpus.figures import Figure, find_figures
from corpus.numerals import chinese_number
from corpus.types import Report, Status


class Want(StrEnum):
    """The kind of answer that a question asks for."""

    FIGURE = "figure"
    NAME = "name"
    LIST = "list"
    DATE = "date"
    YESNO = "yesno"
    DIFFERENCE = "difference"
    CHOICE = "choice"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Question:
    """A question as understood.

    `open` tells key words without an asking word, `like_units` the unit of the answer before.

    `text` is what was asked, cleaned and completed; `body` the same without years, places and asking words;
    `years` are those it names, `year` and `status` what the answer must be about where it says so; `units` the
    units that its figure may have (empty: any); `claims` figures that it states itself.
    """

    text: str
    body: str
    want: Want
    kind: Kind | None
    years: tuple[int, ...]
    status: Status | None
    units: frozenset[str]
    terms: tuple[Term, ...]
    claims: tuple[Figure, ...] = ()
    asks: str = ""
    open: bool = False
    like_units: frozenset[str] = frozenset()
    context: tuple[Term, ...] = field(default=())


_GROWTH = re.compile(
    r"(?:同比|环比|[比较]上一?届|比上年|比上一年|较上年|比去年|较去年|比前一年)|(?:增长|成长|增加|提高|"
    r"提升|上升|上扬|递增|下降|减少|降低|压缩|压减|缩短|缩减|精简|节省|涨|跌|降|升|(?<![新净])增)(?:了|的)?(?:多少|几|百分|幅度|"
    r"幅|率|速度?|目标|多大|情况|比例)"
    r"|增幅|涨幅|降幅|增速|增长率|增长(?:是|为|有|目标|情况|呢|$|\s)|(?:多少|几)个?百分点|(?<=[涨增降升高低掉])了?(?:多少|几)个点(?!位)|多(?:出|收|涨)?了?(?:多少|几)个点$|(?<![多减缺])少了(?:多少|几)(?![个家条座所项位处名款台套张户场幢幅门片份次万亿])"
)
_ASKS_A_COUNT = re.compile(r"(?:多少|几)[万亿]?[户家台套条座处件项辆宗起天人名]")  # 「压降多少户」
_SHARE = re.compile(r"占(?:比|全|了?多少|总|几|到|本|市|的|据)?|比重|份额|几分之几")
_RANK = re.compile(
    r"(?:全[市国区省]|城区|排|列|居|各区)[^，,]{0,6}第几|第几(?:名|位)|排名|位列|名次|"
    r"(?:全[市国区省]|各区|城区)里?[^，,？?]{0,3}(?:什么|啥|哪个|何种)(?:位置|名次|水平|档次|段位)|排在|(?<!安)排多少|位居|排行|居全|位次|排老几|(?<!安)排(?:到|在|个)?第?几"
)
_DATE_ASKED = re.compile(
    r"(?:什么|啥)时候|几时|何时|哪一?天|几月|哪一?年|哪个年份|几月几|日期|时间是|到哪年|多久|多长时间|起止年|起讫年|起止时间|年限|"
    r"哪个?月(?!台)|哪个?季度|什么日子|规划期|"
    r"(?:[竣完开]工|通车|交付|开[业放学馆]|启用|投用|搬迁|成立|举办|召开|发布|入驻|落成|运营)\s*(?:时间|日期)"
)
_DAY_ASKED = re.compile(r"几月(?!台)|(?<![哪第好])几[号日](?!线|楼|地块|厂?房|门|院|的)")
_WHICH = re.compile(
    r"哪些|哪几|哪两|哪三|哪四|哪五|有什么|有啥|包括什么|包括哪|分别是什么|是哪|哪[个家条座所项位处名款支种类批]|"
    r"哪一|谁|何人|什么|啥|叫什么|何种|哪里|哪儿|何[处地]|哪"
)
_PLURAL = re.compile(r"哪些|哪几|哪两|哪三|哪四|哪五|有什么|有啥|包括|分别是什么|有哪|都有谁|名单|列出|列举")
_HOW_MUCH = re.compile(
    r"多少|(?<![哪好])几(?![乎个].{0,2}都)|什么水平|什么程度|何种水平|多大|多高|多长|百分之几|"
    r"数量|总数|规模有|第几|总额|数目|几何"
)
_YESNO = re.compile(
    r"是不是|是否|有没有|有无|能不能|可不可以|会不会|([搞办开建做装拆修造推用设招])不\1|对吗|对不对|是吗|是真的吗|(?:没错|[是对])吧[？?\s]*$|吗[？?\s]*$|了吧[？?\s]*$|"
    r"(?<![什怎多那这])么[？?\s]*$|真的?(?:是|有|能|会|要)[^哪谁多几什啥，,]+[？?]\s*$|没有[？?\s]*$|伐[？?\s]*$|嘛[？?\s]*$|对麻|\d[^，,？?]{0,6}吧[？?\s]*$|(?:还没有?|尚未|还未)[^，,？?]{1,8}吧[？?\s]*$"
)
_ASKS_WHETHER = re.compile(
    r"是不是|是否|有没有(?!多少)|(?<!得)对不对|能不能|会不会|(?<!还)没[？?\s]*$|没有[啊呀呢]?[？?\s]*$|不[？?]\s*$"
)
_DIFFERENCE = re.compile(
    r"(?:比|较|相比).{0,40}?(?:多|少|高|低|增加|减少|提高|降低|(?<!新)增|减|差)(?:了|出)?(?:多少|几)|"
    r"(?:与|和|跟).{0,30}?差(?:了|出)?(?:多少|几)|相差|差距|差额|差多少|差几|差值|几倍|多少倍|"
    r"一共.{0,6}和|总和|(?:和|与|跟|、|加上|比|较).{1,40}(?:多出(?:来)?多少|合计|加起来)|(?:合计|加起来).{1,40}(?:和|与|跟|、)"
)
_CHOICE = re.compile(
    r"(?:哪|谁).{0,8}?(?:更|最)(?:大|多|高|快|少|低|小|长)|(?:更|最)(?:大|多|高|快|少|低|"
    r"小|长)的是|还是.{1,20}(?:多|大|高|快|少|低)|哪(?:个|一个|家|项|类|种)?(?:比较)?(?:多|"
    r"大|高|快|少|低)|多还是"
)
_TEXT = re.compile(
    r"怎么样|如何|情况|介绍|做了什么|有什么(?:措施|举措|进展|动静|安排|内容)|哪些(?:措施|"
    r"举措|进展|工作|安排|方面)|是什么|什么是|是干什么|[干做搞弄]点(?:什么|啥)|什么意思|总结|概括|说说|讲讲|(?<![作成评定升改称列分设视选转])为什么|"
    r"为何|原因|啥意思|要求"
)
_WHO = re.compile(
    r"谁|哪一?位|何人|什么人|姓名|[那这]位.{0,8}(?:叫|名字)|(?:(?<![机法])人|学员|学生|健儿|选手|运动员|专家|代表|[院校馆站所局]长|主任)"
    r"(?:们|分别|各自?|都)*(?:叫(?:什么|啥)|的名字|是哪几个)"
    r"|[者员师手](?:们|分别|各自?|都)+叫(?:什么|啥)"
)
_WHY = re.compile(
    r"(?<![作成评定升改称列分设视选转])为什么|为何(?![？?\s]*$)|(?<![作成])为啥|原因|何以|缘故|怎么会|怎么(?:就|又|还)?(?:[这那]么|[少多降涨跌低高变减增][了得]?(?=[这那少多低高大小快慢了]|呢?[？?\s]*$))|咋会|咋回事|怎么回事|怎么造成|(?:咋|怎么)(?:偏偏|非要?|单单|老是|突然|忽然)|凭什么|主要考虑|理由|依据是什么"
)
_TARGET = re.compile(
    r"目标|计划|打算|力争|预期|预定|安排|将要|准备|预备|拟|要(?:建|新|完|做|达|开|引|招|"
    r"办|打|推|改|筹|设|求)|指标|明年|任务|规划(?!中学|一路|幼儿园|小学|设计)"
)
_ACTUAL = re.compile(
    r"实际|已经|已(?=[完建累开])|完成了|做了|落实了|建成了|实绩|完成情况|执行情况|成绩|"
    r"(?:装|建|修|拆|造|盖|翻)[好成完]了(?!没|吗|么)|(?:装|建|修|拆|发|招|办|搞|开|弄|花|查|引|帮|服务|新增|落地|完工|竣工)了|成果|目前|"
    r"现在|截至|进展如何"
)
_AIM = re.compile(r"(?<!考核)(?<!国家)目标(?!任务)|预期值|计划数")
_REACHED = re.compile(r"完成|实际|达到|达成|超额|实现|执行|落实")
# Four digits without 年 are a year unless a unit follows (「2024座」).
_YEAR = re.compile(
    r"(?<![\d.])(20\d\d)(?!\d|\.\d|,\d)\s*(?:年度?|(?![座亩个家人台套处米吨元名户件项张条场次辆所公平万亿%位幢块支笔款门节片倍]))"
)
_SHORT_YEAR = re.compile(r"(?<!\d)(2[0-9])年")
_RELATIVE = (
    (re.compile(r"大前年"), -3),
    (re.compile(r"前年"), -2),
    (re.compile(r"去年|上一?年(?!同期|度?相比|末|[纪头岁])|(?<![比较同])上一?届"), -1),
    (re.compile(r"今年|本年度?|当年|年内|这一?年"), 0),
    (re.compile(r"明年|来年|下一?年|次年"), 1),
    (re.compile(r"后年"), 2),
)
AGO = re.compile(r"((?<!近)[一二两三四五六七八九十]|(?<!\d)\d{1,2})年[之以]?前")
_COMPARES = re.compile(r"(?:比|较|同)(?:去年|上年|上一年|前一年|上年同期)")
_FILLERS = re.compile(
    r"请问一?下?|请教|麻烦|我想知道|我想问|想问|想了解|了解一下|能不能|可不可以|可否|告诉我|"
    r"说一下|帮我|查一下|查询|查查|谢谢|你好|您好|一下|顺便|到底|究竟|大概|大约|差不多|"
    r"根据报告|报告中|报告里|报告|上面|关于|对于|那么|听说|据说|按照?|按|咱们?区?|我们区?|"
    r"我区|本区|区里[面头边]?|区内|全区|我市|"
    r"一共|总共|共计|合计|总计|全部|共有|各有|各是|各为|分别|多少|几何|几(?=[个家条座所项位处名款支种台套张户场幢幅门片份次])|"
    r"百分之几|哪一?[个家条座所项位处名款支种类批些几里儿年天]?|(?:什么|啥)时候|什么|啥|谁|何时|几时|何地|怎么样?|"
    r"怎样|进展如何|服务对象|如何|咋样?|"
    r"是不是|是否|有没有|有无|对不对|对吗|是吗|吗|呢|呀|啊|啦|哦|么|来着|(?:吧|嘛|哈|喔|耶|唄|呗|伐)(?=[，,。？?！!\s]|$)|"
    r"排老几|是多少|有多少|为多少|达多少|多大|多高|多长|水平|情况|数量|数目|总数|一年|全年|年度|"
    r"年末|当中|里头|里面|其中|方面|之中|以及|还有|另外|并且|"
    r"完成情况|怎么|做到|达到|达(?!标)|打算|计划|力争|预计|将要|将|准备|要求|目标值?|预期|任务|"
    r"安排|实际|已经|目前|现在|截至|最新|总的|的话|这个|那个|这些|那些|它们?|他们|该|某"
)
# These stand within what is asked and part nothing (「财政一共进账多少」).
_ADVERBS = re.compile(r"一共|总共|共计|大概|大约|差不多|到底|究竟|顺便|一下子?|拢共|统共")


# 「目标为何？」 asks how much and 「路段为何？」 what; neither asks why.
_IS_HOW_MUCH = re.compile(r"(?<=[标数量额率值积度比例重幅速])为何(?=[？?\s]*$)")
_IS_WHAT = re.compile(r"为何(?=[？?\s]*$)")


def parse(text: str, report: Report, vocabulary: Vocabulary, *, understood: str | None = None) -> Question:
    """What `text`, a cleaned question in simplified characters, wants of `report`."""
    asked, text = text, comparable(text)
    years = years_meant(text, report)
    bare = _IS_WHAT.sub("是什么", _IS_HOW_MUCH.sub("是多少", _without_years(text)))
    claims = tuple(figure for figure in find_figures(bare) if not figure.is_word or _YESNO.search(bare))
    bare = as_whole(bare, report)
    want, kind = _want(bare, years)
    body = body_of(bare, report)
    units = units_of(bare, kind)
    terms = vocabulary.terms(body)
    # The measure is what the unit says already (「开工面积」 is found as 「开工235万平方米」).
    terms = tuple(term for term in terms if not (units and term.text in MEASURES)) or terms
    return Question(
        text=understood or asked,
        body=body,
        want=want,
        kind=kind,
        years=years,
        status=status_of(text, years, report),
        units=units,
        terms=terms,
        claims=claims,
        asks=bare,
        open=not (
            _HOW_MUCH.search(bare)
            or _WHICH.search(bare)
            or _YESNO.search(bare)
            or _TEXT.search(bare)
            or _DATE_ASKED.search(bare)
        ),
    )


def years_of(text: str, report: Report) -> tuple[int, ...]:
    """The years that `text` is about: named ones, and relative ones counted from the year named or reported on."""
    named = [int(year) for year in _YEAR.findall(text)]
    named += [2000 + int(year) for year in _SHORT_YEAR.findall(text)]
    base = max(named) if named else (report.date.year if report.date else report.year)
    cleaned = re.sub(r"[（(]\s*20\d\d\s*年?\s*[)）]", "", text)
    relative: list[int] = []
    for pattern, distance in _RELATIVE:
        match = pattern.search(cleaned)
        # 「去年（2024年）」 says itself which year it means; 「比去年增长」 asks for growth, not for last year's level.
        if (
            not match
            or base is None
            or re.match(r"[（(，,]?\s*20\d\d", text[text.find(match.group()) + len(match.group()) :])
        ):
            continue
        if (
            _COMPARES.search(cleaned)
            and distance == -1
            and (not named or base - 1 not in (report.year, report.planned))
        ):
            continue
        if distance == 0 and named:
            continue
        relative.append(base + distance)
        cleaned = cleaned.replace(match.group(), "")
    if base is not None:
        relative += [base - int(chinese_number(one) or one) for one in AGO.findall(cleaned)]
    return tuple(dict.fromkeys((*named, *relative)))


def years_meant(text: str, report: Report) -> tuple[int, ...]:
    """The years of `text`, or the planned one where it asks for a target and names none: no result answers it."""
    aims = _AIM.search(text) and not _REACHED.search(text)
    return years_of(text, report) or ((report.planned,) if aims and report.planned else ())


def _without_years(text: str) -> str:
    text = re.sub(r"[（(]\s*20\d\d\s*年?\s*[)）]", "", text)
    for pattern in (
        _YEAR,
        _SHORT_YEAR,
        AGO,
        *(pattern for pattern, _ in _RELATIVE if pattern.pattern != r"今年|本年度?|当年|年内|这一?年"),
    ):
        text = pattern.sub(" ", text)
    return re.sub(r"今年|本年度?|当年|年内", " ", text)


def body_of(text: str, report: Report) -> str:
    """`text` without the report's own place, asking words and fillers: what is left says what it is about."""
    if report.place:
        text = _own_place(report.place, holding(report)).sub(" ", text)
    text = _outside_words(_ADVERBS).sub(lambda match: match["kept"] or "", text)
    text = _outside_words(_FILLERS).sub(lambda match: match["kept"] or " ", text)
    return re.sub(r"\s+", " ", text).strip(" ，。？?！!、,.：:；;")


@cache
def _outside_words(pattern: re.Pattern[str]) -> re.Pattern[str]:
    """`pattern`, but a word of the lexicon that it would cut (「将来的产业」, 「外请教师」) is matched as `kept`."""
    words = sorted((word for word in everyday() if pattern.search(word)), key=len, reverse=True)
    return re.compile(rf"(?P<kept>{'|'.join(map(re.escape, words)) or '(?!)'})|(?:{pattern.pattern})")


@lru_cache(maxsize=64)
def _own_place(place: str, over: tuple[str, ...]) -> re.Pattern[str]:
    """The report's place as questions name it, with those that hold it before, and 全区."""
    whole = "|".join(map(re.escape, over))
    short = re.sub(r"[省市区县]$", "", place)
    return re.compile(rf"(?:{whole})?(?:{re.escape(place)}|{re.escape(short)}(?!家|中))|全{place[-1]}(?!第)")


def status_of(text: str, years: Sequence[int], report: Report) -> Status | None:
    """The status that the words of `text` imply, if they imply one."""
    if years and len(years) == 1:
        aims = years[0] == report.planned or (_AIM.search(text) and not _REACHED.search(text))
        return Status.TARGET if aims else Status.ACTUAL
    if years:
        return None
    text = _named_plan(text, report)
    if _ACTUAL.search(text):
        return Status.ACTUAL
    return Status.TARGET if _TARGET.search(text) else None


def _named_plan(text: str, report: Report) -> str:
    """`text` without plans that the report knows by name (「繁星计划」): they are no targets."""
    return _PLAN.sub(lambda match: " " if match.group() in report.text else match.group(), text)


_PLAN = re.compile(r"[\u3400-\u9fff]{2}计划")


def _want(text: str, years: Sequence[int]) -> tuple[Want, Kind | None]:
    kind = kind_of(text)
    if _CHOICE.search(text):
        return Want.CHOICE, kind
    if _DIFFERENCE.search(text):
        return Want.DIFFERENCE, None
    if _asks_whether(text, kind):
        return Want.YESNO, kind
    if (re.search(r"第几", text) and kind is not Kind.RANK) or _MEDALS_ASKED.search(text):
        return Want.NAME, None
    if _DAY_ASKED.search(text) or HOW_LONG.search(text):
        return Want.DATE, None
    if kind is Kind.RANK or _HOW_MUCH.search(text):
        return Want.FIGURE, kind
    if kind in (Kind.GROWTH, Kind.SHARE) and not any(one.search(text) for one in (_WHICH, _DATE_ASKED, _PLURAL)):
        return Want.FIGURE, kind
    in_words = _want_in_words(text)
    return (in_words, None) if in_words else (Want.FIGURE, kind)


def _asks_whether(text: str, kind: Kind | None) -> bool:
    whether = _ASKS_WHETHER.search(text)
    ranked = kind is Kind.RANK and re.search(r"第几|多少|几", text)  # 「是否位居首位」 asks whether
    claims = _CLAIMS_ONLY.search(text) and not any(one.search(text) for one in (_HOW_MUCH, _WHICH, _DATE_ASKED))
    if claims or (whether and not ranked and not COUNTS.search(text[: whether.start()])):
        return True
    ends_so = re.search(r"(吗|了吧|(?<![什怎多那这])么|对不对)[？?\s]*$", text)
    return _YESNO.search(text) is not None and (ends_so is not None or not _HOW_MUCH.search(text))


_CLAIMS_ONLY = re.compile(  # a statement with a bound that ends in a question mark
    r"(?:(?:超过?|突破|[高低多少]于|不到|不足|至少|达到|满)了?[\d一二两三四五六七八九十百千半]|"
    r"[\d一二两三四五六七八九十百千万亿%半][个家台套条座人户张公里]{0,2}(?:以上|以下|以内|多)).*[？?]\s*$"
)
_MEDALS_ASKED = re.compile(r"几[金银铜](?:几|$|[？?呢])")
_ENDS_IN_NAME = re.compile(r"\s\S*名[称字][？?\s]*$")  # key words (「承办 赛事名称」)
_EITHER = re.compile(r"[是在属于\s][\u3400-\u9fff]{2,8}?[，,]?还是[\u3400-\u9fff]{2,8}[？?呢啊呀]*$")


def _want_in_words(text: str) -> Want | None:
    if _DATE_ASKED.search(text):
        return Want.DATE
    if _EITHER.search(text):
        return Want.NAME
    if _PLURAL.search(text):
        return Want.LIST
    if _ENDS_IN_NAME.search(text):
        return Want.NAME
    if (
        _WHY.search(text)
        or _TEXT.search(text)
        and not re.search(r"哪[个家条座所项位处名款支种类批]|什么[^是]{1,8}$", text)
    ):
        return Want.TEXT
    return Want.NAME if _WHICH.search(text) else None


def kind_of(text: str) -> Kind | None:
    """Whether `text` asks for a growth, a share or a rank."""
    if _RANK.search(text):
        return Kind.RANK
    if _GROWTH.search(text) and not re.search(r"新增", _GROWTH.search(text).group()):  # type: ignore[union-attr]
        return None if _ASKS_A_COUNT.search(text) else Kind.GROWTH
    if re.search(
        r"占全|占市|占比|占了|占多|比重|占总|几分之几|占到|占的?比|份额|占(?:整个|所有)[^，,？?]{1,8}(?:多[少大]|几)"
        r"|占[^，,？?占]{2,14}?(?:值|量|额|面积|收入|投资|人口|资产)的?(?:多少|多大|几成)(?![万亿家户个人])",
        text,
    ):
        return Kind.SHARE
    return None


_PARTNER = re.compile(
    r"[跟和与同](?:谁|哪[一]?[家个])|谁的?.{0,4}(?:合作|项目)|(?:企业|公司|机构|单位|项目|工程|地块|公园|[院校馆店室行路])(?:都|分别)?[是有](?:谁|哪)"
)


# 「谁转型口腔医院了」 asks for a body as well as for a person, 「谁是区长」 and 「谁负责」 for a person.
_ANY_WHO = re.compile(
    r"谁(?!来|(?:在|是)?(?:出|建|修|造|盖|管|承|投|运营|开发|设计|负责|牵头|主持|汇报|报告|作|做|讲|说|主管|分管|管|写|念|代表))"
)
_OF_PEOPLE = re.compile(
    r"[\u3400-\u9fff]长(?![期三者效宁征江桥沙])|书记|主席|主任|代表(?!处)|委员(?!会)|同志|领导|负责|人(?=[是叫]?谁|叫|的?姓名|的?名字)|谁的|姓名|[这那哪]位"
    r"|[教医律学演球]?[师员生手将](?=[是叫]?谁|[们都])|作者|老板|专家|教授|院士|总裁|董事|冠军|得主|创始"
)
HOW_LONG = re.compile(r"多久|多长时间|(?:[花用管跨]|为期|历时|持续)了?(?:几|多少)(?:个月|天|年|小时|分钟)")


def asks_who(question: Question) -> bool:
    """Whether a person is asked for, no partner and no company (「跟谁合作」)."""
    if _PARTNER.search(question.asks) or _ANY_WHO.search(question.asks) and not _OF_PEOPLE.search(question.asks):
        return False
    return question.want in (Want.NAME, Want.LIST, Want.TEXT) and _WHO.search(question.asks) is not None


def asks_why(question: Question) -> bool:
    """Whether a reason is asked for."""
    return _WHY.search(question.asks) is not None
