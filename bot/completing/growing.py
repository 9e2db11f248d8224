"""Follow-ups that compare how fast two things grew, or one thing in two years (「比GDP涨得快吗」)."""

import re
from dataclasses import replace

from bot.completing.comparing import bare_of, between, side_of
from bot.completing.followup import FollowUp
from bot.completing.mentions import Mention, grown_of
from bot.completing.wording import LEAD, POINTER, plain
from bot.conversation import Completed, closed_up, without_time
from bot.question import years_of

_FASTER = re.compile(
    r"^(?P<before>[^，,比]{0,16}?)(?:是否|是不是|有没有)?(?:比|较)(?P<than>[^，,比]{1,16}?)的?"
    r"(?:(?:增长|[增涨升长]|(?P<falls>下降|[降跌]))得?(?:更|还|要)*(?P<how>快|慢|多|少)"
    r"|(?:增速|增幅|涨幅|增长率)(?:是|更|还|要)*(?P<rate>高|低|快|慢|大|小))"
    r"(?P<much>[了出]?(?:多少|几)个?(?:百分)?点?)?(?:一?[点些])?(?:吗|么|嘛|没有?)?[？?]?$"
)
_VERB_FIRST = re.compile(r"(?P<verb>增长|下降|[增涨升降跌])得(?P<than>[比较][^，,]{1,16}?)(?P<how>[快慢多少])")


def grown(it: FollowUp) -> Completed | None:
    """Which of two grew faster, both named with their growth."""
    text = _VERB_FIRST.sub(r"\g<than>\g<verb>得\g<how>", LEAD.sub("", closed_up(it.text)))
    faster = _FASTER.match(text)
    if faster is None:
        return None
    how = "低" if (faster["how"] or faster["rate"]) in "慢少低小" else "高"
    ask = f"{how}多少个百分点" if faster["much"] else f"{how}吗"
    mine = Mention(plain(it.frame.whole), (years_of(faster["before"], it.report) or it.last.years)[:1])
    before = POINTER.sub("", without_time(faster["before"], it.report.place))
    a = side_of(it, before, mine) if before else mine
    named = without_time(faster["than"], it.report.place)
    if it.dates(faster["than"]) and not it.content(bare_of(named)):
        year = it.other_year(faster["than"])
        if not year or (year,) == a.years:
            return None
        b = replace(a, years=(year,))
    else:
        b = mine if POINTER.fullmatch(named) else side_of(it, named, a, apart=True)
        b = replace(b, years=a.years)
    if not a.topic or a == b:
        return None
    operands = it.operands((a, b))
    if faster["falls"]:
        ask = ask.replace("高", "大").replace("低", "小") if not faster["much"] else ask
        a, b = (replace(one, topic=f"{one.topic}降幅") for one in (a, b))
    else:
        a, b = grown_of(a), grown_of(b)
    return Completed(between(a, b, "比", ask), it.frame, it.last, operands=operands)
