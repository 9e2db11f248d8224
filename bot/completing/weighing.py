"""Follow-ups that ask whether it is more, less or as much: 「是升了还是降了」, 「还是这么多吗」, 「也提高了吗」."""

import re
from dataclasses import replace

from bot.completing.comparing import ADJECTIVE, RISES, THAN_WHAT, WHY, bare_of, between, said, side_of, years_of_last
from bot.completing.followup import FollowUp
from bot.completing.mentions import Mention, measured, side_by_side
from bot.completing.swapping import swap
from bot.completing.wording import LEAD, plain, question
from bot.conversation import Completed, changed_years, without_time
from bot.question import years_of

_UP_OR_DOWN = re.compile(
    r"(?:是|到底|究竟|有)*(?P<up>多|高|大|快|长|上升|增加|提高|涨|升)了?(?:一?[点些])?(?:还是|或者?)(?:是|变)?(?P<down>少|低|小|慢|短|下降|减少|降低|降|跌)了?(?:一?[点些])?(?:呢)?$"
)
_OVER = re.compile(r"^(?:是否|有没有|会|能)?(?:超过|高于|大于|多于|(?P<less>少于|低于|不如))了?吗?$")
_SAME = re.compile(
    r"^(?P<what>[^，,]{0,10}?)(?:是不是|是否|会不会|就是|是|会|要|还|也|都|就|依然|仍然?|基本上?|差不多|几乎|大致|[，,])*(?:有|[装建做办开改修造招引完][成好]?)?"
    r"(?:[这那]么[多高大少低快]|一样(?:多|高|大|长|的?水平)?|持平|不变|没变|同样多|[这那]个(?:数字?|量|水平))(?:了|的)?(?:吗|么|嘛|咯|喽|吧|啦)?$"
)
_ALSO = re.compile(
    r"^(?P<what>[^，,]{2,14}?)的?(?:是不是|是否|会不会|有没有|会|要|能)?(?:也|同样)(?:是|会|要|在|有|变)*(?P<how>提高|提升|上升|增加|下降|减少|降低|[多高少低涨升降])了?(?:吗|么|嘛|没有?)?$"
)
_REACHES = re.compile(r"达|完成|实现|超过")
_SO_TOO = re.compile(
    r"^(?P<what>[^，,]{2,14}?)的?(?:是不是|是否|会不会)?也(?:是|都|有)?(?:这样|如此|这个(?:情况|趋势)|同样|一样)的?(?:吗|么|嘛|吧)?$"
)
_ASKED_IF = re.compile(r"比[^，,？?]*?(?P<how>[多少高低大小])(?:吗|多少|还是)")
_ASKS_SO = re.compile(r"吗|么$|嘛|咯|喽|吧|是不是|是否|会不会")
_ROSE = re.compile(
    r"(?:跟|和|与|同|比|较)(?P<than>[^，,]{1,16}?)(?:相比|比较|比)?[，,]?(?:是否|有没有|有)"
    r"(?P<how>提高|提升|增加|上升|下降|减少|降低)了?(?:吗|么|没有?)?[？?]?$"
)


def weighed(it: FollowUp) -> Completed | None:
    """「是升了还是降了」, 「超过了吗」, 「一样多吗」, 「也减少了吗」, 「有提高吗」 with both sides said."""
    if WHY.search(it.rest):
        return None
    for way in (_up_or_down, _over, _same, _so_too, _also, _rose):
        done = way(it)
        if done is not None:
            return done
    return None


