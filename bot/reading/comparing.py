"""Differences, sums, ratios and which of several is larger, computed from cited figures with the sum shown."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.question import Question, Want, kind_of
from bot.reading import arithmetic
from bot.reading.figures import Candidate
from bot.reading.finding import rated
from bot.reading.groups import of_group
from bot.reading.operands import OWN, choose
from bot.reading.pieces import figure_piece, laid_out
from bot.reading.reading import Piece, Reading
from bot.reading.sides import (
    HOW_MUCH,
    ORDER,
    Op,
    Side,
    asks_of,
    name_of,
    names_in,
    operation,
    terms_of,
    unheard_of,
    ways,
    years_apart,
)
from bot.reading.world import World
from bot.types import Reason
from bot.units import units_of
from bot.wider import as_whole
from corpus.figures import find_figures
from corpus.said import ABOVE, BELOW
from corpus.types import Status

LESS = re.compile(
    r"(?:更|最|比较|较)(?:少|小|低|短|慢)|(?:哪|谁)[^，,？?高大多快长]{0,10}(?:少(?!年)|小(?!学|区)|低|短)|还是[^，,]{1,24}(?:少|低|小|慢)[？?\s]*$"
)
OTHER_YEAR = re.compile(r"(?:比|较|同)(?:去年|上一?年|前一年|上年同期)")
_TWO_YEARS = re.compile(r"[这前后]?两年(?!行动)")
_PAIR = 2
_STATED = 0.9  # so sure, and so much of the question said, that a figure is the share itself
_OVER_A_YEAR = re.compile(r"同比|[比较](?:上|去|前一)年")
_RISEN = re.compile(rf"(?:{_OVER_A_YEAR.pattern})\S{{0,2}}(?:增加|减少|提高|下降|降低|增长|多|少)了?$")
_WHOLES = frozenset({"全国", "全省", "全市", "全区", "平均", "水平", "平均水平", "百分点"})
_STATED_GAP = 0.6  # the gap that the report tells itself outweighs one worked out
_LOWER = re.compile(r"[低少慢](?:了|出)?(?:多少|几)|低于|慢于|少于")
_CLOSE = {Op.DIFFERENCE, Op.ORDER}
_WAS_BEFORE = re.compile(
    r"(?P<way>提高|上升|增加|提升|高出|下降|降低|减少|回落|压降)(?:了)?(?P<by>\d[\d.]*[^，,。；;]{1,6}).*(?:上年|去年|上一年|前一年|之前|原来|原先)[^，,]{0,8}(?:多少|几)"
)
_POINTS_TO_GO = re.compile(r"(?:提高|提升|上升|增加|降低|下降|减少|[升降])了?(?:多少|几)个?(?:百分)?点")
_BY_HOW_MUCH = re.compile(
    r"(?P<than>(?<![对占百])比(?![例重率如较]))[^，,？?比]*?(?:(?P<less>(?<!减)少|低|小|慢|短)|(?<!增)多|高|大|快|长)(?:了|出)?(?:多少|几)(?![少多])"
)


def compare(question: Question, world: World) -> Reading | None:
    """What is worked out for `question`, a refusal where an operand is missing, or None where it compares nothing."""
    if _TWO_YEARS.search(question.text) and not question.years and world.report.planned and world.report.year:
        question = replace(question, years=(world.report.planned, world.report.year))
    derived = _before(question, world)
    if derived is not None:
        return derived
    op = operation(as_whole(question.text, world.report))
    if op is None:
        return _to_plan(question, world) or of_group(question, world)
    stated = _gap_is_stated(question, world) if op is Op.DIFFERENCE else None
    if stated is not None:
        return stated
    names = names_in(question.text, world.report.text) if op is Op.LARGER else []
    if len(names) == _PAIR and any(unheard_of(name, world) for name in names):
        return Reading(reason=Reason.MISSING_FIGURE)
    if op is Op.PART and _share_is_stated(question, world):
        return None
    asks = asks_of(question.text) if op in _CLOSE else [question.text]
    readings: list[Reading] = []
    sides: list[Side] = []
    for text in asks:
        reading, sides = _one(question, text, op, sides, world)
        if reading is None or (op in (Op.TOTAL, Op.LARGER, Op.PART, Op.PER) and not reading.answered):
            return of_group(question, world)
        readings.append(reading)
    return _joined(readings)


def _gap_is_stated(question: Question, world: World) -> Reading | None:
    """By how much a thing stands above or below a wider whole, where the report says so itself."""
    best = rated(question, world)[:1]
    if not best or best[0].sure < _STATED_GAP or best[0].coverage.share < _STATED:
        return None
    if not any(term.strong and term.text not in _WHOLES for term in question.terms):
        return None  # 「高于全国多少」 does not say what
    told = Reading((figure_piece(best[0]),), confidence=best[0].sure, read=(best[0].passage.id,))
    if _RISEN.search(best[0].passage.text[: best[0].fact.local[0]]) and _OVER_A_YEAR.search(question.text):
        return told
    way = BELOW if _LOWER.search(question.text) else ABOVE
    return told if best[0].fact.change in way else None


def _share_is_stated(question: Question, world: World) -> bool:
    """Whether the report gives the share itself: nothing is to be worked out then."""
    best = rated(question, world)
    return (
        bool(best) and best[0].fact.change == "占比" and best[0].sure >= _STATED and best[0].coverage.share >= _STATED
    )


def difference(question: Question, world: World) -> Reading:
    """Two figures and what lies between them; else the comparison that the report itself makes, or a refusal."""
    return compare(question, world) or _single(question, world)


def choice(question: Question, world: World) -> Reading:
    """Which of the named things has the larger (or smaller) figure."""
    from bot.reading import reader

    compared = compare(question, world)
    return compared if compared is not None else reader.words(replace(question, want=Want.NAME), world)


def pair(question: Question, world: World) -> tuple[Candidate, Candidate] | None:
    """The two figures that `question` lays side by side, in its order, or None."""
    for sides in ways(question, question.text, Op.DIFFERENCE, [], world):
        chosen = choose(question, sides, Op.DIFFERENCE, world)
        if isinstance(chosen, list):
            return chosen[0], chosen[1]
    return None


def _one(question: Question, text: str, op: Op, before: list[Side], world: World) -> tuple[Reading | None, list[Side]]:
    """The reading of one comparison, and the sides it was made of."""
    refused: Reading | None = None
    for sides in ways(question, text, op, before, world):
        chosen = choose(question, sides, op, world)
        if isinstance(chosen, Reading):
            refused = refused or chosen
            continue
        reading = worked_out(text, op, sides, chosen, world)
        if reading is not None and reading.reason is Reason.FALSE_PREMISE and not question.years:
            # Without a year that one is meant in which it is so.
            reading = _in_year(question, text, op, before, world) or reading
        if reading is not None:
            return reading, sides
    if refused is not None and OTHER_YEAR.search(text):
        single = _single(question, world)
        if single.answered:
            return single, before
    return refused, before


def _in_year(question: Question, text: str, op: Op, before: list[Side], world: World) -> Reading | None:
    for year in (world.report.year, world.report.planned):
        told = _one(replace(question, years=(year,)), text, op, before, world)[0] if year else None
        if told is not None and told.answered:
            return told
    return None


def worked_out(text: str, op: Op, sides: Sequence[Side], found: Sequence[Candidate], world: World) -> Reading | None:
    """What `op` makes of the figures of the sides, None where it makes nothing of them."""
    from bot.reading import reader

    amounts = [arithmetic.amount(one.fact.text, one.fact.value, one.fact.unit) for one in found]
    pieces = [reader.figure_piece(one) for one in found]
    if op in (Op.LARGER, Op.ORDER):
        return _ordered(text, op, sides, found, pieces, amounts)
    if op is Op.TOTAL:
        result: arithmetic.Sum | None = arithmetic.total(amounts)
    elif op is Op.TIMES:
        result = arithmetic.times(*amounts[:2])
    elif op is Op.PER:
        result = arithmetic.per(*amounts[:2])
    elif op is Op.PART and amounts[0].unit == "%":
        return None  # a share of a share is no share that anyone asks for
    elif op is Op.PART:
        result = arithmetic.part(*amounts[:2])
    elif _other_way(text, sides, amounts):
        return Reading(
            reason=Reason.FALSE_PREMISE, nearest=tuple(pieces), confidence=min(o.coverage.share for o in found)
        )
    else:
        result = arithmetic.difference(*amounts[:2])
    if op is Op.PART and result:
        own = _own_share(found[0], amounts, world)
        if own is not None:
            return laid_out([own, *found], [reader.figure_piece(own), *pieces], [], result.shown)
    return laid_out(found, pieces, [result.result], result.shown) if result else None


def _other_way(text: str, sides: Sequence[Side], amounts: Sequence[arithmetic.Amount]) -> bool:
    """Whether 「A比B少多少」 is asked where A is the larger: what is asked takes the contrary for granted."""
    how = _BY_HOW_MUCH.search(text)
    if (
        how is None
        or len(sides) != 2
        or not (text.find(sides[0].text[:4]) < how.start("than") <= text.find(sides[1].text[:4]))
    ):
        return False
    a, b = amounts[0].value, amounts[1].value
    return a > b if how["less"] else a < b


def _own_share(part: Candidate, amounts: Sequence[arithmetic.Amount], world: World) -> Candidate | None:
    """The share that the report itself gives beside the part, where it is the one worked out."""
    share = float(amounts[0].value / amounts[1].value) * 100
    for place, _ in world.places[part.passage.id]:
        if (
            place.fact
            and place.fact.unit == "%"
            and place.fact.change == "占比"
            and abs(place.fact.value - share) <= 0.01 * share + 0.05
        ):
            return replace(part, place=place)
    return None


def _ordered(
    text: str,
    op: Op,
    sides: Sequence[Side],
    found: Sequence[Candidate],
    pieces: list[Piece],
    amounts: list[arithmetic.Amount],
) -> Reading | None:
    order = ORDER.search(text)
    if op is Op.ORDER and order:
        if amounts[0].value == amounts[1].value:
            said = "持平"
        else:
            said = (order["up"] if amounts[0].value > amounts[1].value else order["down"]).removeprefix("更")
        if len(amounts) == _PAIR and HOW_MUCH.search(text[order.end() :]):
            result = arithmetic.difference(*amounts)
            return laid_out(found, pieces, [said, result.result], f"{said}，{result.shown}")
        return laid_out(found, pieces, [said], said)
    if len({one.value for one in amounts}) == 1:
        return laid_out(found, pieces, ["持平"], "持平")
    pick = min if LESS.search(text) else max
    at = pick(range(len(found)), key=lambda i: amounts[i].value)
    name = f"{sides[at].years[0]}年" if years_apart(sides) and sides[at].years else name_of(sides[at].text)
    order_of = [at, *(i for i in range(len(found)) if i != at)]
    firsts, shown = [name], name
    if len(found) == 2 and HOW_MUCH.search(text):
        result = arithmetic.difference(*amounts)
        firsts, shown = [name, result.result], f"{name}，{result.shown}"
    return laid_out([found[i] for i in order_of], [pieces[i] for i in order_of], firsts, shown)


def _joined(readings: Sequence[Reading]) -> Reading:
    refused = next((one for one in readings if not one.answered), None)
    if refused is not None or len(readings) == 1:
        return refused or readings[0]
    return Reading(
        tuple(dict.fromkeys(piece for one in readings for piece in one.pieces)),
        short=tuple(dict.fromkeys(short for one in readings for short in one.short)),
        lead="".join(one.lead for one in readings),
        confidence=min(one.confidence for one in readings),
        read=tuple(dict.fromkeys(name for one in readings for name in one.read)),
    )


def _before(question: Question, world: World) -> Reading | None:
    """The level before a change that the question gives (「较上年提高1.78个百分点，上年是多少」)."""
    from bot.reading import reader

    match = _WAS_BEFORE.search(question.text)
    changes = find_figures(match["by"]) if match else []
    if not match or not changes:
        return None
    change, years = changes[0], tuple(year for year in question.years if year == world.report.year)
    terms = tuple(term for term in terms_of(question.text[: match.start()], world))
    asked = replace(
        question,
        want=Want.FIGURE,
        kind=None,
        years=years,
        units=frozenset(),
        terms=terms,
        claims=(),
        asks="",
        open=False,
    )
    found = [one for one in reader.rated(asked, world)[:20] if one.coverage.share >= OWN]
    by = next(
        (one for one in found if one.fact.unit == change.unit and abs(one.fact.value - change.value) < 1e-9), None
    )
    unit = "%" if change.unit == "个百分点" else change.unit
    level = next(
        (
            one
            for one in found
            if by
            and one.passage.id == by.passage.id
            and one.fact.unit == unit
            and one.fact.change not in ("增长", "下降")
        ),
        None,
    )
    if by is None or level is None:
        return None
    rising = match["way"] in ("提高", "上升", "增加", "提升", "高出")
    a, b = (arithmetic.amount(one.fact.text, one.fact.value, unit) for one in (level, by))
    result = arithmetic.before(a, b, rising=rising)
    return laid_out([level, by], [reader.figure_piece(level), reader.figure_piece(by)], [result.result], result.shown)


def _to_plan(question: Question, world: World) -> Reading | None:
    """By how many points a rate is to rise or fall to what is planned, where the report only gives both rates."""
    from bot.reading import reader

    planned, year = world.report.planned, world.report.year
    if planned is None or year is None or question.years != (planned,) or not _POINTS_TO_GO.search(question.text):
        return None
    asked = replace(question, want=Want.FIGURE, units=frozenset({"%", "个百分点"}))
    if any(one.fact.change in ("增长", "下降") for one in reader.rated(asked, world)[:1]):
        return None  # the report says itself by how much
    own = terms_of(_POINTS_TO_GO.sub("", question.text), world)
    sides = [
        Side(question.text, own, (planned,), Status.TARGET),
        Side(question.text, own, (year,), Status.ACTUAL),
    ]
    chosen = choose(question, sides, Op.DIFFERENCE, world)
    return worked_out(question.text, Op.DIFFERENCE, sides, chosen, world) if isinstance(chosen, list) else None


def _single(question: Question, world: World) -> Reading:
    """A comparison that the report itself makes (「较上年提高1.78个百分点」), or none."""
    from bot.reading import reader

    kind = kind_of(question.asks)
    units = units_of(question.asks, kind)
    reading = reader.figure(replace(question, want=Want.FIGURE, kind=kind, units=units), world)
    if reading.answered:
        return reading
    return Reading(reason=Reason.MISSING_FIGURE, nearest=reading.nearest, confidence=reading.confidence)
