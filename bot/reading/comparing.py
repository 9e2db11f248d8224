"""Differences, sums, ratios and which of several is larger, computed from cited figures with the sum shown."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import product

from bot.question import Kind, Question, Want, asked_unit, parse, units_of, years_of
from bot.reading import arithmetic
from bot.reading.figures import Candidate
from bot.reading.reading import Piece, Reading
from bot.reading.world import World
from bot.terms import Term
from bot.types import Reason
from corpus.figures import Figure, find_figures
from corpus.types import BlockKind, Status


class Op(StrEnum):
    """What is to be worked out of two or more figures."""

    DIFFERENCE = "difference"
    TOTAL = "total"
    TIMES = "times"
    PART = "part"
    LARGER = "larger"
    ORDER = "order"


_MORE = r"多|少|高|低|大|小|快|慢|长|短|增加|减少|提高|降低|提升|上升|下降|(?<![新净递])增(?!长)|减|升|降|压减|压降"
_HOW_MUCH = re.compile(rf"(?:{_MORE})(?:了|出|出来)?\s*(?:大约|大概|约)?(?:多少|几(?!乎))|相差|差距|差额|差值|相距|差(?:了|着)?(?:多少|几)|(?:多少|几)(?:个|家)?\s*(?:fewer|more|less|higher|lower)")
_TOTAL = re.compile(r"合计|加起来|加在一起|加一起|总和|之和|相加|加总|总共|一共|合起来|共计|总计")
_TIMES = re.compile(r"几倍|多少倍|倍数")
_PART = re.compile(r"^(?P<part1>[^，,]+?)(?:大约|大概|约)?占(?:了|到)?(?P<whole1>(?!百分|多少|几|全)[^，,]{2,}?)的?(?:百分之几|百分之多少|几成|比重|比例|多少)|^(?P<whole>.+?)(?:里面?|中|当中|之中)[，,]?(?P<part>[^，,]+?)(?:大约|大概|约)?占(?:了|到)?(?:大约|大概|约)?(?:百分之几|百分之多少|多少|几成|多大)")
_ORDER = re.compile(r"(?P<up>更?高|更?多|更?大|更?快|更?长|上升|增加|升|增)(?:了|的)?(?:还是|或者?)更?(?P<down>低|少|小|慢|短|下降|减少|降|减)")
_LARGER = re.compile(
    rf"(?:哪|谁)[^，,？?]{{0,12}}?(?:更|最|比较|较|相对)?(?:{_MORE}|强|久)(?!少|长率|幅)|还是[^，,]{{1,24}}?(?:更|比较)?(?:多|大|高|快|少|低|小|长)"
)
_LESS = re.compile(r"(?:更|最|比较|较)(?:少|小|低|短|慢)|(?:哪|谁)[^，,？?高大多快长]{0,10}(?:少(?!年)|小(?!学|区)|低|短)|还是[^，,]{1,24}(?:少|低|小|慢)[？?\s]*$")
_GROWTH = re.compile(r"增速|增长率|增幅|涨幅|降幅|增长(?:目标|预期|更|得|较|最|比较|快|的?速度)|长得快|涨得|(?:目标|实际|预期|预计)增长")
_OTHER_YEAR = re.compile(r"(?:比|较|同)(?:去年|上一?年|前一年|上年同期)")
_THAN = re.compile(r"相比(?:于|较于)?|比起|(?<![对占百])比(?![例重率如较分赛])|(?<!比)较(?![高大多快好强低少小为长])|对比")
_PASSES = re.compile(r"超过|高于|低于|多于|少于|大于|小于|好于|优于|达到|不如|不及")
_AND = re.compile(r"以及|与|和|跟|同(?![比时期步])|、")
_IS_OF = re.compile(r"相当于|等于|是|为|有")
_STARTS_WITH = re.compile(r"^(?P<topic>.*?)(?:与|和|跟|同|较之?|比起|相比于?|对比|比)(?P<right>[^，,]+?)(?:相比(?:较)?|比较|比起来|比)?[，,](?P<left>.+)$")
_YEAR_MARK = re.compile(r"20\d\d\s*年?度?|今年|明年|去年|前年|上一?年|本年度?|来年")
_ALTERNATIVES = re.compile(r"还是|以及|与|和|跟|、|及|或者?|vs|VS|；|;")
_ASIDE = re.compile(r"[，,](?:分别|各|相差|差|多|少|高|低|合计|一共|总共|加起来|请|并)[^，,]*$")
_COMPARING = re.compile(
    r"差额|差距|相差|差值|多多少|少多少|高出|多出|提高|降低|减少|增加|提升|上升|下降|百分点|个百分点|大约|大概|约|两个|两者|二者|两项|三者|三个|四个|那块|这块|还是|哪个|倍数|几倍|"
    r"实际|实际水平|目标|合计|总共|加起来|fewer|more|less|number|之和|总和|比较|对比|相比|谁|更大|更高|更多|最大|最高|最多|最少|最小|同期|上年|高还是低|多还是少|据此|装好|完成数|各|分别|数值|设定|设置|上限|上线|下限|结果|指标|要求|好于|优于|高于|低于|多于|少于|超过|达到|达标"
)
_NAME_ENDS = re.compile(
    r"^(?:请问|那么?|在|关于|对比|比较)|(?:这|那)?(?:两|三|四|五|几|2|3|4)(?:个|项|类|种|者|大)?(?:行业|产业|功能区|领域|指标|项目|方面|数字|数|地方|板块)?(?:里|中|之间|当中)?$|的$|(?:哪|谁).*$|(?:更|比较)?(?:多|大|高|快|少|低|小|长)$|[，,。？?！!“”「」『』\"']"
)
_CLOSE = {Op.DIFFERENCE, Op.ORDER}
_OWN = 0.5  # so much of a side's own words its figure must have
_SURE = 0.4
_HARDLY = 0.2  # a side whose words tell so little says nothing of its own
_BORROWED = 0.3  # what a word that only the other side says counts
_KEEP = 8  # figures of each side that are tried
_ALIKE, _SAME_YEAR, _SAME_PLACE, _STATED, _UNNAMED, _EXACT, _ROUGH, _HEADLINE = 0.6, 0.15, 0.12, 0.8, 0.2, 0.15, 0.4, 0.1
_ECHO = 0.45  # so much of one side's figure the other's must repeat
_TOPIC = re.compile(r"^(?P<topic>[^，,]{2,16}?(?:这块|那块|这一块|方面|这方面|那方面|上|来说|而言))[，,]")
_ASKS_UNIT = re.compile(r"(?:多少|几)[\u3400-\u9fff]{1,6}")
_NEWLY = re.compile(r"新(?:落户|设立|来|引进|开设|成立|招引|入驻)")
_MEASURED = re.compile(r"面积|浓度|里程|公里数|产值|总产出|营收|金额")
_LEVEL_NAME = re.compile(r"[十百千万亿]+元?级")


Fitting = tuple[float, Candidate]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the things compared: its words, its year, and the figure that the question itself gives for it."""

    text: str
    own: tuple[Term, ...]
    years: tuple[int, ...] = ()
    status: Status | None = None
    stated: Figure | None = None


