"""A conversation: what the questions before were about, so that a follow-up can be completed."""

import re
from collections import deque
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from bot.lexicon import places
from bot.types import Answer
from corpus.types import Fact

_KEPT = 10  # turns: nothing points back further
ASKED = 30  # questions kept as they were asked, so that a receipt can have them asked again
_LONGEST_TOPIC = 40
_SHORT = 12  # a verb and little more: the thing is what is counted (「推出几个灯塔书房」)
_YEARS = re.compile(
    r"[（(]\s*20\d\d\s*年?\s*[)）]|(?<![比较])(?:在|(?<![达做])到|至|截[至止]到?)?(?:20\d\d\s*年?度?(?:年?[底末](?![数层部]))?|(?<!\d)2\d年度?"
    r"|大前年|前年|去年|上一?年度?|明年|来年|下一?年度?|次年|后年|今年|本年度?|这一?年|年内|当年|同年|同期|全年)"
)
_POLITE = re.compile(
    r"请问一?下?|请教|麻烦|我?想(?:知道|问|了解)(?:一下)?|请?告诉我|说一下|查一下|帮我|顺便|到底|究竟|你好|您好"
    r"|(?:我们?|咱们?|本)?(?<![社小城街园辖片地景厂矿市])区[里内]|我区|本区|全区(?!域)"
)
_PARTICLES = re.compile(r"(?:呢|呀|啊|哦|啦|哈|[\s。！!？?，,])+$")
ASKING = re.compile(
    r"百分之(?:几|多少)|多少|第几|几(?![乎何内])|多大|多高|多长|多久|哪[里儿]|哪(?:[一二两三四五六七八九十几]?[个家条座所项位处名款支种类批幢场片张块只部届次年天些])?"
    r"|(?:什么|啥)时候|几时|有?什么|有?啥|谁|何时|怎么样?|怎样|如何|为什么|为何|为啥|是不是|是否|有没有"
)
_YESNO = re.compile(r"(?:了|过)?(?:吗|嘛|么|伐|没有?)$|(?:对不对|是吗|对吗)$")
_BEFORE_ASKING = re.compile(
    r"(?:一共|总共|总计|合计|共计|只|仅|大约|大概|预计|分别|各自|各|都|又多?|再|还|主要|具体|[是有为达约共])+$"
    r"|(?:要?达到|完成情况|情况|水平|做到|的|提[升高][到至]|要?[到至]|控制在|是?指的?|叫做?)$|(?<=[\u3400-\u9fff]{2})完成$|(?:同比|比上一?年|较上年|比去年)*(?:想|要|会)?(?:增长|增加|提高|下降|减少|涨|降|(?<!新)增|(?<![至大许不更])[多少])?了?$"
    r"|(?<=[\u3400-\u9fff][\u3400-\u9fff，,])(?:打算|计划|新?(?<![营税征回验吸签举承主协创开兴新改扩续共在组筹搭构安整翻维检召公展研颁印激批直参旧技建认制确评覆增追推引])"
    r"[加建装修办开做搞花发招收投改设定添盖筹](?:好|完|成|到|出)?|弄(?:好|完|成|到|出|了))[了的在]?$"
)
_COUNTED = re.compile(
    r"(?P<ask>(?:多少|几)(?:平方米|平米|立方米|公顷|公里|亩|人次|户次|家次|场次|[个家条座所项位处名款支种类批幢场片张块套台件枚幅门本册间栋辆笔宗起]|人(?=参加|参与|报名|获得|受益|领取))?)"
    r"(?!平方|平米|立方|公顷|公里|人次|户次|家次|场次|亿|万|元|百分|个点|以[内上下])(?![个名位]人$)(?![个家条座所项处名种台套件位][了过])(?P<noun>[\u3400-\u9fff“”]{2,})$"
)
_MEASURED = re.compile(
    r"(?P<ask>[是有]?(?:多少|多大|多高|什么)的?(?:比例|比重|面积|规模|金额))的(?P<noun>[\u3400-\u9fff“”]{3,}?)[了的]?$"
)
_LISTED = re.compile(r"哪(?:些|几[个家条座所项])(?P<noun>[\u3400-\u9fff“”]{2,8})$")
# What is compared is the thing spoken of, not what it is compared with (「A比B多」).
_THAN = re.compile(r"(?<=[\u3400-\u9fff]{2})(?<![占对百同环])比(?![例重率如赛分])[^，,]{2,}$")
_LOOSE = re.compile(
    r"(?<=[\u3400-\u9fff])(?:总共|一共|[这那][个块条家座所种项边里](?=[\u3400-\u9fff]|$)|[也都](?=[\u3400-\u9fff]))"
)
_CLASSIFIER = re.compile(
    r"^(?:平方米|公顷|公里|人次)|^[个家条座所项位处名款支种类批幢场片张块套台件枚幅门本册间栋辆笔宗起]"
)
_BEFORE_TOPIC = re.compile(
    r"^(?:一共|总共|共计|预计)+(?=[\u3400-\u9fff]{2})|^(?:是|会|要|将|可以|能|打算|计划|力争|准备|已经?)+(?=[\u3400-\u9fff]{3})"
    r"|^[的里]|^中(?![央小心国医外学等高型东西南北共华间部介])"
)


