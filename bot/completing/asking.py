"""Follow-ups that leave out what they are about, name another thing, or ask for a part of the one before."""

import re

from bot.completing.followup import FollowUp
from bot.completing.swapping import opposite, swap
from bot.completing.wording import (
    AIM,
    COUNT_NOUN,
    COUNTED_AFTER,
    DEFINES,
    GENERIC,
    LEAD,
    MEASURE_WORD,
    OPEN_END,
    PART_OF,
    POINTER,
    asked_measures,
    asks,
    dropped,
    plain,
    without,
)
from bot.conversation import ASKING, Completed, Frame, Turn, closed_up, frame_of
from bot.terms import Term

_ALONE = 3  # with so many words of its own, or such weight, a follow-up stands by itself
_ALONE_WEIGHT = 1.6
_WHOLE, _WHOLE_IN_ORDER = 2.0, 2.6
_ELLIPTIC = re.compile(r"[更最差还也]|哪[个年]|^[比跟和与同较]")
_BOTH_SAID = re.compile(r"(?<!^)(?:[跟和与同、]|还是|比(?![例重率]))")
_EACH_YEAR = re.compile(r"多少.*多少|几.*几|是不是|是否")
_TABLE = re.compile(r"表\s*\d")
_IN_ORDER = re.compile(r"前者|后者|第[一二三四五六\d][个家条座所项位处名种类]|最后|另外?一|[两二]者|[这那][两三]")
_BARE_GROWTH = re.compile(r"^(?:同比|环比|比上一?年|较上年|比去年)$")
_NOT_COUNTED = re.compile(r"哪|谁|什么|啥|为|怎|如何")
_AMOUNT_END = re.compile(r"[额率量值积度重比价费]$|数$")
_OWN_MEASURE = re.compile(
    r"(?:半径|里程|面积|人数|户数|金额|总额|比例|比重|浓度|长度|收入|价格|成本|时间|产出|产值|营收)$|[率额值]$"
)
_CONVERTED = re.compile(r"^(?:换算|折合|折算|换)成?为?(?P<unit>[\u3400-\u9fff]{1,4}?)(?:呢|是多少|有多少|是几|多少)?$")
_OF_UNIT = re.compile(
    r"^(?:一共|总共|共|又|还|都|有|是)*(?P<ask>(?:多少|几)(?P<unit>[家条座所项位处名款支种类批幢场片张块套台件证公亩里户份次人门节]|公里|公顷|人次|户次|平方米))$"
)
_COUNTS = re.compile(
    r"(?:多少|几)(?P<unit>[家条座所项位处名款支种类批幢场片张块套台件证户份门节]|公里|公顷|人次|户次|平方米)$"
)
_WHAT_IS_DONE = re.compile(r"(?:什么|啥|哪些)(?:新的?)?(?:安排|进展|动静|打算|计划|举措|措施|变化)")
_WHETHER = re.compile(r"吗|对不对|是不是|是否|没有?$")
_CLAIMED = re.compile(
    r"(?:是不是|是否|有没有)?(?:已经?)?(?:超过|达到|不到|超|有|是|为)?(?:约|近)?\d[\d.,]*[^\d，,]{1,4}$|(?:是不是|是否|有没有)+$"
)
_LEVEL = re.compile(r"(?:具体|实际)?(?:的)?绝对(?:额|值|数|量|数额|数值)(?:呢|是多少|有多少|多少)?")
_IN_MONEY = re.compile(
    r"(?:换|折|算|合)(?:算|合)?成?(?:钱|金额|总额|人民币)(?:的话)?[，,]?(?:大概|大约)?(?:是|有|合)?(?P<ask>多少[万亿]?元?)?(?:呢)?"
)
_IN_ALL = re.compile(r"(?:那|现在|目前)?(?:一共|总共|总数|合计|共)(?:有|是)?(?:多少|几)?[\u3400-\u9fff]?呢?")
_PLAIN_MEASURES = {"钱": "金额", "人": "人数", "户": "户数"}
# How surely and how far it was done says not what was done (「真正供应出去的」).
_DONE_TO_IT = re.compile(
    r"^(?:真正|真的|实际上?|已经|目前|现在|最[后终]|都|也)*(?P<deed>[\u3400-\u9fff]{2,}?)(?:出去|出来|下来|过来|完|好|掉)?了?$"
)
_OTHER_DEED = re.compile(r"^(?![是有为])[\u3400-\u9fff]{1,3}了?(?=(?:多少|几)[\u3400-\u9fff]{0,3}$)")
_WHICH_OF_THEM = re.compile(
    r"^(?:其中|里面)?(?:又|都|还)?(?:有|是)?哪[一几两三四五]?(?P<unit>[个家条座所项处幢幅支位名种款])"
)
_OF_THE_WHOLE = re.compile(
    r"^[^，,]{0,5}(?:全[区市省县]|[\u3400-\u9fff]{2}[区市省县])[^，,的]{0,6}有(?:多少|几|哪些)"
)  # 「全区有多少家X」
_BLANK = re.compile(r"[\u3400-\u9fff] +[\u3400-\u9fff]")
_QUOTED = re.compile(r"“[^“”]{2,}”|《[^《》]{2,}》")
_TELLING = 0.5  # words of so much weight say by themselves what is asked about