def compare(question: Question, world: World) -> Reading | None:
    """What is worked out for `question`, a refusal where an operand is missing, or None where it compares nothing."""
    derived = _before(question, world)
    if derived is not None:
        return derived
    op = operation(question.text)
    if op is None:
        return None
    asks = _asks(question.text) if op in _CLOSE else [question.text]
    readings: list[Reading] = []
    sides: list[Side] = []
    for text in asks:
        reading, sides = _one(question, text, op, sides, world)
        if reading is None:
            return None
        readings.append(reading)
    return _joined(readings)


def operation(text: str) -> Op | None:
    """What `text` wants worked out of several figures, or None."""
    if _ORDER.search(text):
        return Op.ORDER
    if _LARGER.search(text):
        return Op.LARGER
    if _TIMES.search(text):
        return Op.TIMES
    if _PART.search(text):
        return Op.PART
    if _HOW_MUCH.search(text):
        return Op.DIFFERENCE
    return Op.TOTAL if _TOTAL.search(text) and _AND.search(text) else None


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
    for sides in _ways(question, question.text, Op.DIFFERENCE, [], world):
        chosen = _choose(question, sides, Op.DIFFERENCE, world)
        if isinstance(chosen, list):
            return chosen[0], chosen[1]
    return None


# --- the sides -----------------------------------------------------------------------------------------


