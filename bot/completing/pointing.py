"""Follow-ups that point back: 它, 那个功能区, 前者, 第二个, 刚才说的5所."""

import re
from dataclasses import replace

from bot.completing.followup import FollowUp
from bot.completing.mentions import COMPARES, Mention, each, mentions, side_by_side
from bot.completing.wording import AIM, COUNT_NOUN, GENERIC, POINTER, asks, plain, question
from bot.conversation import ASKING, Completed, Frame, Turn, frame_of, without_time

_NAMED_POINTER = re.compile(
    r"(?:刚才|刚刚|上面|前面)?的?(?:[这那]一?[个些家条座所块项种位处名]|(?<![应不])该(?!不))(?P<noun>[\u3400-\u9fff]{2,8})"
)
_LOOSE_POINTER = re.compile(r"(?<=[\u3400-\u9fff])[这那][个块条家座所种项](?=[\u3400-\u9fff])")
_BOTH = re.compile(
    r"[这那](?P<number>两|三|几|2|3)[个家条座所块项种位处者样类](?P<kind>产业|行业|数字?|数据|指标|领域|方面)?|[两二]者|^(?:那|这)?(?:两|三)[个家条座所块项种位样类者](?:人|事|数|指标|数字)?(?=加|一共|合|总共|相加|的?(?:目标|计划)|分别|各自?(?!区)|都)|它们(?:俩|两个?|各|(?=分别|都|加|一共|合计|合起来))"
)
_NUMBERS = "一二三四五六"
_ORDINAL = re.compile(
    rf"前者|后者|(?:第(?P<number>[{_NUMBERS}1-6])|(?P<last>最后(?:一|那|这)?))[个家条座所项位处名种类](?=的|[\u3400-\u9fff]|$)"
    r"|(?P<other>另外?一?[个家条座所项位处名种类])(?=的|[\u3400-\u9fff]|$)"
)
_THEM = re.compile("它们")
_LONGEST_NAME = 20
_TOGETHER = re.compile(r"加起来|加[在到]?一[起块]儿?|一共|总共|(?<!综)合计|合起来|合在一起|相加|总和")
_ALL_ALONE = re.compile(r"(?=(?:全都?|都)?(?:加起来|合起来|加[在到]?一[起块]|合在一起))")  # 「加起来一共多少」
_COUNT_ASKED = re.compile(r"(?:是|有|为)?(?:多少|几)[\u3400-\u9fff]{0,3}$|是多少$|[呢？?]$")
_EACH = re.compile(r"分别|各自|各|都")
_QUOTED_FIGURE = re.compile(
    r"(?:刚才|刚刚|前面|上面|之前)(?:说|提到|讲)?(?:到|过)?的?[这那]?(?P<figure>\d[\d.]*[^\d\s里中的]{1,3})(?:里面?|当?中)?"
)
_LISTED = re.compile(
    r"^(?:它们|他们|她们|[这那]些|[这那](?:[几两三四五六七八九十]|(?P<number>\d+))(?P<counted>[\u3400-\u9fff])[\u3400-\u9fff]{0,4}?)?的?(?:名字|名称|名单)?(?:都|又|分别|各自|各|具体|到底|主要)*"
    r"(?:叫做?|是|有|为|包括)?(?:哪些(?P<kind>公司|企业|单位|机构|项目|地方|学校|小区|医院|道路|马路|路|公园|街区|地块|平台|场馆|站点|地)?|哪[几两三四五六七八九十][\u3400-\u9fff]?|(?:什么|啥|哪些)(?:名[字称])?|名[字称])(?:呢|啊|呀)?$"
)
_FOR_EXAMPLE = re.compile(r"举(?:几|两|一|三|个|[一两几三]个)例子?|(?:比如|例如|譬如)(?:说|有)?(?:哪些|什么|呢|啥)?")
_COUNT = re.compile(r"[约近超]?\d[\d.]*余?[座家个项所处条名位款支批类种场件幅户片块][^\d]?$")
_DEFINES = re.compile(r"是(?:个|一个)?(?:什么|啥)|什么意思|指的?(?:是|什么)")
_IDENTIFIES = re.compile(r"(?:是|为|叫做?|名叫|有)$")
_ABOUT = re.compile(r"^(?:与|和|同|跟|在|对|向|由|从|为|把|将|据)")
# These point to the figure that was answered, every other noun to the thing that it was of.
_OF_A_FIGURE = re.compile(r"数|[率额值量度]$|目标|计划|比例|比重|面积|规模|结果|排名|水平|成绩")
_WHICH_YEAR = re.compile(
    r"(?:数字?|数据|结果|指标|它|[这那]个?)?(?:是|指)(?:的是)?哪一?年(?:的|度)?$|(?:数|数据|结果)是(?:什么时候|何时)的$"
)


