"""Which places could answer a question, of the asked year, best first."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.matching import found
from bot.question import Question, Want
from bot.reading.counted import counted_first, unit_first
from bot.reading.figures import Candidate, excluded
from bot.reading.heads import head_of, is_no_noun
from bot.reading.places import PlaceKind
from bot.reading.rows import is_table, table_named
from bot.reading.world import World
from bot.terms import Term
from corpus.types import BlockKind, Fact, Passage

_NAMED_BY = frozenset("路街道桥园校院馆站河湖村镇寺港")  # names of such a kind end with it
_MILESTONE = re.compile(r"突破|跨|迈|台阶|关口|大关|破")
_STEP = re.compile(r"[个多]?[\u3400-\u9fff]{0,3}(?:台阶|关口|大关|行列)")
_EACH = re.compile(r"人均|每人|平均")
_NEAR, _HEADLINE = 0.1, 0.2  # how much worse a headline's own words and its score may be than those of a part
_SURELY = 0.9  # so surely a word must stand in a subject to name it
_SAYS_SOME = 0.24  # a place that says less of the question than that answers another
ANSWER_FROM = 0.5  # share of the question that a place must say to be an operand of a sum
ANSWER_FROM_SURE = 0.18  # how probable it must be that the best place answers: most dev questions come out right here
_OF_CIRCUMSTANCE = 5 / 9  # so much of that is enough where a place says what is asked for and lacks only circumstances
_MOST_OF_IT = 0.4  # what outweighs all that is said is no circumstance
_UNSURE = 0.5  # below, a verb alone is too little to have in common
_SURE_OF_KEYS = 0.6  # so surely said, the last of some key words need not be known
_SIBLINGS = 4  # among so many of the best the figures of one list are sought
_NAMES_A_THING, _SAID, _HARDLY_SAID = 0.5, 0.5, 0.3


def rated(question: Question, world: World) -> list[Candidate]:
    """The facts that could answer, of the asked year, best first."""
    found_candidates = world.candidates(question, search_text(question), PlaceKind.FIGURE)
    found_candidates = _in_table(question, found_candidates)
    fitting = [one for one in found_candidates if _of_years(question, one) and not excluded(question, one.fact)]
    best = _exact_first(question, _headline_first(question, unit_first(question, counted_first(question, fitting))))
    return _in_turn(question, _whole_first(question, best))


def _headline_first(question: Question, best: list[Candidate]) -> list[Candidate]:
    """A question that names hardly more than the indicator means the headline, not a part's figure."""
    if not best or sum(term.strong for term in question.terms) > 1 or best[0].passage.kind is BlockKind.PARAGRAPH:
        return best
    first = best[0]
    headline = next(
        (
            one
            for one in best
            if one.passage.kind is BlockKind.PARAGRAPH
            and one.fact.unit == first.fact.unit
            and one.fact.change == first.fact.change
            and one.fact.year == first.fact.year
            and one.features[0] >= first.features[0] - _NEAR
            and one.score >= first.score - _HEADLINE
        ),
        None,
    )
    return [headline, *(one for one in best if one is not headline)] if headline else best


def _exact_first(question: Question, best: list[Candidate]) -> list[Candidate]:
    """The amount itself comes before the round mark that it passed and before the amount for each person."""
    if not best or _MILESTONE.search(question.asks):
        return best
    first, unasked = best[0], _unasked_each(question)
    if not (_marks(first) or unasked(first)):
        return best
    exact = next(
        (
            one
            for one in best[1:]
            if not _marks(one)
            and not unasked(one)
            and one.fact.change == first.fact.change
            and one.fact.year == first.fact.year
            and one.features[0] >= first.features[0] - _NEAR
            and one.score >= first.score - _HEADLINE
        ),
        None,
    )
    return [exact, *(one for one in best if one is not exact)] if exact else best


