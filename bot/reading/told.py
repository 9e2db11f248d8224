"""Figures that were answered before in a conversation, laid side by side: no place is looked for again."""

from collections.abc import Sequence
from itertools import repeat

from bot.conversation import Operand
from bot.question import Question, Want
from bot.reading.claims import weighed
from bot.reading.comparing import worked_out
from bot.reading.figures import Candidate, Found, Rating
from bot.reading.operands import GROWTH, comparable, like_unit, unit_asked
from bot.reading.places import PlaceKind
from bot.reading.reading import Reading
from bot.reading.sides import Op, Side, operation
from bot.reading.world import World
from corpus.types import Fact

_QUOTIENTS = (Op.TIMES, Op.PART, Op.PER)


def of_told(question: Question, operands: Sequence[Operand], world: World) -> Reading | None:
    """What `question` wants worked out of the operands; None where they do not fit it or one another."""
    facts = [one.fact for one in operands]
    op = operation(question.text)
    if len(facts) < 2 or not _fits(question, op, facts):
        return None
    found = [one for fact in facts if (one := candidate_of(question, fact, world))]
    if len(found) != len(facts) or not comparable(found, op or Op.DIFFERENCE):
        return None
    if op is None:
        return weighed(question, found[0], found[1]) if question.want is Want.YESNO and len(found) == 2 else None
    sides = [Side(one.name, (), (one.fact.year,) if one.fact.year else ()) for one in operands]
    return worked_out(question.text, op, sides, found, world)


def _fits(question: Question, op: Op | None, facts: Sequence[Fact]) -> bool:
    """Whether the figures are of what is asked: growth where growth is, and of the unit that is named."""
    grown = [fact.change in ("增长", "下降") for fact in facts]
    if any(grown) and not all(grown) or bool(GROWTH.search(question.text)) != all(grown):
        return False
    if any(fact.change == "排名" for fact in facts):
        return False
    unit = unit_asked(question.text) if op not in _QUOTIENTS else None
    units = {like_unit(fact.unit) for fact in facts}
    return unit is None or like_unit(unit) in units or (unit == "个百分点" and units == {"%"})


def candidate_of(question: Question, fact: Fact, world: World) -> Candidate | None:
    """The figure as a place of the report, or None where this report does not have it."""
    group = world.groups[PlaceKind.FIGURE].get(fact.passage)
    if group is None:
        return None
    passage = group.places[0].passage
    rated = Rating(question).rate(passage, group, Found(1.0, 0, 0.0), repeat(0.0))
    return next((one for one in rated if one.place.fact == fact), None)