def which_year(it: FollowUp) -> Completed | None:
    """「刚才那个数是哪一年的」: the question before once more, whose answer says its year."""
    if not _WHICH_YEAR.search(it.rest):
        return None
    return Completed(it.last.understood, it.frame, it.last, shown=f"{plain(it.frame.whole)}是哪一年的数据？")


def listed(it: FollowUp) -> Completed | None:
    """「分别叫什么名字」, 「都有哪些」 after a count: the things that were counted."""
    counted = all(_COUNT.match(short) for short in it.last.answer.short) and it.last.answer.short
    asked = _LISTED.match(it.rest) or _FOR_EXAMPLE.fullmatch(it.rest)
    named = asked.groupdict().get("number") if asked else None
    if asked and named:  # 「这6支基金叫什么」, of the turn that was answered with 6支
        figure = f"{named}{asked['counted']}"
        turn = next((one for one in reversed(it.turns) if any(figure in short for short in one.answer.short)), None)
        return it.whole(COUNT_NOUN.sub("", plain(turn.frame.whole)), "有哪些", turn.frame) if turn else None
    if not counted or not asked or COMPARES.search(it.last.understood) or it.frame.focus:
        return None
    topic = COUNT_NOUN.sub("", plain(it.frame.whole))
    ask = f"有哪些{asked.groupdict().get('kind') or ''}"
    return it.whole(topic, ask, Frame(topic, ask))


def quoted_figure(it: FollowUp) -> Completed | None:
    """「刚才说的5所里」: goes on from the turn that was answered with that figure."""
    match = _QUOTED_FIGURE.search(it.rest)
    if not match:
        return None
    for turn in reversed(it.turns):
        if any(match["figure"] in short for short in turn.answer.short):
            topic = f"{turn.frame.topic}{match['figure']}中"
            text = question(it.own_years or turn.years, topic, it.rest.replace(match.group(), ""))
            return Completed(text, turn.frame, turn, around=turn.subject)
    return None


def pointing(it: FollowUp) -> Completed | None:
    """A follow-up with a pointer, the thing that it stands for said in its place."""
    both, ordinal = _BOTH.search(it.rest) or _ALL_ALONE.match(it.rest), _ORDINAL.search(it.rest)
    if it.rest.startswith("它们") and not both and COMPARES.search(it.last.understood):
        both = _THEM.match(it.rest)
    if both:
        done = _of_several(it, both)
        if done is not None:
            return done
        if _TOGETHER.search(it.rest) and re.match(r"[这那]?[两三几23二]", both.group()):
            return Completed(it.text, it.frame)  # which ones are added is not known: better none than one
    if both is not None and not both.group():  # nothing to be added: how many in all is meant
        it.rest = re.sub(r"(?:一共|总共|合计)+", "一共", _TOGETHER.sub("一共", it.rest))
    if ordinal and (one := _ordered(it, ordinal)):
        if GENERIC.match(it.rest.replace(ordinal.group(), "").rstrip("呢")) and (again := _asked_of_other(it, one)):
            return again
        return it.put(ordinal, one.topic, years=one.years)
    if ordinal and GENERIC.match(it.rest.replace(ordinal.group(), "").rstrip("呢")):
        return Completed(it.text, it.frame)  # which one is not known: better none than another
    named = _NAMED_POINTER.match(it.rest) or re.search(rf"(?<![\u3400-\u9fff”》]){_NAMED_POINTER.pattern}", it.rest)
    noun = next((word for word in it.words(named["noun"]) if len(word) > 1), "") if named else ""
    if named and noun:
        return it.put(named, _referent(it, noun), len(named["noun"]) - len(noun))
    return _bare_pointer(it)


def _bare_pointer(it: FollowUp) -> Completed | None:
    loose = _LOOSE_POINTER.search(it.rest)
    if loose and not POINTER.match(it.rest):
        it.rest = it.rest[: loose.start()] + it.rest[loose.end() :]
        return None
    bare = POINTER.search(it.rest)
    if bare is None:
        return None
    before = it.words(it.rest[: bare.start()])
    named = [one for one in before[-2:] if len(one) > 1][-1:]
    if re.fullmatch(r"[这那][边里]", bare.group()) and named and it.is_name(named[0]):
        it.rest = it.rest[: bare.start()] + it.rest[bare.end() :]  # 「张家那边」 is 张家
        return None
    rest = it.rest.replace(bare.group(), "")
    if it.content(rest) or it.last.name:
        return it.put(bare, _referent(it, ""))
    it.rest = rest.removeprefix("的")
    return None


