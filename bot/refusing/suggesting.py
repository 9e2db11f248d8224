"""Questions that can surely be answered: made from figures of the report, each put to the reader before it is shown."""

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.lexicon import actions
from bot.question import parse
from bot.reading import reader
from bot.reading.reading import Piece
from bot.reading.world import World
from corpus.types import Fact, Passage, Status

MOST = 3
_TRIED = 4  # questions about the nearest passages that are tried for one refusal
_HEADLINES_TRIED = 12
_SUBJECT = re.compile(r"[\u4e00-\u9fffA-Z][\u4e00-\u9fffA-Za-z0-9.（）]{3,13}")
_NO_SUBJECT = re.compile(r"[的了在和与及将已各共]$|^[的了在和与及等其中共已各全]|全年|同比|累计|达到|占")
_MEASURED = frozenset("元 美元 % 个百分点 平方米 平方公里 公顷 亩 公里 米 立方米 微克/立方米 吨 千瓦 千瓦时 倍".split())
_COUNTED = frozenset("家 个 台 套 张 座 处 条 人 人次 户 名 件 项 所 场 幢 间 辆".split())
_VERB = re.compile(r"(?:完工|竣工|建成|开工|完成|实现|达到|达|为|约|共|累计|预计|全年|超过|近|增长|新增)$")

_answerable: dict[tuple[str, str], bool] = {}
_headlines: dict[str, tuple[str, ...]] = {}


def suggestions(nearest: Sequence[Piece], world: World, asked: str) -> tuple[str, ...]:
    """Two or three questions that the reader answers, nearest first; the same for the same report and passages."""
    found: list[str] = []
    near = (made for piece in nearest for made in _questions(_facts_of(piece, world), world))
    for question, fact in _first(near, _TRIED):
        if question != asked and question not in found and _answers(question, fact, world):
            found.append(question)
        if len(found) == MOST - 1:
            break
    return tuple(dict.fromkeys((*found, *(one for one in headlines(world) if one != asked))))[:MOST]


def headlines(world: World) -> tuple[str, ...]:
    """Three questions about the first figures of the report that the reader answers."""
    key = f"{world.report.name}/{world.report.sha256}"
    if key not in _headlines:
        made = (
            question for passage in _in_order(world) for question in _questions(world.facts.get(passage.id, ()), world)
        )
        tried = _first(made, _HEADLINES_TRIED)
        _headlines[key] = tuple(one for one, fact in tried if _answers(one, fact, world))[:MOST]
    return _headlines[key]


def _facts_of(piece: Piece, world: World) -> list[Fact]:
    """The figures of a passage, those in the stretch that is shown first."""
    facts = world.facts.get(piece.passage.id, ())
    return sorted(facts, key=lambda fact: not piece.start <= fact.local[0] < piece.end)


def _in_order(world: World) -> Iterator[Passage]:
    """What was done before what is planned, as the report has it."""
    yield from sorted(world.passages, key=lambda passage: (passage.status is Status.TARGET, passage.ordinal))


def _questions(facts: Iterable[Fact], world: World) -> Iterator[tuple[str, Fact]]:
    for fact in facts:
        subject = _VERB.sub("", _VERB.sub("", fact.subject.strip()))
        if fact.year not in (world.report.year, world.report.planned) or not fact.unit:
            continue
        if not _SUBJECT.fullmatch(subject) or _NO_SUBJECT.search(subject) or _ends_in_verb(subject, world):
            continue
        aim = "的目标" if fact.status is Status.TARGET else ""
        place = "" if world.report.place and world.report.place in subject else world.report.place
        if fact.change is None:
            if fact.unit in _MEASURED:
                yield f"{fact.year}年{place}{subject}{aim}是多少？", fact
            elif fact.unit in _COUNTED:
                yield f"{fact.year}年{place}{subject}{'的目标是' if aim else '有'}多少{fact.unit}？", fact
        elif fact.change == "增长":
            yield f"{fact.year}年{place}{subject}{aim or '同比'}增长多少？", fact


def _ends_in_verb(subject: str, world: World) -> bool:
    return world.vocabulary.cut(subject)[-1][0] in actions()


def _first(questions: Iterator[tuple[str, Fact]], most: int) -> Iterator[tuple[str, Fact]]:
    seen: set[str] = set()
    for question, fact in questions:
        if question in seen:
            continue
        seen.add(question)
        yield question, fact
        if len(seen) == most:
            return


def _answers(question: str, fact: Fact, world: World) -> bool:
    """Whether the reader answers `question` with the very figure that it was made of."""
    key = (world.report.sha256, question)
    if key not in _answerable:
        reading = reader.read(parse(question, world.report, world.vocabulary), world)
        _answerable[key] = reading.answered and any(fact.text in short for short in reader.shorts_of(reading))
    return _answerable[key]
