"""Summaries: all passages about a topic, in groups as the report has them, where a summary or points are asked for."""

import re
from collections.abc import Iterator, Sequence

from bot.matching import found
from bot.question import Question
from bot.reading.pieces import label
from bot.reading.reading import Piece, Reading
from bot.reading.world import World
from bot.terms import Term
from corpus.types import Passage

_COUNT = r"[一二两三四五六七八九十\d几]{1,2}"
_ASKS = re.compile(
    rf"总结|概括|归纳|梳理|综述|概述|小结|要点|(?:写|列|分|整理)(?:成|为|出)?{_COUNT}个?(?:点|条|方面)(?=$|[，,。？?！!])"
)
_ONE_SENTENCE = re.compile(rf"(?:一|1)个?(?:句话|句)|{_COUNT}个?字")
_WRAPPING = re.compile(
    rf"请|帮我|给我|麻烦|把|将|用{_COUNT}个?(?:句话|段话|字)|(?:总结|概括|归纳|梳理|综述|概述|小结)(?:一下|出|成|为)?|(?:写|列|分|整理)(?:成|为|出)?{_COUNT}个?(?:点|条|方面)"
    r"|要点|一下|做了(?:什么|哪些(?:工作|事情?)?)|干了(?:什么|啥)|有(?:什么|哪些)|内容|情况|方面|工作|进展|成效|成绩|如何|怎么样|主要|关于|报告[里中]?|的(?=$)"
)
_NUMBERING = re.compile(r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]\s*|第[一二三四五六七八九十]+[章节]\s*)")
_PART_OF_NAME = r"(?!大学|银行)"  # 「交通大学」 says nothing of 交通
_TELLING = 0.5  # a word of this weight cannot be left out of the topic
_MOST = 12  # passages; more are a chapter, not a summary
_SAID, _NAMED = 0.8, 0.9  # how surely a passage's own words, or its heading, must say the topic


def summary(question: Question, world: World) -> Reading | None:
    """The passages about what is to be summed up, grouped; None where no summary is asked for or none is found."""
    if not _ASKS.search(question.asks) or _ONE_SENTENCE.search(question.asks):
        return None
    own = [one for one in world.passages if _is_asked(question, one) and not one.cells]
    chosen = next(filter(None, (_about(terms, own, world) for terms in _narrowing(_topic(question, world)))), [])
    if not chosen:
        return None
    ordered = _grouped(sorted(chosen, key=lambda one: one.ordinal))
    pieces = tuple(Piece(one, 0, len(one.text), label(one, one.year, one.status), group=_group(one)) for one in ordered)
    return Reading(pieces, confidence=1.0, read=tuple(one.id for one in ordered))


def _narrowing(terms: Sequence[Term]) -> Iterator[list[Term]]:
    """The topic's words, then those without the least telling, as long as they tell little."""
    kept = sorted(terms, key=lambda term: -term.weight)
    while kept:
        yield list(kept)
        if kept.pop().weight >= _TELLING:
            return


def _about(terms: Sequence[Term], own: Sequence[Passage], world: World) -> list[Passage]:
    """The passages under a heading that says all the words, then those that say them, as the search ranks them."""
    headed = [one for one in own if all(_says(heading(one), term) >= _NAMED for term in terms)][:_MOST]
    ranks = {passage.id: place for place, (passage, _) in enumerate(world.find(" ".join(term.text for term in terms)))}
    said = [one for one in own if one not in headed and all(_says(one.text, term) >= _SAID for term in terms)]
    return headed + sorted(said, key=lambda one: ranks.get(one.id, len(own)))[: _MOST - len(headed)]


def _says(text: str, term: Term) -> float:
    share = found(term, text)
    named = share == 1 and re.search(rf"{re.escape(term.text)}{_PART_OF_NAME}", text) is None
    return 0.0 if named else share


def heading(passage: Passage) -> str:
    """The nearest heading of a passage: its row's label, or the innermost of its section path."""
    return passage.row or (passage.section[-1] if passage.section else "")


def _topic(question: Question, world: World) -> list[Term]:
    """The words that say what is to be summed up."""
    years = re.sub(r"20\d\d年?", " ", _WRAPPING.sub(" ", question.asks))
    place = world.report.place
    topic = re.sub(rf"{re.escape(place)}|{re.escape(place[:-1])}(?=的|$)" if place else "$^", " ", years)
    terms = world.vocabulary.terms(topic.strip(" ，,。？?！!的"))
    strong = [term for term in terms if term.strong]
    return strong or list(terms)


def _is_asked(question: Question, passage: Passage) -> bool:
    """Whether a passage is of the years asked for, or of what was done where that is asked."""
    if question.years:
        return passage.year in question.years
    return question.status is None or passage.status in (None, question.status)


def _grouped(passages: Sequence[Passage]) -> list[Passage]:
    """The passages with those of one group beside one another, the groups in the report's order."""
    groups: dict[str, list[Passage]] = {}
    for one in passages:
        groups.setdefault(_group(one), []).append(one)
    return [one for group in groups.values() for one in group]


def _group(passage: Passage) -> str:
    when = f"（{passage.year}年）" if passage.year else ""
    return f"{_NUMBERING.sub('', heading(passage))}{when}"