@dataclass(frozen=True, slots=True)
class Frame:
    """What a question was about, in words: its topic without year and place, a part of it, and how it was asked.

    「2024年保障房筹措多少套」 has the topic 保障房筹措 and the asking words 多少套; `focus` is the part of the
    topic that a follow-up asked about (「其中税收」), `slot` the word of the topic that a follow-up put in (「X呢」):
    the next one takes its place.
    """

    topic: str = ""
    ask: str = ""
    focus: str = ""
    slot: str = ""

    @property
    def whole(self) -> str:
        """The topic with the part of it that was asked about last."""
        return f"{self.topic}中{self.focus}" if self.topic and self.focus else self.focus or self.topic


@dataclass(frozen=True, slots=True)
class Turn:
    """One question as understood and what came of it, as far as the next may go on about it.

    `subject` is what the answering figure counts in the report's words, `name` the name that was the answer,
    `units` the units of the answer's figures, `facts` these figures, in the answer's order.
    """

    understood: str
    frame: Frame
    years: tuple[int, ...]
    passages: tuple[str, ...]
    answer: Answer
    subject: str = ""
    name: str = ""
    units: frozenset[str] = frozenset()
    facts: tuple[Fact, ...] = ()


@dataclass(slots=True)
class Conversation:
    """The last turns, in order, and the last questions as asked, each with its report; `heard` counts them all."""

    turns: deque[Turn] = field(default_factory=lambda: deque(maxlen=_KEPT))
    asked: deque[tuple[str, str]] = field(default_factory=lambda: deque(maxlen=ASKED))
    heard: int = 0

    @property
    def last(self) -> Turn | None:
        """The turn before, if there is one."""
        return self.turns[-1] if self.turns else None

    def add(self, turn: Turn | None) -> None:
        """Goes on to `turn`, if there is one."""
        if turn is not None:
            self.turns.append(turn)

    def hear(self, question: str, report: str) -> None:
        """Keeps a question as it was asked of `report`."""
        self.asked.append((question, report))
        self.heard += 1


@dataclass(frozen=True, slots=True)
class Operand:
    """A figure that was answered before and is now laid beside another: what it is called, and the figure."""

    name: str
    fact: Fact


@dataclass(frozen=True, slots=True)
class Completed:
    """A question with all that it needs to be understood.

    `said` are the words that an answer must say (empty: all of `text`), `around` words that make a place likelier;
    `undated` is the question without a year that was only carried over, `about` the thing that a pointer stood for;
    `moved` tells that it went over to another thing (「X呢」), `shown` how the question reads where it asks of the
    answer before and `text` therefore is the question before (「刚才那个数是哪一年的」);
    `operands` are the figures to be laid side by side, where all of them were answered before; `phrased` is the
    follow-up itself without the remark that it opened with, in the way that is read (empty: as it was put).
    """

    text: str
    frame: Frame
    last: Turn | None = None
    said: str = ""
    around: str = ""
    undated: str = ""
    about: str = ""
    moved: bool = False
    shown: str = ""
    operands: tuple[Operand, ...] = ()
    phrased: str = ""


