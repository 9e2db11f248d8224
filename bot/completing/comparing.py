"""Follow-ups that compare: two years of one thing, or the last two things that the conversation was about."""

import re
from dataclasses import replace

from bot.completing.followup import FollowUp
from bot.completing.mentions import Mention, each, measured, side_by_side
from bot.completing.wording import AIM, LEAD, POINTER, plain, question
from bot.conversation import Completed, Frame, changed_years, closed_up, without_time
from bot.question import years_of

_WHY = re.compile(r"为什么|为何|为啥|怎么会|怎么(?=[更这那])|原因|差在哪")
_ADJECTIVE = "多|少|大|小|高|低|快|慢|长|短"
_UP_OR_DOWN = re.compile(
    r"(?:是|到底|究竟|有)*(?P<up>多|高|大|快|长|上升|增加|提高|涨|升)了?(?:一?[点些])?(?:还是|或者?)(?:是|变)?(?P<down>少|低|小|慢|短|下降|减少|降低|降|跌)了?(?:一?[点些])?(?:呢)?$"
)
_EACH_ONE = re.compile(
    r"^(?:平均|均摊|分摊|摊|算下来)*(?:下来|到|给|分到)?(?:每|一)(?P<unit>[个件家座条台户所处项张套人名位场])(?P<noun>[\u3400-\u9fff]{0,6}?)(?:平均|大概|大约|能|有|是|合|得)*(?:多少|几)(?:[万亿]?元|钱|投资|[个件家座条台户所处项张套人名位场])?$"
)
_THAN_WHAT = re.compile(r"(?:跟|和|与|同|比起?|较)(?P<than>[^，,]{1,16}?)(?:相比|比起来|比较|比)?[，,]?$")
_MUCH = r"(?:了|出|出来)?(?:大概|大约)?(?:多少|几)"
_POINTS = re.compile(
    r"^的?(?:(?:刚才|刚刚|前面|上面|之前)(?:说|提到|讲)?(?:到|过)?的?|[这那上]一?[个家项年类]|它们?|这里|那里|这|那|两者|二者|前后|[这那]?(?:两|三|几)[个家项年类种样者块条座]"
    r"(?:产业|行业|数字?|数据|指标|领域|地方)?|之间|里面?|当中|中|相比|比较|比起来|比|到底|会|的|[，, ])+"
)
_WHICH_MORE = re.compile(
    rf"(?:哪一?(?P<kind>[年个家项边种类处者])|谁)的?(?P<what>增长|增速|涨幅?|升|降幅|下降|降)?得?(?P<most>更|比较|要|最)?(?P<how>{_ADJECTIVE})"
    rf"(?:一?[点些])?(?P<by>[，,]?(?:多|少|高|低|差){_MUCH}(?P<unit>[\u3400-\u9fff]{{0,4}}))?$"
)
_TIMES = re.compile(
    r"^(?P<a>[^是为]{0,16}?)(?:大概|大约)?(?:是|为|相当于|有)?(?P<b>[^是为]{0,16}?)的?(?P<ask>几倍|多少倍)$"
)
_OVER = re.compile(r"^(?:是否|有没有|会|能)?(?:超过|高于|大于|多于|(?P<less>少于|低于|不如))了?吗?$")
_REACHED = re.compile(
    r"(?:达到|完成|实现|做到|超过|达标)了?(?:[这那上]面?一?个?|该)?的?(?:数字?|目标|要求|标准|水平|指标|值)?了?(?:吗|没有?|么)?$"
)
_SHARE = re.compile(
    r"^(?:占比|比重|占了?(?:多少|几成|百分之几|多大(?:比重|比例))|(?:占的?)?比例)(?:是|有)?(?:多少|多大|多高)?$"
)
_COMPARE = re.compile(
    r"(?:(?:(?<!占)比(?![重例率])|较)(?P<than>.{0,24}?)|[跟与和](?P<with>.{1,24}?)(?:相比|比|相)?)要?"
    r"(?P<how>(?:多还是少|高还是低|大还是小|快还是慢)|更?(?:多(?!少)|(?<!多)少|高|低|大(?!华)|快|慢|长)|差|(?P<rises>提高|降低|增加|减少)了?)"
    r"(?P<much>[出了]?(?:多少|几))?(?P<unit>[\u3400-\u9fff]{0,4}?)(?P<yes>吗|么|嘛|没有?)?[？?]?$"
)
_ROSE = re.compile(
    r"(?:跟|和|与|同|比|较)(?P<than>[^，,]{1,16}?)(?:相比|比较|比)?[，,]?(?:是否|有没有|有)"
    r"(?P<how>提高|提升|增加|上升|下降|减少|降低)了?(?:吗|么|没有?)?[？?]?$"
)
_GAP = re.compile(
    r"^(?P<what>.{0,16}?)(?:又|还|一共|总共|相|要|就|，)?(?P<how>差|多|少|高|低|大|小|快|慢|增加|减少|提高|提升|下降|降低|上升|回落|降|涨|升)"
    r"(?P<done>[了出]|额)?(?P<much>多少|几)(?P<unit>[\u3400-\u9fff]{0,4})$"
    r"|^(?P<of>.{0,16}?)(?:的?(?:差额|差距|差值|差别))(?:是|有)?(?:多少|多大)?$"
)
_RISES = re.compile(r"增加|提高|提升|上升|涨|升")
_FALLS = re.compile(r"减少|下降|降低|回落|降")
_BOTH_YEARS = re.compile(r"(?:这|那|前后|今明|近)两年(?:里|间|来|的)*")


