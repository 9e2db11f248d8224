"""Why a question is refused, and the sentence that says so."""

import re
from collections.abc import Sequence

from bot.lexicon import places
from bot.question import Question
from bot.types import Reason
from corpus.types import Passage, Report

_OPINION = re.compile(
    r"你觉得|你认为|您觉得|您认为|你看|你怎么看|怎么看|依你|你判断|评价|点评|好不好|值不值|值得|该不该|应不应该|应该.{0,6}(?:吗|买|选|投)|建议我|推荐|最好的|哪.{0,6}(?:更好|最好|好啊|更强)|好还是|"
    r"预测|预估一下|会不会(?:超过|涨|跌|成为|下降|上升)|前景|未来.{0,4}(?:年|会).{0,8}(?:怎样|如何|吗|判断)|满意吗|靠谱|优劣|够用吗|够不够|更有效率|优于|是好是坏|看好"
)
_SCOPE = re.compile(
    r"天气|下雨|气温|带伞|菜谱|怎么做(?:菜|饭)|红烧|炒|煮|好吃|笑话|唱歌|写(?:一?首|一?篇|代码|程序|诗|作文)|代码|python|java(?:script)?|算法|排序|翻译|译成|法文|英文怎么|签证|护照|机票|酒店预订|电影|电视剧|小说|星座|彩票|股票代码|减肥|"
    r"你叫|你是谁|你好吗|吃饭了|吃了吗|聊天|无聊|讲个|宪法|乘以|除以|等于多少|几加几|平方根|世界杯|足球赛|游戏攻略|怎么治|感冒|吃什么药|怎么谈恋爱"
    r"|\bweather\b|\brecipe\b|\bjoke\b|\bpoem\b|\bcode\b|\btranslate\b"
)
_WHY = re.compile(r"为什么|为何|为啥|怎么会|原因|咋会|怎么就|何以|缘由")
_LOSS = re.compile(r"下降|下滑|减少|下跌|负增长|倒退|取消|关闭|关门|停业|停办|停工|停产|停止|倒闭|破产|拆了|拆掉|拆除后|废止|废除|禁止|没有任何|一.{0,2}都没|为零|末位|最后一名|垫底|失败|流产|搁置|撤销|暂停|没能|未能|没完成|未完成|撤走|解散|亏损|恶化|叫停|砍掉|缩减")
_DECLINE = re.compile(r"下降|减少|下滑|降低|压减|缩短")
_WHOLE_CITY = re.compile(r"(?:上海市?|全市|本市|我市)(?:全市|整体|全年)?(?:20\d\d年)?(?:的|全年|一共|总共)*(?=[\u3400-\u9fff])")
_NOT_WHOLE_CITY = re.compile(r"(?:占|在|居|位居|位列|列|比|高于|排|为|是|被)?(?:上海市?|全市)(?:第|排|首|率先|最|的?(?:比重|比例|份额|名次|前列)|占|几|多少名|中)|占.{0,4}(?:上海|全市)|在(?:上海|全市)|(?:上海|全市).{0,3}(?:排|第|居|位)")

MESSAGES = {
    Reason.MISSING_YEAR: "报告没有给出{years}的这项数据。",
    Reason.MISSING_FIGURE: "报告没有提到这项内容。",
    Reason.OTHER_PLACE: "这份报告只写{place}，没有{other}的这项数据。",
    Reason.FALSE_PREMISE: "报告里没有这样的说法，问题的前提与报告不符。",
    Reason.OUT_OF_SCOPE: "这个问题不在报告的范围内，我只回答报告里写到的内容。",
    Reason.OPINION: "我只转述报告写到的事实，不作评价、推荐或预测。",
}


def out_of_scope(text: str) -> bool:
    """Whether `text` plainly asks for something that no report holds."""
    return _SCOPE.search(text) is not None


def asks_opinion(text: str) -> bool:
    """Whether `text` asks for a judgement, an advice or a forecast."""
    return _OPINION.search(text) is not None


def other_place(question: Question, report: Report, cited: Sequence[Passage]) -> str | None:
    """The other place that the question is about, unless the passages that would answer speak of it."""
    own = {report.place, re.sub(r"[省市区县]$", "", report.place)} | {place for place in places() if place in report.place}
    text = question.text
    said = " ".join(passage.text for passage in cited)
    for place in places():
        if place not in text or place in own or any(place in name for name in own):
            continue
        stem = re.sub(r"[省市区县]$", "", place)
        if place in ("中国", "全国", "我国", "上海", "上海市"):
            continue
        if stem not in said and not re.search(rf"{stem}(?:路|街|大学|医院|公园|镇|中学|小学|展|牌)", text):
            return place
    whole = _WHOLE_CITY.search(text)
    if whole and not _NOT_WHOLE_CITY.search(text) and not any(name and name in text for name in own) and not _names_something(whole.group(), text, said):
        return "全市"
    if re.search(r"^(?:20\d\d年)?(?:全国|我国|中国)的?", text) and "全国" not in said:
        return "全国"
    return None


def _names_something(whole: str, text: str, said: str) -> bool:
    place = text.find(whole)
    after = text[place : place + len(whole) + 2]
    return len(after) > 3 and after in said


def false_premise(question: Question, cited: Sequence[Passage]) -> bool:
    """Whether the question takes for granted a loss that the passages do not speak of."""
    said = " ".join(passage.text for passage in cited)
    if _DECLINE.search(said):
        said += "下降下滑减少下跌缩减"
    losses = [match.group() for match in _LOSS.finditer(question.text)]
    asks_why = _WHY.search(question.text) is not None
    return bool(losses) and all(loss not in said for loss in losses) and (asks_why or bool(re.search(r"多少|几|花了|怎么|准备", question.text)))


def asks_why(text: str) -> bool:
    """Whether `text` asks for a reason."""
    return _WHY.search(text) is not None
