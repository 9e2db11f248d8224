"""Reads the passages found: which of them answer, which exact words are the short answer, or that none does."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from bot.lexicon import actions
from bot.matching import found
from bot.question import Question, Want
from bot.reading.based import over_the_year_before
from bot.reading.dated import lasts
from bot.reading.figures import FEATURES, Candidate
from bot.reading.finding import ANSWER_FROM, ANSWER_FROM_SURE, best_clauses, good, rated, search_text
from bot.reading.labels import row_labels
from bot.reading.membership import besides
from bot.reading.numbered import numbered_name
from bot.reading.owned import owned_name
from bot.reading.phrases import closed
from bot.reading.pieces import figure_piece, label, short_of, window
from bot.reading.reading import Reading
from bot.reading.rows import numbered_row, whole_row
from bot.reading.statements import said_in_words, words
from bot.reading.summaries import summary
from bot.reading.title_page import read_title_page
from bot.reading.world import World
from bot.rewording import comparable
from bot.types import Reason
from bot.units import Kind, asked_unit, units_of
from corpus.figures import find_figures
from corpus.types import Fact, Status

_SURE_ENOUGH = 0.9  # a figure as sure as that needs no comparison with what is said in words
_WORDS_GAIN = 0.1  # a statement without figures must be so much surer than the best figure
_SAID_WHOLLY, _HARDLY = 0.85, 0.08  # a clause that says all of the question answers it, unless it is most unlikely
_SURE_OF_ANOTHER, _LONG_NAME = 0.6, 4  # 上市公司 where the report counts other companies
# Without a year, the other year's figure of the same indicator is given as well where it fits nearly as well.
_SAME, _SAME_WORDS = 0.25, 0.15


def read(question: Question, world: World) -> Reading:
    """What the report says to `question`."""
    grown = over_the_year_before(question, world)
    if isinstance(grown, Reading):
        return grown
    if grown is not question and (told := _read(grown, world)).answered:
        return told
    question = replace(question, text=comparable(question.text))
    of_the_past = question.status is Status.TARGET and question.years == (world.report.year,)
    reading = _read(replace(question, status=None) if of_the_past else question, world)
    if reading.answered and of_the_past and not any(piece.passage.status is Status.TARGET for piece in reading.pieces):
        # What was aimed at in the year reported on is another figure than what came of it.
        return Reading(reason=Reason.MISSING_YEAR, nearest=reading.pieces[:2], confidence=reading.confidence)
    return reading


def _read(question: Question, world: World) -> Reading:
    from bot.reading import comparing, several
    from bot.reading.cells import named_cells

    of_the_report = read_title_page(question, world) or summary(question, world)
    if of_the_report is not None:
        return of_the_report
    told = _risen(question, world) or besides(question, world)
    if told is not None:
        return told
    of_cells = named_cells(question, world)
    if of_cells is not None:
        return of_cells
    if question.want is not Want.YESNO:
        compared = comparing.compare(question, world)
        if compared is not None:
            return compared
    if (
        len(question.years) == 2
        and question.want is Want.FIGURE
        and (_EACH.search(question.asks) or _FROM_TO.search(question.text))
    ):
        by_year = [read_one(replace(question, years=(year,), status=None), world) for year in sorted(question.years)]
        if all(reading.answered for reading in by_year):
            return several.joined(by_year)
    told = several.several(question, world)
    told = told if told is not None else read_one(question, world)
    return told if told.answered else _which_ones(question, world) or told


_HOW_MANY_AND_WHICH = re.compile(
    r"有?(?:多少|几)[个所家条座处项种支名位款次场届](?P<what>[^，,？?]{0,}?)"
    r"(?:[，,]\s*(?:它们|他们)?(?:都|分别|各自?)?|(?:都|分别))(?:是|叫|有)?(?:了|些)?(?:哪|什么|啥)"
)


def _which_ones(question: Question, world: World) -> Reading | None:
    """The list where a question asks how many there are and which, and the report does not count them."""
    asked = _HOW_MANY_AND_WHICH.search(question.asks)
    if asked is None:
        return None
    told = words(replace(question, want=Want.LIST, units=frozenset(), kind=None, asks=f"哪些{asked['what']}"), world)
    return told if told.answered else None


def read_one(question: Question, world: World) -> Reading:
    """What the report says to a question that asks for one thing."""
    from bot.reading import comparing, judging

    for way in (numbered_row, row_labels, whole_row, owned_name, numbered_name):
        told = way(question, world)
        if told is not None:
            return told

    if question.want is Want.DIFFERENCE:
        return comparing.difference(question, world)
    if question.want is Want.CHOICE:
        return comparing.choice(question, world)
    if question.want is Want.YESNO:
        return judging.judge(question, world)
    if question.want is Want.FIGURE:
        return figure(question, world)
    return words(question, world)


_FROM_TO = re.compile(r"从.*(?:多少|几|什么|何种).*[到至为成].*(?:多少|几|什么|何种)")
_THAN_BEFORE = re.compile(
    r"比(?:上|前|去)一?[年届](?:度|同期)?[^，,]{0,6}?[多少高低增减](?:出|了|加)*(?:多少|几)(?![个家台套条座处人名户])"
)


def _risen(question: Question, world: World) -> Reading | None:
    """How much more than in the year before, as the report itself says it (「同比增长19.8%」)."""
    if (
        question.want is not Want.DIFFERENCE
        or not _THAN_BEFORE.search(question.text)
        or set(question.years) - {world.report.year}
    ):
        return None
    told = figure(replace(question, want=Want.FIGURE, kind=Kind.GROWTH, units=units_of("", Kind.GROWTH)), world)
    return told if told.answered else None


# --- figures -------------------------------------------------------------------------------------------


def figure(question: Question, world: World) -> Reading:
    """The figure asked for, a statement without figures that answers as well, or why there is none."""
    # A figure that the question states itself is not what it asks for.
    stated = {(claim.value, claim.unit) for claim in (*question.claims, *find_figures(question.asks)) if claim.unit}
    best = [one for one in rated(question, world) if (one.fact.value, one.fact.unit) not in stated]
    if question.kind is Kind.SHARE:  # by how much a thing grew is no share of it
        best = [one for one in best if one.fact.change not in ("增长", "下降")]
    sure = best[0].sure if best else 0.0
    if not _counts(question) and (question.open or sure < _SURE_ENOUGH):
        in_words = words(question, world, without_figures=not question.open)
        if (
            in_words.answered
            and in_words.confidence >= sure + _WORDS_GAIN
            and not _same_place(question, best, in_words)
        ):
            return in_words
    if not good(best, question) or _of_another(question, best[0]):
        return (
            _target_as_growth(question, world)
            or _told_without_figures(question, world)
            or _how_long(question, world)
            or _missing(question, world, best)
        )
    listed = _listed_things(question, best[0], world)
    if listed is not None:
        return listed
    chosen = [best[0]]
    if not question.years and question.status is None:
        other = next((one for one in best[1:] if _other_year_same(one, best[0])), None)
        if other is not None:
            chosen = sorted((best[0], other), key=lambda one: one.fact.year or 0)
    chosen += _asked_together(question, best) or _told_together(question, best)
    pieces = tuple(figure_piece(one) for one in _distinct(chosen))
    return Reading(pieces, confidence=sure, read=tuple(piece.passage.id for piece in pieces))


def _of_another(question: Question, best: Candidate) -> bool:
    """Whether the question names, by a long Chinese word that no report uses, what the best figure does not count."""
    return best.sure < _SURE_OF_ANOTHER and any(
        not term.known
        and not term.variants
        and not term.text.isascii()
        and len(term.text) >= _LONG_NAME
        and term.text not in actions()
        for term in best.coverage.missing(question.terms)
    )


_OF_A_LIST = re.compile(r"、[^，,；;。]{2,}$")


def _listed_things(question: Question, best: Candidate, world: World) -> Reading | None:
    """The things that a count sums up (「甲、乙2个试点」), where key words ask for no number."""
    before = best.passage.text[best.window[0] : best.fact.local[0]]
    if not question.open or question.units or question.kind or not _OF_A_LIST.search(before):
        return None
    told = words(replace(question, want=Want.LIST), world)
    in_it = told.answered and best.passage.id in told.read and len(shorts_of(told)) > 1
    return told if in_it and all(short in before for short in shorts_of(told)) else None


def _target_as_growth(question: Question, world: World) -> Reading | None:
    """Plans set many targets as growth: 「…收入目标多少」 is then answered by how much it is to grow."""
    if question.status is not Status.TARGET or question.kind is not None or asked_unit(question.asks):
        return None
    terms = (*question.terms, world.vocabulary.term("增长"))
    reading = figure(replace(question, kind=Kind.GROWTH, units=frozenset(), terms=terms), world)
    return reading if reading.answered else None


def _told_without_figures(question: Question, world: World) -> Reading | None:
    """A target or a growth that the report states in words (「增长与全市保持同步」, 「冲刺千亿目标」)."""
    if question.status is not Status.TARGET and question.kind is not Kind.GROWTH or asked_unit(question.asks):
        return None
    best = best_clauses(question, world, without_figures=True)
    own = FEATURES.index("own")
    if not best or best[0].features[own] < _SAID_WHOLLY or best[0].sure < _HARDLY:
        return None
    return said_in_words(question, best, world)


def _how_long(question: Question, world: World) -> Reading | None:
    best = best_clauses(replace(question, units=frozenset(), kind=None), world)
    return lasts(question, best) if good(best) else None


def _counts(question: Question) -> bool:
    """Whether only a figure in some unit can answer (「多少家」, 「面积」)."""
    return bool(question.units) and question.kind is None and "%" not in question.units


def _same_place(question: Question, best: Sequence[Candidate], in_words: Reading) -> bool:
    """Whether key words lead to one passage for both, with a figure there and no list: the figure is meant."""
    return question.open and good(best) and best[0].passage.id in in_words.read and len(shorts_of(in_words)) < 2


def _distinct(chosen: Sequence[Candidate]) -> list[Candidate]:
    return list({(one.passage.id, one.fact.local): one for one in chosen}.values())


def _other_year_same(one: Candidate, best: Candidate) -> bool:
    return (
        one.fact.year != best.fact.year
        and one.fact.unit == best.fact.unit
        and one.fact.change == best.fact.change
        and best.score - one.score < _SAME
        and one.features[0] >= best.features[0] - _SAME_WORDS
        and one.sure >= ANSWER_FROM_SURE
    )


_EACH = re.compile(r"分别|各(?![类项地界级街区镇种方部单])")
_JOINT = re.compile(r"[、和与及]")
_HOW_MANY_OF_THEM = re.compile(r"\S\s+\S+\s+(?:数量|数目|个数)\s*$")  # key words that name several things
_ALSO_MEANT = 0.6  # how sure, against the first, a further figure must be where each of several is asked for


def _asked_together(question: Question, best: Sequence[Candidate]) -> list[Candidate]:
    """Further figures of the passage that 「分别」 or 「各」 asks for, or that key words name as well."""
    first, each = best[0], _EACH.search(question.asks) is not None
    if not (each or question.open or _HOW_MANY_OF_THEM.search(question.asks)):
        return []
    beside = [one for one in best[1:] if one.passage.id == first.passage.id and one.fact.subject != first.fact.subject]
    if each:
        chosen = [one for one in beside if one.sure >= max(0.5, first.sure * _ALSO_MEANT)]
    else:
        chosen = [one for one in beside if one.score > first.score - _SAME and _names_it(question, one, first)]
    return sorted((first, *chosen), key=lambda one: one.fact.local)


def _told_together(question: Question, best: Sequence[Candidate]) -> list[Candidate]:
    """All figures that one thing is given at once (「提高到1200元/月和1700元/月」), town and country for 城乡."""
    first, both = best[0], "城乡" in question.text
    same = [one for one in best if one.passage is first.passage and _what(one.fact, both) == _what(first.fact, both)]
    same.sort(key=lambda one: one.fact.local)
    text = first.passage.text
    joined = all(_JOINT.fullmatch(text[a.fact.local[1] : b.fact.local[0]]) for a, b in pairwise(same))
    return same if len(same) > 1 and joined else []


def _what(fact: Fact, both: bool) -> tuple[str, str | None, str, int | None]:
    subject = re.sub("^(?:城镇|农村)", "", fact.subject) if both else fact.subject
    return subject, fact.change, fact.unit, fact.year


def _names_it(question: Question, one: Candidate, first: Candidate) -> bool:
    """Whether the question names what `one` counts by a word that `first` does not have."""
    return any(
        term.strong and found(term, one.fact.subject) >= 0.9 and found(term, first.fact.subject) < 0.9
        for term in question.terms
    )


def _missing(question: Question, world: World, best: Sequence[Candidate]) -> Reading:
    nearest = tuple(figure_piece(one) for one in best[:2])
    return Reading(reason=Reason.MISSING_FIGURE, nearest=nearest, confidence=best[0].sure if best else 0.0)


def shorts_of(reading: Reading) -> tuple[str, ...]:
    """The short answers of a reading: its own, or those of its pieces."""
    shorts = reading.short or [short for piece in reading.pieces for short in piece.short]
    return tuple(dict.fromkeys(whole for short in shorts if (whole := closed(short))))


__all__ = [
    "ANSWER_FROM",
    "ANSWER_FROM_SURE",
    "best_clauses",
    "figure",
    "figure_piece",
    "good",
    "label",
    "rated",
    "read",
    "search_text",
    "short_of",
    "shorts_of",
    "window",
    "words",
]