def _asks(text: str) -> list[str]:
    """The several differences that one question asks for, each with the clauses that lead to it."""
    parts: list[str] = []
    gathered = ""
    for clause in re.findall(r"[^，,；;？?。]+[，,；;？?。]?", text):
        gathered += clause
        if _HOW_MUCH.search(clause):
            parts.append(gathered)
            gathered = ""
    if gathered and parts:
        parts[-1] += gathered
    return parts if len(parts) > 1 else [text]


def _one(
    question: Question, text: str, op: Op, before: list[Side], world: World
) -> tuple[Reading | None, list[Side]]:
    """The reading of one comparison, and the sides it was made of."""
    refused: Reading | None = None
    for sides in _ways(question, text, op, before, world):
        chosen = _choose(question, sides, op, world)
        if isinstance(chosen, Reading):
            refused = refused or chosen
            continue
        reading = _worked_out(text, op, sides, chosen, world)
        if reading is not None:
            return reading, sides
    if refused is not None and _OTHER_YEAR.search(text):
        single = _single(question, world)
        if single.answered:
            return single, before
    return refused, before


def _ways(question: Question, text: str, op: Op, before: list[Side], world: World) -> list[list[Side]]:
    """The ways to see what is compared with what, the most plausible first."""
    if before and not _THAN.search(text):
        own = _terms(text, world)
        return [[replace(side, text=text, own=own) for side in before]]
    if op in (Op.LARGER, Op.TOTAL):
        names = _named(text)
        if len(names) > 1:
            return [_sides(question, names, world)]
        return []
    texts = _splits(text, op)
    ways = [_sides(question, parts, world) for parts in texts]
    if len(question.years) == 2 and not any(_years_apart(way) for way in ways):
        ways.insert(0, _by_year(question, text, world))
    elif not ways and _both_states(text):
        years = (world.report.planned, world.report.year)
        ways.append([Side(text, _terms(text, world), (year,) if year else ()) for year in years])
    return ways[:4]


def _splits(text: str, op: Op) -> list[list[str]]:
    if op is Op.PART and (match := _PART.search(text)):
        return [[match["part1"] or match["part"], match["whole1"] or match["whole"]]]
    leading = _STARTS_WITH.match(text)
    if leading and len(leading["right"]) > 1 and re.search(r"相比|比起|对比|比较|比[，,]", text[: leading.end("right") + 4]):
        return [[leading["topic"] + leading["left"], leading["right"]]]
    marks = [_THAN] if _THAN.search(text) else [_PASSES] if _PASSES.search(text) else [_IS_OF, _AND] if op is Op.TIMES else [_AND]
    parts = []
    for mark in marks:
        for match in mark.finditer(text):
            left, right = text[: match.start()].strip(" ，,"), text[match.end() :].strip(" ，,")
            if len(left) > 1 and len(right) > 1:
                parts.append([left, right])
    return parts[-1:] if marks == [_THAN] else parts[:3]


def _sides(question: Question, texts: Sequence[str], world: World) -> list[Side]:
    own = [_terms(text, world) for text in texts]
    years = [_own_years(text, question, world) for text in texts]
    years = _shared_years(years, list(texts), own, question, world)
    return [
        Side(text, terms, when, _status(when, world), _stated(text))
        for text, terms, when in zip(texts, own, years, strict=True)
    ]


def _by_year(question: Question, text: str, world: World) -> list[Side]:
    """The question about each of its two years: the words before the first year belong to both."""
    marks = [match.start() for match in _YEAR_MARK.finditer(text)]
    pieces = [text[a:b] for a, b in zip(marks, [*marks[1:], len(text)], strict=False)]
    topic = text[: marks[0]] if marks else ""
    sides = []
    for year in question.years:
        piece = next((one for one in pieces if year in _own_years(one, question, world)), text)
        whole = _terms(text, world) if len(_terms(piece, world)) == 0 else _terms(f"{topic} {piece}", world)
        sides.append(Side(piece, whole or _terms(text, world), (year,), _status((year,), world), _stated(piece)))
    return sides


