"""The largest or smallest of things that a question names only together (「四大产业里谁的总产出最低」)."""

import os
import re
from collections.abc import Sequence
from dataclasses import replace

from bot.question import Question, Want
from bot.reading import arithmetic, stages
from bot.reading.figures import Candidate
from bot.reading.finding import rated
from bot.reading.operands import GROWTH, like_unit
from bot.reading.phrases import without_lead
from bot.reading.pieces import figure_piece, laid_out
from bot.reading.reading import Reading
from bot.reading.sides import terms_of
from bot.reading.world import World
from bot.terms import Term
from bot.units import Kind
from corpus.figures import find_figures
from corpus.numerals import chinese_number
from corpus.types import Fact

_WORD = 2
_GROUP = 20  # figures among which the members of a group are looked for
_EXTREME = re.compile(
    r"(?:哪|谁|何者)[^，,？?]{0,14}(?:最[高大多快长低少小慢短强]|垫底|居首|领先)|(?:最[^，,？?]{1,3}|垫底|居首)的?(?:是|为)(?:哪|谁)"
)
_BOUND = re.compile(
    r"(?=.*(?:哪[些个几]|谁))(?:.*?)(?P<way>没到|没有?达到|没超过|不到|不足|未达|未到|低于|少于|小于|超过|高于|多于|大于|突破|刚好|正好|等于)"
    r"(?:了)?(?:是)?(?P<number>[\d.]+[万亿千百]*|[一二两三四五六七八九]?[千百十]?[万亿])(?P<unit>元|%)?(?![家个件套人户处条台项张座]|[\u3400-\u9fff]*(?:哪年|多少))"
)
_SUMMED = re.compile(r"加起来|加在一起|合起来|合计|总和|之和|一共|总共")
_LOWEST = re.compile(r"最(?:低|少|小|慢|短)|垫底|末位")
_HOW_MANY = re.compile(r"([两三四五六七八九十])(?:大?[类项种个家者块]|大)")
_FEWEST = 3  # things that a sentence counts in a row are a group from so many on


def of_group(question: Question, world: World) -> Reading | None:
    """The largest (or smallest) of things that the question names only together (「四大产业里谁的总产出最低」)."""
    bound, many = _BOUND.search(question.text), _HOW_MANY.search(question.text)
    summed = many if _SUMMED.search(question.text) else None
    if not (_EXTREME.search(question.text) or bound or summed):
        return None
    words = [term for term in terms_of(question.text, world) if term.strong]
    asked = replace(question, want=Want.FIGURE, terms=tuple(words), claims=(), asks="", open=False)
    if GROWTH.search(question.text):
        asked = replace(asked, kind=Kind.GROWTH, units=frozenset({"%", "个百分点"}))
    told = [one for one in rated(asked, world)[:_GROUP] if one.fact.change != "排名"]
    for first in told[:3]:
        group = _alike_subjects(first, told, words) or _counted_in_a_row(first, question, world)
        if summed and len(group) != chinese_number(summed.group(1)):
            continue
        if len(group) >= 2:
            amounts = [arithmetic.amount(one.fact.text, one.fact.value, one.fact.unit) for one, _ in group]
            if summed:
                result = arithmetic.total(amounts)
                found = [one for one, _ in group]
                return laid_out(found, [figure_piece(one) for one in found], [result.result], result.shown)
            best = _within(bound, group) if bound else _extreme(amounts, lowest=bool(_LOWEST.search(question.text)))
            if not best:
                continue
            others = [] if bound else [i for i in range(len(group)) if i not in best]
            order = [*best, *others]
            names = [group[i][1] for i in best]
            pieces = [figure_piece(group[i][0]) for i in order]
            return laid_out([group[i][0] for i in order], pieces, names, "、".join(names))
    return None


def _extreme(amounts: Sequence[arithmetic.Amount], *, lowest: bool) -> list[int]:
    """The places of the largest, or the lowest, amounts."""
    extreme = (min if lowest else max)(one.value for one in amounts)
    return [i for i, one in enumerate(amounts) if one.value == extreme]


def _within(bound: re.Match[str], group: Sequence[tuple[Candidate, str]]) -> list[int]:
    """The places of the figures that keep to the bound that a question names (「没到千亿」)."""
    number, unit = bound["number"], bound["unit"] or "元"
    figures = find_figures(f"{number}{unit}")
    limit = figures[0].value if figures else chinese_number(number)
    if limit is None or not all(one.fact.unit == unit for one, _ in group):
        return []
    way = bound["way"]
    if way[0] in "没不低少小未":
        return [i for i, (one, _) in enumerate(group) if one.fact.value < limit]
    if way[0] in "刚正等":
        return [i for i, (one, _) in enumerate(group) if one.fact.value == limit]
    return [i for i, (one, _) in enumerate(group) if one.fact.value > limit]


def _alike_subjects(first: Candidate, told: Sequence[Candidate], words: Sequence[Term]) -> list[tuple[Candidate, str]]:
    """The figures whose subjects end in the same measure as `first`'s, one that is asked for, each with its name."""
    ends = (term.text for term in words if first.fact.subject.endswith(term.text))
    measure = next((word for word in ends if not stages.is_stage(word)), "")
    if not measure and first.fact.change:  # how several things grew is told in one way of all of them
        measure = max((_shared_end(first.fact, one.fact) for one in told if one is not first), key=len, default="")
    group: dict[str, Candidate] = {}
    for one in told:
        fact = one.fact
        like = (fact.unit, fact.year, fact.change) == (first.fact.unit, first.fact.year, first.fact.change)
        if measure and like and fact.subject.endswith(measure) and len(fact.subject) > len(measure) + 1:
            group.setdefault(fact.subject.removesuffix(measure).removesuffix("总"), one)
    return [(one, name) for name, one in group.items() if "、" not in name]


def _shared_end(a: Fact, b: Fact) -> str:
    """What the subjects of two figures of one kind both end in, where that is more than a word."""
    if (a.unit, a.year, a.change) != (b.unit, b.year, b.change) or a.subject == b.subject:
        return ""
    shared = os.path.commonprefix([a.subject[::-1], b.subject[::-1]])[::-1]
    return shared if len(shared) > _WORD else ""


def _counted_in_a_row(first: Candidate, question: Question, world: World) -> list[tuple[Candidate, str]]:
    """The figures of one measure that a sentence gives in a row (「38家…、16家…、6个…」), each with its name."""
    places = [place for place, _ in world.places[first.passage.id] if place.fact]
    row = [replace(first, place=place) for place in places if _is_like(place.fact, first.fact)]
    row = [one for one in row if one.place.zones[1] == first.place.zones[1]]
    names = [without_lead(one.fact.subject) for one in row]
    shared = os.path.commonprefix([name[::-1] for name in names])[::-1]
    names = [name.removesuffix(shared) if len(shared) >= _WORD else name for name in names]
    asked = _HOW_MANY.search(question.text)
    if len(row) < _FEWEST or (asked and chinese_number(asked.group(1)) != len(row)) or not all(names):
        return []
    return list(zip(row, names, strict=True))


def _is_like(fact: Fact | None, other: Fact) -> bool:
    """Whether two figures count or measure alike and stand for the same year."""
    return fact is not None and like_unit(fact.unit) == like_unit(other.unit) and fact.year == other.year
