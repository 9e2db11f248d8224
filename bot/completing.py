"""Completes a follow-up from the conversation: what it leaves out is taken from the turns before, slot by slot."""

import re
from dataclasses import dataclass

from bot.conversation import ASKING, Conversation, Frame, Turn, changed_years, closed_up, frame_of, without_time
from bot.lexicon import actions, places
from bot.question import body_of, years_of
from bot.terms import Term, Vocabulary
from corpus.types import Report

_LEAD = re.compile(
    r"^(?:那么?(?![个些块条家座所种里边])|然后|好的?|嗯|哦|行|所以|还有(?!什么|哪|吗|谁|多少|几|没|$)|另外|此外|再问|还想问|顺便)[，, ]*"
)
_BACK_TO = re.compile(r"^(?:再?回到|说回|回头说|再说)(?P<what>[^，,]{1,16})[，,]")
_PART_OF = re.compile(r"^(?:其中|里面|当中|这里面|这其中)(?:的|包括|有)?|(?<=的)其中")
_BARE_POINTER = (
    r"(?:对|关于)?(?:刚才|刚刚|上面|前面|之前)?(?:说|提到|讲)?的?"
    r"(?:它们?|他们|她们|这里|那里|那边|这边|这些|那些|这个|那个|(?<![应不])该(?![不怎怎有])|其(?![中他余它实次])|此(?![外前后]))"
)
_POINTER = re.compile(rf"{_BARE_POINTER}(?!月)|[这那](?:[一二两三四五六七八九十几]?[个家条座所块项种位处名])")
_NAMED_POINTER = re.compile(r"(?:刚才|刚刚|上面|前面)?的?(?:[这那]一?[个些家条座所块项种位处名]|(?<![应不])该(?!不))(?P<noun>[\u3400-\u9fff]{2,8})")
_LOOSE_POINTER = re.compile(r"(?<=[\u3400-\u9fff])[这那][个块条家座所种项](?=[\u3400-\u9fff])")
_BOTH = re.compile(r"[这那](?:两|几)[个家条座所块项种位处者]|[两二]者|它们(?:俩|两个)")
_ORDINAL = re.compile(r"前者|后者|(?:第(?P<number>[一二三四五六1-6])|(?P<last>最后一))[个家条座所项位处名](?=的|[\u3400-\u9fff]|$)")
_QUOTED_FIGURE = re.compile(r"(?:刚才|刚刚|前面|上面|之前)(?:说|提到|讲)?(?:到|过)?的?[这那]?(?P<figure>\d[\d.]*[^\d\s里中的]{1,3})(?:里面?|当?中)?")
_WHICH_YEAR = re.compile(r"(?:数字?|数据|结果|指标|它|[这那]个?)?(?:是|指)(?:的是)?哪一?年(?:的|度)?$|(?:数|数据|结果)是(?:什么时候|何时)的$")
_ENGLISH_POINTER = re.compile(r"\b(?:it|its|them|they|their|there|this|that|these|those|former|latter|same)\b|^(?:and|so|but|what about|how about)\b", re.I)
_CHAT = re.compile(r"(?:谢谢你?|多谢|感谢|好的?|嗯+|哦+|知道了|明白了?|了解了?|再见|拜拜|辛苦了|可以了?|没(?:事|有)了)+[。！!，,~\s]*")
_WHICH_MORE = re.compile(r"^哪一?[个家项边种](?:更|比较|要)?(?P<how>多|少|大|小|高|低|快|慢|长)$")
_OVER = re.compile(r"^(?:是否|有没有|会|能)?(?:超过|高于|大于|多于|(?P<less>少于|低于|不如))了?吗?$")
_OPEN_END = re.compile(r"(?:呢|的部分|部分)[？?。]?$")
_MEASURES = (
    ("aim", re.compile(r"的?(?:目标值?|计划|打算|预期|任务|力争)(?:是)?")),
    ("growth", re.compile(r"(?:的)?(?:(?:同比|环比|比上一?年|较上年|比去年|实际)*(?:增长(?:率|幅度)?|增幅|增速|涨幅|降幅|涨了?|下降)(?:了)?(?![\u3400-\u9fff]{2,}))")),
    ("share", re.compile(r"(?:的)?(?:占(?:全市|全区|全国|全部|总量)?(?:的)?(?:比重?|比例)?|比重|份额)$|占比")),
    ("rank", re.compile(r"(?:的)?(?:全市|全国|全区)?(?:排名|名次|排在?|位次|列)(?:情况)?$")),
    ("total", re.compile(r"累计(?:达到)?|总量")),
    ("new", re.compile(r"(?:当年)?新增(?:了)?|新(?=增$)")),
)
_ASKED_MEASURES = (
    ("growth", re.compile(r"同比|环比|增长|增幅|增速|涨幅|降幅|(?:提高|提升|上升|减少|降低)了?(?:多少|几)|涨了?(?:多少|几)|下降|降了?(?:多少|几)|(?:多少|几)个?(?:百分)?点|(?:比上一?年|较上年|比去年)增")),
    ("share", re.compile(r"占比|比重|份额|占(?:全[市国区]?|总量?|市|上海|多少|几|了|到)(?:的)?(?:多少|几成|比重|比例)?")),
    ("rank", re.compile(r"(?:(?:在)?(?:全[市国区]|城区|上海)里?的?)?(?:[排列居位]?第几[名位]?|排名|名次|排多少|排在|位次|位列|位居)")),
    ("total", re.compile(r"累计|总量|总数|总共|一共")),
    ("new", re.compile(r"新增|多了")),
    ("aim", re.compile(r"目标|计划|打算|预期|力争")),
)
_AIM = re.compile(r"目标|计划|打算|预期|力争|准备|安排")
_DONE = re.compile(r"实际|已经|完成了|做了")
_GENERIC = re.compile(
    r"^(?:还|再|又|会|要|能|将|准备|打算|计划|目标|预期|力争|预计|实际|定在?|定为|定|是|有|为|达到?|到|做到?|装|加|建成?|弄|搞|开|办|招|设|推|增加|新增|提高|"
    r"完成|实现|安排|大概|大约|一共|总共|又|的|了|个|具体|情况|怎么样|如何|什么|水平|指标|数字?|数据|全[市国区]|本[市区])*$"
)
_COMPARE = re.compile(
    r"(?:(?:(?<!占)比(?![重例率])|较)(?P<than>.{0,24}?)|[跟与和](?P<with>.{1,24}?)(?:相比|比|相)?)(?:要)?"
    r"(?P<how>更?(?:多(?!少)|少|高|低|大(?!华)|快|慢|长)|差|(?P<rises>提高|降低|增加|减少)了?)(?P<much>[出了]?(?:多少|几))?(?P<unit>[\u3400-\u9fff]{0,3}?)(?P<yes>吗|么|嘛|没有?)?[？?]?$"
)
_GAP = re.compile(r"^(?:又|还|一共|总共|相)?(?P<how>差|多|少|高|低)(?:[了出]|额)?(?P<much>多少|几)(?P<unit>[\u3400-\u9fff]{0,3})[？?]?$|^(?:差额|差距|差值|差别)(?:是|有)?(?:多少|多大)?$")
_LISTS = re.compile(r"哪|谁|什么|啥")
_COUNT_NOUN = re.compile(r"的?(?:座数|个数|家数|户数|条数|人数|数量|数目|总数|面积|浓度|金额|规模|比例|长度)$")
_MEASURE_WORD = re.compile(r"^(?:总|平均|人均|均|单|实际)*(?:额|价格?|金额|面积|数量|人数|费用?|成本|投资额?|规模|里程|长度|产值|收入|[件户家座条个次人场]数)$")
_AMOUNT_END = re.compile(r"[额率量值积度重比价费]$|数$")
_UNITS = frozenset("人次 户次 家次 场次 公里 平方米 平米 公顷 立方米 微克 千瓦 万元 亿元 百分点 个点".split())
# Verbs of reports beside those of the lexicon: they say what was done to a thing, not which thing it is.
_VERBS = frozenset(
    "新建 改建 扩建 续建 建成 建设 改造 修缮 更新 开工 竣工 完工 动工 复工 投用 筹措 供应 新增 新设 引进 落地 签约 征收 收储 出让 实施 服务 发放 "
    "救助 开展 举办 培育 孵化 入驻 备案 登记 成交 完成 通车 贯通 覆盖 改善 提升 加装 整治 办理 上线 招聘 认定 创建 打造 支持 推进 投产 开业 开放 "
    "可供 通过 启用 交付 帮扶 拆除 搬迁 集聚 参加 参与 发布 推出 运营 投入使用 投入 在建".split()
)
_ONE_CHARACTER = "”》券园房车路桥站馆楼厅院校店区街村林湖河江厂库网卡证险税"
_LONGEST = 90
_TELLING = 0.5  # words of so much weight say by themselves what is asked about
_MODIFIERS = frozenset("收入 支出 投资 消费 贷款 教育 建筑 工作 活动 培训 研发 设计 保险 补贴 运动 健身 照护 护理 租赁 认知 生活 出口 进口 旅游".split())


