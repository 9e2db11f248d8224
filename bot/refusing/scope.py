"""Questions that are not about a report at all, and questions for a judgement."""

import re
from collections.abc import Iterable

from bot.lexicon import actions, everyday
from bot.question import Question
from bot.refusing.phrases import phrases
from bot.refusing.procedure import HOW_TO
from bot.remarks import is_remark
from corpus.types import Report

_NUMBER = r"[\d零一二两三四五六七八九十百千万.]+"
_ARITHMETIC = re.compile(
    rf"{_NUMBER}\s*(?:[+＋×*÷/]|乘以?|除以|加上?|减去?)\s*{_NUMBER}\s*(?:=|＝|等[于余]|是几|是多少|得几|得多少|[?？]|$)"
)
_IS_IT_GOOD = re.compile(
    r"([快慢好强高低大小难贵严累美差值忙多少])不\1(?!于)"
    r"|得(?:好|行|灵)[伐哇]"
    r"|(?:(?<![装建修弄办做造改完搞学管用备])好|[强快慢贵棒]|努力|厉害|优秀|先进|落后|给力|幸福|宜居|干净|漂亮|热闹|繁华|发达)[吗么不][？?\s]*$"
)
# 「改造好了」 says that it is done, not that it is good.
_DONE_WELL = re.compile(r"(?<=[装建修弄办造改盖搞备整翻拆铺])好(?=了|的|没|[吗么]|[？?\s]*$)")
_WEIGHED = re.compile(r"(?<![对占])比[^，,？?]{1,}[快慢强高][吗么不][？?\s]*$")
_WILL = re.compile(
    r"(?<![社聘大协晚年庙展商酒盛])会(?![议计员展])|将|能(?![源量耗])|预计|预测|估计|可能|大概|达到多少|到多少"
)
_ASKS = re.compile(
    r"谁|什么|啥|哪|多[高大长远深快重久]|几[天个点]|能不能|可不可以|为什么|为啥|怎么|如何|解释|帮我|给我|教我|告诉我|讲讲|说说"
    r"|\b(?:who|what|how|why|where|when|help me|tell me|explain|please|show me)\b",
    re.IGNORECASE,
)
_OF_A_PLACE = re.compile(
    r"年|表\s*\d|月份|[本上当\d]月|[\u3400-\u9fff]{2}[区县省]|[全本我咱各这][个们]?[区市省县]|[区市省县][里内属级]|街道|镇|我们|咱|这里|这边|本地|那里|那边|它"
    r"|报告|目标|计划|指标|总额|总量|产值|收入|人均|人口|数量|增长|增速|比例|占比|率|了[哪什几多]|做了|推进|建设|整治|治理|应对|政策|措施|举措"
    r"|工作|项目|企业|产业|行业|居民|市民|群众|社区|公园|学校|医院|养老|开工|竣工"
)

_WHAT_TO_DO = re.compile(r"(?:怎么|咋|如何)办")
_HARDLY = 0.55  # so much less the report's own words must tell than those it does not have
_ADVICE = re.compile(r"推荐|建议|评价")
_TELLING = 0.7
_AROUND = 2  # so many characters beside a phrase make it a part of a name


def out_of_scope(text: str, original: str, reported: str, *, is_named: bool = False) -> bool:
    """Whether a question plainly asks for something that no report holds.

    `text` is it in Chinese and mended, `original` as typed; `reported` is all that the reports say. Where the question
    names much of the report (`is_named`), a word that the report lacks may be a circumstance (「学唱歌的夜校教学点」).
    """
    asked = _wordings(text, original)
    idle = any(is_remark(one) or _ARITHMETIC.search(one) for one in asked)
    return idle or _says(asked, " ".join(asked).lower() if is_named and len(asked) > 1 else reported, "scope.txt")


def asks_opinion(text: str, original: str, reported: str) -> bool:
    """Whether a question asks for a judgement, an advice or a forecast."""
    # 「怎样才能领到」 asks the way to something, not for an advice.
    asked = tuple(HOW_TO.sub(" ", _DONE_WELL.sub("完", one)) for one in _wordings(text, original))
    return any(_IS_IT_GOOD.search(one) and not _WEIGHED.search(one) for one in asked) or _says(
        asked, reported, "opinion.txt"
    )


def names_much(asked: Question) -> bool:
    """Whether a question names something that the report speaks of (「长者食堂好吃吗」)."""
    telling = [
        term
        for term in asked.terms
        if term.known and term.weight >= _TELLING and term.text not in actions() and not _ADVICE.search(term.text)
    ]
    return len(telling) > 1


def asks_future(question: Question, report: Report) -> bool:
    """Whether a question asks how something will be in years that no plan of the report reaches."""
    last = max(filter(None, (report.planned, report.year)), default=None)
    return (
        bool(question.years) and last is not None and min(question.years) > last and bool(_WILL.search(question.text))
    )


def general_knowledge(question: Question, report: Report) -> bool:
    """Whether a question of which the report knows no word speaks of no place, time or indicator either."""
    if question.years or question.context or not _mostly_unknown(question):
        return False
    short = re.sub(r"[省市区县]$", "", report.place)
    text = question.text
    return (
        (question.open or bool(_ASKS.search(text))) and not (short and short in text) and not _OF_A_PLACE.search(text)
    )


def _mostly_unknown(question: Question) -> bool:
    """Whether no telling word is the report's, or several are not and hardly any is (「手机屏幕碎了送修」)."""
    known = sum(term.weight for term in question.terms if term.strong and term.known and len(term.text) > 1)
    other = [term.weight for term in question.terms if term.strong and not term.known and not term.text.isascii()]
    text = _WHAT_TO_DO.sub("", question.text)
    single = any(term.strong and term.known and len(term.text) == 1 and term.text in text for term in question.terms)
    return not (known or single) or (len(other) > 1 and known <= _HARDLY * sum(other))


def _wordings(text: str, original: str) -> tuple[str, ...]:
    """The question as typed and as mended; as typed only where it was translated, word by word, from English."""
    chinese = sum("\u3400" <= char <= "\u9fff" for char in original)
    letters = sum(char.isascii() and char.isalpha() for char in original)
    return (original, text) if chinese * 2 >= letters else (original,)


def _says(wordings: Iterable[str], reported: str, file: str) -> bool:
    lists = phrases(file)
    lower = [text.lower() for text in wordings]
    if any(not _is_of_name(match, reported) for text in lower for match in lists["一律"].finditer(text)):
        return True
    alien = ((match.group(), text) for text in lower for match in lists["报告未写"].finditer(text))
    return any(word not in reported and not _is_part(word, text) for word, text in alien)


def _is_of_name(match: re.Match[str], reported: str) -> bool:
    """Whether a phrase stands in words that the reports use themselves (「断面优于Ⅲ类」, 「大众点评」)."""
    text, start, end = match.string, *match.span()
    around = (text[max(0, start - _AROUND) : end], text[start : end + _AROUND])
    return any(len(one) >= end - start + _AROUND and one in reported for one in around)


def _is_part(word: str, text: str) -> bool:
    """Whether `word` stands in `text` as a part of an everyday word for something of reports (「明星企业」)."""
    return any(word in longer and word != longer and longer in text for longer in everyday())