def _referent(it: FollowUp, noun: str) -> str:
    """What a pointer to a `noun`, or to anything, stands for: the name answered before, or the topic."""
    topic, name = plain(it.frame.whole), "" if not noun and _goes_on_about_the_topic(it) else it.last.name
    name = "" if len(name) > _LONGEST_NAME or "、" in name else name  # a name, and no whole clause
    if noun:
        if name and (name[-1] == noun[-1] or re.search(r"哪|谁|什么", it.frame.ask)):
            return name
        if noun in topic:
            return topic[: topic.rfind(noun) + len(noun)]
        before = next((plain(turn.frame.whole) for turn in reversed(it.turns) if noun in turn.frame.whole), "")
        if before and not _OF_A_FIGURE.search(noun):
            return before[: before.rfind(noun) + len(noun)]
        return noun if _OF_A_FIGURE.search(noun) else it.thing(topic) or topic
    return name or it.thing(topic) or topic


def _goes_on_about_the_topic(it: FollowUp) -> bool:
    """Whether the question before told of a thing that it named (「X入选了什么」) and did not ask which thing it is."""
    bare = without_time(it.last.understood, it.report.place)
    asking = ASKING.search(bare)
    if asking is None and "还是" in bare:
        return True
    if asking is None or _ABOUT.match(bare):
        return False
    before = bare[: asking.start()]
    opening = next(iter(it.words(before)), "")
    if _DEFINES.search(bare):
        return bool(it.content(before))
    return len(opening) > 1 and it.is_name(opening) and not _IDENTIFIES.search(before)


def _ordered(it: FollowUp, match: re.Match[str]) -> Mention | None:
    """前者, 后者, 第二个: the one of those that were answered or asked about before."""
    of_two = match.group() in ("前者", "后者") or match["other"]
    answered = (names for turn in reversed(it.turns) if len(names := _names_of(turn)) > 1)
    names = _names_of(it.last) if of_two else next(answered, [])
    pair = next((pair for pair in answered if len(pair) == 2 and any(one in it.last.understood for one in pair)), [])
    if of_two and len(names) != 2:
        names = pair  # 「前者…」 was asked, now 「后者呢」
    things = [Mention(name) for name in names] if len(names) > 1 else it.recent(2)
    if not names and not of_two:
        things = mentions(it.turns, it.report.place)  # nothing was listed: the first of what was asked
    if len(things) < 2:
        return None
    if of_two:
        return things[0 if match.group() == "前者" or match["other"] else -1]
    number = match["number"]
    place = -1 if not number else _NUMBERS.find(number) if number in _NUMBERS else int(number) - 1
    return things[place] if place < len(things) else None


def _asked_of_other(it: FollowUp, one: Mention) -> Completed | None:
    """「后者呢」 after a question about the former: the same question about the other."""
    before = it.last.understood
    others = [name for turn in it.turns for name in _names_of(turn) if name in before and name != one.topic]
    if not others or not it.last.frame.topic:
        return None
    text = before.replace(others[-1], one.topic)
    return Completed(text, frame_of(text, it.report.place), it.last, about=one.topic)


def _names_of(turn: Turn) -> list[str]:
    """The names that a turn was answered with."""
    return [short for short in turn.answer.short if not re.match(r"[约近超]?\d|第|[是否]$", short)]


def _of_several(it: FollowUp, match: re.Match[str]) -> Completed | None:
    """「这两个的目标分别是多少」: the last two things, each asked about; 「一共多少」: both together."""
    sides = it.recent(3 if re.search(r"[三3]", match.group()) else 2, apart=bool(it.own_years))
    if not sides or not all(one.topic for one in sides):
        return None
    rest = re.sub(r"^的", "", it.rest.replace(match.group(), ""))
    if _TOGETHER.search(rest) and len({one.topic for one in sides}) > 1 and len({one.years for one in sides}) > 1:
        return None  # nobody adds one thing of this year to another of next year
    shared = next((n for n in range(4, 1, -1) if rest[:n] and all(one.topic.endswith(rest[:n]) for one in sides)), 0)
    rest = rest[shared:]
    if it.own_years or len({one.topic for one in sides}) == len(sides):
        years = it.years_meant() if it.own_years or AIM.search(it.text) else ()
        sides = [replace(one, years=years) if years else one for one in sides]
    bare = _EACH.sub("", ASKING.sub("", rest.rstrip("呢")))
    if not GENERIC.match(bare) or _TOGETHER.search(rest):
        ask = rest if asks(rest) else f"{rest.rstrip('呢')}是多少"
        plain_sum = GENERIC.match(_TOGETHER.sub("", _COUNT_ASKED.sub("", rest))) is not None
        operands = it.operands(sides) if plain_sum else ()
        return Completed(side_by_side(sides, ask), it.frame, it.last, operands=operands)
    aim = "目标" if AIM.search(rest) else ""
    wordings = [f"{aim}是多少" if aim or not one.ask else one.ask for one in sides]
    return Completed(each(sides, wordings), it.frame, it.last)