def _whole_first(question: Question, best: list[Candidate]) -> list[Candidate]:
    """The figure of the whole comes before one of a part (「其中…4.6万人次」) that the question does not name."""
    if not best or not best[0].place.text.lstrip("，, ").startswith("其中"):
        return best
    first = best[0]
    whole = next(
        (
            one
            for one in best[1:]
            if one.place.zones[1] == first.place.zones[1]
            and one.fact.unit == first.fact.unit
            and one.fact.local < first.fact.local
        ),
        None,
    )
    if whole is None or any(_names_part(term, first, whole) for term in question.terms if term.strong):
        return best
    swapped = [replace(whole, score=max(first.score, whole.score)), replace(first, score=whole.score)]
    return [*swapped, *(one for one in best[1:] if one is not whole)]


def _in_turn(question: Question, best: list[Candidate]) -> list[Candidate]:
    """Of 「港口货物和集装箱吞吐量分别增长4%、11%」 the figure whose own name is asked for, not the list's first."""
    for one in best[1:_SIBLINGS]:
        if _is_beside(best[0].fact, one.fact) and _named(question, best[0]) < _named(question, one):
            return [replace(one, score=best[0].score), replace(best[0], score=one.score), *(_without(best, one))]
        mine, other = _apart(best[0].fact, one.fact)
        if not mine or not other or mine[-2:] in question.text or _named(question, one) < _named(question, best[0]):
            continue
        if other[-2:] in question.text or any(
            found(term, other) >= _SURELY > found(term, mine) for term in question.terms if term.strong
        ):
            return [replace(one, score=best[0].score), replace(best[0], score=one.score), *(_without(best, one))]
    return best


def _apart(one: Fact, other: Fact) -> tuple[str, str]:
    """What two figures told in turn are of, without the end that their subjects share; blank where they are not."""
    if not _is_beside(one, other):
        return "", ""
    tail = 0
    while one.subject[: len(one.subject) - tail][-1:] == other.subject[: len(other.subject) - tail][-1:] != "":
        tail += 1
    return (one.subject[:-tail], other.subject[:-tail]) if tail > 1 else ("", "")


def _is_beside(one: Fact, other: Fact) -> bool:
    return (one.passage, one.change, one.unit) == (other.passage, other.change, other.unit)


def _named(question: Question, one: Candidate) -> frozenset[str]:
    """The telling words of the question that a figure's own name says."""
    return frozenset(t.text for t in question.terms if t.strong and found(t, one.fact.subject) >= _SURELY)


def _without(best: Sequence[Candidate], one: Candidate) -> list[Candidate]:
    return [other for other in best[1:] if other is not one]


def _names_part(term: Term, part: Candidate, whole: Candidate) -> bool:
    return found(term, part.fact.subject) >= _SURELY > found(term, whole.place.zones[0])


def _marks(one: Candidate) -> bool:
    """Whether the figure only names a mark that was passed (「突破千亿」, 「迈上1200亿台阶」, 「连跨4个台阶」)."""
    end = one.fact.local[1]
    return one.fact.qualifier == "突破" or bool(_STEP.match(one.passage.text, end))


def _unasked_each(question: Question) -> Callable[[Candidate], bool]:
    """Whether a figure is for each person where none such is asked for."""
    asks = bool(_EACH.search(question.text)) or question.want is not Want.FIGURE
    return lambda one: not asks and one.fact.subject.startswith("人均")


def _of_years(question: Question, one: Candidate) -> bool:
    """Whether the figure is of an asked year, or of a thing whose name holds that year (「2023年度科学技术奖」)."""
    if not question.years or one.fact.year in question.years:
        return True
    return any(f"{year}年" in one.place.zones[1] for year in question.years)


def search_text(question: Question) -> str:
    """What is searched for: the question's words and the report's words for them."""
    variants = [variant for term in question.terms for variant in term.variants]
    context = [term.text for term in question.context]
    return " ".join((question.body, *variants, *context)) or question.text


