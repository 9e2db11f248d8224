"""Follow-ups that compare: two years of one thing, or the last two things that the conversation was about."""

import re
from dataclasses import replace

from bot.completing.followup import FollowUp
from bot.completing.mentions import RATE, Mention, each, grown_of, measured, side_by_side
from bot.completing.swapping import swap
from bot.completing.wording import AIM, GROWN_FROM, LEAD, POINTER, plain, question
from bot.conversation import ASKING, Completed, Frame, changed_years, closed_up, without_time

WHY = re.compile(r"为什么|为何|为啥|怎么会|怎么(?=(?:就|又|还)?[更这那少多降涨跌低高变减增])|原因|差在哪")
ADJECTIVE = "多|少|大|小|高|低|快|慢|长|短"
_EACH_ONE = re.compile(
    r"^(?:平均|均摊|分摊|摊|算下来)*(?:下来|到|给|分到)?(?:每|一)(?P<unit>[个件家座条台户所处项张套人名位场幅块])(?P<noun>[\u3400-\u9fff]{0,6}?)(?:平均|大概|大约|能|有|是|合|得)*(?:多少|几)(?:[万亿]?元|钱|投资|[个件家座条台户所处项张套人名位场证亩次])?[\u3400-\u9fff]{0,3}$"
)
THAN_WHAT = re.compile(r"(?:跟|和|与|同|比起?|较)(?P<than>[^，,]{1,16}?)(?:相比|比起来|比较|比)?[，,]?$")
_MUCH = r"(?:了|出|出来)?(?:大概|大约)?(?:多少|几)"
_POINTS = re.compile(
    r"^的?(?:(?:刚才|刚刚|前面|上面|之前)(?:说|提到|讲)?(?:到|过)?的?|[这那上]一?[个家项年类]|它们?|这里|那里|这|那|两者|二者|前后|[这那]?(?:两|三|几)[个家项年类种样者块条座](?!水)"
    r"(?:产业|行业|数字?|数据|指标|领域|地方)?|之间|里面?|当中|中|相比|比较|比起来|比|到底|会|的|[，, ])+"
)
_WHICH_MORE = re.compile(
    rf"(?:哪一?(?P<kind>[年个家项边种类处者])(?:数字?|指标|数据|值)?|谁)的?(?P<what>增长|增速|增|涨幅?|升|降幅|下降|降)?得?(?P<most>更|比较|要|最)?(?P<how>{ADJECTIVE})"
    rf"(?:一?[点些])?(?P<by>[，,]?(?:多|少|高|低|差){_MUCH}(?P<unit>[\u3400-\u9fff]{{0,4}}))?$"
)
_TIMES = re.compile(
    r"^(?P<a>[^是为]{0,16}?)(?:大概|大约)?(?:是|为|相当于|有)?(?P<b>[^是为]{0,16}?)的?(?P<ask>几倍|多少倍)$"
)
_REACHED = re.compile(
    r"(?:达到|完成|实现|做到|超过|达标)了?(?:[这那上]面?一?个?|该)?的?(?:数字?|目标|要求|标准|水平|指标|值)?了?(?:吗|没有?|么)?$"
)
_SHARE = re.compile(
    r"^(?:占比|比重|占(?:累计|总数|总量|总额|全部|前者|它们?|其)?的?了?(?:多少|几成|百分之几|多大的?(?:比重|比例)|比重|比例)"
    r"|(?:占的?)?比例)(?:是|有)?(?:多少|多大|多高)?$"
)
_COMPARE = re.compile(
    r"(?:(?:(?<!占)比(?![重例率])|较)(?P<than>.{0,24}?)|[跟与和](?P<with>.{1,24}?)(?P<beside>相?比|相)?)[，,]?要?"
    r"(?P<how>(?:多还是少|高还是低|大还是小|快还是慢)|更?(?:多(?!少)|(?<!多)少|高|低|大(?!华)|快|慢|长)|差|(?P<rises>提高|降低|增加|减少)了?)"
    r"(?P<much>[出了]?(?:多少|几))?(?P<unit>[\u3400-\u9fff]{0,4}?)(?P<yes>吗|么|嘛|没有?)?[？?]?$"
)
RISES = re.compile(r"增加|提高|提升|上升|涨|升|提|加")
FALLS = re.compile(r"减少|下降|降低|回落|降")
_MORE_ALONE = re.compile(
    rf"^(?P<what>[^，,比]{{0,10}}?)的?(?:是不是|是否|会不会|是|会|要)?(?:更|还)(?P<how>{ADJECTIVE})(?:了|一些|一点|些|点)*(?:吗|么|嘛|没有?)?$"
)
_THESE = re.compile(r"(?:[这那]?[两三]|[这那]几)[个家项年类种样者块条座][\u3400-\u9fff]{0,4}")
_RATE_HOW = {"快": "高", "多": "高", "大": "高", "慢": "低", "少": "低", "小": "低"}
_MOVES = re.compile(r"的?(?:下降|增长|[降涨增升跌])得$")
_MOST = re.compile(r"(?:其中|那个)?最(?P<how>[大小多少高低快慢])")
_BOTH_YEARS = re.compile(r"(?:这|那|前后|今明|近)两年(?:里|间|来|的)*")


