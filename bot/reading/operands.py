"""The figures that are compared: those that fit their sides of the question and one another best."""

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import product

from bot.matching import found
from bot.question import Question, Want
from bot.reading.figures import Candidate
from bot.reading.reading import Reading
from bot.reading.sides import BORROWED, Op, Side, words_of, years_apart
from bot.reading.world import World
from bot.terms import Term
from bot.types import Reason
from bot.units import Kind, asked_unit, units_of
from corpus.types import BlockKind

GROWTH = re.compile(
    r"增长\s*(?:和|与|跟)[^，,？?]{1,14}增长|[多少](?:增长?|降|涨|跌|升)了?(?:多少|几)|增速|增长率|增幅|涨幅|降幅|增长\s*(?:目标|预期|更|得|较|最|比较|快|的?速度)|长得快|(?<!新)增得|涨得|(?:目标|实际|预期|预计)增长"
)
OWN = 0.5  # so much of a side's own words its figure must have
_SURE = 0.4
_REPEATED = 0.5  # two places with one figure that say so much of each other's words say it of the same thing
_OTHER_NAME = 0.3
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9.]+")
_MOST_UNNAMED = 0.5
_HARDLY = 0.2  # a side whose words tell so little says nothing of its own
_TELLING, _UNSAID = 0.7, 0.2
_SAID, _NAMED = 0.8, 0.4
_DONE = 0.2
_MOSTLY = 0.7
_LIKE_UNITS = {**dict.fromkeys("户家项所处座条件", "个"), "名": "人", "位": "人", "套（间）": "套", "套(间)": "套"}
_KEEP = 8  # figures of each side that are tried
_ALIKE = 0.6
_SAME_YEAR = 0.15
_SAME_PLACE = 0.12
_STATED = 0.8
_UNNAMED = 0.2
_EXACT = 0.15
_ROUGH = 0.4
_HEADLINE = 0.1
_ECHO = 0.4  # so much of one side's figure the other's must repeat
_QUOTIENTS = (Op.TIMES, Op.PART, Op.PER)
_NO_THINGS = frozenset("元 美元 % 个百分点 倍 平方米 公顷 亩 公里 微克/立方米".split())
_TIMES = frozenset("年 个月 天 日 小时 分钟".split())
_ASKS_UNIT = re.compile(r"(?:多少|几)[\u3400-\u9fff]{1,6}")
_MONEY = re.compile(r"投资|金额|资金|贷款|收入|产值|经费|多少钱|元")
_MEASURED = re.compile(r"面积|浓度|里程|公里数|产值|总产出|营收|金额")


Fitting = tuple[float, Candidate]


def choose(question: Question, sides: Sequence[Side], op: Op, world: World) -> list[Candidate] | Reading:
    """The figures that fit their sides and one another best, or the refusal where one side has none."""
    kind, units = _kind_and_units(question, op)
    sides = [replace(side, apart=True) for side in sides] if years_apart(sides) else sides
    pools: list[list[Fitting]] = []
    for i, side in enumerate(sides):
        others = [
            term
            for j, other in enumerate(sides)
            if j != i and (len(sides) == 2 or j == len(sides) - 1)
            for term in other.own
        ]
        pools.append(_pool(question, side, others, kind, units, world))
    if not years_apart(sides):
        pools = [_distinct(sides, i, pool) for i, pool in enumerate(pools)]
    if years_apart(sides):
        pools = _echoed(question, sides, pools, kind, units, world)
    empty = next((i for i, pool in enumerate(pools) if not pool), None)
    if empty is not None:
        return _absent(question, sides[empty], pools, world)
    combined = [one for one in product(*pools) if _go_together([fitting[1] for fitting in one], sides, op)]
    if not combined:
        return _absent(question, sides[-1], pools, world)

    def value(one: tuple[Fitting, ...]) -> float:
        picked = [candidate for _, candidate in one]
        # Without a year, what was done is meant rather than what is aimed at.
        done = not question.years and picked[0].fact.year == world.report.year
        return sum(fit for fit, _ in one) + _agreement(picked, sides) + _DONE * done

    return [candidate for _, candidate in max(combined, key=value)]