def _terms(text: str, world: World) -> tuple[Term, ...]:
    """The words of `text` that say what it is about; those of a topic put before it count little."""
    topic = _TOPIC.match(text)
    rest = text[topic.end() :] if topic else text
    terms = [*_words(rest, world)]
    if topic:
        said = {term.text for term in terms}
        terms += [replace(term, weight=term.weight * _BORROWED) for term in _words(topic["topic"], world) if term.text not in said]
    return tuple(terms)


def _words(text: str, world: World) -> list[Term]:
    terms = parse(text, world.report, world.vocabulary).terms
    words = [term for term in terms if not _COMPARING.fullmatch(term.text) and not term.text[0].isdigit()]
    if _NEWLY.search(text):
        words = [term for term in words if not _NEWLY.search(f"新{term.text}")]
        words.append(world.vocabulary.term("新增"))
    for name in dict.fromkeys(_LEVEL_NAME.findall(text)):
        if all(name not in term.text for term in words):
            words = [term for term in words if term.text not in name]
            words.append(world.vocabulary.term(name))
    return words


def _own_years(text: str, question: Question, world: World) -> tuple[int, ...]:
    """The years that a part of the question names; a relative one counts from the year that the whole names."""
    named = re.search(r"20\d\d", text)
    if named or not re.search(r"20\d\d", question.text):
        return years_of(text, world.report)
    base = max(map(int, re.findall(r"20\d\d", question.text)))
    if re.search(r"今年|本年|年内", text):
        other = [year for year in question.years if year != base]
        return tuple(other[:1]) or (world.report.year if base == world.report.planned and world.report.year else base,)
    return tuple(year for year in years_of(f"{base}年 {text}", world.report) if year != base)


def _shared_years(
    years: list[tuple[int, ...]], texts: list[str], own: list[tuple[Term, ...]], question: Question, world: World
) -> list[tuple[int, ...]]:
    """A year for each side: its own, the one that its words imply, or that of the other."""
    known = (world.report.year, world.report.planned)
    implied = [_implied(text, world) for text in texts]
    if not any(years) and len(set(implied)) > 1 and all(implied):
        return [(year,) for year in implied if year]
    given = [when for when in years if when]
    if not given:
        return [question.years] * len(years)
    result = []
    for i, when in enumerate(years):
        if when:
            result.append(when[-1:])
        elif implied[i]:
            result.append((implied[i],))  # type: ignore[arg-type]
        elif len(years) == 2 and not any(term.strong for term in own[1 - i]) and given[0][0] in known:
            result.append(tuple(year for year in known if year and year != given[0][0]))
        else:
            result.append(given[0][-1:])
    return result


def _implied(text: str, world: World) -> int | None:
    if re.search(r"目标|计划|力争|预期|打算", text):
        return world.report.planned
    return world.report.year if re.search(r"实际|完成了|已经|落实了|目前|现在|当前", text) else None


def _both_states(text: str) -> bool:
    return bool(re.search(r"目标|计划|预期", text) and re.search(r"实际|完成|实绩", text))


def _years_apart(way: Sequence[Side]) -> bool:
    return len({side.years for side in way}) == len(way)


def _status(years: tuple[int, ...], world: World) -> Status | None:
    if len(years) != 1:
        return None
    return Status.TARGET if years[0] == world.report.planned else Status.ACTUAL


def _stated(text: str) -> Figure | None:
    bare = _YEAR_MARK.sub(" ", text)
    return next((one for one in find_figures(bare) if not one.is_word and not one.is_rank), None)


# --- the figures ---------------------------------------------------------------------------------------


def _choose(question: Question, sides: Sequence[Side], op: Op, world: World) -> list[Candidate] | Reading:
    """The figures that fit their sides and one another best, or the refusal where one side has none."""
    kind, units = _kind_and_units(question, op)
    pools: list[list[Fitting]] = []
    for i, side in enumerate(sides):
        others = [term for j, other in enumerate(sides) if j != i and (len(sides) == 2 or j == len(sides) - 1) for term in other.own]
        pools.append(_pool(question, side, others, kind, units, world))
    if _years_apart(sides):
        pools = _echoed(question, sides, pools, kind, units, world)
    empty = next((i for i, pool in enumerate(pools) if not pool), None)
    if empty is not None:
        return _absent(question, sides[empty], pools, world)
    best, chosen = float("-inf"), None
    for combined in product(*pools):
        found = [one for _, one in combined]
        if not _comparable(found):
            continue
        value = sum(fit for fit, _ in combined) + _agreement(found, sides)
        if value > best:
            best, chosen = value, found
    return chosen if chosen is not None else _absent(question, sides[-1], pools, world)


