"""When something was done or how long it took: without a date, it is of the year that its part is about."""

import re
from collections.abc import Sequence

from bot.matching import found
from bot.question import HOW_LONG, Question, Want
from bot.reading.figures import Candidate
from bot.reading.pieces import label, shown
from bot.reading.reading import Piece, Reading

_ASKS_YEAR = re.compile(r"哪一?年|哪个年份|(?:什么|啥)时候|何时|几时")
_FOR_YEARS = re.compile(r"(?:多少|几)年(?![级代前后来])")
_LASTS = re.compile(r"(?<![\d十“])(?:[一二三四五六七八九十]{1,2}|\d{1,2})年(?![级代度前后来])")
_READ = 3  # so many of the best sentences may be the one
_SAID = 0.5  # so surely each telling word must be said
_TELLING = 0.25
_AROUND_DEED = re.compile(r"[的了过呀啊呢吗？?。，\s]|任务|事情?|计划|目标|[才就再又能会要将可以]+(?=.)|从|开始(?=.)")
_DONE = re.compile(r"(?:[弄做搞办完]|全部)(?:完|成|好|定|到位)$")
_SAYS_DONE = re.compile(r"完成|实现|竣工|完工|建成|清零|覆盖")


def year_of_deed(question: Question, best: Sequence[Candidate]) -> Reading | None:
    """The year of the first sentence that says all of the question, where no more than the year is asked for."""
    asks = _ASKS_YEAR.search(question.text)
    if question.want is not Want.DATE or asks is None or not question.terms:
        return None
    telling = [term for term in (*question.terms, *question.context) if term.weight >= _TELLING]
    deed = _AROUND_DEED.sub("", question.text[asks.end() :])
    for one in best[:_READ]:
        passage = one.passage
        text = passage.text[slice(*one.window)]
        named = f"{passage.row or ''} {text}"
        says_all = all(found(term, named) >= _SAID for term in telling)
        if passage.year is None or not says_all or not _does(question, deed, text):
            continue
        stretch = shown(passage.text, *one.window)
        piece = Piece(passage, *stretch, label(passage, passage.year, passage.status), (f"{passage.year}年",))
        return Reading((piece,), confidence=one.sure, read=(passage.id,))
    return None


def lasts(question: Question, best: Sequence[Candidate]) -> Reading | None:
    """For how many years the best sentence says that something runs (「五年展陈合作」); None where it does not."""
    one = best[0]
    years = _LASTS.search(one.place.text) if _FOR_YEARS.search(question.asks) else None
    if years is None:
        return None
    passage = one.passage
    piece = Piece(passage, *shown(passage.text, *one.window), label(passage, passage.year, passage.status), (years[0],))
    return Reading((piece,), confidence=one.sure, read=(passage.id,))


def _does(question: Question, deed: str, text: str) -> bool:
    """Whether the sentence itself says the deed whose year is asked for: what is built is not yet open."""
    if not deed or (len(deed) > 1 and deed in text):
        return True
    if _DONE.search(deed):
        clauses = (one for one in re.split(r"[，；]", text) if any(term.text in one for term in question.terms))
        return any(_SAYS_DONE.search(one) for one in clauses)
    named = [term for term in question.terms if term.text in deed]
    return bool(named) and all(found(term, text) >= _SAID for term in named)


_DATE = re.compile(r"20\d\d年(?:\d{1,2}月)?(?:\d{1,2}日)?|20\d\d(?=年?[）)])|\d{1,2}月\d{1,2}日")
_DURATION = re.compile(
    r"(?<![\d第.])(?:\d+(?:\.\d+)?|[一两二三四五六七八九十半]+)"
    r"(?:个?(?:月|小时|星期)|年(?![度代行]|计划|级|期间)|天|分钟)(?!间)"
)
_PLAN = re.compile(r"计划|规划|行动|方案")
_YEARS_OF_PLAN = re.compile(r"(?:\d+|[一两二三四五六七八九十]+)年(?=行动|计划|规划)")


def times(question: Question, text: str) -> tuple[str, ...]:
    """The date in `text`, the fullest one, or how long something takes where that is asked; none if there is none."""
    if HOW_LONG.search(question.asks):
        plans = _YEARS_OF_PLAN.findall(text) if _PLAN.search(question.asks) else []
        return tuple(plans or _DURATION.findall(text))[:1]
    return tuple(sorted(dict.fromkeys(_DATE.findall(text)), key=len, reverse=True))[:1]