def frame_of(text: str, place: str) -> Frame:
    """The frame of a question that stands by itself."""
    bare = without_time(text, place)
    asking = ASKING.search(bare)
    yes = _YESNO.search(bare)
    if asking is None:
        return Frame(_tidy(bare[: yes.start()] if yes else bare), yes.group() if yes else "")
    head = bare[: asking.start()]
    while (cut := _BEFORE_ASKING.search(head)) and cut.start() and cut.group():
        head = head[: cut.start()]
    if len(re.findall(r"[\u3400-\u9fffA-Za-z]", head)) > 1:
        counted, listed = _COUNTED.match(bare[asking.start() :]), _LISTED.match(bare[asking.start() :])
        measured = _MEASURED.match(bare[asking.start() :])
        if measured:
            return Frame(_tidy(f"{head}{measured['noun']}"), measured["ask"])
        if listed:
            return Frame(_tidy(f"{head.removesuffix('了')}{listed['noun']}"), "有哪些")
        if counted and len(_tidy(head)) <= _SHORT:
            return Frame(_tidy(f"{head.removesuffix('了')}{counted['noun']}"), counted["ask"])
        ask = re.sub(r"^[的了](?=[多几哪有])", "", re.split(r"[，,；;、]", bare[len(head) :])[0])
        clauses = [clause for clause in re.split(r"[，,；;]", head) if clause.strip()]
        return Frame(_tidy("".join(clauses)), ask)
    tail = bare[asking.end() :]
    if asking.group()[0] == "哪":
        return Frame(_tidy(tail), f"是{asking.group()}")
    unit = _CLASSIFIER.match(tail)
    counts = unit.group() if unit and asking.group() in ("多少", "几") else ""
    return Frame(_tidy(_CLASSIFIER.sub("", tail)), asking.group() + counts)


def without_time(text: str, place: str) -> str:
    """`text` without years, the report's place, politeness and closing particles."""
    text = _YEARS.sub(" ", _POLITE.sub("", text))
    if place:
        text = _own_place(place).sub(" ", text)
    return closed_up(_PARTICLES.sub("", text).strip(" ，,"))


@lru_cache(maxsize=64)
def _own_place(place: str) -> re.Pattern[str]:
    """The report's place as questions name it, with any place that may hold it before."""
    over = "|".join(map(re.escape, places()))
    short = re.sub(r"[省市区县]$", "", place)
    return re.compile(rf"(?:{over})?(?:{re.escape(place)}|{re.escape(short)}(?!家|中))[内里]?")


def closed_up(text: str) -> str:
    """`text` without blanks beside Chinese characters."""
    return re.sub(r"(?<=[\u3400-\u9fff”》%]) +| +(?=[\u3400-\u9fff“《])", "", text).strip()


def _tidy(topic: str) -> str:
    topic = _THAN.sub("", topic)
    topic = re.sub(r"(?<![A-Za-z0-9])[a-z][a-z'-]+(?![A-Za-z0-9])", " ", topic)
    topic = re.sub(r"(?<=[\u3400-\u9fff])呢[，,]?", "", topic)
    topic = re.sub(r"[的了，,、]+$", "", _LOOSE.sub("", _BEFORE_TOPIC.sub("", closed_up(topic.strip(" ，,、；;：:")))))
    return closed_up(topic)[:_LONGEST_TOPIC]


def changed_years(turns: "deque[Turn]") -> tuple[int, ...]:
    """The two years between which the last turns moved, later first; () where they stayed in one."""
    if turns and (both := both_years(turns[-1])):
        return both
    for later, earlier in pairwise(reversed(turns)):
        years = {*later.years[:1], *earlier.years[:1]}
        if len(years) == 2 and later.frame.topic == earlier.frame.topic:
            return tuple(sorted(years, reverse=True))
    return ()


def both_years(turn: Turn) -> tuple[int, ...]:
    """The years of the two figures that answered a question without a year, later first; () where it was not so."""
    years = {fact.year for fact in turn.facts if fact.year}
    alike = len(turn.facts) == len(years) == 2 and len(turn.units) == 1
    return tuple(sorted(years, reverse=True)) if alike and not turn.years else ()