def part(it: FollowUp) -> Completed | None:
    """「其中税收是多少」, 「非税的部分」."""
    match = PART_OF.search(it.rest) or re.search(r"的?部分呢?$", it.rest)
    if not match:
        return None
    rest = it.rest[match.end() :] if match.start() == 0 else it.rest.replace(match.group(), "")
    it.rest = re.sub(r"的?部分(?=是|有|呢|$|多少)", "", rest)
    return _of_part(it) if it.content(it.rest) or it.rest.startswith("新增") else None


def ellipsis(it: FollowUp) -> Completed | None:
    """Nothing of its own but a year, a status, a unit or a measure."""
    if _LEVEL.fullmatch(it.rest):
        topic = without(it.scope(), ("aim", "growth", "share", "rank"))
        return it.whole(topic, "是多少", Frame(topic, "是多少"))
    money = _IN_MONEY.fullmatch(it.rest)
    if money:
        topic = without(it.scope(), ("aim", "growth", "share", "rank"))
        return it.whole(topic, "是多少亿元" if "亿" in (money["ask"] or "") else "是多少元", Frame(topic, "是多少"))
    before = _counted_before(it)
    if before is not None:
        topic = COUNT_NOUN.sub("", plain(before.frame.whole))
        return it.dated(topic, it.rest, before.frame, said=f"{topic}{it.rest}", around=topic, about=it.thing(topic))
    converted = _CONVERTED.match(it.rest)
    if converted:
        said = f"换算成{converted['unit']}是多少"
        return it.dated(plain(it.frame.whole), said, it.frame, said=said, around=it.frame.whole)
    counted = _OF_UNIT.match(it.rest)
    if counted and counted["unit"] not in it.frame.ask and counted["unit"] not in it.frame.topic:
        frame = Frame(COUNT_NOUN.sub("", plain(it.frame.whole)), counted["ask"])
        return it.whole(re.sub(r"数$", "", frame.topic), it.rest, frame)
    deed = it.rest.removesuffix("的")
    if it.content(it.rest) or (deed != it.rest and len(deed) > 1 and it.is_verb(deed) and deed not in it.frame.topic):
        return None
    rest = re.sub(r"^的|[图表]\d+(?:里面?|中|上)?的?", "", it.rest)
    if GENERIC.match(ASKING.sub("", COUNTED_AFTER.sub("", rest))) and not _asks_measure(it, rest):
        asking = ASKING.search(rest)
        if asking and _NOT_COUNTED.search(asking.group()) and "目标" not in rest:
            if _WHAT_IS_DONE.search(rest):
                thing = it.thing(it.frame.topic) or plain(it.frame.topic)
                return it.whole(thing, rest, Frame(thing, rest))
            return it.whole(COUNT_NOUN.sub("", plain(it.frame.whole)), rest, it.frame)
        return _again(it, rest)
    measures = asked_measures(rest)
    return _measured(it, rest, measures) if measures else None


def _counted_before(it: FollowUp) -> Turn | None:
    """The turn that was answered in the unit that the follow-up asks for, where the one before was not (「几场」)."""
    counted = _COUNTS.search(it.rest)
    names_things = bool(it.last.answer.short) and not it.last.facts and "还" in it.rest
    own = [] if counted is None or names_things else it.content(it.rest)
    if counted is None or own or not (it.last.units or names_things):
        return None
    unit = counted["unit"]
    if not names_things and (
        unit in it.frame.ask or unit in it.frame.topic or any(unit in one for one in it.last.units)
    ):
        return None
    return next((turn for turn in reversed(it.turns) if unit in turn.units), None)


