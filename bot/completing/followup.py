"""A follow-up in its conversation: its own words, the years it is about, and the topic that it goes on about."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.completing.mentions import Mention, mentions
from bot.completing.wording import (
    AIM,
    ASKED_MEASURES,
    COUNT_NOUN,
    DEFINES,
    GENERIC,
    GROWN_FROM,
    LEAD,
    OPEN_END,
    PART_OF,
    POINTER,
    asking_last,
    asks,
    plain,
    question,
    without,
)
from bot.conversation import (
    ASKING,
    Completed,
    Conversation,
    Frame,
    Operand,
    Turn,
    both_years,
    changed_years,
    frame_of,
    without_time,
)
from bot.lexicon import actions, places
from bot.question import body_of, years_of
from bot.reading.stages import is_stage
from bot.terms import Term, Vocabulary
from corpus.types import Report

_ENGLISH_POINTER = re.compile(
    r"\b(?:it|its|them|they|their|there|this|that|these|those|former|latter|same)\b"
    r"|^(?:and|so|but|what about|how about)\b",
    re.IGNORECASE,
)
_ENGLISH_AIM = re.compile(r"\b(?:target|goal|aim|plan|planned|expect|next year)", re.IGNORECASE)
_DONE = re.compile(r"实际|已经|完成了|做了|(?<!到)了(?=多少|几|哪)|(?:多少|几)[\u3400-\u9fff]?了[呢吗]?[？?]?$")
_WHEN = re.compile(r"什么时候|何时|几时|哪一?年|几月|啥时候")
_UNITS = frozenset("人次 户次 家次 场次 公里 平方米 平米 公顷 立方米 微克 千瓦 万元 亿元 百分点 个点".split())
# Verbs of reports beside those of the lexicon: they say what was done to a thing, not which thing it is.
_VERBS = frozenset(
    "新建 新开 新办 新修 改建 扩建 续建 建成 建设 改造 修缮 更新 开工 竣工 完工 动工 复工 投用 筹措 供应 "
    "新增 新设 引进 招引 引入 吸引 落地 签约 征收 收储 出让 实施 服务 发放 救助 开展 举办 培育 孵化 入驻 "
    "备案 登记 成交 完成 通车 贯通 覆盖 改善 提升 加装 整治 办理 上线 招聘 认定 创建 打造 支持 推进 投产 "
    "开业 开放 可供 通过 启用 交付 帮扶 拆除 搬迁 集聚 参加 参与 发布 推出 运营 投入使用 投入 在建".split()
)
# Words that the lexicon has as verbs, but that name things in reports.
_NOUNS = frozenset(
    "收入 支出 投资 消费 贷款 教育 建筑 工作 活动 培训 研发 设计 保险 补贴 运动 健身 照护 护理 租赁 认知 生活 出口 "
    "进口 旅游 合同 就业".split()
)
_DONE_VERB = re.compile(r"[建造修装盖弄做搞改拆征铺挖整办搬][好完成]了?")
_ONE_CHARACTER = "”》券园房车路桥站馆楼厅院校店区街村林湖河江厂库网卡证险税弄坊苑"  # these end the name of a thing


def _at_home(frame: Frame, text: str, report: Report) -> Frame:
    """The frame without another place than the report's, where the follow-up comes back to the report's own."""
    own = re.sub(r"[省市区县]$", "", report.place)
    other = next((name for name in places() if name in frame.topic and name not in report.place), "")
    if not own or own not in text or not other or other in text:
        return frame
    return replace(frame, topic=re.sub(rf"{re.escape(other)}[省市区县]?的?", "", frame.topic))


_DOES = "筹建修装改造办开招引发收设拆盖做搞弄征"
_PLAIN_VERBS = frozenset("给 为 做 备 放 来 用 当 让 帮 搞 弄 建 住 开".split())
_LONG = 8  # characters: a shorter topic has no clause
_TELLING = 0.5  # words of so much weight say by themselves what is meant
_MEASURED = re.compile(r"[率额值数]|面积|时间")


class FollowUp:
    """One follow-up being completed: `rest` is what it says beside year, place and lead-in."""

    def __init__(
        self,
        text: str,
        conversation: Conversation,
        last: Turn,
        report: Report,
        vocabulary: Vocabulary,
        original: str,
        *,
        switched: bool = False,
    ) -> None:
        self.turns, self.last, self.report, self.vocabulary = conversation.turns, last, report, vocabulary
        self.text, self.frame = text, self._of_its_head(_at_home(last.frame, text, report))
        self.switched = switched
        self.english = bool(original) and not re.search(r"[\u3400-\u9fff]", original)
        self.aims = self.english and bool(_ENGLISH_AIM.search(original))
        self.points = self.english and bool(_ENGLISH_POINTER.search(original))
        self.own_years = years_of(GROWN_FROM.sub("", text), report)
        self.ends_open = bool(OPEN_END.search(text))
        bare = without_time(GROWN_FROM.sub("同比", text), report.place)
        shorter = LEAD.sub("", bare)
        self.led = shorter != bare
        named = re.match(r"(?P<name>[^，,]{2,12})呢[，, ]", shorter)
        # 「X呢，多少人次」 goes over to X; a stage alone (「完工呢，几条」) is still of the thing before.
        self.turned = bool(named and self.content(named["name"]) and not is_stage(named["name"]))
        shorter = re.sub(r"呢[，, ]*(?=[^，, ])", "" if self.content(shorter.split("呢")[0]) else "，", shorter)
        if self.english:
            shorter = asking_last(re.sub(r"(?<![A-Za-z0-9])[A-Z]?[a-z]+(?![A-Za-z0-9])", " ", shorter))
            shorter = re.sub(r"占?(百分之几|多少)(全[市国区])", r"占\2\1", shorter)
            shorter = re.sub(r"^总(?:是什么)?$", "总数", shorter)
        self.rest = self._of_the_whole(shorter).lstrip("，, ").removeprefix("的")

    def _of_the_whole(self, text: str) -> str:
        """「占上海多少」 asks for the share of the whole that the report's place is part of."""
        if re.match(r"的(?:结果|数|实际)", text) and not GENERIC.match(text[1:]):
            self.points, text = True, re.sub(r"^的(?:结果|数[字据]?)?", plain(self.frame.topic), text)
        match = re.search(r"占(?P<whole>[\u3400-\u9fff]{2,3}?)的?(?=多少|几|比|百)", text)
        wider = match and match["whole"] in places() and match["whole"] not in self.report.place
        return text.replace(match["whole"], "全市") if match and wider else text

    def _of_its_head(self, frame: Frame) -> Frame:
        """The frame without a clause that only describes its thing (「给租不起房的人备的保租房」)."""
        clause, _, head = frame.topic.rpartition("的")
        if len(frame.topic) < _LONG or not clause or re.search(r"[“《]", clause) or _MEASURED.search(head):
            return frame
        does = any(self.is_verb(piece) or piece in _PLAIN_VERBS for piece in self.words(clause))
        telling = sum(term.weight for term in self.content(head)) > _TELLING
        return replace(frame, topic=head) if telling and (does or clause[-1] in "里上") else frame

    def unit(self) -> str:
        """The unit that the answer before counts in, if it is one that is counted in."""
        asked = re.search(r"(?:多少|几)([\u3400-\u9fff]{1,3})$", self.frame.ask)
        unit = next(iter(self.last.units)) if len(self.last.units) == 1 else asked.group(1) if asked else ""
        return unit if re.fullmatch(r"[\u3400-\u9fff]{1,3}", unit) else ""

    def recent(self, several: int, *, apart: bool = False) -> list[Mention]:
        """The last things that the conversation was about, earlier first; [] where it was about fewer.

        If `apart`, one thing in two years is one.
        """
        spoken = mentions(self.turns, self.report.place)
        if apart:
            spoken = list({one.topic: one for one in spoken}.values())
        last = spoken[-several:] if len(spoken) >= several else []
        known = next((one.years for one in reversed(last) if one.years), ())
        return [one if one.years else replace(one, years=known) for one in last]

    def mine(self) -> Mention:
        """The thing spoken of last, with its year and the figure answered."""
        return self.told(Mention(plain(self.frame.whole), self.last.years[:1], self.frame.ask))

    def told(self, side: Mention) -> Mention:
        """The side as it was spoken of before, with its figure; as it is where it was not."""
        spoken = (one for one in reversed(mentions(self.turns, self.report.place)) if one == side and one.fact)
        return next(spoken, side)

    def besides(self, years: tuple[int, ...]) -> tuple[int, ...]:
        """Of the two years that the conversation moved between, the other one; () where it stayed in one."""
        return tuple(year for year in changed_years(self.turns) if (year,) != years)[:1]

    def operands(self, sides: Sequence[Mention]) -> tuple[Operand, ...]:
        """The figures that the sides were answered with before; () where one of them was not."""
        spoken = mentions(self.turns, self.report.place)
        told = []
        for side in sides:
            like = [side, *(one for one in reversed(spoken) if one == side)]
            fact = next((one.fact for one in like if one.fact and one.fact.year in (*side.years[:1], None)), None)
            if fact is None:
                return ()
            told.append(Operand(side.dated if len({one.topic for one in sides}) == 1 else side.topic, fact))
        return tuple(told) if len({one.fact for one in told}) == len(told) else ()

    def spoken_of(self, words: str, but: Mention | None = None) -> Mention | None:
        """The thing spoken of before that has all the words, the latest one `but` the one named."""
        stem = re.sub(r"(?<=[\u3400-\u9fff]{2})数$", "", words)
        told = [term.text for term in self.content(stem)] or [stem] * (len(stem) > 1)
        spoken = [one for one in reversed(mentions(self.turns, self.report.place)) if one != but]
        fitting = [one for one in spoken if told and all(word in one.topic for word in told)]
        return next((one for one in fitting if one.topic.endswith(told[-1])), fitting[0] if fitting else None)

    def dates(self, words: str) -> bool:
        """Whether the words name a year."""
        return bool(years_of(words, self.report) or re.search(r"去年|上一?年|前一?年|目标|计划", words))

    def whole(self, topic: str, ask: str, kept: Frame) -> Completed:
        """The question that asks `ask` of `topic`, every word of which must be said."""
        return Completed(question(self.years_meant(), topic, ask), kept, self.last, around=self.last.subject)

    def dated(
        self, topic: str, ask: str, frame: Frame, *, said: str, around: str, moved: bool = False, about: str = ""
    ) -> Completed:
        """The question of which only `said` must be said, with the year carried over where it has none."""
        undated = "" if self.own_years else question((), topic, ask)
        return Completed(
            question(self.years_meant(), topic, ask), frame, self.last, said, around, undated, about, moved
        )

    def put(self, match: re.Match[str], name: str, less: int = 0, years: tuple[int, ...] = ()) -> Completed:
        """The follow-up with what it points to written out, asked of `years` where it names none."""
        start, end = match.span()
        end -= less
        before = re.sub(r"(?:的|对|关于)$", "", self.rest[:start])
        rest = f"{before}{name}{self.rest[end:]}"
        if not asks(rest) and re.search(r"目标|计划|面积|数量|[率额值数]$", rest):
            rest = f"{PART_OF.sub('', rest)}是多少"
        text = question(self.own_years or years or self.years_meant(), "", rest)
        frame = frame_of(text, self.report.place)
        undated = "" if self.own_years else question((), "", rest)
        return Completed(text, frame, self.last, around=self.last.subject, undated=undated, about=name)

    def content(self, text: str) -> list[Term]:
        """The words of `text` that name something new."""
        bare = POINTER.sub(" ", text)
        for _, pattern in ASKED_MEASURES:
            bare = pattern.sub(" ", bare)
        return [
            term
            for term in self.vocabulary.terms(body_of(bare, self.report))
            if term.strong and term.text not in _UNITS and not GENERIC.match(term.text) and not ASKING.search(term.text)
        ]

    def names_only(self) -> bool:
        """Whether the follow-up names a thing and asks nothing about it."""
        rest = OPEN_END.sub("", self.rest)
        return not asks(rest) and not re.search(r"[，,]", rest)

    def shares(self, terms: list[Term]) -> bool:
        """Whether one of the words is in the topic."""
        return any(term.text in self.frame.topic or self.frame.topic[-2:] in term.text for term in terms)

    def words(self, text: str) -> list[str]:
        """`text` cut into words."""
        runs = re.findall(r"“[^“”]*”|《[^《》]*》|[\u3400-\u9fff]+|[^\u3400-\u9fff“《]+|.", text)
        return [
            piece for run in runs for piece in ([run] if run[0] in "“《" else [w for w, _ in self.vocabulary.cut(run)])
        ]

    def is_verb(self, word: str) -> bool:
        """Whether the word says what is done, and not to what."""
        done = _DONE_VERB.fullmatch(word) is not None
        return done or word in _VERBS or word[1:] in _VERBS or (word in actions() and word not in _NOUNS)

    def thing(self, topic: str) -> str:
        """The thing that a topic is about, without what was done to it or measured of it (「高质量孵化器」)."""
        topic = re.sub(r"^(?:正在|已经?|目前|现在)[^的]{1,6}的", "", topic)
        pieces = self.words(COUNT_NOUN.sub("", plain(without(topic, ("total", "new")))))
        names = [self.is_name(piece) for piece in pieces]
        if not any(names):
            return ""
        start = names.index(True)
        while start and (
            (len(pieces[start - 1]) == 1 and pieces[start - 1] not in f"的了和与在、，{_DOES}")
            or (pieces[start - 1] not in _VERBS and pieces[start - 1] + pieces[start] in self.vocabulary.all)
        ):
            start -= 1
        end = names.index(True)
        while end < len(pieces) and (not self.is_verb(pieces[end]) or self._is_what_was_done(pieces, end)):
            alone = len(pieces[end]) == 1 and pieces[end] not in _ONE_CHARACTER and not any(names[end + 1 : end + 2])
            if alone and not self._is_one_word(pieces[end - 1], pieces[end]):
                break
            end += 1
        while end < len(pieces) and "".join(pieces[start : end + 1]) in self.report.text:
            end += 1  # the report writes it as one
        return re.sub(r"[的和与、]+$", "", "".join(pieces[start:end]))

    def _is_one_word(self, before: str, after: str) -> bool:
        """Whether the report never writes the one without the other behind it (米哈 and 游)."""
        return 0 < self.report.text.count(before) == self.report.text.count(before + after)

    def _is_what_was_done(self, pieces: list[str], at: int) -> bool:
        """Whether a verb belongs to the thing, the next one saying how far that came (「综合修缮完工」)."""
        return is_stage(pieces[at + 1]) and not is_stage(pieces[at]) if at + 1 < len(pieces) else False

    def is_deed(self, words: str) -> bool:
        """Whether the words say only what is done."""
        return all(len(one) > 1 and self.is_verb(one) for one in self.words(words))

    def is_name(self, piece: str) -> bool:
        """Whether the word names a thing."""
        named = piece[0] in "“《" or self.vocabulary.term(piece).strong
        return len(piece) > 1 and not self.is_verb(piece) and named

    def years_meant(self) -> tuple[int, ...]:
        """The years that the follow-up is about: its own, those before, or those that its status says."""
        if self.own_years:
            return self.own_years
        if _WHEN.search(self.text) or self.switched or (DEFINES.search(self.rest) and self.content(self.rest)):
            return ()  # the year is what is asked for, or none is meant
        years, planned, year = self.last.years[:1], self.report.planned, self.report.year
        if planned and year:
            aims = self.aims if self.english else AIM.search(self.text)
            if aims and years == (year,):
                return (planned,)
            if _DONE.search(self.text) and years == (planned,):
                return (year,)
        return years

    def sides(self, other: int | None) -> tuple[int, ...]:
        """The year that the follow-up speaks of and the `other` that it is compared with; () where they are one."""
        before = re.split(r"[跟和与同](?=[^，,]{1,16}比)|比", self.text)[0] if "比" in self.text else ""
        mine = (years_of(before, self.report) or self.last.years)[:1]
        if AIM.search(before) and mine == (self.report.year,) and self.report.planned:
            mine = (self.report.planned,)
        mine = mine or tuple(year for year in both_years(self.last) if year != other)[-1:]
        if mine == (other,) and not years_of(before, self.report):
            mine = self.besides(mine)  # 「比今年多吗」 after next year's and then this year's
        return (*mine, other) if mine and other is not None and mine != (other,) else ()

    def other_year(self, than: str) -> int | None:
        """The year that a follow-up compares with."""
        mine = (self.sides(0) or self.last.years or (self.report.year or 0,))[0]
        if re.search(r"去年|上一?年|前一?年", than) and not re.search(r"20\d\d", than):
            return mine - 1
        named = years_of(than, self.report)
        if named:
            return named[0]
        if AIM.search(than):
            return self.report.planned if mine != self.report.planned else None
        return next((year for year in changed_years(self.turns) if year != mine), self.the_other((mine,)))

    def the_other(self, years: tuple[int, ...]) -> int | None:
        """Of the year reported on and the year planned, the one that is not meant."""
        return self.report.year if years == (self.report.planned,) else self.report.planned

    def scope(self) -> str:
        """The topic, with the part asked about before unless another year's aim is asked: aims are for wholes."""
        moved = self.own_years and self.own_years[:1] != self.last.years[:1]
        return self.frame.topic if moved and AIM.search(self.text) and self.frame.topic else self.frame.whole