@dataclass(frozen=True, slots=True)
class Completed:
    """A question with all that it needs to be understood.

    `said` are the words that an answer must say (empty: all of `text`), `around` words that make a place likelier;
    `undated` is the question without a year that was only carried over, `about` the thing that a pointer stood for.
    """

    text: str
    frame: Frame
    last: Turn | None = None
    said: str = ""
    around: str = ""
    undated: str = ""
    about: str = ""


def complete(
    text: str, conversation: Conversation | None, report: Report, vocabulary: Vocabulary, original: str = ""
) -> Completed:
    """The question that `text` asks in its conversation; `original` is its wording before translation."""
    last = conversation.last if conversation else None
    if last is not None and _CHAT.fullmatch(text):
        return Completed(text, last.frame)
    back = _BACK_TO.match(text)
    if back:
        named = years_of(back["what"], report)
        rest = text[back.end() :]
        text = rest if years_of(rest, report) or not named else f"{named[0]}年{rest}"
    if conversation is None or last is None or not last.frame.whole:
        return Completed(text, frame_of(text, report.place))
    done = _FollowUp(text, conversation, last, report, vocabulary, original).completed()
    return done if len(done.text) <= _LONGEST else Completed(text, frame_of(text, report.place))


class _FollowUp:
    """One follow-up being completed."""

    def __init__(
        self, text: str, conversation: Conversation, last: Turn, report: Report, vocabulary: Vocabulary, original: str
    ) -> None:
        self.turns, self.last, self.report, self.vocabulary = conversation.turns, last, report, vocabulary
        self.text, self.frame = text, last.frame
        self.english = bool(original) and not re.search(r"[\u3400-\u9fff]", original)
        self.points = self.english and bool(_ENGLISH_POINTER.search(original))
        self.own_years = years_of(text, report)
        self.ends_open = bool(_OPEN_END.search(text))
        bare = without_time(text, report.place)
        shorter = re.sub(r"呢[，, ]*(?=[^，, ])", "，" if not self._content(bare.split("呢")[0]) else "", _LEAD.sub("", bare))
        self.led = _LEAD.sub("", bare) != bare
        if self.english:
            shorter = _asking_last(re.sub(r"(?<![A-Za-z0-9])[A-Z]?[a-z]+(?![A-Za-z0-9])", " ", shorter))
            shorter = re.sub(r"^总(?:是什么)?$", "总数", shorter)
        self.rest = self._of_the_whole(shorter)

    def _of_the_whole(self, text: str) -> str:
        """「占上海多少」 asks for the share of the whole that the report's place is part of."""
        if re.match(r"的(?:结果|数|实际)", text) and not _GENERIC.match(text[1:]):
            self.points, text = True, re.sub(r"^的(?:结果|数[字据]?)?", _plain(self.frame.topic), text)
        match = re.search(r"占(?P<whole>[\u3400-\u9fff]{2,3}?)的?(?=多少|几|比|百)", text)
        return text.replace(match["whole"], "全市") if match and match["whole"] in places() else text

    # --- the ways to complete -------------------------------------------------------------------------

    def completed(self) -> Completed:
        for way in (self._which_year, self._quoted_figure, self._compared, self._pointing, self._part, self._ellipsis):
            done = way()
            if done is not None:
                return done
        if not self._depends():
            return self._afresh()
        return self._swapped() if self._names_only() else self._narrowed()

    def _which_year(self) -> Completed | None:
        if not _WHICH_YEAR.search(self.rest):
            return None
        return Completed(self.last.understood, self.frame, self.last)

    def _quoted_figure(self) -> Completed | None:
        match = _QUOTED_FIGURE.search(self.rest)
        turn = match and next((one for one in reversed(self.turns) if any(match["figure"] in short for short in one.answer.short)), None)
        if not match or not turn:
            return None
        rest = self.rest.replace(match.group(), "")
        year = self.own_years or turn.years
        return Completed(_question(year, f"{turn.frame.topic}{match['figure']}中", rest), turn.frame, turn, around=turn.subject)

    def _compared(self) -> Completed | None:
        gap, match = _GAP.match(self.rest), _COMPARE.search(closed_up(self.text))
        more = _WHICH_MORE.match(self.rest)
        if more or (gap is not None and not changed_years(self.turns)):
            topics = self._last_topics()
            if len(topics) == 2:
                ask = f"哪个{more['how']}" if more else f"相差多少{self._unit()}"
                return Completed(_question(self.last.years[:1], "和".join(topics), ask), self.frame, self.last)
        over = _OVER.match(self.rest)
        if over and self.own_years and self.last.years and self.own_years[:1] != self.last.years[:1]:
            how = "少" if over["less"] else "多"
            text = f"{self.last.years[0]}年{_plain(self.frame.whole)}比{self.own_years[0]}年{how}吗？"
            return Completed(text, self.frame, self.last)
        if gap is None and (match is None or re.search(r"增长|下降", self.text) or (match["with"] and match["how"] != "差")):
            return None
        if match is not None and match["rises"] and self.last.years[:1] != (self.report.planned,):
            return None
        if gap is not None:
            years = changed_years(self.turns) or self._sides(self.report.planned if self.last.years[:1] == (self.report.year,) else self.report.year)
            text = self._gap_text(gap, years) if len(years) == 2 else ""
            return Completed(text, self.frame, self.last) if text else None
        assert match is not None  # noqa: S101
        than = match["than"] or match["with"] or ""
        before = _POINTER.sub("", _LEAD.sub("", without_time(closed_up(self.text)[: match.start()], self.report.place)))
        topic = self._swap(before)[0] if self._content(before) else _plain(self.frame.whole)
        years = self._sides(self._other_year(than))
        if len(years) != 2:
            return None
        how = (match["how"] or match["rises"]).lstrip("更").replace("差", "相差")
        other = without_time(than, self.report.place)
        other = "" if not self._content(other) else other.removeprefix("的")
        asks = f"{how}多少{match['unit'] or self._unit()}" if match["much"] else f"{how}吗"
        return Completed(f"{years[0]}年{topic}比{years[1]}年{other}{asks}？", Frame(topic, self.frame.ask), self.last)

    def _unit(self) -> str:
        """The unit that the answer before counts in, if it is one that is counted in."""
        return next(iter(self.last.units)) if len(self.last.units) == 1 and re.fullmatch(r"[\u3400-\u9fff]{1,3}", next(iter(self.last.units))) else ""

    def _gap_text(self, gap: re.Match[str], years: tuple[int, ...]) -> str:
        topic, how = _plain(self.frame.whole), gap["how"] or "差"
        unit = gap["unit"] or self._unit()
        if how == "差":
            return f"{years[0]}年和{years[1]}年{topic}相差多少{unit}？"
        return f"{years[0]}年{topic}比{years[1]}年{how}多少{unit}？"

    def _pointing(self) -> Completed | None:
        both, ordinal = _BOTH.search(self.rest), _ORDINAL.search(self.rest)
        if both and len(self.turns) > 1:
            return self._of_both(both)
        if ordinal and (one := self._ordered(ordinal)):
            return self._put(ordinal, one)
        named = _NAMED_POINTER.match(self.rest) or re.search(rf"(?<![\u3400-\u9fff]){_NAMED_POINTER.pattern}", self.rest)
        if named:
            noun = next((word for word in self._words(named["noun"]) if len(word) > 1), "")
            if noun:
                return self._put(named, self._referent(noun), len(named["noun"]) - len(noun))
        loose = _LOOSE_POINTER.search(self.rest)
        if loose and not _POINTER.match(self.rest):
            self.rest = self.rest[: loose.start()] + self.rest[loose.end() :]
            return None
        bare = _POINTER.search(self.rest)
        if bare:
            if not self._content(self.rest.replace(bare.group(), "")) and not self.last.name:
                self.rest = re.sub(r"^的", "", self.rest.replace(bare.group(), ""))
                return None
            return self._put(bare, self._referent(""))
        return None

    def _of_both(self, match: re.Match[str]) -> Completed:
        topics = self._last_topics()
        rest = re.sub(r"^的", "", self.rest.replace(match.group(), ""))
        if not _GENERIC.match(ASKING.sub("", rest.replace("分别", ""))):
            return self._put(match, "和".join(topics))
        aim = "目标" if _AIM.search(rest) else ""
        asks = "，".join(f"{topic}{aim}是多少" for topic in topics)
        return Completed(_question(self._years(), "", asks), self.frame, self.last)

    def _last_topics(self) -> list[str]:
        """The last two things that the conversation was about, earlier first."""
        recent = [_plain(turn.frame.whole) for turn in list(self.turns)[-3:]]
        return list(dict.fromkeys(reversed(recent)))[:2][::-1]

    def _part(self) -> Completed | None:
        match = _PART_OF.search(self.rest) or re.search(r"的?部分呢?$", self.rest)
        if not match:
            return None
        rest = self.rest[match.end() :] if match.start() == 0 else self.rest.replace(match.group(), "")
        self.rest = re.sub(r"的?部分(?=是|有|呢|$|多少)", "", rest)
        return self._narrowed(part=True) if self._content(self.rest) else None

    def _ellipsis(self) -> Completed | None:
        """Nothing of its own but a year, a status or a measure."""
        if self._content(self.rest):
            return None
        rest = re.sub(r"[图表]\d+(?:里面?|中|上)?的?", "", self.rest)
        asking = ASKING.search(rest)
        generic = _GENERIC.match(ASKING.sub("", re.sub(r"(?<=[多少几])[个家条座所项位处名套台件张片公里人次亩]+", "", rest)))
        if generic and not self._measure(rest):
            if asking and _LISTS.match(asking.group()) and "目标" not in rest:
                topic = _COUNT_NOUN.sub("", _plain(self.frame.whole))
                return self._whole(topic, rest, self.frame)
            return self._again(rest)
        measures = tuple(name for name, pattern in _ASKED_MEASURES if pattern.search(rest))
        if not measures:
            return None
        topic = _without(self._scope(), self._dropped(measures))
        rest = re.sub(r"^(?:同比|环比|比上一?年|较上年|比去年)$", lambda found: f"{found.group()}增长多少", re.sub(r"^的", "", rest))
        rest = rest.replace("哪里", "") if "第几" in rest else rest
        overlap = next((n for n in range(min(len(topic), len(rest)), 1, -1) if topic.endswith(rest[:n])), 0)
        rest = rest[overlap:]
        ask = rest if ASKING.search(rest) or rest.endswith(("吗", "么")) else f"{rest}是多少"
        kept = Frame(_without(self.frame.topic, self._dropped(measures)), re.split(r"[，,；;]", ask)[0], self.frame.focus)
        return self._whole(topic, ask, kept if {"growth", "share"} & set(measures) else self.frame)

    def _again(self, rest: str) -> Completed:
        """The question before once more, of another year or as an aim."""
        frame, ask = self.frame, self.frame.ask or "是多少"
        topic = _without(self._scope(), ("aim",))
        wider = re.search(r"全[市国]", rest)
        topic = f"{wider.group()}{topic}" if wider else topic
        asking = ASKING.search(rest)
        yes = rest.endswith(("吗", "么"))
        verb = rest[: asking.start()] if asking else ""
        if yes or (verb and re.search(r"[还再要会]", verb) and not any(char in topic for char in re.sub(r"[还再要会有是的]", "", verb))):
            topic = _without(topic, ("growth",)) if yes else topic
            return self._whole(topic, rest, frame)
        if _AIM.search(self.text) and not re.search(r"哪|谁|吗", ask):
            grows = re.match(r"(?:同比)?(?:增长|提高|下降|增幅|增速|占比)", ask)
            unit = re.search(r"(?:多少|几)([\u3400-\u9fff]{1,3})$", ask)
            measure = grows.group() if grows and grows.group() not in topic else ""
            return self._whole(f"{topic}{measure}目标", f"是多少{unit.group(1) if unit else ''}", frame)
        ask = re.sub(r"^(?:预计|实际|已经?)(?=.)", "", ask).replace("完成情况如何", "是多少")
        return self._whole(topic, ask, frame)

    def _scope(self) -> str:
        """The topic, with the part of it asked about before unless the aim for another year is asked: aims are for wholes."""
        moved = self.own_years and self.own_years[:1] != self.last.years[:1]
        return self.frame.topic if moved and _AIM.search(self.text) and self.frame.topic else self.frame.whole

    def _whole(self, topic: str, ask: str, kept: Frame) -> Completed:
        return Completed(_question(self._years(), topic, ask), kept, self.last, around=self.last.subject)

    def _afresh(self) -> Completed:
        frame = frame_of(self.text, self.report.place)
        text = self.rest if self.english else closed_up(_LEAD.sub("", self.text))
        if self.own_years or not self.last.years:
            return Completed(text, frame)
        return Completed(f"{self.last.years[0]}年{text}", frame, undated=text)

    def _swapped(self) -> Completed:
        """「X呢」: X in the place of the like word of the question before, asked in the same way."""
        bare = _OPEN_END.sub("", self.rest)
        word = re.sub(r"(?:的部分|部分|的)$", "", bare) or self.rest
        topic, like = self._swap(word, modifies=bare.endswith("的"))
        ask = self.frame.ask or "是多少"
        measures = tuple(name for name, pattern in _ASKED_MEASURES if pattern.search(word))
        if re.search(r"哪|什么|谁", ask) and not like:
            ask = "情况如何"
        elif measures or _AMOUNT_END.search(word):
            ask, topic = "是多少", _without(topic, tuple(name for name in self._dropped(measures) if name not in measures))
        elif not like:
            ask = re.sub(r"(?<=多少)[\u3400-\u9fff]+$", "", re.sub(r"几[\u3400-\u9fff]{1,2}$", "多少", ask))
        kept = self.frame.ask if ask == "情况如何" else ask
        return self._dated(topic, ask, Frame(topic, kept), said=word, around=topic)

    def _narrowed(self, *, part: bool = False) -> Completed:
        """The follow-up's own words, said of the topic."""
        rest = self.rest
        if not re.search(r"占.{0,2}(?:百分|比|全|市|总)", rest):
            rest = re.sub(r"占(?=多少|几|了)", "是", rest)
        rest = re.sub(r"(?:一年里?)?(?:又|还)?多了(?=多少|几)", "新增", rest)
        content = self._content(rest)
        nouns = [term for term in content if not self._is_verb(term.text)]
        own = frame_of(rest, self.report.place)
        around = f"{self.frame.whole} {self.last.subject}"
        if not ASKING.search(rest) and not rest.endswith(("吗", "么")):
            rest += "是多少"
        if part:
            topic = _plain(self.frame.topic)
            return self._dated(f"{topic}中", rest, Frame(topic, own.ask, own.topic), said=rest, around=around)
        starts_asking = re.match(rf"(?:一共|总共|共|又|都|还)*有?(?:{ASKING.pattern})", rest)
        if sum(term.weight for term in nouns) > _TELLING and not starts_asking:
            return self._dated("", rest, own, said=rest, around=around)
        thing = self._thing(self.frame.topic) or ("" if content else _plain(self.frame.topic))
        if any(term.text in thing or thing in term.text for term in nouns) or thing in rest:
            thing = ""
        kept = Frame(self._swap(content[0].text)[0] if content and not nouns else _plain(self.frame.topic), own.ask)
        return self._dated(thing, rest, (kept if thing else own) if content else self.frame, said=rest, around=around)

    # --- what the ways share --------------------------------------------------------------------------

    def _dated(self, topic: str, ask: str, frame: Frame, *, said: str, around: str) -> Completed:
        undated = "" if self.own_years else _question((), topic, ask)
        return Completed(_question(self._years(), topic, ask), frame, self.last, said, around, undated)

    def _put(self, match: re.Match[str], name: str, less: int = 0) -> Completed:
        """The follow-up with what it points to written out."""
        start, end = match.span()
        end -= less
        before = re.sub(r"(?:的|对|关于)$", "", self.rest[:start])
        rest = f"{before}{name}{self.rest[end:]}"
        if not ASKING.search(rest) and not rest.endswith(("吗", "么")):
            rest = f"{_PART_OF.sub('', rest)}是多少" if re.search(r"目标|计划|面积|数量|[率额值数]$", rest) else rest
        text = _question(self._years(), "", rest)
        frame = frame_of(text, self.report.place)
        undated = "" if self.own_years else _question((), "", rest)
        return Completed(text, frame, self.last, around=self.last.subject, undated=undated, about=name)

    def _referent(self, noun: str) -> str:
        topic, name = _plain(self.frame.whole), self.last.name
        if noun:
            if name and (name[-1] == noun[-1] or re.search(r"哪|谁|什么", self.frame.ask)):
                return name
            return topic[: topic.rfind(noun) + len(noun)] if noun in topic else noun
        return name or self._thing(topic) or topic

    def _ordered(self, match: re.Match[str]) -> str:
        """前者, 后者, 第二个: the one of those that the turn before named."""
        names = [short for short in self.last.answer.short if not re.match(r"[约近超]?\d|第", short)]
        shared = ""
        pair = re.match(r"(?P<a>[^和与、]{2,})[和与、](?P<b>[^和与、的]{2,})(?P<shared>的.*)?$", self.frame.topic)
        if pair and len(names) < 2:
            names, shared = [pair["a"], pair["b"]], pair["shared"] or ""
        if len(names) < 2:
            return ""
        if match.group() == "前者":
            place = 0
        elif match.group() == "后者" or match["last"]:
            place = -1
        else:
            place = "一二三四五六".find(match["number"]) if match["number"] in "一二三四五六" else int(match["number"]) - 1
        return f"{names[place]}{shared}" if place < len(names) else ""

    def _content(self, text: str) -> list[Term]:
        """The words of `text` that name something new."""
        bare = _POINTER.sub(" ", text)
        for _, pattern in _ASKED_MEASURES:
            bare = pattern.sub(" ", bare)
        return [
            term
            for term in self.vocabulary.terms(body_of(bare, self.report))
            if term.strong and term.text not in _UNITS and not _GENERIC.match(term.text) and not ASKING.search(term.text)
        ]

    def _depends(self) -> bool:
        content = self._content(self.rest)
        if self.led or self.ends_open or self.points or all(self._is_verb(term.text) for term in content):
            return True
        if self.own_years and len(content) > 1 and not self._shares(content):
            return False
        return len(content) < 3 and sum(term.weight for term in content) < 1.6

    def _names_only(self) -> bool:
        """Whether the follow-up names a thing and asks nothing about it."""
        rest = _OPEN_END.sub("", self.rest)
        return not ASKING.search(rest) and not rest.endswith(("吗", "么")) and not re.search(r"[，,]", rest)

    def _shares(self, terms: list[Term]) -> bool:
        return any(term.text in self.frame.topic or self.frame.topic[-2:] in term.text for term in terms)

    def _words(self, text: str) -> list[str]:
        return [piece for run in re.findall(r"[\u3400-\u9fff]+|[^\u3400-\u9fff]+", text) for piece, _ in self.vocabulary.cut(run)]

    def _is_verb(self, word: str) -> bool:
        return word in _VERBS or word[1:] in _VERBS or (word in actions() and word not in _MODIFIERS)

    def _thing(self, topic: str) -> str:
        """The thing that a topic is about, without what was done to it or measured of it (「高质量孵化器」)."""
        pieces = self._words(_COUNT_NOUN.sub("", _plain(_without(topic, ("total", "new")))))
        names = [len(piece) > 1 and not self._is_verb(piece) and self.vocabulary.term(piece).strong for piece in pieces]
        if not any(names):
            return ""
        start = names.index(True)
        while start and len(pieces[start - 1]) == 1 and pieces[start - 1] not in "的了和与在、，":
            start -= 1
        end = start
        while end < len(pieces) and not self._is_verb(pieces[end]):
            if len(pieces[end]) == 1 and pieces[end] not in _ONE_CHARACTER and not any(names[end + 1 : end + 2]):
                break
            end += 1
        return re.sub(r"[的和与、]+$", "", "".join(pieces[start:end]))

    def _swap(self, word: str, *, modifies: bool = False) -> tuple[str, bool]:
        """The topic with `word` in the place of the word like it, and whether it is the same kind of thing."""
        topic = _without(self.frame.topic, ("aim",))
        pieces, own = self._words(topic), self._words(word)
        shared = next((i for i, piece in enumerate(pieces) if len(piece) > 1 and piece in own), None)
        if word in topic:
            return word, True
        verbs_first = next((i for i, piece in enumerate(pieces) if not self._is_verb(piece)), 0)
        if shared is not None:
            after = "".join(pieces[shared + 1 :]) if own[-1] == pieces[shared] else ""
            return f"{''.join(pieces[: shared if own[0] in pieces else verbs_first])}{word}{after}", True
        verbs = [i for i, piece in enumerate(pieces) if len(piece) > 1 and self._is_verb(piece) and not _GENERIC.match(piece)]
        ends = [i for i, piece in enumerate(pieces) if len(piece) > 1 and piece[-1] == word[-1]]
        verb = all(self._is_verb(piece) or len(piece) == 1 for piece in own) and word not in places()
        if (ends and word not in places()) or (verb and verbs):
            place = ends[-1] if ends else verbs[-1]
            return "".join((*pieces[:place], word, *pieces[place + 1 :])), True
        nouns = [
            i for i, piece in enumerate(pieces) if len(piece) > 1 and self.vocabulary.term(piece).strong and not self._is_verb(piece)
        ]
        if not nouns:
            return word, False
        if word in places():
            return f"{word}{topic}", True
        if modifies:
            return "".join((*pieces[: nouns[0]], word, *pieces[nouns[-1] :])), True
        if _MEASURE_WORD.match(word) or (self._is_verb(own[0]) and _MEASURE_WORD.match("".join(own[1:]))):
            return f"{self._thing(topic)}{word}", True
        end = nouns[-1] + 1
        while end < len(pieces) and len(pieces[end]) == 1 and pieces[end] not in "的和与、":
            end += 1
        swapped = "".join((*pieces[: nouns[0]], word, *pieces[end:]))
        return re.sub(r"[、的和与]+$|^[、的和与]+", "", swapped), False

    def _years(self) -> tuple[int, ...]:
        """The years that the follow-up is about: its own, those before, or those that its status says."""
        if self.own_years:
            return self.own_years
        years, planned, year = self.last.years[:1], self.report.planned, self.report.year
        if planned and year:
            if _AIM.search(self.text) and years == (year,):
                return (planned,)
            if _DONE.search(self.text) and years == (planned,):
                return (year,)
        return years

    def _sides(self, other: int | None) -> tuple[int, ...]:
        before = self.text.split("比")[0] if "比" in self.text else ""
        mine = (years_of(before, self.report) or self.last.years)[:1]
        if _AIM.search(before) and mine == (self.report.year,) and self.report.planned:
            mine = (self.report.planned,)
        return (*mine, other) if mine and other is not None and mine != (other,) else ()

    def _other_year(self, than: str) -> int | None:
        """The year that a follow-up compares with."""
        mine = (self._sides(0) or self.last.years or (self.report.year or 0,))[0]
        if re.search(r"去年|上一?年|前一?年", than) and not re.search(r"20\d\d", than):
            return mine - 1
        named = years_of(than, self.report)
        if named:
            return named[0]
        if _AIM.search(than):
            return self.report.planned if mine != self.report.planned else None
        changed = changed_years(self.turns)
        other = self.report.year if mine == self.report.planned else self.report.planned
        return next((year for year in changed if year != mine), other)

    def _measure(self, rest: str) -> bool:
        """Whether the follow-up asks for another measure of the same thing."""
        found = [name for name, pattern in _ASKED_MEASURES if name != "aim" and pattern.search(rest)]
        again = self.own_years and re.search(r"还|再|会|要|打算|准备|计划", rest)
        return bool(found) and not (again and set(found) <= {"growth", "new", "total"})

    def _dropped(self, measures: tuple[str, ...]) -> tuple[str, ...]:
        """Which measures of the topic give way to those that the follow-up asks for."""
        dropped = ["aim"] if "aim" not in measures else []
        if {"growth", "share", "rank"} & set(measures):
            dropped += ["growth", "share", "rank"]
        if "total" in measures:
            dropped += ["new", "growth"]
        if "new" in measures:
            dropped += ["total"]
        return tuple(dropped)


def _without(topic: str, measures: tuple[str, ...]) -> str:
    for name, pattern in _MEASURES:
        if name in measures:
            shorter = pattern.sub("", topic)
            topic = shorter if len(shorter) > 1 else topic
    return re.sub(r"[的了]+$", "", topic)


def _plain(topic: str) -> str:
    """The topic without the measure that was asked of it."""
    return _without(topic, ("growth", "share", "rank", "aim"))


def _question(years: tuple[int, ...], topic: str, ask: str) -> str:
    year = "和".join(f"{one}年" for one in years[:2])
    text = closed_up(f"{year}{topic}{ask}").rstrip("？?。 ")
    return f"{text}？"


def _asking_last(text: str) -> str:
    """Translated key words with the asking word at the end, where a Chinese question has it."""
    match = re.match(r"(多少[个家台条张座项名人]?|几[个家台条张座项名]|哪些|什么|哪个|哪里|何时)(.+)$", closed_up(text))
    if not match:
        return closed_up(text)
    return match[2] if match[1] == "什么" else f"{match[2]}{match[1]}"