def _measured(it: FollowUp, rest: str, measures: tuple[str, ...]) -> Completed:
    """Another measure of the same thing (「增长多少」, 「排名呢」)."""
    topic = without(it.scope(), dropped(measures))
    rest = f"{rest}增长多少" if _BARE_GROWTH.match(rest) else rest
    rest = rest.replace("哪里", "") if "第几" in rest else rest
    if re.search(r"新增|新[\u3400-\u9fff]{2}$", it.frame.topic) and _IN_ALL.fullmatch(rest):
        rest = "总数是多少"  # of those that were there before as well
    overlap = next((n for n in range(min(len(topic), len(rest)), 1, -1) if topic.endswith(rest[:n])), 0)
    rest = rest[overlap:]
    ask = rest if asks(rest) else f"{rest}是多少"
    kept = Frame(without(it.frame.topic, dropped(measures)), re.split(r"[，,；;]", ask)[0], it.frame.focus)
    frame = it.frame if it.scope() == it.frame.whole else Frame(it.frame.topic, it.frame.ask)
    return it.whole(topic, ask, kept if {"growth", "share"} & set(measures) else frame)


def _again(it: FollowUp, rest: str) -> Completed:
    """The question before once more, of another year or as an aim."""
    frame, ask = it.frame, it.frame.ask or "是多少"
    topic = without(it.scope(), ("aim",))
    wider = re.search(r"全[市国]", rest)
    topic = f"{wider.group()}{topic}" if wider else topic
    if rest.endswith(("吗", "么")):
        return it.whole(without(topic, ("growth",)), rest, frame)
    if re.search(r"哪|什么|谁", ask) and re.search(r"多少|几", rest) and "目标" not in rest:
        thing = it.thing(topic) or topic  # after its names, their number
        return it.whole(thing, rest, Frame(thing, rest))
    if _WHETHER.search(ask) and re.search(r"多少|几", rest):  # after 「…对吗」, how many is meant of the same thing
        thing = _CLAIMED.sub("", without(topic, ("rank",)))
        frame, ask, topic = Frame(thing, "是多少"), "是多少", thing
    if _new_verb(rest, topic):
        return it.whole(topic, rest, frame)
    if AIM.search(it.text) and not re.search(r"哪|谁|吗", ask):
        grows = re.match(r"(?:同比)?(?:增长|提高|下降|增幅|增速|占比)", ask)
        unit = re.search(r"(?:多少|几)([\u3400-\u9fff]{1,3})$", ask)
        measure = grows.group() if grows and grows.group() not in topic else ""
        return it.whole(f"{topic}{measure}目标", f"是多少{unit.group(1) if unit else ''}", frame)
    ask = re.sub(r"^(?:预计|实际|已经?)(?=.)", "", ask).replace("完成情况如何", "是多少")
    own_unit = re.search(r"多少[\u3400-\u9fff]{1,3}$", rest)
    if own_unit and not re.search(r"(?:多少|几)[\u3400-\u9fff]", ask):
        ask = f"是{own_unit.group()}"
    if it.own_years[:1] == (it.report.planned,):
        ask = re.sub(r"(?<=[多少几家条座所项台套张])了$", "", ask)
    return it.whole(topic, ask, frame)


def _new_verb(rest: str, topic: str) -> bool:
    """Whether the follow-up says itself what is to be done (「还要建几个」), in a word that the topic lacks."""
    asking = ASKING.search(rest)
    verb = rest[: asking.start()] if asking else ""
    return bool(re.search(r"[还再要会]", verb)) and not set(re.sub(r"[还再要会有是的]", "", verb)) & set(topic)


def _asks_measure(it: FollowUp, rest: str) -> bool:
    """Whether the follow-up asks for another measure of the same thing."""
    found = set(asked_measures(rest)) - {"aim"}
    again = it.own_years and re.search(r"还|再|会|要|打算|准备|计划", rest)
    return bool(found) and not (again and found <= {"growth", "new", "total"})