def best_clauses(question: Question, world: World, *, without_figures: bool = False) -> list[Candidate]:
    """The sentences (or the clauses without figures) that could answer, of the asked year, best first."""
    kind = PlaceKind.CLAUSE if without_figures else PlaceKind.SENTENCE
    years = question.years
    return [
        one
        for one in _in_table(question, world.candidates(question, search_text(question), kind))
        if not years or one.passage.year is None or one.passage.year in years
    ]


def _in_table(question: Question, best: list[Candidate]) -> list[Candidate]:
    """The places in the table that the question names by its number, if there are any: no other is meant."""
    number = table_named(question)
    inside = [one for one in best if one.passage.table and is_table(one.passage, number)] if number else []
    return inside or _quoted(question, best)


_QUOTED = re.compile(r"“([^“”]{2,})”")


def _quoted(question: Question, best: list[Candidate]) -> list[Candidate]:
    """The places that say what the question quotes, if there are any: it means those very words."""
    quoted = _QUOTED.findall(question.text)
    return [one for one in best if quoted and all(words in _said_at(one.passage) for words in quoted)] or best


def _said_at(passage: Passage) -> str:
    return f"{passage.text} {passage.row or ''}"


def good(best: Sequence[Candidate], question: Question | None = None) -> bool:
    """Whether the best candidate, if there is one, is sure enough to be the answer to `question`."""
    if not best or best[0].coverage.share < _SAYS_SOME or _says_nothing_telling(best[0]):
        return False
    if question is not None and _lacks_the_last(question, best[0]):
        return False
    least = ANSWER_FROM_SURE
    if best[0].sure < least and question is not None and _lacks_circumstance(question, best[0]):
        least *= _OF_CIRCUMSTANCE
    return best[0].sure >= least


def _lacks_the_last(question: Question, one: Candidate) -> bool:
    """Whether the last of some key words, which says what is asked for, is unknown to the reports (「授权量」)."""
    if not question.open or one.sure >= _SURE_OF_KEYS:
        return False
    telling = [
        (term, value)
        for term, value in zip(one.asked.terms, one.coverage.values, strict=True)
        if term.weight >= _NAMES_A_THING
    ]
    return len(telling) > 1 and not telling[-1][0].known and telling[-1][1] < _HARDLY_SAID


def _says_nothing_telling(one: Candidate) -> bool:
    """Whether the words of a question that name things are all unknown to the reports, and the place says none."""
    telling = [
        (term, value)
        for term, value in zip(one.asked.terms, one.coverage.values, strict=True)
        if term.weight >= _NAMES_A_THING
    ]
    if one.sure < _UNSURE:  # 「新建几座图书馆」 is not told by what says 新建 only
        telling = [(term, value) for term, value in telling if not is_no_noun(term.text)] or telling
    return bool(telling) and not any(term.known or value >= _HARDLY_SAID for term, value in telling)


def _lacks_circumstance(question: Question, one: Candidate) -> bool:
    """Whether a place says what is asked for, and all that it leaves out are other words of a person for the rest.

    The last telling word is what is asked for. A word that the reports themselves use elsewhere names another thing;
    one that they never use may be a circumstance told in the asker's own way.
    """
    telling = [
        (term, value)
        for term, value in zip(one.asked.terms, one.coverage.values, strict=True)
        if term.weight >= _NAMES_A_THING
    ]
    if not telling or telling[-1][1] < _SAID or not _is_of_kind(question, one) or one.coverage.share < _MOST_OF_IT:
        return False
    return all(value >= _HARDLY_SAID for term, value in telling if term.known and not term.variants)


def _is_of_kind(question: Question, one: Candidate) -> bool:
    """Whether the place has the kind of answer asked for: a figure in the unit asked for, or words where those are."""
    if one.place.fact is None:
        kind = head_of(question)[-1:]
        return question.want in (Want.NAME, Want.LIST) and (kind not in _NAMED_BY or kind in one.place.text)
    return question.kind is None and one.fact.unit in question.units
