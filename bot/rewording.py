"""Puts the many ways in which a comparison is asked for into the few that are read; the rest stays as it is."""

import re
from collections.abc import Callable

from bot.lexicon import places

_ADJECTIVE = "多|高|大|快|长|少|低|小|慢|短"
_COUNTED = "条|个|家|套|户|台|张|座|处|所|件|项|场|名|位|人|亩|公里"
_END = r"[？?。呀啊呢吗\s]*$"

# 「几培」 is no slip that a lexicon could mend: 培 is a word.
_TIMES = re.compile(rf"(?<=[几少])[培陪赔贝背](?={_END})")
_SUM = re.compile(r"(?<=[少几\d])个(?=[万亿](?!元))")  # 「多少个亿」
_RAISED = re.compile(r"(?<=[再要会还能想])提(?=了?(?:多少|几)个?(?:百分)?点)")
_WHICH = re.compile(rf"(?P<names>[和与跟、].*?)那个(?=[^，,？?个]{{0,10}}?(?:{_ADJECTIVE}){_END})")
_AS_MUCH_AS = re.compile(
    rf"^(?P<a>.{{2,}}?)(?:是不是|到底)?有(?:没有)?(?!没有|哪|多|几|变|更|增|提|减|什么|所)(?P<b>[^，,？?]{{2,}}?)(?:那么|这么)?"
    rf"(?P<how>多|高|大|快|长)(?:没有?|不)?{_END}"
)
_PART = re.compile(
    r"^(?P<a>[^，,？?占]{2,}?)(?:只|仅|大约|大概|约|就)*(?:有|是|为|相当于|等于)(?P<b>[^，,？?]{2,}?)的?"
    r"(?P<ask>百分之几|百分之多少|几成|几分之几|几分之一)"
)
# 「托班名额，来年的只有今年的几成」: what it is about belongs to both.
_TOPIC_PART = re.compile(
    r"^(?P<topic>[^，,？?占]{2,16})[，,](?P<a>[^，,？?占]{2,}?)(?P<so>只有|仅为?|相当于|是|占)(?P<b>(?:20\d\d|[今去明来前])年)的"
    r"(?P<ask>百分之几|百分之多少|几成|几分之几)"
)
_EITHER_WAY = re.compile(
    r"^(?:是否|是不是)?\s*(?P<a>.+?)\s*(?:是|要)?(?P<up>高|多|大|快)于\s*(?:或者?|还是)?\s*(?P<down>低|少|小|慢)于\s*(?P<b>.+?)[？?\s]*$"
)
_TOGETHER = re.compile(
    r"^(?P<asked>[^，,？?]*(?:一共|总共|合计|共)[^，,？?]*?(?:多少|几)[^，,？?]*)[，,？?]\s*"
    r"(?P<names>[^，,？?]+?)(?:都)?(?:加|算)(?:到|在|起)?(?:一块|一起|来|上|进去)[儿]?[？?。\s]*$"
)
# 「A高于B多少」 is 「A比B高多少」.
_EXCEEDS = re.compile(
    rf"^(?P<a>[^？?]{{3,}}?)[，,]?(?P<how>高|多|大|低|少|小|快|慢|长|短)(?:于|出)(?P<b>[^，,？?的有]{{2,}}?)"
    rf"(?P<ask>(?:多少|几)(?:个?百分点|个?点|[万亿]?元|平方米|公顷|{_COUNTED})?){_END}"
)
_OUTRAN = re.compile(
    r"(?:有没有|是否|是不是)?(?:跑赢|快于|赛过|胜过)了?(?=[^，,？?]{2})(?P<b>[^，,？?]+?)(?:吗|没有?)?[？?\s]*$"
)
_ADDED = re.compile(r"(?:再)?加上(?=[^，,？?]{2,}?(?:一共|合计|总共|共计?|总计))")
_ANYWHERE = "|".join(map(re.escape, places()))
_SHARE_IN = re.compile(
    rf"^(?P<a>[^，,？?占]{{2,}}?)在(?P<b>(?!全[市国区省]|{_ANYWHERE})[^，,？?占]{{3,}}?)(?:里面?|中|当中|之中|内)?(?:所)?占(?:了|到|的)?"
    r"(?P<ask>百分之几|百分之多少|几成|多少|多大比[例重]|比[例重]|百分比)"
)
_MORE_OR_LESS = re.compile(r"多(?P<verb>[\u3400-\u9fff]{1,2})了?还是少(?P=verb)了?")
_OR_SAME = re.compile(
    rf"(?P<how>多|高|大|快|长)(?:了|一些|一点)?(?:吗|呢)?[，,]?还是(?:一样|持平|差不多|没变|不变)(?:多|高|大)?{_END}"
)
_VERB_BETWEEN = re.compile(
    r"(?P<than>(?<![对占百])比(?![例重率如较])[^，,？?]{2,}?)(?P<how>多|少)(?!少|于)(?P<verb>(?![降涨升跌])[\u3400-\u9fff]{1,2}?)了?(?P<ask>多少|几(?!乎))"
)
_FELL = re.compile(r"(?<![减至缺])少了(?=多少|几|百分之)")
_NOW = r"(?:现在|目前|如今|眼下|当前|到现在)"
_IS_DONE = r"(?:(?<![改修新扩重搬共])[做建修造盖搞弄办改走]|进行|进展|推进|施工)"
_HOW_FAR = re.compile(
    rf"{_NOW}?的?(?:(?:是|(?<!达)到了?|处于|处在)?(?<!达到)(?:个?什么|啥|哪个|何种)(?:进展|进度|阶段|地步|状态|环节)"
    rf"|{_IS_DONE}?(?<!达)[得到]了?(?:个?什么|啥|何种|怎样的|哪[个种]?)(?:程度|样子?|份上|地步|阶段|进度|环节)"
    rf"|{_IS_DONE}到了?哪(?:一?步|儿|里)?|到了?哪一?步|{_NOW}的?(?:是|处于)?(?:(?:什么|啥|怎样的)?(?:情况|状况|样子)(?:如何|怎么?样)?|怎么?样|咋样)"
    rf"|(?:\s|的|最新的?|{_NOW})(?:最新)?(?:进展|进度|现状|近况)(?:情况)?)了?(?={_END})"
)
_ENDS = re.compile(
    rf"的?(?:起[止讫终]点?|起点[和、]终点|起止(?:路段|位置))(?:[是为在](?:哪里?|哪儿|什么|啥|什么地方))?{_END}"
)
_HONOURED = re.compile(
    r"(?:[被获]?评(?:为|上)|获评|荣获|入选|认定为|(?:得|拿|捧|获)(?:[得到回上])?)了?一?个?(?:什么|啥|哪[个些项种]?)(?:样的?)?"
    rf"(?:荣誉|称号|头衔|奖项?|牌子|认证|认定|名号|殊荣|表彰|名单|名录|榜单?)?了?(?={_END})"
)
_FOR_WHOM = re.compile(
    r"(?:主要)?(?:是|都)?(?:(?:针对|面向|服务于?|适用于?)的?(?:是|都是)?(?:谁|(?:什么|哪[些类种]?|何种)(?:样的?)?(?:人群?|对象|群体))"
    rf"|(?:为|给|替)谁(?:服务|办|设立?|开|搞|弄|准备|提供)|(?:对象|评的)(?:是|有)(?:谁|什么|啥|哪[些类种]?(?:人群?|群体)?))(?:发布|制定|推出|设立?|出台|实施|开展)?的?{_END}"
)
LAST_YEAR = r"(?:跟|和|与|同|[比较])(?:去年|上一?年|前一年)(?:同期)?(?:相?比|比较|来)?(?:起来)?[，,]?"
_CHANGED = re.compile(
    rf"{LAST_YEAR}(?:怎么样|如何|咋样|(?:有(?:什么|啥))?变化(?:大吗|[有是]?多[大少]|如何|怎么样|情况)?"
    rf"|是?(?:多|涨|增|高|升)(?:了|一些|点)?还是(?:少|跌|降|减|低)(?:了|一些|点)?){_END}|同比(?:怎么样|如何|咋样|变化){_END}"
)
_BY_SHARE = re.compile(rf"{LAST_YEAR}(?P<how>多|少|高|低)了?(?=百分之[几多]|几个(?:百分)?点|几成)")
# 「A与B中，较少的是哪一个」 and 「A跟B比，谁少」 are 「A与B哪个更少」.
_WHICH_IS = re.compile(
    rf"(?:(?:里面?|中|当中|之中|两[者个项])[，,]?|[，,])\s*(?P<most>最)?(?:较|更|比较|相对)?(?P<how>{_ADJECTIVE})的?(?:那?一?[个项方种家类])?(?:是|为)"
    rf"(?:哪一?[个项方种家类者]?|谁|何者){_END}"
)
_BESIDE = re.compile(
    r"(?<=[^年])(?:相比(?:较)?|比较|比起来|来比|比一比|对比|比)(?:一下)?[，,]\s*(?=(?:哪一?[个项方种家]|谁|何者))"
)
_WHO_MORE = re.compile(rf"(?<=[^，,])[，,]?\s*谁(?:更|比较|要)?(?P<how>{_ADJECTIVE})(?:一?些|一?点)?{_END}")
# 「四张清单分别是什么」 asks which they are, 「甲和乙分别是什么」 what each is.
_LIST_OF = re.compile(
    rf"^(?:请|帮我|麻烦)?(?:列出|列举|列一?下|给出|说出|写出|提供)?(?:一?下)?(?P<what>[^，,？?]{{3,}}?)[的\s]+(?:完整|全部|所有|具体)?的?名单{_END}"
)
_WHICH_THEY_ARE = re.compile(
    rf"^(?P<what>[^，,？?、和与跟及它他]{{3,}}?)(?:分别|各自?)(?:都)?[是为](?:些)?(?:什么|啥){_END}"
)
_JOINS = re.compile(r"[和与跟同、]|还是")
_PASSES_IT = re.compile(
    r"(?<=[\u3400-\u9fff])(?P<how>高|大|多|快|低|少|小|慢)过(?![了去来程的])(?=[^，,？?]{2,}(?:吗|么|没有?|不)?[？?\s]*$)"
)
# 「计划数较上一年实际数」 lays the plan beside what was done before it.
_PLAN_OVER_DONE = re.compile(
    r"(?P<plan>计划|目标)(?P<of>[数值]?的?)(?P<than>[比较])(?:上一?年|前一年|去年|上年度)(?:的)?(?=实际|完成)"
)
_OPPOSITE = {"多": "少", "高": "低", "大": "小", "快": "慢", "长": "短"}
_BOTH = re.compile(r"[这那]?(?:两|三|四|2|3|4)(?:个|种|类|项|样|者)")
_KEYWORDS = re.compile(
    rf"^(?P<before>[^？?，,]*?[\s\d年标成数比])(?P<how>差额?|差值|差距|之差|相差|对比|比较|之比|比值|增加|减少|提高|降低|多|少)\s*(?P<unit>{_COUNTED})?数?[？?\s]*$"
)
_THAN_KEYWORDS = re.compile(
    r"^(?P<before>[^？?，,]*\s[^？?，,]*(?<![对占同])比(?![例重率])[^？?，,]{2,12}?)(?P<how>[多少高低])[？?\s]*$"
)
_THINGS = re.compile(
    r"(?:竣工|开工|完工|动工|开建|建成|交付|启动|投用|启用|建设|推进)\s*(?:的)?(?P<noun>项目|工程|道路|地块)(?:名单|名称)?[？?\s]*$"
)
_NAME_OF = re.compile(r"(?<=\s)(?P<what>[^\s\d]{2,6})名[？?\s]*$")  # key words 「承办 赛事名」
_LAID_BESIDE = re.compile(r"比|较|差|两年")
_MEASURE_THEN_MORE = re.compile(rf"(?<=[率数量额积度])({_ADJECTIVE}|差)(?=(?:了|出|出来)?(?:多少|几))")
_DOES_WHAT = re.compile(rf"[干做搞](?:嘛|吗|啥)(?={_END}|[的用呢])")
_THAT_ONE = re.compile(rf"(?<=[是在归属于])那(?=[个家位所条座处张块][\u3400-\u9fff]{{1,5}}{_END})")
_ASKS = re.compile(r"多少|几|哪|谁|吗|是否|什么")
_MEASURE_GAP = re.compile(
    r"^(?P<before>[^？?，,]*\s\S+.*?)\s(?P<noun>人|[户家个条张套台]|面积|金额)数?(?:之)?差[？?\s]*$"
)

