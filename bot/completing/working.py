"""Follow-ups that work something out of what was told before, in whatever words: what is asked, and of which sides.

What is worked out is told by its own words (差距, 合计, 几成, 最小的). Taken away, they leave the sides: years,
things spoken of, or nothing at all, and then the last two that the conversation spoke of are meant.
"""

import re
from dataclasses import replace

from bot.completing.comparing import WHY, bare_of, between, said, side_of, years_of_last
from bot.completing.followup import FollowUp
from bot.completing.mentions import COMPARES, Mention, measured, side_by_side
from bot.completing.swapping import swap
from bot.completing.wording import AIM, LEAD
from bot.conversation import Completed, changed_years, closed_up, without_time
from bot.question import years_of

_HOW = "多|少|高|低|大|小|快|慢|长|短"
_EITHER = re.compile(
    rf"^(?P<a>[^，,]{{1,14}}?)的?(?:比较|更)?(?P<how>{_HOW})?(?:一?[些点])?[，,]?还是(?P<b>[^，,]{{1,14}}?)的?(?:比较|更)?(?P<last>{_HOW})(?:一?[些点])?$"
)
_EXTREME = re.compile(rf"^(?:其中)?最(?P<how>{_HOW})的(?:那个|一个)?(?:是(?:哪一?个|谁|什么|哪一?年))?$")
_SUM = re.compile(
    r"^(?:(?:[这那]|前后|今明|近)?(?:[两二三]|几)[年个项者样类种家]|它们|全都?|都|一起|的|[，,])*"
    r"(?P<sum>加起来|加[在到]?一[起块]儿?|加总|合起来|合在一起|合计|相加|总和|总共|一共|拢共)"
    r"(?:一共|总共|是|有|合计|要|[，,]|新增|增加|完成|[改建装修做开办拆征]了?)*(?:(?:多少|几)(?P<unit>[\u3400-\u9fff]{0,3}))?$"
)
_SUM_CLAIMED = re.compile(
    r"^(?:(?:[这那]|前后)?(?:[两二三]|几)[年个项者样块类种家]?|它们|全都?|都|的|[，,]|岂不|是不|正好|刚好)*(?:加起来|合起来|合在一起|合计|相加|一共|总共)"
    r"(?:不?就?是|正好|刚好|有|得|等于|不|岂)*(?P<claim>\d[\d.]*[^\d，,]{1,5}?)(?:左右)?(?:对吗|对不对|对吧|是吗|是吧|吗|吧|嘛)?$"
)
_GAP = re.compile(
    r"^(?P<what>[^，,]{0,12}?)的?(?:之间的?)?(?:差距|差别|差额|差值|相差|差得?)(?:是|有|会)?(?:很|多)?(?:大不大|多不多|大|多|远|明显)(?:吗|么|嘛)?$"
    r"|^(?P<from>[^，,]{0,12}?)还?[差缺]多少(?P<unit>[\u3400-\u9fff]{0,3}?)(?:才?[能到达够]+)(?:成|标|到)?(?P<aim>[^，,]{0,6})$"
    r"|^(?:还|要|得|需|再)*(?:超额|(?P<how>[多少])(?=完成|做|[建装修开引招改办拆种筹]))(?:完成|做|[建装修开引招改办拆种筹])?了?(?:多少|几)(?P<of>[\u3400-\u9fff]{0,3})$"
)
_CLAIMED = re.compile(
    r"^(?:是不是|是)?(?:多|少|高|低|增加?|减少?|降|涨)了?\d[\d.]*(?P<unit>[^\d]{1,4}?)(?:对吗|对不对|对吧|是吗|是吧|吗|吧)$"
)
_SO_MUCH = re.compile(
    rf"^(?P<before>[^，,]{{0,14}}?)(?:[，,]|不是|岂不是|是不是|是|要|会)*(?P<how>{_HOW}|增|涨|升|降|减)了?"
    r"(?P<much>很多|好多|不少|许多|一大截|这么多|那么多|太多)?(?:了|啊|吧|吗|么|嘛)*$"
)
_THEN = re.compile(r"不是|不就|也就是说|这么说|这样说")
_BESIDE = re.compile(
    r"^(?P<a>[^，,]{0,12}?)(?:跟|和|与|同|比起?|较|对比)(?P<than>[^，,]{1,14}?)(?:相比|比起来|比较起来|比较|对比|比)?(?:的话)?(?:如何|怎么样|怎样|咋样|呢)?$"
)
_COMPARING = re.compile(r"相比|比|对比")
_PART = re.compile(
    r"^(?P<a>[^，,是占]{0,12}?)(?:大概|大约|差不多|算下来|[，,])*(?P<link>占了?|是|相当于|等于)(?P<than>[^，,]{0,14}?)的?"
    r"(?:(?:大概|大约)?(?P<ask>几成|百分之几|百分之多少|几分之几|多大比[例重]|比[例重]|百分比)(?:是多少)?|(?P<half>一半)(?:吗|么|嘛|左右|以上|都不到|不到)*)$"
)
_WIDER = re.compile(r"全[市国区省]|中心城区")
_RISES = {"增": "多", "涨": "高", "升": "高", "降": "低", "减": "少"}