def _echoed(
    question: Question, sides: Sequence[Side], pools: list[list[Fitting]], kind: Kind | None, units: frozenset[str], world: World
) -> list[list[Fitting]]:
    """The pools with figures added that repeat the words of the other side's best ones: the same in another year."""
    widened = [list(pool) for pool in pools]
    for i, side in enumerate(sides):
        best = max(pools[1 - i], default=None, key=lambda one: one[0])
        if best is None or best[1].sure < _OWN:
            continue
        terms = _weighed(side.own, sides[1 - i].own)
        fits = {_place(one): fit for fit, one in _rated(question, side, terms, kind, units, world)}
        words = tuple(_words(best[1].fact.subject, world))
        had = {_place(one) for _, one in widened[i]}
        for _, one in _rated(question, side, words, kind, units, world)[:_KEEP]:
            if _place(one) not in had and one.coverage.share >= _ECHO and _measure(one) == _measure(best[1]):
                widened[i].append((0.7 * fits.get(_place(one), 0.0) + 0.3 * one.coverage.share, one))
    return widened


def _place(one: Candidate) -> tuple[str, tuple[int, int]]:
    return one.passage.id, one.fact.local


def _kind_and_units(question: Question, op: Op) -> tuple[Kind | None, frozenset[str]]:
    if _GROWTH.search(question.text) and op is not Op.TOTAL:
        return Kind.GROWTH, frozenset({"%", "个百分点"})
    if re.search(r"百分点|个点", question.text):
        return None, frozenset({"%"})
    asked = _unit_asked(question.text) if op not in (Op.TIMES, Op.PART) else None
    if asked:
        return None, units_of(f"多少{asked}", None)
    measured = _MEASURED.search(question.text) if op not in (Op.TIMES, Op.PART) else None
    return None, units_of(measured.group(), None) if measured else frozenset()


def _unit_asked(text: str) -> str | None:
    return next((unit for match in _ASKS_UNIT.finditer(text) if (unit := asked_unit(match.group())) not in (None, "倍", "成")), None)


def _pool(
    question: Question, side: Side, others: Sequence[Term], kind: Kind | None, units: frozenset[str], world: World
) -> list[Fitting]:
    """The figures that say enough of one side's own words, each with how well it fits."""
    terms = _weighed(side.own, others)
    fitting = _rated(question, side, terms, kind, units, world)
    return [one for one in fitting if _says(one[1], terms[: len(side.own)])][:_KEEP]


def _rated(
    question: Question, side: Side, terms: tuple[Term, ...], kind: Kind | None, units: frozenset[str], world: World
) -> list[Fitting]:
    from bot.reading import reader

    asked = replace(
        question, text=side.text, body=" ".join(term.text for term in terms), want=Want.FIGURE, kind=kind, years=side.years,
        status=side.status, units=units, terms=terms, claims=(), asks="", open=False,
    )
    unit = _unit_asked(question.text)
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
    share = _BORROWED if mine >= 0.5 * theirs or mine >= 1.0 else 1.0
    said = {term.text for term in own}
    borrowed = tuple(replace(term, weight=term.weight * share) for term in dict.fromkeys(others) if term.text not in said)
    return (*own, *borrowed)


def _says(one: Candidate, own: Sequence[Term]) -> bool:
    total = sum(term.weight for term in own)
    said = sum(term.weight * value for term, value in zip(own, one.coverage.values, strict=False))
    if total < _HARDLY:
        return one.coverage.share >= _OWN
    return said / total >= _OWN or (one.sure >= 0.8 and said / total >= _SURE)


def _fit(one: Candidate, side: Side, asked: str | None) -> float:
    unnamed = sum(weight for word, weight in one.place.own if not any(word in term.text or term.text in word for term in side.own))
    stated = side.stated is not None and abs(side.stated.value - one.fact.value) <= 1e-9 * max(1.0, abs(one.fact.value))
    rough = re.search(r"\d", one.fact.text) is None
    exact = one.fact.unit == asked
    headline = one.passage.kind is BlockKind.PARAGRAPH
    return one.coverage.share + 0.5 * one.sure + _STATED * stated - _UNNAMED * unnamed + _EXACT * exact - _ROUGH * rough + _HEADLINE * headline