def compared(it: FollowUp) -> Completed | None:
    """「比去年少多少」, 「差几个」, 「比2024年多吗」, 「哪个多」, 「是它的几倍」 with both sides said."""
    if WHY.search(it.rest):
        return None
    for way in (
        _each_one,
        _which_more,
        _times,
        _reached,
        _share,
        _both_years,
        _more_alone,
        _two_sides,
    ):
        done = way(it)
        if done is not None:
            return done
    return None


def said(it: FollowUp, text: str, *sides: Mention) -> Completed:
    """The comparison `text` of `sides`, with their figures where all of them were answered before."""
    return Completed(text, it.frame, it.last, operands=it.operands(sides))


def between(a: Mention, b: Mention, link: str, ask: str) -> str:
    """「2025年A比2024年少多少」, 「2024年A是B的几倍」: what the sides share is said once."""
    a, b = measured([a, b])
    if a.topic == b.topic:
        return question((), f"{a.dated}{link}{b.years[0]}年" if b.years else f"{a.topic}{link}{b.topic}", ask)
    return question((), f"{a.dated}{link}{b.topic if a.years == b.years else b.dated}", ask)


def bare_of(text: str) -> str:
    """`text` without pointers and what leads to a comparison."""
    return re.sub(r"[的，, ]+$", "", _POINTS.sub("", text))


def side_of(it: FollowUp, words: str, other: Mention, *, apart: bool = False) -> Mention:
    """The thing that a side of a comparison names or points to, or else `other`; if `apart`, not `other`."""
    pair = it.recent(2)
    if "前者" in words or "后者" in words:
        return pair["后者" in words] if len(pair) == 2 else other
    most = _MOST.fullmatch(words.strip("的 "))
    if most and (one := _found_most(it, most["how"])):
        return one
    bare = bare_of(words)
    if not it.content(bare) and not it.spoken_of(bare):
        return other
    known = it.spoken_of(bare, but=other if apart else None)
    return known or Mention(re.sub(r"^的|的$", "", bare), other.years)


def _found_most(it: FollowUp, how: str) -> Mention | None:
    """「最大的」 after it was asked which is the largest: the one that was the answer."""
    asked = (turn for turn in reversed(it.turns) if f"最{how}" in turn.understood and len(turn.facts) > 1)
    turn = next(asked, None)
    if turn is None or not turn.answer.short or turn.answer.short[0][0].isdigit():
        return None
    return Mention(turn.answer.short[0], turn.years[:1] or (it.last.years[:1]), fact=turn.facts[0])


def years_of_last(it: FollowUp, topic: str = "") -> list[Mention]:
    """The thing spoken of last in each of its two years, the later first."""
    years = changed_years(it.turns) or it.sides(it.the_other(it.last.years[:1]))
    thing = Mention(topic or plain(it.frame.whole), (), it.frame.ask)
    return [it.told(replace(thing, years=(year,))) for year in sorted(years, reverse=True)]


def _which_more(it: FollowUp) -> Completed | None:
    more = _WHICH_MORE.search(it.rest)
    if more is None:
        return None
    before = it.rest[: more.start()]
    than = THAN_WHAT.search(before)
    if than and it.content(bare_of(than["than"])):  # 「跟X比哪个多」
        mine = it.mine()
        other = side_of(it, than["than"], mine, apart=True)
        return said(it, side_by_side([mine, other], f"哪个更{more['how']}"), mine, other)
    if it.content(bare_of(before)) and not _THESE.fullmatch(before):
        return None
    several = 3 if re.search(r"三[个家项类种]", it.rest[: more.start()]) else 2
    sides = it.recent(several)
    if more["kind"] == "年":
        sides = years_of_last(it)
    if len(sides) < 2:
        return None
    falls = (more["what"] or "").startswith(("降", "下降"))
    if falls:
        sides = [replace(one, topic=f"{one.topic}降幅") for one in sides]
    grows = not falls and (more["what"] or more["how"] in "快慢")
    sides = [grown_of(one) for one in sides] if grows else sides if falls else measured(sides)
    years = len({one.topic for one in sides}) == 1
    most = "最" if several > 2 or more["most"] == "最" else "更"
    how = "大" if falls else _RATE_HOW.get(more["how"], more["how"]) if grows else more["how"]
    ask = f"哪{'年' if years else '个'}{most}{how}"
    if more["by"]:
        ask += f"，相差多少{more['unit'] or it.unit()}"
    return said(it, side_by_side(sides[::-1] if years and more["kind"] == "年" else sides, ask), *sides)


