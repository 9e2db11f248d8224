"""From which year something is asked to have grown: a report tells growth over the year before, and over no other."""

import re

from bot.question import AGO, Question, parse, years_of
from bot.reading.reading import Reading
from bot.reading.world import World
from bot.types import Reason

_GROWN = (
    r"(?:同比)?(?:净|累计|一共|总共|大约|大概|约|又)?(?:增长|涨|增加|提高|提升|上升|下降|减少|跌|降|多|少|高|低)(?:了|出)?"
    r"(?:多少|几|百分之|多大)|增幅|增速|涨幅|降幅|增长率|变化"
)
_BASE = re.compile(
    rf"(?:相?比|相?较|跟|与|和|同)(?:于|起)?(?:20\d\d年?|{AGO.pattern}|大?前年)"
    rf"(?:同期|[年底末]+)?(?:的?水平)?(?:相比|比较|比|来)?[，,]?(?P<grown>{_GROWN})"
)
_VERB = r"(?:同比)?(?:增长|涨|上升|下降|跌|降)(?:了|出)?"
_IN_SHARES = re.compile(rf"{_VERB}(?:(?:多少|几)[？?\s]*$|百分|(?:多少|几)个?(?:百分)?点)|增幅|增速|涨幅|降幅|增长率")
_IS_RATE = re.compile(r"(?:增幅|增速|涨幅|降幅|率)[^，,]{0,3}$")


def over_the_year_before(question: Question, world: World) -> Question | Reading:
    """The question with its growth over the year before asked as reports tell it; a refusal where over another."""
    match = _BASE.search(question.text)
    report = world.report
    if match is None or report.year is None:
        return question
    base = years_of(match.group(), report)[0]
    if base < report.year - 1:
        return Reading(reason=Reason.MISSING_YEAR)
    asked = max((year for year in question.years if year != base), default=report.year)
    before, grown = question.text[: match.start()], question.text[match.start("grown") :]
    if base != asked - 1 or _IS_RATE.search(before) or not _IN_SHARES.match(grown):
        return question
    text = f"{before}同比{grown.removeprefix('同比')}"
    return parse(text if str(asked) in text else f"{asked}年{text}", report, world.vocabulary)
