"""Numbers that a question takes for granted, and those that the report gives instead."""

import re
from dataclasses import replace

from bot.question import Question, parse
from bot.reading import reader
from bot.reading.claims import LIGHT
from bot.reading.figures import FEATURES, Candidate
from bot.reading.judging import holds
from bot.reading.reading import Piece
from bot.reading.world import World
from bot.refusing.subject import KNOWN, bare, plain
from bot.units import Kind, units_of
from corpus.figures import Figure, find_figures

_CLOSE = 0.12  # candidates of which so little less is said than of the best one count as speaking of the same
_READ = 8
_OWN = FEATURES.index("own")
_OTHER = 0.25  # a figure whose own words say so much less than the best one's is of another thing
_ROUGH = 0.04  # how far from an approximate number the report's may be
_EXACT = 0.005
_NO_CLAIM = ("", "年", "月", "日")
_NO_COUNT = ("%", "个百分点", "元", "美元", "位", "")
_ANY = "*"  # the unit of a number that has none
_BARE = re.compile(r"(?<=\s)(?!20\d\d\b)\d+(?:\.\d+)?(?=\s+[\u3400-\u9fff])")
_APPROXIMATE = re.compile(r"近|约|大概|多|余|左右|上下|来|几乎|将近|almost|about|nearly", re.IGNORECASE)
_VERB_BEFORE = re.compile(r"([\u3400-\u9fff]{2})(?:了|的|了近|约|近)?$")
_NOUN_AFTER = re.compile(r"\s*([\u3400-\u9fff]{2,6}?)(?=分别|各|都|是|有|叫|的|在|，|,|？|\?|名单|[哪谁什]|$)")
_OF_EACH = re.compile(r"分别|各|都|名单")
_BESIDE = re.compile(r"^(?:[、和及]\s*\d+\s*[\u3400-\u9fff])+")  # 「22项、112条工作任务」: both count the same
_MADE_DEFINITE = re.compile(r"(?:的|这|那|上述|其中|这些|那些)\s*$")


def named_number(question: Question, text: str, world: World) -> Piece | None:
    """Where a question speaks of 「的116家投资机构」: the number that the report gives of them, if it is another."""
    for figure in find_figures(text):
        noun = _NOUN_AFTER.match(text, figure.end)
        if not noun or figure.unit in _NO_CLAIM:
            continue
        if not _MADE_DEFINITE.search(text[: figure.start]) and not _OF_EACH.match(text[noun.end() :]):
            continue
        asked = parse(text.replace(figure.text, " "), world.report, world.vocabulary)
        asked = replace(plain(question, asked), units=frozenset({figure.unit}))
        counted = [
            one
            for one in reader.rated(asked, world)[:_READ]
            if one.fact.unit == figure.unit and _counts(one, noun.group(1))
        ]
        if counted and counted[0].coverage.share >= KNOWN and not any(_same(figure, one, text) for one in counted):
            return reader.figure_piece(counted[0])
    return None


def _counts(one: Candidate, noun: str) -> bool:
    after = _BESIDE.sub("", one.passage.text[one.fact.local[1] :].lstrip("）) "))
    return after.startswith(noun)


def other_number(question: Question, text: str, world: World, *, known: bool = True) -> Piece | None:
    """The figure that the report gives where the question takes another for granted.

    A number that stands somewhere in the reports is believed where `known`, unless a verb stands before it.
    """
    for figure in _claimed(text):
        if figure.unit in _NO_CLAIM or (known and figure.text in world.vocabulary.all and not _verb(text, figure)):
            continue
        clause = _clause_with(text, figure)
        asked = parse(bare(clause.replace(figure.text, " ")), world.report, world.vocabulary)
        kind = asked.kind if asked.kind in (Kind.GROWTH, Kind.SHARE) else None
        units = frozenset({figure.unit, f"{figure.unit}/立方米", f"{figure.unit}（间）"})
        units |= units_of("多少个", None) if figure.unit == "个" and not figure.is_word else frozenset()
        units |= {""} if figure.unit == "%" else frozenset()  # 「占全市1/4」
        terms = tuple(term for term in asked.terms if not LIGHT.fullmatch(term.text))
        asked = replace(
            plain(question, asked), kind=kind, units=units if figure.unit != _ANY else frozenset(), terms=terms
        )
        rated = [one for one in reader.rated(asked, world) if _may_be(figure, one, units)]
        own = rated[0].features[_OWN] - _OTHER if rated else 0.0
        close = [
            one
            for one in rated[:6]
            if one.coverage.share >= rated[0].coverage.share - _CLOSE and one.features[_OWN] >= own
        ]
        verbs = _verbs(text, figure, world)
        close = [one for one in close if any(verb in _before(one) for verb in verbs)] or close
        if close and close[0].coverage.share >= KNOWN and not any(_same(figure, one, clause) for one in close):
            return reader.figure_piece(close[0])
    return None


def _may_be(figure: Figure, one: Candidate, units: frozenset[str]) -> bool:
    """Whether the report's figure is of a claimed one's units; a bare number counts something."""
    if one.fact.unit == "" and figure.unit == "%":
        return 0 < one.fact.value < 1
    return one.fact.unit not in _NO_COUNT if figure.unit == _ANY else one.fact.unit in units


def same_unit(one: str, other: str) -> bool:
    """Whether two units are one, but for what a report adds in brackets (「套（间）」)."""
    return re.sub(r"[（(].*", "", one) == re.sub(r"[（(].*", "", other)


def _claimed(text: str) -> list[Figure]:
    """The figures of a question, halves and fractions as shares in per cent."""
    figures = [
        replace(one, value=one.value * 100, unit="%") if not one.unit and 0 < one.value < 1 else one
        for one in find_figures(text)
    ]
    # A translated question has bare numbers (「新增 3 社区长者食堂」).
    figures += [
        Figure(one.start(), one.end(), one.group(), one.group(), float(one.group()), _ANY, None)
        for one in _BARE.finditer(text)
    ]
    half = re.search(r"一半|半数|过半", text)
    if half:
        figures.append(Figure(half.start(), half.end(), half.group(), half.group(), 50.0, "%", None, is_word=True))
    return figures


def _before(one: Candidate) -> str:
    """The few characters before a figure."""
    return one.passage.text[max(0, one.fact.local[0] - 6) : one.fact.local[0]]


def _clause_with(text: str, figure: Figure) -> str:
    start = max(text.rfind(mark, 0, figure.start) for mark in "，,？?；;") + 1
    stops = [place for mark in "，,？?；;" if (place := text.find(mark, figure.end)) >= 0]
    return text[start : min(stops, default=len(text))]


def _verb(text: str, figure: Figure) -> str:
    """The verb right before a figure (「竣工71公里」), or ''."""
    match = _VERB_BEFORE.search(text[: figure.start])
    return match.group(1) if match else ""


def _verbs(text: str, figure: Figure, world: World) -> tuple[str, ...]:
    """The verb right before a figure and the report's words for it (「修好30条」, 「完工16条」)."""
    verb = _verb(text, figure)
    return (verb, *world.vocabulary.term(verb).variants) if verb else ()


def _same(figure: Figure, one: Candidate, clause: str) -> bool:
    value = one.fact.value * (100 if one.fact.unit == "" and figure.unit == "%" else 1)
    clause = clause.replace("达标", "")  # the name of a rate, no bound
    if holds(clause, figure, value, one.fact.qualifier):
        return True
    near = _ROUGH if _APPROXIMATE.search(clause) else _EXACT
    return abs(value - figure.value) <= near * max(abs(value), abs(figure.value))