def swapped(it: FollowUp) -> Completed:
    """「X呢」: X in the place of the like word of the question before, asked in the same way."""
    bare = OPEN_END.sub("", it.rest)
    word = re.sub(r"(?:的部分|部分|的)$", "", bare) or it.rest
    word = _PLAIN_MEASURES.get(word, _DONE_TO_IT.sub(r"\g<deed>", word))
    aim = re.search(r"(?<=[\u3400-\u9fff]{2})的?目标$", word)
    topic, like = swap(it, word[: aim.start()] if aim else word, modifies=bare.endswith("的"))
    topic += aim.group() if aim else ""
    ask = it.frame.ask or "是多少"
    ask = _OTHER_DEED.sub("", ask) if it.is_deed(word) else ask
    measures = asked_measures(word)
    if (
        like
        and opposite(word) not in it.frame.topic
        and not any(piece[-1] == word[-1] for piece in it.words(it.frame.topic))
    ):
        # Another kind of thing may be counted otherwise; 「X的」 leaves the kind as it is.
        ask = ask if bare.endswith("的") else re.sub(r"几[\u3400-\u9fff]{1,2}$", "多少", ask)
        ask = re.sub(r"(?<=多少)[\u3400-\u9fff]+$", "", ask)
    if like and _OWN_MEASURE.search(word) and not it.frame.topic.endswith(word[-2:]):
        like, ask = False, "是多少"
    if {"share", "rank"} & set(asked_measures(ask)) and _OWN_MEASURE.search(word):
        ask = "是多少"
    if re.search(r"哪|什么|谁", ask) and not like:
        ask = "情况如何"
    elif measures or _AMOUNT_END.search(word):
        ask = "是多少"
        topic = without(topic, tuple(name for name in dropped(measures) if name not in measures))
    elif not like:
        ask = re.sub(r"(?<=多少)[\u3400-\u9fff]+$", "", re.sub(r"几[\u3400-\u9fff]{1,2}$", "多少", ask))
    ask = "情况如何" if ask == "几" and "几级" in it.last.understood else ask
    kept = it.frame.ask if ask == "情况如何" else ask
    slot = word if word in topic else ""
    return it.dated(topic, ask, Frame(topic, kept, slot=slot), said=word, around=topic, moved=True)


def _own_words(it: FollowUp) -> str:
    rest = it.rest
    if not re.search(r"占.{0,2}(?:百分|比|全|市|总)", rest):
        rest = re.sub(r"占(?=多少|几|了)", "是", rest)
    rest = re.sub(r"(?:一年里?)?(?:又|还)?多了(?=多少|几)", "新增", rest)
    return rest if asks(rest) else f"{rest}是多少"


def _of_part(it: FollowUp) -> Completed:
    rest, topic = _own_words(it), plain(it.frame.topic)
    own = frame_of(rest, it.report.place)
    around = f"{it.frame.whole} {it.last.subject}"
    named = next(
        (term.text for term in it.content(it.rest) if term.text not in topic and not it.is_verb(term.text)), ""
    )
    frame = Frame(topic, own.ask, own.topic)
    return it.dated(f"{topic}中", rest, frame, said=rest, around=around, about=named)


def narrowed(it: FollowUp) -> Completed:
    """The follow-up's own words, said of the thing that the conversation is about where they name none."""
    rest = _own_words(it)
    content = it.content(it.rest)
    nouns = [term for term in content if len(term.text) > 1 and (not it.is_verb(term.text) or _ends_a_name(it, term))]
    if content and _same_deed(it, rest, [term.text for term in content]):
        return _again(it, rest)
    own, around = frame_of(rest, it.report.place), f"{it.frame.whole} {it.last.subject}"
    starts_asking = re.match(
        rf"(?:一共|总共|共|又|都|还|分别|各自|主要)*(?:有|在|是在|位于|分布在)?(?:{ASKING.pattern})", rest
    )
    measure = MEASURE_WORD.match(own.topic) is not None  # 「投资额多大」 is of the thing spoken of
    if _of_them(it):
        thing = it.thing(it.frame.topic) or plain(it.frame.topic)
        return it.dated(thing, rest, it.frame, said=f"{thing}{rest}", around=around)
    if sum(term.weight for term in nouns) > _TELLING and not starts_asking and not measure:
        return it.dated("", rest, own, said=rest, around=around)
    thing = it.thing(it.frame.topic) or ("" if content else plain(it.frame.topic))
    if it.turned or thing in rest or any(term.text in thing or thing in term.text for term in nouns):
        return it.dated("", rest, own if content else it.frame, said=rest, around=around)
    verb = content[0].text if content and not nouns else ""
    topic = swap(it, verb)[0] if len(verb) > 1 else plain(it.frame.topic)
    if it.frame.slot and len(verb) < 2 and it.is_deed(it.frame.slot) and own.ask[:1] not in "多几有是":
        topic = thing  # another deed than the one put in before (「打算筹多少」)
    topic = f"{thing}{own.topic}" if re.search(r"[和与、及]", own.topic) else topic
    topic = topic if thing in topic else f"{thing}{topic}"
    counts = re.search(r"多少|几", rest)
    # A verb or a measure alone says too little to be found by.
    said = f"{thing}{rest}" if measure or (counts and not nouns) else rest
    frame = Frame(topic, own.ask) if content else it.frame
    return it.dated(thing, rest, frame, said=said, around=around, about=thing if measure else "")