def _each_one(it: FollowUp) -> Completed | None:
    """「平均每件多少」: what of the other thing spoken of falls to each of those that are so counted."""
    each_one = _EACH_ONE.match(it.rest)
    if each_one is None:
        return None
    counted = [turn for turn in it.turns if any(short.endswith(each_one["unit"]) for short in turn.answer.short)]
    if not counted:
        return None
    whole = counted[-1]
    if each_one["noun"] not in whole.frame.whole:
        return None
    others = [turn for turn in it.turns if turn is not whole and turn.answer.short and turn.years == whole.years]
    if not others:
        return None
    part, of = plain(others[-1].frame.whole), plain(whole.frame.whole)
    sides = [Mention(part, whole.years[:1]), Mention(of, whole.years[:1])]
    return said(it, question(whole.years[:1], f"{part}平均每{each_one['unit']}{of}", "多少"), *sides)


def _times(it: FollowUp) -> Completed | None:
    times, pair = _TIMES.match(it.rest), it.recent(2)
    if times is None or len(pair) < 2:
        return None
    if (
        times["b"]
        and not re.search(r"者|个", times["b"])
        and not POINTER.search(times["b"])
        and it.content(bare_of(times["a"]))
        and not it.spoken_of(bare_of(times["a"]))
    ):
        return None  # both sides are its own
    a = side_of(it, times["a"], pair[1])
    b = side_of(it, times["b"], pair[0] if a == pair[1] else pair[1])
    return said(it, between(a, b, "是", "的几倍"), a, b) if a != b else None


def _reached(it: FollowUp) -> Completed | None:
    """「今年的达到这个数了吗」, asked of an aim: whether the year reported on has come as far."""
    year, planned = it.report.year, it.report.planned
    known = {year, planned}
    of_this_year = {*it.own_years[:1], *it.last.years[:1]} == known and year is not None
    both_told = not it.own_years and set(changed_years(it.turns)) == known
    if not _REACHED.search(it.rest) or not (of_this_year or both_told):
        return None
    before = re.split(r"是不是|是否|有没有|已经?|达到|完成|实现|做到|超过|达标", it.rest)[0]
    topic = it.spoken_of(bare_of(before)) if it.content(bare_of(before)) else None
    about = topic.topic if topic else plain(it.frame.whole)
    verb = "超过" if "超过" in it.rest else "达到"
    return said(it, f"{year}年{about}{verb}{planned}年的目标了吗？")


def _share(it: FollowUp) -> Completed | None:
    if not _SHARE.match(it.rest) or not it.frame.focus or not it.frame.topic:
        return None
    years, whole = it.years_meant(), plain(it.frame.topic)
    sides = [Mention(plain(it.frame.whole), years[:1]), Mention(whole, years[:1])]
    return said(it, question(years, f"{it.frame.focus}占{whole}", "的百分之几"), *sides)


def _two_sides(it: FollowUp) -> Completed | None:
    text = closed_up(it.text)
    match = _COMPARE.search(text)
    if (
        match is None
        or re.search(r"增长|下降", text)
        or GROWN_FROM.search(text)
        or (match["with"] and match["how"] != "差" and not match["beside"])
    ):
        return None
    if match["rises"] and it.last.years[:1] != (it.report.planned,):
        return None  # of a year gone by, the report says itself by how much it rose
    before = POINTER.sub("", LEAD.sub("", without_time(text[: match.start()], it.report.place)))
    before = re.sub(r"(?<=[\u3400-\u9fff]{2})(?:[要会能将得应该]|计划|打算)+$", "", before)
    than = match["than"] or match["with"] or ""
    how = match["how"].removeprefix("更").replace("差", "相差")
    asks = f"{how}多少{match['unit'] or it.unit()}" if match["much"] else how if "还是" in how else f"{how}吗"
    other = without_time(than, it.report.place)
    if POINTER.fullmatch(other) and it.content(bare_of(before)):  # 「X比它少多少」
        last = it.mine()
        mine = side_of(it, before, last, apart=True)
        return said(it, between(mine, last, "比", asks), mine, last)
    if not it.dates(than) and (it.content(bare_of(other)) or "者" in other or it.spoken_of(bare_of(other))):
        return _than_thing(it, before, other, asks)
    years = it.sides(it.other_year(than))
    if len(years) != 2:
        return None
    thing = Mention(plain(it.frame.whole), (), it.frame.ask)
    topic = measured([side_of(it, before, thing) if before else thing])[0].topic
    if it.content(before) and "者" not in before and not it.spoken_of(bare_of(before)):
        topic = swap(it, before)[0]
        asks = f"{how}多少{match['unit']}" if match["much"] else asks  # another thing may be counted otherwise
    deed = it.is_verb(other.strip("的")) and other.strip("的") not in topic
    other = (
        other.removeprefix("的") if (it.content(other) or deed) and not it.spoken_of(other.removesuffix("的")) else ""
    )
    sides = [Mention(topic, (year,)) for year in years] if not other else []
    text = f"{years[0]}年{topic}比{years[1]}年{other}{asks}？"
    return Completed(text, Frame(topic, it.frame.ask), it.last, operands=it.operands(sides))