def _comparable(found: Sequence[Candidate]) -> bool:
    places = {_place(one) for one in found}
    return len(places) == len(found) and len({_measure(one) for one in found}) == 1


def _measure(one: Candidate) -> str:
    unit = one.fact.unit
    return {"户": "个", "家": "个", "项": "个", "所": "个", "处": "个", "座": "个", "名": "人", "位": "人"}.get(unit, unit)


def _agreement(found: Sequence[Candidate], sides: Sequence[Side]) -> float:
    """How well figures go together: the same words, unit, year and place."""
    apart = _years_apart(sides)
    value = 0.0
    for one, other in zip(found, found[1:], strict=False):
        value += (_ALIKE if apart else _ALIKE / 3) * (_alike(one, other) + _alike(other, one)) / 2
        value += 0.0 if apart else _SAME_YEAR * (one.fact.year == other.fact.year) + _SAME_PLACE * (one.passage.id == other.passage.id)
        value -= 0.2 * (one.fact.unit != other.fact.unit)
        if apart:
            value -= 0.3 * ((one.fact.change == "累计") != (other.fact.change == "累计")) + _far(one.fact.value, other.fact.value)
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
    elsewhere = bool(side.years) and bool(_pool(question, replace(side, years=(), status=None), (), None, frozenset(), world))
    reason = Reason.MISSING_YEAR if side.years and (elsewhere or nearest) else Reason.MISSING_FIGURE
    return Reading(reason=reason, nearest=nearest[:2])


# --- the answer ----------------------------------------------------------------------------------------


def _worked_out(
    text: str, op: Op, sides: Sequence[Side], found: Sequence[Candidate], world: World
) -> Reading | None:
    from bot.reading import reader

    amounts = [arithmetic.amount(one.fact.text, one.fact.value, one.fact.unit) for one in found]
    pieces = [reader.figure_piece(one) for one in found]
    if op in (Op.LARGER, Op.ORDER):
        return _ordered(text, op, sides, found, pieces, amounts)
    if op is Op.TOTAL:
        result: arithmetic.Sum | None = arithmetic.total(amounts)
    elif op is Op.TIMES:
        result = arithmetic.times(*amounts[:2])
    elif op is Op.PART:
        result = arithmetic.part(*amounts[:2])
    else:
        result = arithmetic.difference(*amounts[:2])
    if op is Op.PART and result:
        own = _own_share(found[0], amounts, world)
        if own is not None:
            return _reading([own, *found], [reader.figure_piece(own), *pieces], [], result.shown)
    return _reading(found, pieces, [result.result], result.shown) if result else None


def _own_share(part: Candidate, amounts: Sequence[arithmetic.Amount], world: World) -> Candidate | None:
    """The share that the report itself gives beside the part, where it is the one worked out."""
    share = float(amounts[0].value / amounts[1].value) * 100
    for place, _ in world.places[part.passage.id]:
        if place.fact and place.fact.unit == "%" and place.fact.change == "占比" and abs(place.fact.value - share) <= 0.01 * share + 0.05:
            return replace(part, place=place)
    return None


def _ordered(
    text: str, op: Op, sides: Sequence[Side], found: Sequence[Candidate], pieces: list[Piece], amounts: list[arithmetic.Amount]
) -> Reading | None:
    order = _ORDER.search(text)
    if op is Op.ORDER and order:
        if amounts[0].value == amounts[1].value:
            said = "持平"
        else:
            said = (order["up"] if amounts[0].value > amounts[1].value else order["down"]).removeprefix("更")
        return _reading(found, pieces, [said], said)
    pick = min if _LESS.search(text) else max
    at = pick(range(len(found)), key=lambda i: amounts[i].value)
    name = f"{sides[at].years[0]}年" if _years_apart(sides) and sides[at].years else _name(sides[at].text)
    order_of = [at, *(i for i in range(len(found)) if i != at)]
    firsts, shown = [name], name
    if len(found) == 2 and _HOW_MUCH.search(text):
        result = arithmetic.difference(*amounts)
        firsts, shown = [name, result.result], f"{name}，{result.shown}"
    return _reading([found[i] for i in order_of], [pieces[i] for i in order_of], firsts, shown)


