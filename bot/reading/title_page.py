"""Questions about the report itself: when, by whom and at which meeting it was given, from its title page."""

import re

from bot.matching import found
from bot.question import Question, Want
from bot.reading.reading import Piece, Reading
from bot.reading.world import World
from bot.types import Reason
from corpus.types import Passage

_ABOUT_IT = re.compile(r"^(?:[这那]次|[这那]个)?会(?=[是在议]|开|什么)|报告|会议|大会|讲话|人大|人代会|常委会")
_WHO = re.compile(r"谁|哪一?位|何人|什么人|报告人|作者|姓名|哪个人|哪位同志|是哪位")
_WHEN = re.compile(r"什么时候|何时|哪一?天|几月|几[号日]|日期|时候|哪一?年")
_MEETING = re.compile(r"哪次会|哪一次会|什么会议|第几次|哪个会|在哪里作")
# What a question about the report may say beside that; anything else is about what stands in it.
_ITS_WORDS = frozenset(
    (
        "政府 工作 报告 政府工作报告 会议 大会 审议 提请 听取 主任 省长 市长 区长 县长 主席 "
        "代省长 委员会 发展 改革 发展改革 发展改革委 发改委 人大 人大常委会 常委会 人民代表大会 "
        "代表 代表大会 交付 发布 发表 提交 执行 计划 草案 国民经济 社会 经济社会 职务 同志 "
        "担任 召开 举行 作报告 做报告 时候 什么 向人大 情况 会上 会议上 配送 届 次 "
        "委托 领导 省委 市委 区委 一次 人民政府"
    ).split()
)
_GIVEN = re.compile(
    r"报告.{0,8}(?:日期|时间|会议上作|作的|作者)|(?:哪次|什么|第几次)会议.{0,4}(?:作|听取|审议)|作.{0,4}报告|做.{0,4}报告|报告人|报告的作者|报告.{0,4}(?:几月几[号日]|几[号日]|哪一?天|什么时候|何时|啥时候).{0,12}(?:讲|念|宣读|发布|提交|[作做出]|的)|提请.{0,8}审议"
)
_POST = re.compile(r"职务|职位|头衔|什么主任|什么官")
_DAY = re.compile(r"20\d\d年\d{1,2}月\d{1,2}日")
_PERSON = re.compile(
    r"(?P<office>[\u3400-\u9fff]{0,20}(?:主任|省长|市长|区长|县长|主席|书记|州长))\s*(?P<name>[\u3400-\u9fff]{2,4}?)(?=同志|"
    r"在|作|$|[\s，。）)])"
)
_OFFICE = re.compile(r"副?(?:省长|市长|区长|县长|州长|主席|主任)")
_CALLED = re.compile(r"谁|哪一?位|何人|姓名|叫什么|名字")
_IS_PART = 0.6  # how surely a word of the question must be part of the office's name
_SESSION = re.compile(
    r"(?:(?<=[日在—\s])|^)(?!在)[\u3400-\u9fff]{0,14}第[一二三四五六七八九十\d]+[届屆][\u3400-\u9fff\s]{2,24}?"
    r"第[一二三四五六七八九十]+次(?:全体|全體)?[会會][议議]"
)


def _holder(question: Question, world: World) -> Reading | None:
    """The name of whoever holds the office asked about (「省长是谁」), if the report is theirs; no one else is told."""
    asked = _OFFICE.findall(question.text)
    if not _CALLED.search(question.text) or question.want is Want.YESNO:
        return None
    if question.years and not {world.report.year, world.report.planned} & set(question.years):
        return None
    for page in (passage for passage in world.passages if not passage.section):
        match = _PERSON.search(page.text)
        if match and match["office"].endswith(asked[-1]) and _is_office(match["office"], question):
            piece = Piece(page, 0, len(page.text), "", (match["name"],))
            return Reading((piece,), short=piece.short, confidence=1.0, read=(page.id,))
    return Reading(reason=Reason.MISSING_FIGURE)


def _is_office(office: str, question: Question) -> bool:
    """Whether all that the question says is part of the office's name."""
    return all(
        found(term, office) >= _IS_PART
        for term in question.terms
        if term.strong and not _CALLED.search(term.text) and term.text not in ("同志", "担任", "现任")
    )


def read_title_page(question: Question, world: World) -> Reading | None:
    """The day, the speaker or the meeting, where a question asks for that of the report itself; None otherwise."""
    text = question.text
    if _OFFICE.search(text) and "报告" not in text:
        return _holder(question, world)
    if not _ABOUT_IT.search(text) or question.want in (Want.YESNO, Want.DIFFERENCE, Want.CHOICE):
        return None
    if not _GIVEN.search(text) and any(
        term.strong and term.text not in _ITS_WORDS and term.text not in world.report.title for term in question.terms
    ):
        return None
    page = [passage for passage in world.passages if not passage.section]
    shorts: list[str] = []
    cited: list[Passage] = []
    for asked, pattern in ((_WHEN, _DAY), (_WHO, _PERSON), (_MEETING, _SESSION)):
        if not asked.search(text):
            continue
        hit = next(((one, match) for one in page if (match := pattern.search(one.text))), None)
        if hit is None:
            return None
        groups = hit[1].groupdict()
        shorts.append(groups["name"] if groups else re.sub(r"\s", "", hit[1].group()))
        if groups and _POST.search(text):
            shorts.append(re.sub(r"^.*会议上", "", groups["office"].strip()))
        cited.append(hit[0])
    if not shorts:
        return None
    pages = list({one.id: one for one in cited}.values())
    pieces = tuple(Piece(one, 0, len(one.text), "", tuple(shorts)) for one in pages)
    return Reading(pieces, short=tuple(shorts), confidence=1.0, read=tuple(one.id for one in pages))