def _than_thing(it: FollowUp, before: str, other: str, asks: str) -> Completed:
    """「比PCT多多少件」: another thing of the same year."""
    pair = it.recent(2)
    mine = Mention(plain(it.frame.whole), it.own_years[:1] or it.last.years[:1])
    a = side_of(it, before, mine)
    b = side_of(it, other, next((one for one in reversed(pair) if one != a), mine))
    if b == a and it.content(bare_of(other)):
        b = side_of(it, other, a, apart=True)
    if b.years != a.years and (not b.years or not a.years):
        b = replace(b, years=a.years)
    if RATE.search(it.frame.topic) and a != b and not it.operands((a, b)):  # by how they grew, as was asked before
        return said(it, between(grown_of(a), grown_of(b), "比", asks), a, b)
    return said(it, between(a, b, "比", asks), a, b)


def _more_alone(it: FollowUp) -> Completed | None:
    """「目标更低吗」: whether it is more than the figure before, which is left unsaid."""
    more = _MORE_ALONE.match(it.rest)
    if more is None:
        return None
    topic, how = plain(it.frame.whole), f"{more['how']}吗"
    years = it.sides(it.other_year(""))
    if len(years) == 2 and (it.own_years or AIM.search(it.rest) or len(changed_years(it.turns)) == 2):
        mine, other = (Mention(topic, (year,), it.frame.ask) for year in years)
        return said(it, between(mine, other, "比", how), mine, other)
    pair = it.recent(2)
    what = bare_of(more["what"])
    last = it.recent(1)
    if (
        it.content(what) and last and not it.own_years and not ASKING.search(what)
    ):  # 「那X是不是更高」: than the one spoken of last
        moves = _MOVES.search(what)
        mine, other = side_of(it, _MOVES.sub("", what), last[0], apart=True), last[0]
        if moves and FALLS.search(moves.group()):
            how = how.replace("多", "大").replace("少", "小")
            sides = (replace(mine, topic=f"{mine.topic}降幅"), replace(other, topic=f"{other.topic}降幅"))
        else:
            sides = (grown_of(mine), grown_of(other)) if RATE.search(what) or moves else (mine, other)
        return said(it, between(*sides, "比", how), mine, other) if mine != other else None
    if len(pair) < 2 or it.content(what):
        return None
    return said(it, between(pair[1], pair[0], "比", how), *pair[::-1])


def _both_years(it: FollowUp) -> Completed | None:
    """「这两年分别改建多少张」, 「今年多少明年多少」: the one question of each of the two years."""
    year, planned = it.report.year, it.report.planned
    asked = _BOTH_YEARS.search(it.rest)
    twice = len(it.own_years) == 2 and re.search(r"(?:多少|几).*(?:多少|几)", it.rest)
    if not year or not planned or not (asked or twice) or re.search(r"差|比|加|合计|总[和共]|一共", it.rest):
        return None
    rest = re.sub(r"分别|各自|各", "", _BOTH_YEARS.sub("", it.rest))
    rest = re.sub(r"[呢，, ]+", "", re.split(r"多少|几", rest)[0]) if twice else rest
    topic = (
        rest if it.content(rest) else f"{plain(it.frame.whole)}{rest if not twice and '多少' in rest else it.frame.ask}"
    )
    topic = topic if re.search(r"多少|几", topic) else f"{topic}是多少"
    if AIM.search(topic) and not it.content(topic):
        return None
    return said(it, each([Mention("", (one,)) for one in (year, planned)], [topic, topic]))