def _go_together(picked: list[Candidate], sides: Sequence[Side], op: Op) -> bool:
    """Whether figures may be laid side by side: of one measure, and of one year where no years are compared."""
    years = {one.fact.year for one in picked if one.fact.year}
    if not years_apart(sides) and (_repeated(picked) or (len(years) > 1 and not _each_is_said(picked, sides))):
        return False
    if op is Op.PER and _MONEY.search(sides[0].text) and picked[0].fact.unit not in ("元", "美元"):
        return False
    return comparable(picked, op)


def _each_is_said(picked: Sequence[Candidate], sides: Sequence[Side]) -> bool:
    """Whether no side names a year and each figure's sentence has all its side's words: then years may differ."""
    return not any(side.years for side in sides) and all(
        all(found(term, one.place.zones[1]) >= _SAID for term in side.own if term.strong)
        for one, side in zip(picked, sides, strict=True)
    )


def _distinct(sides: Sequence[Side], i: int, pool: list[Fitting]) -> list[Fitting]:
    """The figures near which the words stand that only this side has: those of both say nothing of which it is."""
    others = " ".join(term.text for j, side in enumerate(sides) if j != i for term in side.own)
    words = [term for term in sides[i].own if term.text not in others]
    total = sum(term.weight for term in words)
    if total < _HARDLY:
        return pool
    return [
        (fit, one)
        for fit, one in pool
        if sum(term.weight * max(found(term, zone) for zone in _near(one)) for term in words) >= 0.4 * total
    ]


def _near(one: Candidate) -> tuple[str, ...]:
    return one.place.zones[0], one.place.zones[1], one.place.zones[3]


def _repeated(chosen: Sequence[Candidate]) -> bool:
    """Whether the report says one figure at two of the places."""
    return any(
        one.passage.id != other.passage.id
        and one.fact.value == other.fact.value
        and min(_alike(one, other), _alike(other, one)) >= _REPEATED
        for one, other in zip(chosen, chosen[1:], strict=False)
    )


def _echoed(
    question: Question,
    sides: Sequence[Side],
    pools: list[list[Fitting]],
    kind: Kind | None,
    units: frozenset[str],
    world: World,
) -> list[list[Fitting]]:
    """The pools with figures added that repeat the words of the other side's best ones: the same in another year."""
    widened = [list(pool) for pool in pools]
    for i, side in enumerate(sides):
        best = max(pools[1 - i], default=None, key=lambda one: one[0])
        if best is None:
            continue
        terms = _weighed(side.own, sides[1 - i].own)
        fits = {_place(one): fit for fit, one in _rated(question, side, terms, kind, units, world)}
        words = tuple(words_of(best[1].fact.subject, world))
        had = {_place(one) for _, one in widened[i]}
        for _, one in _rated(question, side, words, kind, units, world)[:_KEEP]:
            repeats = one.coverage.share >= _ECHO and _alike(one, best[1]) > 0
            if _place(one) not in had and repeats and _measure(one) == _measure(best[1]):
                widened[i].append((0.7 * fits.get(_place(one), 0.0) + 0.3 * one.coverage.share, one))
    return widened


def _place(one: Candidate) -> tuple[str, tuple[int, int]]:
    return one.passage.id, one.fact.local


def _kind_and_units(question: Question, op: Op) -> tuple[Kind | None, frozenset[str]]:
    if GROWTH.search(question.text) and op is not Op.TOTAL:
        return Kind.GROWTH, frozenset({"%", "个百分点"})
    if re.search(r"百分点|个点", question.text):
        return None, frozenset({"%"})
    asked = unit_asked(question.text) if op not in _QUOTIENTS else None
    if asked:
        return None, units_of(f"多少{asked}", None)
    measured = _MEASURED.search(question.text) if op not in _QUOTIENTS else None
    return None, units_of(measured.group(), None) if measured else frozenset()


