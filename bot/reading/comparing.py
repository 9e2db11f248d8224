"""Differences, ratios and which of several is larger, computed from cited figures with the sum shown."""

import re
from dataclasses import replace

from bot.question import Question, Want, parse
from bot.reading.figures import Candidate
from bot.reading.reading import Reading
from bot.reading.world import World
from bot.types import Reason

_THAN = re.compile(r"比|较|与|和|跟|同")
_SUM = re.compile(r"合计|加起来|总和|一共")
_TIMES = re.compile(r"几倍|多少倍")
_ALTERNATIVES = re.compile(r"还是|与|和|跟|、|及|或")
_LESS = re.compile(r"更(?:少|小|低|短)|最(?:少|小|低|短)|哪.{0,4}(?:少|小|低)")
_MULTIPLIERS = (("万亿", 1e12), ("亿", 1e8), ("万", 1e4))


def difference(question: Question, world: World) -> Reading:
    """Two figures and what lies between them."""
    pair = _pair(question, world)
    if pair is None:
        return _single(question, world)
    from bot.reading import reader

    first, second = pair
    a, b = first.fact, second.fact
    if a.unit != b.unit:
        return _single(question, world)
    result, sign = _computed(question, a.value, b.value, a.unit, a.text)
    pieces = (reader.figure_piece(first), reader.figure_piece(second))
    shown = f"{_plain(a.text)}{sign}{_plain(b.text)}={result}"
    if sign == "−" and a.value < b.value:
        shown = f"{_plain(b.text)}−{_plain(a.text)}={result}"
    return Reading(
        pieces,
        short=(result, pieces[0].short[0], pieces[1].short[0]),
        lead=f"{shown}。",
        confidence=min(first.coverage.share, second.coverage.share),
        read=(first.passage.id, second.passage.id),
    )


def choice(question: Question, world: World) -> Reading:
    """Which of the named things has the larger (or smaller) figure."""
    from bot.reading import reader

    names = _named(question)
    best: list[tuple[str, Candidate]] = []
    for name in names:
        asked = parse(f"{name} {question.body}", world.report, world.vocabulary)
        rest = [other for other in names if other != name]
        terms = tuple(term for term in asked.terms if not any(term.text in other for other in rest))
        asked = replace(asked, want=Want.FIGURE, years=question.years, status=question.status, terms=terms, asks=question.asks)
        found = [one for one in reader.rated(asked, world) if one.coverage.share >= reader.ANSWER_FROM]
        if found:
            best.append((name, found[0]))
    if len(best) < 2 or best[0][1].fact.unit != best[1][1].fact.unit or best[0][1].fact == best[1][1].fact:
        return reader.words(replace(question, want=Want.NAME), world)
    chosen = (min if _LESS.search(question.asks) else max)(best, key=lambda one: one[1].fact.value)
    pieces = tuple(reader.figure_piece(one) for _, one in sorted(best, key=lambda one: one is not chosen))
    return Reading(
        pieces,
        short=(chosen[0], *(piece.short[0] for piece in pieces)),
        lead=f"{chosen[0]}。",
        confidence=min(one.coverage.share for _, one in best),
        read=tuple(piece.passage.id for piece in pieces),
    )


def _named(question: Question) -> list[str]:
    before = re.split(r"哪|谁|，|,|更|的.{0,6}(?:多|大)", question.asks)
    text = max(before[:2], key=lambda part: len(_ALTERNATIVES.findall(part)), default=question.asks)
    names = [re.sub(r"的$|(?:多|大|高|少|低|小)$", "", part.strip(" ，,？?")) for part in _ALTERNATIVES.split(text)]
    return [name for name in names if len(name) > 1]


def _pair(question: Question, world: World) -> tuple[Candidate, Candidate] | None:
    from bot.reading import reader

    if len(question.years) == 2 or (len(question.years) < 2 and re.search(r"目标.*实际|实际.*目标|计划.*(?:完成|实际)|(?:完成|实际).*(?:计划|目标)", question.text)):
        years = sorted(question.years, reverse=True) if len(question.years) == 2 else [world.report.planned, world.report.year]
        sides = [replace(question, want=Want.FIGURE, years=(year,), status=None, terms=_without_compare(question)) for year in years if year]
        found = [reader.rated(side, world) for side in sides]
        if len(found) == 2 and all(one and one[0].coverage.share >= reader.ANSWER_FROM for one in found):
            second = next((one for one in found[1] if one.fact.unit == found[0][0].fact.unit), None)
            if second is not None:
                # The side whose words fit better says which indicator is meant; the other must speak of the same.
                return found[0][0], second
        return None
    halves = _THAN.split(question.text, maxsplit=1)
    if len(halves) != 2:
        return None
    chosen: list[Candidate] = []
    whole = parse(question.text, world.report, world.vocabulary)
    for text in halves:
        side = parse(text, world.report, world.vocabulary)
        side = replace(side, want=Want.FIGURE, kind=None, years=side.years or question.years, units=frozenset(), context=whole.terms, asks=text)
        found_side = [one for one in reader.rated(side, world) if one.fact not in [other.fact for other in chosen]]
        if chosen:
            found_side = [one for one in found_side if one.fact.unit == chosen[0].fact.unit]
        if not found_side or found_side[0].coverage.share < reader.ANSWER_FROM:
            return None
        chosen.append(found_side[0])
    return chosen[0], chosen[1]


_COMPARING = {"差额", "差距", "多多少", "少多少", "相差", "差值", "提高", "降低", "减少", "增加", "差", "高出", "多出"}


def _without_compare(question: Question) -> tuple:
    return tuple(term for term in question.terms if term.text not in _COMPARING)


def _single(question: Question, world: World) -> Reading:
    """A comparison that the report itself makes (「较上年提高1.78个百分点」), or none."""
    from bot.reading import reader

    reading = reader.figure(replace(question, want=Want.FIGURE), world)
    return reading if reading.answered else Reading(reason=Reason.MISSING_FIGURE, nearest=reading.nearest, confidence=reading.confidence)


def _computed(question: Question, a: float, b: float, unit: str, written: str) -> tuple[str, str]:
    if _SUM.search(question.asks):
        return _figure(a + b, unit, written), "＋"
    if _TIMES.search(question.asks) and min(a, b):
        return f"{_number(max(a, b) / min(a, b))}倍", "÷"
    return _figure(abs(a - b), "个百分点" if unit == "%" else unit, written), "−"


def _figure(value: float, unit: str, written: str) -> str:
    """`value` in the scale in which `written` gives its own figure."""
    for word, size in _MULTIPLIERS:
        if word in written:
            return f"{_number(value / size)}{word}{unit}"
    return f"{_number(value)}{unit}"


def _number(value: float) -> str:
    return f"{round(value, 4):.4f}".rstrip("0").rstrip(".")


def _plain(text: str) -> str:
    match = re.search(r"\d+(?:\.\d+)?", text)
    return match.group() if match else text
