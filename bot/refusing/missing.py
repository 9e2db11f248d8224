"""Why nothing answers a question: the year is another, the question is none of the report's, or the report lacks it."""

from dataclasses import replace

from bot.question import Question, Want, years_meant
from bot.reading import reader
from bot.reading.reading import Reading
from bot.reading.world import World
from bot.refusing.exact import names_another
from bot.refusing.scope import asks_future, general_knowledge
from bot.types import Reason
from corpus.figures import find_figures

_TOLD_ELSEWHERE, _TOLD_IN_WORDS = 0.4, 0.6  # so sure must be what another year is said to tell


def refused(reading: Reading, reason: Reason) -> Reading:
    """The reading as a refusal for `reason`, what it answered as the nearest."""
    nearest = reading.pieces or reading.nearest
    return replace(reading, pieces=(), short=(), lead="", nearest=nearest[:2], reason=reason)


def missing(asked: Question, said: str, reading: Reading, world: World) -> Reading:
    """Why nothing answers: the year is another, the question is none of the report's, or the report lacks it."""
    if asks_future(asked, world.report):
        return refused(reading, Reason.OPINION)
    if general_knowledge(asked, world.report):
        return Reading(reason=Reason.OUT_OF_SCOPE)
    if not asked.years or not years_meant(said, world.report):
        return refused(reading, Reason.MISSING_FIGURE)
    if reading.answered is False and reading.reason is Reason.MISSING_YEAR:
        return refused(reading, Reason.MISSING_YEAR)
    undated = replace(asked, years=(), status=None)
    told = _told_in_words(asked, undated, world)
    if told is not None:
        return told
    for looser in (undated, replace(undated, kind=None, units=frozenset()))[: 2 if asked.kind else 1]:
        elsewhere = reader.read(looser, world)
        if elsewhere.answered and not (
            _is_sure(elsewhere, asked, world) and not names_another(looser, said, elsewhere, world)
        ):
            continue
        if elsewhere.answered and all(piece.passage.year in asked.years for piece in elsewhere.pieces):
            return elsewhere
        if elsewhere.answered:
            return refused(elsewhere, Reason.MISSING_YEAR)
    return refused(reading, Reason.MISSING_FIGURE)


def _is_sure(elsewhere: Reading, asked: Question, world: World) -> bool:
    """Whether what is told of another year is surely what was asked; of a year that no report has, anything may be."""
    if not set(asked.years) <= {world.report.year, world.report.planned}:
        return True
    in_words = asked.want is Want.FIGURE and not any(find_figures(short) for short in reader.shorts_of(elsewhere))
    return elsewhere.confidence >= (_TOLD_IN_WORDS if in_words else _TOLD_ELSEWHERE)


def _told_in_words(asked: Question, undated: Question, world: World) -> Reading | None:
    """A sentence of the asked year that says of the growth, share or rank asked for what no figure does."""
    best = reader.best_clauses(undated, world)[:1]
    if not best or best[0].passage.year not in asked.years or asked.kind is None:
        return None
    told = reader.words(asked, world)
    return told if told.answered else None