def unit_asked(text: str) -> str | None:
    """The unit that `text` asks for (「多少台」), None where it names none."""
    return next(
        (unit for match in _ASKS_UNIT.finditer(text) if (unit := asked_unit(match.group())) not in (None, "倍", "成")),
        None,
    )


def _pool(
    question: Question, side: Side, others: Sequence[Term], kind: Kind | None, units: frozenset[str], world: World
) -> list[Fitting]:
    """The figures that say enough of one side's own words, each with how well it fits."""
    terms = _weighed(side.own, others)
    fitting = _rated(question, side, terms, kind, units, world)
    own = terms[: len(side.own)]
    return [one for one in fitting if one[0] >= 0 and _says(one[1], own) and not _of_another(one[1], side)][:_KEEP]


def _of_another(one: Candidate, side: Side) -> bool:
    """Whether the figure is of a thing that the side does not name, in a sentence that speaks of the side's too."""
    telling = _telling(side)
    if telling is None or found(telling, one.place.zones[0]) >= _SAID:
        return False
    total = sum(weight for _, weight in one.place.own)
    return _unnamed(one, side) > _MOSTLY * total if total else False


def _telling(side: Side) -> Term | None:
    """The word that says most of a side, where one says much."""
    return max((term for term in side.own if term.weight >= _TELLING), default=None, key=lambda term: term.weight)


def _unnamed(one: Candidate, side: Side) -> float:
    """The weight of the words of the figure's subject that the side does not say."""
    return sum(
        weight
        for word, weight in one.place.own
        if not any(word in term.text or term.text in word or word in term.variants for term in side.own)
    )


def _rated(
    question: Question, side: Side, terms: tuple[Term, ...], kind: Kind | None, units: frozenset[str], world: World
) -> list[Fitting]:
    from bot.reading import reader

    asked = replace(
        question,
        text=side.text,
        body=" ".join(term.text for term in terms),
        want=Want.FIGURE,
        kind=kind,
        years=side.years,
        status=side.status,
        units=units,
        terms=terms,
        claims=(),
        asks="",
        open=False,
    )
    unit = unit_asked(question.text)
    return [
        (_fit(one, side, unit), one)
        for one in reader.rated(asked, world)
        if not (units and one.fact.unit not in units)
        and one.fact.change != "排名"
        and not (kind is None and one.fact.change in ("增长", "下降") and one.fact.unit == "%")
    ]


def _weighed(own: tuple[Term, ...], others: Sequence[Term]) -> tuple[Term, ...]:
    """A side's own words, then those of the others: in full where it says hardly anything itself."""
    mine = sum(term.weight for term in own)
    theirs = sum(term.weight for term in others)
    share = BORROWED if mine >= 0.5 * theirs or mine >= 1.0 else 1.0
    said = {term.text for term in own}
    borrowed = tuple(
        replace(term, weight=term.weight * share) for term in dict.fromkeys(others) if term.text not in said
    )
    return (*own, *borrowed)


def _says(one: Candidate, own: Sequence[Term]) -> bool:
    total = sum(term.weight for term in own)
    said = sum(term.weight * value for term, value in zip(own, one.coverage.values, strict=False))
    if total < _HARDLY:
        return one.coverage.share >= OWN
    telling, value = max(zip(own, one.coverage.values, strict=False), key=lambda pair: pair[0].weight)
    if telling.weight >= _TELLING and value < _UNSAID:
        return False  # what says most of this side is not said there
    return said / total >= OWN or (one.sure >= 0.8 and said / total >= _SURE)


