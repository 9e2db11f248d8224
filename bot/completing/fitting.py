"""Whether a follow-up as a model completed it is still the one that was asked: nothing added, nothing left out."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.completing.wording import AIM, OPEN_END, POINTER, asked_measures, asks
from bot.conversation import ASKING, Turn
from bot.grounding.numerals import unfounded_numeral
from bot.grounding.source import pairs_of
from bot.grounding.words import is_chinese, is_clean, unfounded_name
from bot.lexicon import common, everyday, singles
from bot.quantities import find_quantities, same
from bot.question import Want, body_of, parse, years_meant, years_of
from bot.reading.world import World
from bot.terms import Term

LONGEST = 90  # characters: what the code completes is no longer either
_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年")
_BLANKED = re.compile(r"20\d\d\s*年|多少|几[成个家条座所项]?")  # no figures that a question states
_COMPARES = re.compile(r"比|差|较|多出|少了|[高低快慢]多少")
_DATED = re.compile(r"20\d\d\s*年?度?|[这那]|呢|[？?]")


class Misfit(StrEnum):
    """Why a model's completion is not taken."""

    EMPTY = "empty"
    SEVERAL = "several-sentences"
    TOO_LONG = "too-long"
    NOT_CHINESE = "not-chinese"
    MARKUP = "markup"
    NO_QUESTION = "no-question"
    UNCHANGED = "unchanged"
    FIGURE = "figure"
    YEAR = "year"
    NAME = "name"
    WORD = "word"
    LEFT_OUT = "left-out"
    POINTS = "still-points"
    TWO_QUESTIONS = "two-questions"
    OTHER_QUESTION = "other-question"


@dataclass(frozen=True, slots=True)
class Asked:
    """A follow-up: its words `said`, the code's completion `coded`, the turns before it and the report's world."""

    said: str
    coded: str
    turns: tuple[Turn, ...]
    world: World

    @property
    def held(self) -> str:
        """All words of the conversation and the follow-up."""
        spoken = (part for turn in self.turns for part in (turn.understood, turn.answer.text, turn.subject, turn.name))
        return "\n".join((*spoken, self.said))

    @property
    def years(self) -> frozenset[int]:
        """The years that the conversation or the follow-up speaks of."""
        report = self.world.report
        own = (*years_meant(self.said, report), *years_of(self.coded, report))
        before = (year for turn in self.turns for year in (*turn.years, *years_of(turn.understood, report)))
        return frozenset((*own, *before, *map(int, _YEAR.findall(self.held))))


def misfit(text: str, asked: Asked) -> Misfit | None:
    """What keeps `text` from being the completed question; None where nothing does."""
    held = asked.held
    return _no_question(text, asked) or _invented(text, held, asked) or _left_out(text, asked)


def _no_question(text: str, asked: Asked) -> Misfit | None:
    if not text:
        return Misfit.EMPTY
    if len(text) > LONGEST:
        return Misfit.TOO_LONG
    if not is_clean(text):
        return Misfit.MARKUP
    if not is_chinese(text):
        return Misfit.NOT_CHINESE
    if not asks(text.rstrip("？?")):
        return Misfit.NO_QUESTION
    return Misfit.UNCHANGED if _bare(text) in (_bare(asked.said), _bare(asked.coded)) else None


def _invented(text: str, held: str, asked: Asked) -> Misfit | None:
    """What `text` names that nobody said."""
    report = asked.world.report
    if not set(years_of(text, report)) <= asked.years:
        return Misfit.YEAR
    undated = _BLANKED.sub(lambda match: " " * len(match.group()), text)
    there = find_quantities(held)
    figures = find_quantities(undated)
    if not all(any(same(one, other) for other in there) for one in figures):
        return Misfit.FIGURE
    taken = bytearray(len(undated))
    for one in figures:
        taken[one.start : one.end] = b"\1" * (one.end - one.start)
    if unfounded_numeral(undated, taken, held, there):
        return Misfit.FIGURE
    if unfounded_name(text, held, held):
        return Misfit.NAME
    added = (term.text for term in _terms(text, asked.world) if term.strong and not _is_said(term, held))
    return Misfit.WORD if any(not _is_made_of(word, asked.said, held, asked.world) for word in added) else None


def _left_out(text: str, asked: Asked) -> Misfit | None:
    """What the follow-up asks and `text` no longer does."""
    world, said = asked.world, asked.said
    own, told = set(years_of(said, world.report)), set(years_of(text, world.report))
    if own and told != own and not (own < told and _COMPARES.search(said)):
        return Misfit.YEAR
    if any(term.strong and not _is_said(term, text) for term in _terms(POINTER.sub(" ", said), world)):
        return Misfit.LEFT_OUT
    if POINTER.search(text) or OPEN_END.search(text):
        return Misfit.POINTS
    if _asks_in(text) > max(1, _asks_in(said)):
        return Misfit.TWO_QUESTIONS  # the one before would be answered once more
    if AIM.search(said) and not AIM.search(text):
        return Misfit.OTHER_QUESTION
    before = asked.turns[-1].understood if asked.turns else ""
    measures = set(asked_measures(text))
    if not set(asked_measures(said)) <= measures <= {*asked_measures(said), *asked_measures(before)}:
        return Misfit.OTHER_QUESTION
    wants = (parse(one, world.report, world.vocabulary).want for one in (said, text))
    whether = [want is Want.YESNO for want in wants]
    return Misfit.OTHER_QUESTION if whether[0] != whether[1] else None


def _asks_in(text: str) -> int:
    """How many times it is asked, by an asking word or by a clause for yes or no."""
    clauses = [clause for clause in re.split(r"[，,；;？?]", text) if clause]
    return sum(len(ASKING.findall(clause)) or asks(clause) for clause in clauses)


def _terms(text: str, world: World) -> Iterable[Term]:
    return world.vocabulary.terms(body_of(_DATED.sub(" ", text), world.report))


def _is_said(term: Term, text: str) -> bool:
    return any(word in text for word in (term.text, *term.variants))


def _is_made_of(word: str, said: str, held: str, world: World) -> bool:
    """Whether a word is only the report's for one that was said, or no word but a stretch of what was said."""
    if any(
        word in official and spoken in said for meant in (singles(), everyday()) for spoken, official in meant.items()
    ):
        return True
    is_word = word in world.vocabulary.words or word in common()
    return not is_word and (set(word) <= set(held) or frozenset(pairs_of(held)).issuperset(pairs_of(word)))


def _bare(text: str) -> str:
    return re.sub(r"[\s？?。，,！!]", "", text)