def compared(it: FollowUp) -> Completed | None:
    """「比去年少多少」, 「差几个」, 「比2024年多吗」, 「哪个多」, 「是它的几倍」 with both sides said."""
    if _WHY.search(it.rest):
        return None
    for way in (
        _each_one,
        _which_more,
        _up_or_down,
        _times,
        _reached,
        _share,
        _over,
        _both_years,
        _rose,
        _two_sides,
        _gap,
    ):
        done = way(it)
        if done is not None:
            return done
    return None


def _said(it: FollowUp, text: str) -> Completed:
    return Completed(text, it.frame, it.last)


def between(a: Mention, b: Mention, link: str, ask: str) -> str:
    """「2025年A比2024年少多少」, 「2024年A是B的几倍」: what the sides share is said once."""
    a, b = measured([a, b])
    if a.topic == b.topic:
        return question((), f"{a.dated}{link}{b.years[0]}年" if b.years else f"{a.topic}{link}{b.topic}", ask)
    return question((), f"{a.dated}{link}{b.topic if a.years == b.years else b.dated}", ask)


def _bare(text: str) -> str:
    """`text` without pointers and what leads to a comparison."""
    return re.sub(r"[的，, ]+$", "", _POINTS.sub("", text))


def _side(it: FollowUp, words: str, other: Mention, *, apart: bool = False) -> Mention:
    """The thing that a side of a comparison names or points to, or else `other`; if `apart`, not `other`."""
    pair = it.recent(2)
    if "前者" in words or "后者" in words:
        return pair["后者" in words] if len(pair) == 2 else other
    bare = _bare(words)
    if not it.content(bare) and not it.spoken_of(bare):
        return other
    known = it.spoken_of(bare, but=other if apart else None)
    return known or Mention(re.sub(r"^的|的$", "", bare), other.years)


def _years_of_last(it: FollowUp, topic: str = "") -> list[Mention]:
    """The thing spoken of last in each of its two years, the later first."""
    years = changed_years(it.turns) or it.sides(it.the_other(it.last.years[:1]))
    return [Mention(topic or plain(it.frame.whole), (year,), it.frame.ask) for year in sorted(years, reverse=True)]


def _which_more(it: FollowUp) -> Completed | None:
    more = _WHICH_MORE.search(it.rest)
    if more is None or it.content(_bare(it.rest[: more.start()])):
        return None
    several = 3 if re.search(r"三[个家项类种]", it.rest[: more.start()]) else 2
    sides = it.recent(several)
    if more["kind"] == "年":
        sides = _years_of_last(it)
    if len(sides) < 2:
        return None
    falls = (more["what"] or "").startswith(("降", "下降"))
    if falls:
        sides = [replace(one, topic=f"{one.topic}降幅") for one in sides]
    sides = sides if more["what"] else measured(sides)
    years = len({one.topic for one in sides}) == 1
    most = "最" if several > 2 or more["most"] == "最" else "更"
    what, how = ("", "大") if falls else (more["what"] or "", more["how"])
    ask = f"哪{'年' if years else '个'}{what}{most}{how}"
    if more["by"]:
        ask += f"，相差多少{more['unit'] or it.unit()}"
    return _said(it, side_by_side(sides[::-1] if years and more["kind"] == "年" else sides, ask))


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
    return _said(it, question(whole.years[:1], f"{part}平均每{each_one['unit']}{of}", "多少"))