def _up_or_down(it: FollowUp) -> Completed | None:
    """「跟今年比是多了还是少了」, 「是升了还是降了」: the thing spoken of in two years, or it and another thing."""
    asks = _UP_OR_DOWN.search(it.rest)
    if asks is None:
        return None
    before = it.text[: it.text.rfind(asks.group())] if asks.group() in it.text else ""
    compared_with = THAN_WHAT.search(before)
    than = compared_with["than"] if compared_with else ""
    mine = it.mine()
    own = LEAD.sub("", without_time(before[: compared_with.start()] if compared_with else before, it.report.place))
    if it.content(bare_of(own)):
        mine = replace(side_of(it, own, mine), years=mine.years)
        if not than and mine.years == (it.report.year,):  # how it moved since the year before, the report says itself
            return said(it, question(mine.years, mine.topic, f"比去年{asks['up']}了还是{asks['down']}了"))
    named = without_time(than, it.report.place)
    if named and it.content(bare_of(named)):
        other = side_of(it, named, mine)
    else:
        year = mine.years[0] - 1 if mine.years and re.search(r"去年|上一?年", than) else None
        named_years = years_of(than, it.report)[:1] if year is None else (year,)
        both = it.the_other(mine.years)
        other = it.told(replace(mine, years=named_years or ((both,) if both else ())))
    if other == mine:
        mine = it.told(replace(mine, years=it.besides(other.years)))
    if other == mine or not mine.years:
        return None
    if asks["up"] in ADJECTIVE:
        how = f"{asks['up']}还是{asks['down']}"
    else:
        how = "高还是低" if it.last.units & {"%"} else "多还是少"
    return said(it, between(mine, other, "比", how), mine, other)


def _over(it: FollowUp) -> Completed | None:
    over = _OVER.match(it.rest)
    if not over or not it.own_years or not it.last.years or it.own_years[:1] == it.last.years[:1]:
        return None
    topic = plain(it.frame.whole)
    sides = [Mention(topic, years[:1]) for years in (it.last.years, it.own_years)]
    return said(it, between(sides[0], sides[1], "比", "少吗" if over["less"] else "多吗"), *sides)


def _same(it: FollowUp) -> Completed | None:
    """「那就是一样多咯」, 「明年还装这么多吗」: whether it is as much in the two years."""
    same = _SAME.match(it.rest)
    if (
        same is None
        or _REACHES.search(same["what"])
        or not (_ASKS_SO.search(it.text) or it.text.endswith(("？", "?")))
        or it.content(bare_of(same["what"]))
    ):
        return None
    sides = years_of_last(it) if it.own_years or len(changed_years(it.turns)) == 2 else it.recent(2)
    if len(sides) < 2 or not (it.own_years or it.operands(sides)):
        return None
    return said(it, side_by_side(measured(sides), "是不是一样多"), *sides)


def _so_too(it: FollowUp) -> Completed | None:
    """「绿道也是这样吗」 after two years of another thing were compared: the same comparison of this one."""
    so, years = _SO_TOO.match(it.rest), changed_years(it.turns)
    if so is None or len(years) != 2 or not it.content(so["what"]):
        return None
    topic, asked = swap(it, so["what"])[0], _ASKED_IF.search(it.last.understood)
    sides = [Mention(topic, (year,)) for year in years]
    if asked is None:
        return said(it, side_by_side(sides, "是不是一样多"), *sides)
    return said(it, between(sides[0], sides[1], "比", f"{asked['how']}吗"), *sides)


def _also(it: FollowUp) -> Completed | None:
    """「分类达标率是不是也提高」, after two years of another thing: the same two years of this one."""
    also, years = _ALSO.match(it.rest), changed_years(it.turns)
    if also is None or len(years) != 2 or not it.content(also["what"]):
        return None
    topic = swap(it, also["what"])[0]
    mine, other = (Mention(topic, (year,)) for year in years)
    how = "多" if RISES.search(also["how"]) or also["how"] in "多高" else "少"
    return said(it, between(mine, other, "比", f"{how}吗"), mine, other)


def _rose(it: FollowUp) -> Completed | None:
    """「跟今年比有提高吗」."""
    rose = _ROSE.search(it.text)
    years = (*it.last.years[:1], *years_of(rose["than"], it.report)) if rose else ()
    if not rose or len(set(years)) != 2:
        return None
    topic, how = plain(it.frame.whole), "高吗" if RISES.search(rose["how"]) else "低吗"
    mine, other = (Mention(topic, (year,), it.frame.ask) for year in years)
    return said(it, between(mine, other, "比", how), mine, other)