def _fit(one: Candidate, side: Side, asked: str | None) -> float:
    unnamed = _unnamed(one, side)
    stated = side.stated is not None and abs(side.stated.value - one.fact.value) <= 1e-9 * max(1.0, abs(one.fact.value))
    names = _LATIN.findall(one.fact.subject)
    other_name = bool(names) and bool(side.own) and not any(name in term.text for name in names for term in side.own)
    rough = re.search(r"\d", one.fact.text) is None
    exact = one.fact.unit == asked
    telling = _telling(side)
    named = telling is not None and found(telling, one.place.zones[0]) >= _SAID
    headline = one.passage.kind is BlockKind.PARAGRAPH
    return (
        one.coverage.share
        + 0.5 * one.sure
        + _STATED * stated
        - _OTHER_NAME * other_name
        - min(_MOST_UNNAMED, _UNNAMED * unnamed)
        + _EXACT * exact
        + _NAMED * (named and not side.apart)
        - _ROUGH * rough
        + _HEADLINE * headline
    )


def comparable(found: Sequence[Candidate], op: Op) -> bool:
    """Whether the figures are of different places and of one measure, which what falls to each one need not be."""
    places = {_place(one) for one in found}
    if op is Op.PER:  # what falls to each is known of things that are told of together
        one_place = len({one.passage.id for one in found}) == 1
        return len(places) == len(found) and one_place and _counts(found[1]) and found[0].fact.unit not in _TIMES
    return len(places) == len(found) and len({_measure(one) for one in found}) == 1


def _counts(one: Candidate) -> bool:
    """Whether the figure counts things, of which each may have its part."""
    return one.fact.unit not in _NO_THINGS and one.fact.change not in ("增长", "下降", "占比")


def _measure(one: Candidate) -> str:
    return like_unit(one.fact.unit)


def like_unit(unit: str) -> str:
    """One unit for all that count things alike (「家」, 「项」 and 「个」), and for those that count people."""
    return _LIKE_UNITS.get(unit, unit)


def _agreement(found: Sequence[Candidate], sides: Sequence[Side]) -> float:
    """How well figures go together: the same words, unit, year and place."""
    apart = years_apart(sides)
    value = 0.0
    for one, other in zip(found, found[1:], strict=False):
        value += (_ALIKE if apart else _ALIKE / 3) * (_alike(one, other) + _alike(other, one)) / 2
        value += (
            0.0
            if apart
            else _SAME_YEAR * (one.fact.year == other.fact.year) + _SAME_PLACE * (one.passage.id == other.passage.id)
        )
        value -= 0.2 * (one.fact.unit != other.fact.unit)
        value -= 0.0 if apart else 0.4 * (one.fact.value == other.fact.value)
        if apart:
            value -= 0.3 * ((one.fact.change == "累计") != (other.fact.change == "累计")) + _far(
                one.fact.value, other.fact.value
            )
    return value


def _alike(one: Candidate, other: Candidate) -> float:
    """What share of the words of one figure's subject the other's sentence, row and headers say."""
    said = other.place.zones[0] + other.place.zones[1] + other.place.zones[3]
    total = sum(weight for _, weight in one.place.own)
    return sum(weight for word, weight in one.place.own if word in said) / total if total else 0.0


def _far(a: float, b: float) -> float:
    """What speaks against two years' figures of one thing: they hardly ever differ by a factor of many."""
    if a <= 0 or b <= 0:
        return 0.0
    return min(0.8, 0.25 * max(0.0, abs(math.log(a / b)) - 0.7))


def _absent(question: Question, side: Side, pools: Sequence[Sequence[Fitting]], world: World) -> Reading:
    """The refusal that names why an operand is missing, with the operands that there are as nearest places."""
    from bot.reading import reader

    nearest = tuple(reader.figure_piece(pool[0][1]) for pool in pools if pool)
    elsewhere = bool(side.years) and bool(
        _pool(question, replace(side, years=(), status=None), (), None, frozenset(), world)
    )
    reason = Reason.MISSING_YEAR if side.years and (elsewhere or nearest) else Reason.MISSING_FIGURE
    return Reading(reason=reason, nearest=nearest[:2])