_COMPLETED = re.compile(r"(?<=[\u3400-\u9fff]{2})(?<![做装弄搞建修拆办搬造盖改])完了(?=[吗没])")
_OVER_HALF = re.compile(r"过半(?=了?(?:吗|没有?|吧|对))")
_MEDALS = re.compile(r"(?P<number>[一二两三四五六七八九十\d])[块枚个](?P<metal>[金银铜])牌")
_ENOUGH = re.compile(r"(?:够不够|到没到|有没有到|达没达到|过没过|破没破)(?=\s*\d)")
# 「今年外资比去年少了？」: said as a statement, asked by its mark alone.
_STATED = re.compile(
    r"^(?P<said>(?![^？?]*(?:哪|谁|多[少大高长久快远重]|几|什么|啥|怎|如何|吗|呢|何|是否|[不没未]))"
    r"[^？?]*(?:比(?![例率重值较])[^？?，,]{2,}(?:[多少高低大小快慢]|下降|上升|增长|减少|增加)了?|[\u3400-\u9fff]{4,}[了过]))[？?]\s*$"
)
_PLAINER = (
    (_ENDS, "是从哪到哪"),
    (_FOR_WHOM, "服务对象是谁"),
    (_HONOURED, "得了什么荣誉"),
    (_COMPLETED, "完成了"),
    (_OVER_HALF, "超过50%"),
    (_MEDALS, r"\g<number>\g<metal>"),
    (_ENOUGH, "有没有达到"),
    (_STATED, r"\g<said>吗？"),
)