def worked(it: FollowUp) -> Completed | None:
    """「最小的呢」, 「两年合计」, 「差距大吗」, 「那不是少了很多」, 「是今年的几成」 with both sides said."""
    if WHY.search(it.rest):
        return None
    text = LEAD.sub("", re.sub(r"[？?。，,！! 呢啊呀]+$", "", closed_up(it.text)))
    for way in (_either, _extreme, _sum, _sum_claimed, _gap, _claimed, _so_much, _part, _beside):
        done = way(it, text)
        if done is not None:
            return done
    return None


def _implied(it: FollowUp) -> list[Mention]:
    """The two sides where none is said: the one thing in its two years, or else the last two things of one year."""
    if len(changed_years(it.turns)) == 2:
        return years_of_last(it)
    pair = it.recent(2)
    if len(pair) == 2 and pair[0].years == pair[1].years:
        return pair[::-1]
    return years_of_last(it) if it.last.years[:1] == (it.report.planned,) else []


def _side(it: FollowUp, words: str, other: Mention) -> Mention | None:
    """The side that the words name: a year of the thing spoken of, or a thing; None where they name neither."""
    named = bare_of(without_time(AIM.sub("", words), it.report.place))
    known = it.spoken_of(named, but=other) if named else None
    if known is None and named and it.content(named):
        known = side_of(it, named, other)
    if it.dates(words):
        year = (years_of(words, it.report) or (it.other_year(words),))[0]
        return it.told(replace(known or other, years=(year,))) if year else None
    return known


def _either(it: FollowUp, text: str) -> Completed | None:
    """「开工多还是竣工多」, 「今年还是明年多」."""
    match = _EITHER.match(text)
    if match is None or match["how"] not in (None, match["last"]):
        return None
    mine = it.mine()
    sides = [_side(it, match["a"], mine), _side(it, match["b"], mine)]
    a, b = sides[0] or mine, sides[1] or mine
    if sides == [None, None] or a == b:
        return None
    kind = "年" if a.topic == b.topic else "个"
    return said(it, side_by_side(measured([a, b]), f"哪{kind}更{match['last']}"), a, b)


def _extreme(it: FollowUp, text: str) -> Completed | None:
    """「最小的呢」 after it was asked which is the largest."""
    match, several = _EXTREME.match(text), len(it.last.facts)
    if match is None or several < 2 or not COMPARES.search(it.last.understood):
        return None
    sides = it.recent(several)
    if not sides or not it.operands(sides):
        return None
    return said(it, side_by_side(measured(sides), f"哪个{'最' if several > 2 else '更'}{match['how']}"), *sides)


def _sum(it: FollowUp, text: str) -> Completed | None:
    """「合计」, 「两年加起来呢」."""
    match = _SUM.match(text)
    if match is None:
        return None
    years = len(changed_years(it.turns)) == 2
    if "年" in text.split(match["sum"])[0]:
        sides = years_of_last(it)
    elif match["sum"] in ("总共", "一共", "拢共") and not years:
        return None  # how many there are in all, the report may say itself
    else:
        sides = it.recent(3) if re.search(r"三", text) else _implied(it)
    if len(sides) < 2 or not it.operands(sides):
        return None
    sides = sides[::-1]
    return said(it, side_by_side(sides, f"加起来是多少{match['unit'] or ''}"), *sides)


