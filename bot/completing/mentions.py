"""The things that a conversation spoke of, each with its year: what 前者, 这两个 and 刚才的任务 point back to."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from bot.completing.wording import plain, question
from bot.conversation import ASKING, Turn, both_years, frame_of
from bot.splitting import split_asks
from corpus.types import Fact

_PAIR = re.compile(r"(?P<a>[^和与、及]{2,})(?:以及|[和与、及])(?P<b>[^和与、及的]{2,})(?P<shared>的[^和与、]{2,})?$")
_DEED = re.compile(r"[新改扩续重翻][建造修设办]")  # 「新建和改建X」 is one thing
_VERB_ALONE = 3
_FALL = re.compile(r"下降|降了?(?:多少|几)|减少了?(?:多少|几)|降幅")
_GROWTH = re.compile(r"增长|增幅|增速|涨幅|同比|[涨增]了?(?:多少|几|百分)")
RATE = re.compile(r"(?:的|同比)*(?:增长率?|增速|增幅|涨幅)$")
COMPARES = re.compile(
    r"相差|几倍|多少倍|比20\d\d年|哪[个年家项]?[更最]|多还是|高还是|加起来|(?<!综)合计|合起来|加[在到]?一[起块]|合在一起"
)


_WEIGHED = re.compile(
    r"^(?:20\d\d年)?(?P<a>[^，,？?]{2,}?)(?<![占对百同环])比(?![例重率如])(?P<b>(?!20\d\d)[^，,？?]{2,}?)(?:[多少高低大小快慢])(?:了|出)?(?:多少|几|吗)"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A thing that was asked about: its topic, the year asked for, how it was asked and the figure answered."""

    topic: str
    years: tuple[int, ...] = ()
    ask: str = field(default="", compare=False)
    fact: Fact | None = field(default=None, compare=False)

    @property
    def dated(self) -> str:
        """The topic with its year before it."""
        return f"{self.years[0]}年{self.topic}" if self.years else self.topic


def measured(sides: list[Mention]) -> list[Mention]:
    """The things as they are compared: by how they grew, where that was asked of each."""
    if all(_FALL.search(one.ask) for one in sides):
        return [replace(one, topic=f"{re.sub(r'下降$', '', one.topic)}降幅") for one in sides]
    if not all(grows(one.ask) or (one.fact and one.fact.change == "增长") for one in sides):
        return sides
    return [grown_of(one) for one in sides]


def grows(ask: str) -> bool:
    """Whether growth was asked for."""
    return _GROWTH.search(ask) is not None


def grown_of(one: Mention) -> Mention:
    """How fast the thing grew."""
    return replace(one, topic=f"{RATE.sub('', one.topic)}增速")


def mentions(turns: Iterable[Turn], place: str) -> list[Mention]:
    """What the turns asked about, earlier first, each once: the last time that it was spoken of."""
    found: dict[tuple[str, tuple[int, ...]], Mention] = {}
    for turn in turns:
        for one in _of_turn(turn, place):
            before = found.pop((one.topic, one.years), None)
            ranked = one.fact is not None and one.fact.change == "排名"  # a place in an order is no figure to work with
            found[one.topic, one.years] = before if before and ranked else one
        for one in _compared(turn):
            found.setdefault((one.topic, one.years), one)
    return list(found.values())


def _compared(turn: Turn) -> list[Mention]:
    """The two things of one year that a turn compared, as far as nothing else was said of them."""
    match = _WEIGHED.match(turn.understood)
    if match is None or len(turn.facts) != 2 or len({fact.year for fact in turn.facts}) > 1:
        return []
    years = turn.years[:1]
    return [Mention(match[side], years, fact=fact) for side, fact in zip("ab", turn.facts, strict=True)]


def _of_turn(turn: Turn, place: str) -> list[Mention]:
    years, topic = turn.years[:1], plain(turn.frame.whole)
    facts = turn.facts
    if topic and both_years(turn):
        return [Mention(topic, (fact.year,), turn.frame.ask, fact) for fact in facts if fact.year]
    whole = [Mention(topic, years, turn.frame.ask, facts[0] if len(facts) == 1 else None)] if topic else []
    if COMPARES.search(turn.understood) or _WEIGHED.match(turn.understood):
        return []
    parts = split_asks(turn.understood)
    if len(parts) > 1 and all(ASKING.search(part) for part in parts):
        frames = [frame_of(part, place) for part in parts]
        each_told = facts if len(facts) == len(frames) else (None,) * len(frames)
        several = [
            Mention(_with_head(one.topic, frames[0].topic), years, one.ask, fact)
            for one, fact in zip(frames, each_told, strict=True)
            if len(one.topic) > 1
        ]
        return several if len(several) == len(parts) else whole
    pair = _PAIR.match(topic)
    if pair and not _DEED.fullmatch(pair["a"]) and len(facts) != 1:  # 「企业及机构」 answered as one thing is one
        shared = pair["shared"] or ""
        both_told = facts if len(facts) == 2 else (None, None)
        return [
            Mention(f"{_with_head(pair[side], pair['a'])}{shared}", years, turn.frame.ask, fact)
            for side, fact in zip("ab", both_told, strict=True)
        ]
    return whole


def _with_head(topic: str, first: str) -> str:
    """A later part's topic with what it shares with the first (「架空线入地新开工多少，完工多少」)."""
    if topic != first and len(topic) <= _VERB_ALONE and topic[-1] == first[-1] and len(first) > len(topic) + 1:
        return re.sub(r"新?[\u3400-\u9fff]{2}$", "", first) + topic
    return plain(topic)


def side_by_side(sides: list[Mention], ask: str) -> str:
    """A question that asks `ask` of things named together: 「2024年A和B相差多少？」."""
    years = {one.years for one in sides}
    topics = list(dict.fromkeys(one.topic for one in sides))
    if len(topics) == 1:
        dates = "和".join(f"{one.years[0]}年" for one in sides if one.years)
        return question((), f"{dates}{topics[0]}", ask)
    if len(years) == 1:
        return question(sides[0].years, _listed(topics), ask)
    return question((), _listed([one.dated for one in sides]), ask)


def each(sides: list[Mention], asks: list[str]) -> str:
    """A question that asks each of its own: 「2024年A是多少，B是多少？」."""
    same = len({one.years for one in sides}) == 1
    parts = [
        f"{one.topic if same and n else one.dated}{ask}" for n, (one, ask) in enumerate(zip(sides, asks, strict=True))
    ]
    return question((), "，".join(parts), "")


def _listed(names: list[str]) -> str:
    return f"{'、'.join(names[:-1])}和{names[-1]}"