def comparable(text: str) -> str:
    """`text` with its comparison put in the way that is read: 「A有没有B多」 as 「A比B多吗」."""
    for rule in _RULES:
        text = rule(text)
    return text


def over_last_year(text: str) -> str:
    """「跟去年比怎么样」 and 「比去年多了百分之几」 as the growth that reports tell (「同比增长多少」)."""
    text = _BY_SHARE.sub(lambda match: "同比增长" if match["how"] in "多高" else "同比下降", text)
    return _CHANGED.sub("同比增长多少？", text)


def _slips(text: str) -> str:
    text = _SUM.sub("", text)
    text = _DOES_WHAT.sub("做什么", text)
    if not _ASKS.search(text):
        text = _THAT_ONE.sub("哪", text)
    if _LAID_BESIDE.search(text):
        text = _MEASURE_THEN_MORE.sub(r" \1", text)
    text = _ADDED.sub("和", _MORE_OR_LESS.sub("多还是少", _RAISED.sub("提高", text)))
    text = _OR_SAME.sub(lambda match: f"{match['how']}还是{_OPPOSITE[match['how']]}", text)
    text = _VERB_BETWEEN.sub(r"\g<than>\g<how>\g<ask>", text)
    for said, plain in _PLAINER:
        text = said.sub(plain, text)
    text = _FELL.sub("减少了", _HOW_FAR.sub("进展如何", text)) if not _LAID_BESIDE.search(text) else text
    return _WHICH.sub(r"\g<names>哪个", _TIMES.sub("倍", text))


