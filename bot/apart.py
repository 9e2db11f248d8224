"""Whole questions put at once (「A是多少？另外B有哪些？」): each is read as it would be alone."""

import re
from collections.abc import Callable
from dataclasses import replace

from bot.lexicon import actions
from bot.question import Question, parse, status_of
from bot.reading.reader import shorts_of
from bot.reading.reading import Reading
from bot.reading.several import joined
from bot.reading.world import World
from bot.splitting import asks
from bot.types import Reason

_NUMBERED = (
    r"(?:[（(]?[1-9一二三四五][）)]\s*|[1-9][、.．)]\s*|[①②③④⑤]\s*|第?[一二三四五](?:是|个是|、|，|：|:)\s*"
    r"|(?:其[一二三]|首先|然后)[，,：:]?\s*)"
)
_LINKED = (
    r"(?:另外(?:再)?|此外|以及|还有(?:就是)?|再就是|再有|再(?=想?问)|同时|并且|并(?=[\u3400-\u9fff]{4})|而且|外加|其次"
    r"|顺便(?:再)?)(?:还)?(?:想?(?:问|请问|了解|知道)(?:一?下|一句)?|也?请?(?:说明|告知|告诉我)(?:一?下)?)?[，,：:\s]*"
)
_PLAINLY = (
    rf"[？?；;。!！\n]+\s*(?:{_NUMBERED}|{_LINKED})?|[，,、\s]+(?:{_NUMBERED}|{_LINKED})"
    rf"|(?<=[少几些个家条处谁么里]){_LINKED}"
)
_APART = re.compile(rf"(?P<mark>{_PLAINLY}|[，,])")
_PLAIN = re.compile(_PLAINLY)
_OPENING = re.compile(
    rf"^(?:[^，,：:？?]{{0,10}}[两二三几2-3](?:个|件|点|项|样)?(?:问题|事情?|数据?|数字|情况)[，,：:。]?\s*)?(?:{_NUMBERED})?"
)
_POINTS_BACK = re.compile(
    r"^(?:其中|它|他们|她|这|那(?!个?些?年)|该|两者|二者|前者|后者|分别|各|同比|比(?!例)|较|占)|呢$|相比|[两二]者|差多少|相差"
    r"|一样|更[多少高低大小快慢]|还是"
)
_REQUESTS = re.compile(
    r"\S\s+\S|告知|告诉|列出|列举|介绍|情况|名单|(?:规模|总[额量数值]|数量|金额|面积|比例|占比|增[速幅]|目标值?|名称|收入|产值)[\s，,]*$"
)
_OF_TABLE = re.compile(r"表\s*\d")
_MOST = 4
_TELLS = 0.6  # so much the words of a question must tell together that it stands by itself


def whole_questions(text: str, world: World) -> list[str]:
    """The questions that `text` puts at once, where each says by itself what it is about; [] where it puts one."""
    pieces = _APART.split(_OPENING.sub("", text, count=1))
    parts: list[str] = []
    opening = ""
    for mark, piece, after in zip(["", *pieces[1::2]], pieces[::2], [*pieces[1::2], ""], strict=True):
        if not piece.strip():
            continue
        requests = _PLAIN.match(mark or after) is not None and _REQUESTS.search(piece) is not None
        if not (asks(piece) or (requests and _stands(piece, world))):
            opening += (mark if opening else "") + piece
            continue
        whole = f"{opening}，{piece}" if opening else piece
        opening = ""
        if parts and not _stands(piece, world):
            parts[-1] += (mark or "，") + whole
        else:
            parts.append(whole)
    if opening and parts:
        parts[-1] += f"，{opening}"
    return [part.strip(" ，,、：:") for part in parts] if 1 < len(parts) <= _MOST else []


def _stands(text: str, world: World) -> bool:
    """Whether a question says itself what it is about."""
    terms = [term for term in world.vocabulary.terms(text) if term.strong and term.text not in actions()]
    names = _OF_TABLE.search(text) is not None or sum(term.weight for term in terms if term.known) >= _TELLS
    return names and not _POINTS_BACK.search(text)


def read_apart(text: str, asked: Question, read: Callable[[Question, str], Reading], world: World) -> Reading | None:
    """The answers to the whole questions that `text` puts; None where it puts one, or one has no answer.

    A year that one names holds for those behind it that name none, where they say something of that year. What only
    commas part is read together first: one passage may answer it all.
    """
    parts = whole_questions(text, world)
    if parts and not _PLAIN.search(_OPENING.sub("", text, count=1).rstrip("？?。！! ")):
        together = read(asked, text)
        if together.reason is Reason.FALSE_PREMISE:
            return together
        if together.answered and len(set(together.read)) == 1 and len(shorts_of(together)) >= len(parts):
            return together
    readings: list[Reading] = []
    years: tuple[int, ...] = asked.years if len(asked.years) == 1 else ()
    status = asked.status
    for part in parts:
        own = parse(part, world.report, world.vocabulary)
        years, status = (own.years, own.status) if own.years else (years, status)
        implied = status_of(part, (), world.report)
        dated = replace(own, years=years, status=status) if implied in (None, status) else own
        told = read(dated, part)
        told = told if told.answered or dated == own else read(own, part)
        if not told.answered:
            return None
        readings.append(told)
    return joined(readings) if readings else None
