"""Which places could answer a question, of the asked year, best first."""

from collections.abc import Sequence

from bot.question import Question
from bot.reading.figures import Candidate, excluded
from bot.reading.places import PlaceKind
from bot.reading.world import World

ANSWER_FROM = 0.5  # share of the question that a place must say to be an operand of a sum
ANSWER_FROM_SURE = 0.22  # how probable it must be that the best place answers: most dev questions come out right here


def rated(question: Question, world: World) -> list[Candidate]:
    """The facts that could answer, of the asked year, best first."""
    found_candidates = world.candidates(question, search_text(question), PlaceKind.FIGURE)
    return [one for one in found_candidates if _of_years(question, one) and not excluded(question, one.fact)]


def _of_years(question: Question, one: Candidate) -> bool:
    """Whether the figure is of an asked year, or of a thing whose name holds that year (「2023年度科学技术奖」)."""
    if not question.years or one.fact.year in question.years:
        return True
    return any(f"{year}年" in one.passage.text[slice(*one.window)] for year in question.years)


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
        for one in world.candidates(question, search_text(question), kind)
        if not years or one.passage.year is None or one.passage.year in years
    ]


def good(best: Sequence[Candidate]) -> bool:
    """Whether the best candidate, if there is one, is sure enough to be the answer."""
    return bool(best) and best[0].sure >= ANSWER_FROM_SURE