def _up_or_down(it: FollowUp) -> Completed | None:
    """「跟今年比是多了还是少了」, 「是升了还是降了」: the thing spoken of in two years, or it and another thing."""
    asks = _UP_OR_DOWN.search(it.rest)
    if asks is None:
        return None
    before = it.text[: it.text.rfind(asks.group())] if asks.group() in it.text else ""
    compared_with = _THAN_WHAT.search(before)
    than = compared_with["than"] if compared_with else ""
    mine = Mention(plain(it.frame.whole), it.last.years[:1], it.frame.ask)
    named = without_time(than, it.report.place)
    if named and it.content(_bare(named)):
        other = _side(it, named, mine)
    else:
        year = mine.years[0] - 1 if mine.years and re.search(r"去年|上一?年", than) else None
        own = years_of(than, it.report)[:1] if year is None else (year,)
        both = it.the_other(mine.years)
        other = replace(mine, years=own or ((both,) if both else ()))
    if other == mine:
        return None
    if asks["up"] in _ADJECTIVE:
        how = f"{asks['up']}还是{asks['down']}"
    else:
        how = "高还是低" if it.last.units & {"%"} else "多还是少"
    return _said(it, between(mine, other, "比", how))


def _times(it: FollowUp) -> Completed | None:
    times, pair = _TIMES.match(it.rest), it.recent(2)
    if times is None or len(pair) < 2:
        return None
    a = _side(it, times["a"], pair[1])
    b = _side(it, times["b"], pair[0] if a == pair[1] else pair[1])
    return _said(it, between(a, b, "是", "的几倍")) if a != b else None


def _reached(it: FollowUp) -> Completed | None:
    """「今年的达到这个数了吗」, asked of an aim: whether the year reported on has come as far."""
    year, planned = it.report.year, it.report.planned
    of_this_year = it.own_years[:1] == (year,) and it.last.years[:1] == (planned,)
    both_told = not it.own_years and set(changed_years(it.turns)) == {year, planned}
    if not _REACHED.search(it.rest) or not (of_this_year or both_told):
        return None
    before = re.split(r"是不是|是否|有没有|已经?|达到|完成|实现|做到|超过|达标", it.rest)[0]
    topic = it.spoken_of(_bare(before)) if it.content(_bare(before)) else None
    said = topic.topic if topic else plain(it.frame.whole)
    verb = "超过" if "超过" in it.rest else "达到"
    return _said(it, f"{year}年{said}{verb}{planned}年的目标了吗？")


def _share(it: FollowUp) -> Completed | None:
    if not _SHARE.match(it.rest) or not it.frame.focus or not it.frame.topic:
        return None
    return _said(it, question(it.years_meant(), f"{it.frame.focus}占{plain(it.frame.topic)}", "的百分之几"))


def _over(it: FollowUp) -> Completed | None:
    over = _OVER.match(it.rest)
    if not over or not it.own_years or not it.last.years or it.own_years[:1] == it.last.years[:1]:
        return None
    topic = plain(it.frame.whole)
    sides = [Mention(topic, years[:1]) for years in (it.last.years, it.own_years)]
    return _said(it, between(sides[0], sides[1], "比", "少吗" if over["less"] else "多吗"))


def _asks(it: FollowUp, how: str, unit: str) -> str:
    """「少多少台」 for 「下降了多少」: what is asked of the two sides."""
    percent = bool({"%", "个百分点"} & it.last.units)
    if how in "快慢":
        return f"{'高' if how == '快' else '低'}多少个百分点"
    if _RISES.search(how):
        how = "高" if percent else "多"
    elif _FALLS.search(how):
        how = "低" if percent else "少"
    return f"{how}多少{unit or it.unit()}"


def _gap(it: FollowUp) -> Completed | None:
    gap = _GAP.match(it.rest)
    if not gap:
        return None
    what = gap["what"] or gap["of"] or ""
    if re.search(r"比(?![例重])", what):
        return None
    sides = _gap_sides(it, what, gap["how"] or "差", both=bool(re.search(r"两[个家项类种样者]|二者|之间|它们", what)))
    if len(sides) < 2:
        return None
    how, unit = gap["how"] or "差", gap["unit"] or ""
    if how in ("快", "慢"):
        sides = [replace(one, topic=f"{re.sub(r'增长$|增速$', '', one.topic)}增速") for one in sides]
    if how == "差":
        return _said(it, side_by_side(measured(sides), f"相差多少{unit or it.unit()}"))
    if sides[0].topic != sides[1].topic:
        sides = sides[::-1]
    return _said(it, between(sides[0], sides[1], "比", _asks(it, how, unit)))