def _sum_claimed(it: FollowUp, text: str) -> Completed | None:
    """「一共是12个吧」 after the two that make it up: whether they come to so much."""
    match, sides = _SUM_CLAIMED.match(text), _implied(it)[::-1]
    if match is None or len(sides) < 2 or not it.operands(sides):
        return None
    return Completed(side_by_side(sides, f"加起来是{match['claim']}吗"), it.frame, it.last)


def _gap(it: FollowUp, text: str) -> Completed | None:
    """「差距大吗」, 「还差多少才到目标」, 「多完成了多少」."""
    match = _GAP.match(text)
    if match is None or it.content(bare_of(without_time(match["what"] or match["from"] or "", it.report.place))):
        return None
    sides = years_of_last(it) if AIM.search(match["aim"] or "") else _implied(it)
    if len(sides) < 2:
        return None
    return said(it, side_by_side(measured(sides), f"相差多少{match['unit'] or match['of'] or it.unit()}"), *sides)


def _claimed(it: FollowUp, text: str) -> Completed | None:
    """「少了10条对吗」: the gap is worked out, and the asker sees whether it is so."""
    match, sides = _CLAIMED.match(text), _implied(it)
    if match is None or len(sides) < 2 or not it.operands(sides):
        return None
    return said(it, side_by_side(measured(sides), f"相差多少{match['unit']}"), *sides)


def _so_much(it: FollowUp, text: str) -> Completed | None:
    """「那不是少了很多」, 「明年降了这么多」: whether it is so."""
    match = _SO_MUCH.match(text)
    if match is None or not (match["much"] or _THEN.search(it.text)):
        return None
    before = re.sub(r"比.*$", "", match["before"])
    sides = _implied(it)
    if len(sides) < 2 or it.content(bare_of(without_time(before, it.report.place))):
        return None
    if it.dates(before):
        sides = sorted(sides, key=lambda one: one.years[:1] != years_of(before, it.report)[:1])
    return said(it, between(sides[0], sides[1], "比", f"{_RISES.get(match['how'], match['how'])}吗"), *sides)


def _part(it: FollowUp, text: str) -> Completed | None:
    """「是今年的几成」, 「新认定的占累计的百分之几」, 「是开工的一半吗」."""
    match = _PART.match(text)
    if match is None or _WIDER.search(text) or match["a"] in ("新增", "新增的"):  # of which thing, is not said
        return None
    mine = it.mine()
    if not match["than"]:
        return _share_of_last(it, match["a"], mine) if match["link"].startswith("占") and match["ask"] else None
    a = _side(it, match["a"], mine) if match["a"] else mine
    whole = _side(it, match["than"], a or mine)
    if a is None or whole is None or a == whole or not (match["link"].startswith("占") or it.operands((a, whole))):
        return None
    link, ask = ("是", "的一半吗") if match["half"] else ("占", "的百分之几")
    return said(it, between(a, whole, link, ask), a, whole)


def _share_of_last(it: FollowUp, part: str, mine: Mention) -> Completed | None:
    """「新认定的占几成」 after 「累计多少家」: what part of the thing spoken of last."""
    if not it.content(part) or mine.fact is None:
        return None
    known = it.spoken_of(part.removesuffix("的"), but=mine)
    one = known or Mention(swap(it, part.removesuffix("的"))[0], mine.years)
    return said(it, between(one, mine, "占", "的百分之几"), one, mine) if one != mine else None


def _beside(it: FollowUp, text: str) -> Completed | None:
    """「跟今年实际完成的比呢」: whether it is more or less."""
    match = _BESIDE.match(text)
    if match is None or not _COMPARING.search(text) or not it.dates(match["than"]):
        return None
    mine = it.mine()
    a = (_side(it, match["a"], mine) if match["a"] else mine) or mine
    named = re.sub(r"实际|完成|做到|的|数|结果|情况", "", without_time(AIM.sub("", match["than"]), it.report.place))
    year = it.other_year(match["than"])
    if named or not year:
        return None
    other = it.told(replace(a, years=(year,)))
    a = it.told(replace(a, years=it.besides(other.years))) if a == other else a
    if a == other or not a.years:
        return None
    return said(it, between(a, other, "比", "多还是少"), a, other)