def _ends_a_name(it: FollowUp, verb: Term) -> bool:
    """Whether the verb only opens the name of a thing that the report knows (「投放点」)."""
    named = re.search(rf"{re.escape(verb.text)}[点站所员者库]", it.rest)
    return named is not None and named.group() in it.report.text


def _same_deed(it: FollowUp, rest: str, content: list[str]) -> bool:
    """Whether the deed asked about before is asked about again, in the same unit (「力争完工多少台」)."""
    counted = re.search(r"(?:多少|几)([\u3400-\u9fff]{0,3})$", rest)
    if counted is None or not set(content) <= set(it.words(it.frame.topic)) or not all(map(it.is_verb, content)):
        return False
    left = rest[: counted.start()]
    for word in content:
        left = left.replace(word, "")
    same_unit = not counted[1] or counted[1] in it.frame.ask or counted[1] in it.last.units
    return GENERIC.match(left) is not None and same_unit


def afresh(it: FollowUp) -> Completed:
    """A question that stands by itself; the year of the conversation is likelier than another."""
    frame = frame_of(it.text, it.report.place)
    text = it.rest if it.english else closed_up(LEAD.sub("", it.text))
    text = re.sub(r"(?<=[\u3400-\u9fff])呢[，,](?=.*(?:多少|几))", "", text)
    years = it.years_meant()
    if it.own_years or not years or it.switched or DEFINES.search(text):
        return Completed(text, frame)
    return Completed(f"{years[0]}年{text}", frame, undated=text)


def _of_them(it: FollowUp) -> bool:
    """「哪几座评上最美了」 after 「40座」: which of those that were counted, without their name."""
    which = _WHICH_OF_THEM.match(it.rest)
    if which is None or not any(short.endswith(which["unit"]) for short in it.last.answer.short):
        return False
    first = next(iter(it.words(it.rest[which.end() :])), "")
    known = it.vocabulary.term(first).known if first else False
    return bool(first) and (it.is_verb(first) or first[0] in "被获拿得入评上" or not known)


def whole(it: FollowUp) -> bool:
    """Whether the follow-up names so much that it stands by itself, whatever it compares or works out."""
    if it.english or it.led or it.ends_open or it.points or POINTER.search(it.rest) or PART_OF.search(it.rest):
        return False
    content, spoken = it.content(it.rest), " ".join(turn.frame.whole for turn in it.turns)
    if any(term.text in spoken for term in content):
        return False  # it goes on about what was spoken of
    if content and (len(it.own_years) > 1 or _TABLE.search(it.text)):
        return not (
            it.turned or _IN_ORDER.search(it.rest) or _EACH_YEAR.search(it.rest)
        )  # two years of a thing that it names
    elliptic = _ELLIPTIC.search(it.rest) is not None and not _BOTH_SAID.search(it.rest)
    least = _WHOLE_IN_ORDER if _IN_ORDER.search(it.rest) else _WHOLE
    return not elliptic and sum(term.weight for term in content) >= least


def depends(it: FollowUp) -> bool:
    """Whether the follow-up cannot be understood by itself."""
    content = it.content(it.rest)
    quoted = _QUOTED.search(it.rest)
    if quoted and asks(it.rest) and not any(quoted.group() in turn.frame.whole for turn in it.turns):
        return False  # a name of its own
    if _BLANK.search(it.text) and len(content) > 1 and not it.english:
        return False  # key words name all that they ask for
    if _of_them(it):
        return True
    if content and not it.led and _OF_THE_WHOLE.match(it.text):
        return False
    if it.led or it.ends_open or it.points or all(len(term.text) == 1 or it.is_verb(term.text) for term in content):
        return True
    if it.own_years and len(content) > 1 and not it.shares(content):
        return False
    return len(content) < _ALONE and sum(term.weight for term in content) < _ALONE_WEIGHT