def _reading(found: Sequence[Candidate], pieces: Sequence[Piece], firsts: Sequence[str], shown: str) -> Reading:
    shorts = (*firsts, *(short for piece in pieces for short in piece.short))
    return Reading(
        tuple(pieces),
        short=tuple(dict.fromkeys(shorts)),
        lead=f"{shown}。",
        confidence=min(one.coverage.share for one in found),
        read=tuple(dict.fromkeys(one.passage.id for one in found)),
    )


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


def _named(text: str) -> list[str]:
    """The things that the question names to be compared or added, the words around them left with each."""
    text = _ASIDE.sub("", text.strip(" ？?。"))
    if "还是" in text:
        before, _, after = text.rpartition("还是")
        head = re.split(r"[，,：:？?]", before)[-1]
        return [*(part for part in _ALTERNATIVES.split(head) if len(part) > 1), re.split(r"[，,？?]", after)[0]]
    asking = re.search(r"哪|谁|(?:合计|加起来|加在一起|加一起|总和|之和|相加|加总|总共|一共|合起来|共计|总计)", text)
    cut = asking.start() if asking else len(text)
    measure = re.sub(_TOTAL.pattern + r"|哪一?个?|谁|多少.*", " ", text[cut:])
    names = [part.strip(" ，,：:") for part in _ALTERNATIVES.split(text[:cut])]
    names = [name for name in names if len(name) > 1]
    return [f"{name} {measure}".strip() if i == len(names) - 1 else name for i, name in enumerate(names)]


def _name(text: str) -> str:
    name = re.sub(r"^(?:20\d\d年|今年|明年|去年)(?:的|度)?", "", text.strip().split(" ")[0])
    for _ in range(3):
        name = _NAME_ENDS.sub("", _YEAR_MARK.sub("", name)).strip()
    return name


# --- what the report itself compares -------------------------------------------------------------------

_WAS_BEFORE = re.compile(
    r"(?P<way>提高|上升|增加|提升|高出|下降|降低|减少|回落|压降)(?:了)?(?P<by>\d[\d.]*[^，,。；;]{1,6}).*(?:上年|去年|上一年|前一年|之前|原来|原先)[^，,]{0,8}(?:多少|几)"
)


def _before(question: Question, world: World) -> Reading | None:
    """The level before a change that the question gives (「较上年提高1.78个百分点，上年是多少」)."""
    from bot.reading import reader

    match = _WAS_BEFORE.search(question.text)
    changes = find_figures(match["by"]) if match else []
    if not match or not changes:
        return None
    change, years = changes[0], tuple(year for year in question.years if year == world.report.year)
    terms = tuple(term for term in _terms(question.text[: match.start()], world))
    asked = replace(question, want=Want.FIGURE, kind=None, years=years, units=frozenset(), terms=terms, claims=(), asks="", open=False)
    found = [one for one in reader.rated(asked, world)[:20] if one.coverage.share >= _OWN]
    by = next((one for one in found if one.fact.unit == change.unit and abs(one.fact.value - change.value) < 1e-9), None)
    unit = "%" if change.unit == "个百分点" else change.unit
    level = next((one for one in found if by and one.passage.id == by.passage.id and one.fact.unit == unit and one.fact.change not in ("增长", "下降")), None)
    if by is None or level is None:
        return None
    rising = match["way"] in ("提高", "上升", "增加", "提升", "高出")
    a, b = (arithmetic.amount(one.fact.text, one.fact.value, unit) for one in (level, by))
    result = arithmetic.before(a, b, rising=rising)
    return _reading([level, by], [reader.figure_piece(level), reader.figure_piece(by)], [result.result], result.shown)


def _single(question: Question, world: World) -> Reading:
    """A comparison that the report itself makes (「较上年提高1.78个百分点」), or none."""
    from bot.reading import reader

    reading = reader.figure(replace(question, want=Want.FIGURE), world)
    if reading.answered:
        return reading
    return Reading(reason=Reason.MISSING_FIGURE, nearest=reading.nearest, confidence=reading.confidence)