def _as_much_as(text: str) -> str:
    match = _AS_MUCH_AS.match(text)
    return f"{match['a']}比{match['b']}{match['how']}吗？" if match and not _ASKS.search(match["a"]) else text


def _which(text: str) -> str:
    text = _WHICH_THEY_ARE.sub(r"\g<what>有哪些？", _LIST_OF.sub(r"\g<what>有哪些？", text))
    if not _JOINS.search(text):
        return text
    text = _WHICH_IS.sub(lambda match: f"哪个{match['most'] or '更'}{match['how']}？", text)
    return _WHO_MORE.sub(r"哪个更\g<how>？", _BESIDE.sub("", text))


def _outran(text: str) -> str:
    text = _PLAN_OVER_DONE.sub(r"\g<plan>\g<of>\g<than>", _PASSES_IT.sub(r"\g<how>于", text))
    return _OUTRAN.sub(r"高于\g<b>吗？", text)


def _part(text: str) -> str:
    text = _SHARE_IN.sub(r"\g<a>占\g<b>的百分之几", text)
    text = _TOPIC_PART.sub(r"\g<a>\g<topic>\g<so>\g<b>的\g<topic>的\g<ask>", text)
    return _PART.sub(r"\g<a>占\g<b>的\g<ask>", text) if "占" not in text else text


def _either_way(text: str) -> str:
    match = _EITHER_WAY.match(text)
    return f"{match['a']}比{match['b']}{match['up']}还是{match['down']}？" if match else text


def _together(text: str) -> str:
    match = _TOGETHER.match(text)
    return f"{match['names']}{_BOTH.sub('', match['asked'])}？" if match else text


def _keywords(text: str) -> str:
    """Key words that end in the comparison or the things that they ask for (「绿道 2024完成 2025目标 差」)."""
    if _ASKS.search(text):
        return text
    text = _NAME_OF.sub(r"\g<what>名称", text)
    things = _THINGS.search(text) if " " in text.strip() else None
    if things:
        return f"{text[: things.start('noun')].rstrip()}哪些{things['noun']}"
    gap = _MEASURE_GAP.match(text)
    if gap:
        return f"{gap['before']} 相差多少{gap['noun'] if len(gap['noun']) == 1 else ''}？"
    than = _THAN_KEYWORDS.match(text)
    if than:
        return f"{than['before']}{than['how']}多少？"
    match = _KEYWORDS.match(text)
    if not match:
        return text
    if match["how"] in ("之比", "比值"):
        return f"{match['before']}几倍？"
    how = "相差" if "差" in match["how"] or "比" in match["how"] else match["how"]
    return f"{match['before']}{how}多少{match['unit'] or ''}？"


def _exceeds(text: str) -> str:
    return _EXCEEDS.sub(r"\g<a>比\g<b>\g<how>\g<ask>", text)


_RULES: tuple[Callable[[str], str], ...] = (
    _slips,
    _which,
    _exceeds,
    _outran,
    _as_much_as,
    _part,
    _either_way,
    _together,
    _keywords,
)