def _gap_sides(it: FollowUp, what: str, how: str, *, both: bool) -> list[Mention]:
    """The two things between which a gap is asked for; [] where the report's own growth is meant."""
    if both:
        return it.recent(2)
    pair = it.recent(2)
    if "者" in what and len(pair) == 2:
        return pair if "后者" in what else pair[::-1]  # the one that is spoken of comes out first
    bare, planned = _bare(what), it.report.planned
    changes = bool(_RISES.search(how) or _FALLS.search(how))
    ahead = planned is not None and planned in (it.last.years[:1] or (0,)) or len(changed_years(it.turns)) == 2
    if it.content(bare):
        known = it.spoken_of(bare)
        topic = known.topic if known else it.swap(bare)[0]
        years = (planned, it.report.year) if ahead else ()
        return [Mention(topic, (year,)) for year in years if year]
    if len(changed_years(it.turns)) == 2 or re.search(r"两年", what):
        return _years_of_last(it)
    if len(pair) == 2 and not changes and pair[0].years == pair[1].years and not (ahead and "了" in it.rest):
        return pair
    return _years_of_last(it) if ahead or not changes else []


def _rose(it: FollowUp) -> Completed | None:
    """「跟今年比有提高吗」."""
    rose = _ROSE.search(it.text)
    years = (*it.last.years[:1], *years_of(rose["than"], it.report)) if rose else ()
    if not rose or len(set(years)) != 2:
        return None
    topic, how = plain(it.frame.whole), "高吗" if _RISES.search(rose["how"]) else "低吗"
    mine, other = (Mention(topic, (year,), it.frame.ask) for year in years)
    return _said(it, between(mine, other, "比", how))


def _two_sides(it: FollowUp) -> Completed | None:
    text = closed_up(it.text)
    match = _COMPARE.search(text)
    if match is None or re.search(r"增长|下降", text) or (match["with"] and match["how"] != "差"):
        return None
    if match["rises"] and it.last.years[:1] != (it.report.planned,):
        return None  # of a year gone by, the report says itself by how much it rose
    before = POINTER.sub("", LEAD.sub("", without_time(text[: match.start()], it.report.place)))
    than = match["than"] or match["with"] or ""
    how = match["how"].removeprefix("更").replace("差", "相差")
    asks = f"{how}多少{match['unit'] or it.unit()}" if match["much"] else how if "还是" in how else f"{how}吗"
    other = without_time(than, it.report.place)
    if not it.dates(than) and (it.content(_bare(other)) or "者" in other or it.spoken_of(_bare(other))):
        return _than_thing(it, before, other, asks)
    years = it.sides(it.other_year(than))
    if len(years) != 2:
        return None
    thing = Mention(plain(it.frame.whole), (), it.frame.ask)
    topic = measured([_side(it, before, thing) if before else thing])[0].topic
    if it.content(before) and "者" not in before and not it.spoken_of(_bare(before)):
        topic = it.swap(before)[0]
    other = other.removeprefix("的") if it.content(other) and not it.spoken_of(other.removesuffix("的")) else ""
    return Completed(f"{years[0]}年{topic}比{years[1]}年{other}{asks}？", Frame(topic, it.frame.ask), it.last)


def _than_thing(it: FollowUp, before: str, other: str, asks: str) -> Completed:
    """「比PCT多多少件」: another thing of the same year."""
    pair = it.recent(2)
    mine = Mention(plain(it.frame.whole), it.own_years[:1] or it.last.years[:1])
    a = _side(it, before, mine)
    b = _side(it, other, next((one for one in reversed(pair) if one != a), mine))
    if b == a and it.content(_bare(other)):
        b = _side(it, other, a, apart=True)
    if b.years != a.years and (not b.years or not a.years):
        b = replace(b, years=a.years)
    return _said(it, between(a, b, "比", asks))


def _both_years(it: FollowUp) -> Completed | None:
    """「这两年分别改建多少张」, 「今年多少明年多少」: the one question of each of the two years."""
    year, planned = it.report.year, it.report.planned
    asked = _BOTH_YEARS.search(it.rest)
    twice = len(it.own_years) == 2 and re.search(r"(?:多少|几).*(?:多少|几)", it.rest)
    if not year or not planned or not (asked or twice) or re.search(r"差|比", it.rest):
        return None
    rest = re.sub(r"分别|各自|各", "", _BOTH_YEARS.sub("", it.rest))
    rest = re.sub(r"[呢，, ]+", "", re.split(r"多少|几", rest)[0]) if twice else rest
    topic = (
        rest if it.content(rest) else f"{plain(it.frame.whole)}{rest if not twice and '多少' in rest else it.frame.ask}"
    )
    topic = topic if re.search(r"多少|几", topic) else f"{topic}是多少"
    if AIM.search(topic) and not it.content(topic):
        return None
    return _said(it, each([Mention("", (one,)) for one in (year, planned)], [topic, topic]))
